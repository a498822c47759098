"""DuckDB's best form: SPATIAL_JOIN, with whatever else is asked of a pair inside one CASE.

zones50: the area of the parcel where the piece of a zone covers it, else an intersection, summed over the pieces.
self: pairs of boxes that do not only touch. Written plainly, a.id < b.id would be planned as a join of its own over the numbers.
"""
from pathlib import Path

import duckdb
import duckdb_extension_spatial

from peer_clock import LEAST_AREA_M2, PARCELS, PIECES, THREADS, WORK, phase, report

QUERIES = {
    "zones50": """
        select p.id as a, s.zone as b,
            sum(case when st_covers(s.geometry, p.geometry) then st_area(p.geometry)
                else st_area(st_intersection(s.geometry, p.geometry)) end) as area
        from parcels p join pieces s on st_intersects(p.geometry, s.geometry) group by 1, 2""",
    "self": """
        select a.id as a, b.id as b, st_area(st_intersection(a.geometry, b.geometry)) as area
        from parcels a join parcels b on a.geometry && b.geometry
        where case when a.id < b.id then not st_touches(a.geometry, b.geometry) else false end""",
}


def join():
    connection.execute(f"create or replace table pairs as select * from ({QUERIES[WORK]}) where area > {LEAST_AREA_M2}")


def result():
    unsound = "select id from parcels where not sound"
    counted = f"where a not in ({unsound}) and b not in ({unsound})" if WORK == "self" else ""
    return connection.execute(f"select count(*), sum(area) from pairs {counted}").fetchone()


connection = duckdb.connect(config={"threads": THREADS})
# The package carries the extension for the version of DuckDB it was made for, so nothing is downloaded here.
extension = next(Path(duckdb_extension_spatial.__file__).parent.glob("extensions/*/spatial.duckdb_extension"))
connection.execute(f"load '{extension}'")
with phase("load"):
    connection.execute(f"create table parcels as select * from '{PARCELS}'")
    if WORK == "zones50":
        connection.execute(f"create table pieces as select * from '{PIECES}'")
report(join, result)
