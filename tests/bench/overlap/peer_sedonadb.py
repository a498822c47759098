"""SedonaDB's best form: the same queries as DuckDB's on tables held in memory."""
import pyarrow
import sedonadb

from peer_clock import LEAST_AREA_M2, PARCELS, PIECES, WORK, phase, report

QUERIES = {
    "zones50": """
        select p.id as a, s.zone as b,
            sum(case when st_covers(s.geometry, p.geometry) then st_area(p.geometry)
                else st_area(st_intersection(s.geometry, p.geometry)) end) as area
        from parcels p join pieces s on st_intersects(p.geometry, s.geometry) group by p.id, s.zone""",
    "self": """
        select a.id as a, b.id as b, st_area(st_intersection(a.geometry, b.geometry)) as area
        from parcels a join parcels b on st_intersects(a.geometry, b.geometry) and a.id < b.id
        where not st_touches(a.geometry, b.geometry)""",
}


def load(path, name):
    connection.read_parquet(str(path)).to_memtable().to_view(name)


def join():
    query = f"select * from ({QUERIES[WORK]}) where area > {LEAST_AREA_M2}"
    connection.sql(query).to_memtable().to_view("pairs", overwrite=True)


def result():
    unsound = "select id from parcels where not sound"
    counted = f"where a not in ({unsound}) and b not in ({unsound})" if WORK == "self" else ""
    table = pyarrow.table(connection.sql(f"select count(*) as pairs, sum(area) as area from pairs {counted}"))
    return table["pairs"][0].as_py(), table["area"][0].as_py()


connection = sedonadb.connect()
with phase("load"):
    load(PARCELS, "parcels")
    if WORK == "zones50":
        load(PIECES, "pieces")
report(join, result)
