"""Writes the layers that overlap_bench exported once as GeoParquet and once as text for COPY, outside every clock.

peer_data.py FOLDER: NAME.points.f64 (x, y), NAME.rings.u64 (end of each ring in points), NAME.features.u64 (end of each feature in rings)
become NAME.parquet and NAME.copy, coordinates bit for bit. Where parcels.invalid.u32 lists invalid parcels, they are repaired in
repaired.parquet and repaired.copy; the column `sound` is false for them in both. Zones are also cut into pieces.parquet for the peers
without a subdivision of their own. Prints the seconds of that cut and of the repair.
"""
import json
import sys
import time
from pathlib import Path

import numpy
import pyarrow
import pyarrow.parquet
import shapely

MOST_VERTICES = 256
ROWS_AT_ONCE = 1 << 17


def exported(folder, name):
    def ends(kind):
        return numpy.concatenate([[0], numpy.fromfile(folder / f"{name}.{kind}.u64", "<u8")]).astype("int64")
    points = numpy.fromfile(folder / f"{name}.points.f64", "<f8").reshape(-1, 2)
    return shapely.from_ragged_array(shapely.GeometryType.POLYGON, points, (ends("rings"), ends("features")))


def write_parquet(path, columns, geometries):
    geo = {"version": "1.1.0", "primary_column": "geometry",
           "columns": {"geometry": {"encoding": "WKB", "geometry_types": [], "crs": None, "edges": "planar"}}}
    types = [(name, pyarrow.from_numpy_dtype(values.dtype)) for name, values in columns.items()]
    schema = pyarrow.schema([*types, ("geometry", pyarrow.binary())], metadata={"geo": json.dumps(geo)})
    with pyarrow.parquet.ParquetWriter(path, schema) as writer:
        for start in range(0, len(geometries), ROWS_AT_ONCE):
            rows = slice(start, start + ROWS_AT_ONCE)
            arrays = [*(values[rows] for values in columns.values()), shapely.to_wkb(geometries[rows])]
            writer.write_table(pyarrow.table([pyarrow.array(array) for array in arrays], schema=schema))


def write_copy(path, columns, geometries):
    with open(path, "w", encoding="ascii") as file:
        for start in range(0, len(geometries), ROWS_AT_ONCE):
            rows = slice(start, start + ROWS_AT_ONCE)
            values = zip(*(column[rows].tolist() for column in columns.values()), shapely.to_wkb(geometries[rows], hex=True))
            file.writelines("\t".join(map(str, row)) + "\n" for row in values)


def halves(box):
    left, bottom, right, top = box
    if right - left > top - bottom:
        middle = (left + right) / 2
        return (left, bottom, middle, top), (middle, bottom, right, top)
    middle = (bottom + top) / 2
    return (left, bottom, right, middle), (left, middle, right, top)


def subdivided(polygon):
    """Pieces of at most MOST_VERTICES, by halving the box as ST_Subdivide does."""
    pieces, waiting = [], [(polygon, polygon.bounds)]
    while waiting:
        part, box = waiting.pop()
        if shapely.get_num_coordinates(part) <= MOST_VERTICES:
            pieces.extend(one for one in shapely.get_parts(part) if one.area > 0)
        else:
            waiting.extend((shapely.clip_by_rect(part, *half), half) for half in halves(box))
    if abs(sum(piece.area for piece in pieces) - polygon.area) > 1e-12 * polygon.area:
        raise ValueError("the pieces of a zone do not add up to the zone")
    return pieces


def write_both(folder, name, columns, geometries):
    write_parquet(folder / f"{name}.parquet", columns, geometries)
    write_copy(folder / f"{name}.copy", columns, geometries)


def write_zones(folder):
    zones = exported(folder, "zones")
    write_both(folder, "zones", {"id": numpy.arange(len(zones))}, zones)
    began = time.perf_counter()
    pieces = [subdivided(zone) for zone in zones]
    seconds = time.perf_counter() - began
    owners = numpy.repeat(numpy.arange(len(zones)), [len(parts) for parts in pieces])
    write_parquet(folder / "pieces.parquet", {"zone": owners}, numpy.concatenate(pieces))
    return seconds


def main():
    folder = Path(sys.argv[1])
    parcels = exported(folder, "parcels")
    columns = {"id": numpy.arange(len(parcels)), "sound": numpy.ones(len(parcels), bool)}
    details = {}
    if (folder / "parcels.invalid.u32").exists():
        invalid = numpy.fromfile(folder / "parcels.invalid.u32", "<u4")
        columns["sound"][invalid] = False
        began = time.perf_counter()
        repaired = parcels.copy()
        repaired[invalid] = shapely.make_valid(parcels[invalid])
        details["repair_seconds"] = time.perf_counter() - began
        write_both(folder, "repaired", columns, repaired)
    if (folder / "zones.points.f64").exists():
        details["subdivide_seconds"] = write_zones(folder)
    write_both(folder, "parcels", columns, parcels)
    print(json.dumps(details))


if __name__ == "__main__":
    main()
