"""DuckDB's best form of the work: a spatial join, parcel area for what lies inside, an intersection for the rest."""
import json
import sys
from pathlib import Path

import duckdb
import duckdb_extension_spatial

connection = duckdb.connect()
# The package carries the extension for the version of DuckDB it was made for, so nothing is downloaded here.
extension = next(Path(duckdb_extension_spatial.__file__).parent.glob("extensions/*/spatial.duckdb_extension"))
connection.execute(f"load '{extension}'")
for table in ("a", "b"):
    connection.execute(f"create table {table} as select geom from st_read(?, layer = '{table}')", [sys.argv[1]])
pairs, area = connection.execute("""
    select count(*), sum(area) from (
        select st_area(case when st_contains(b.geom, a.geom) then a.geom else st_intersection(a.geom, b.geom) end) as area
        from a join b on st_intersects(a.geom, b.geom)) where area > 0""").fetchone()
print(json.dumps({"pairs": pairs, "area_m2": round(area, 3)}))
