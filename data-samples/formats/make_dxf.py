"""Writes linework.dxf: the sheet of linework.csv as a surveying program draws it, with a block, an arc and a sheet for
printing. Usage: make_dxf.py ROWS.csv TARGET.dxf"""
import csv
import re
import sys

import ezdxf

TEXT_HEIGHT = 2.5
document = ezdxf.new("R2000", setup=False)
document.encoding = "cp1252"
model = document.modelspace()
for name in ("10", "23", "13", "2", "4", "14", "28"):
    document.layers.add(f"Level {name}")


def points_of(wkt):
    return [tuple(float(number) for number in pair.split()) for pair in re.search(r"\(+([^()]*)", wkt).group(1).split(",")]


with open(sys.argv[1], encoding="cp1252") as rows:  # TCVN3 bytes, as a drawing with ABC fonts holds them
    for row in csv.DictReader(rows):
        points, attributes = points_of(row["WKT"]), {"layer": f"Level {row['Level']}"}
        if row["WKT"].startswith("POINT"):
            model.add_text(row["Text"], height=TEXT_HEIGHT, dxfattribs=attributes).set_pos(points[0])
        elif row["WKT"].startswith("POLYGON"):
            model.add_lwpolyline(points[:-1], close=True, dxfattribs=attributes)
        elif len(points) == 2:
            model.add_line(points[0], points[1], dxfattribs=attributes)
        else:
            model.add_lwpolyline(points, dxfattribs=attributes)

# East of the sheet a parcel behind a half circle, and one whose boundary is a block, turned by 90 degrees.
model.add_arc((500200, 1300050), 50, -90, 90, dxfattribs={"layer": "Level 10"})
model.add_mtext("18\\PCLN\\P3927,0", dxfattribs={"layer": "Level 13", "char_height": TEXT_HEIGHT}).set_location((500220, 1300060))
block = document.blocks.new("THUA")
block.add_line((0, 0), (0, -50), dxfattribs={"layer": "Level 10"})
block.add_lwpolyline([(0, -50), (40, -50), (40, 0)], dxfattribs={"layer": "Level 10"})
block.add_text("19 / LUC", height=TEXT_HEIGHT, dxfattribs={"layer": "Level 13"}).set_pos((10, -20))
model.add_blockref("THUA", (500200, 1300150), dxfattribs={"layer": "Level 10", "rotation": 90})
# A frame on the sheet for printing, in the coordinates of the paper.
document.layout("Layout1").add_lwpolyline([(0, 0), (420, 0), (420, 297), (0, 297)], close=True, dxfattribs={"layer": "Level 10"})
document.saveas(sys.argv[2])
