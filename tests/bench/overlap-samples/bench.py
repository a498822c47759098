"""Areas common to two layers of the samples: planning areas x communes, and synthetic parcels x titanium areas.

Every subject is one whole process, from start to printed result. ranh reads the workspace as it is, carries each side into a working
plane and measures on the ellipsoid. The peers get files that GDAL has already carried into the plane of the planning areas, outside the
clock; their areas are planar, so results differ by the scale of that plane (up to one part in a thousand).
"""
import json
import subprocess
import tempfile
from pathlib import Path

from kit import PROGRAM, PYTHON, ROOT, Measure, PeerFailed, attempt, best_of, peer_versions, postgis, program_version, row

HERE = Path(__file__).resolve().parent
WORKSPACE = ROOT / "demo/ranh.gpkg"
# left, right, the plane in which the peers compare them
LAYERS = [("titanium", "communes", 3406), ("bauxite", "communes", 3405), ("parcels", "titanium", 3406)]
WORKS = [f"{left} x {right}" for left, right, _ in LAYERS]


def prepare(folder, left, right, epsg):
    """One GeoPackage with the tables a and b, both in the plane, without personal or other columns."""
    prepared = Path(folder) / f"{left}-{right}.gpkg"
    for table, layer, extra in (("a", left, []), ("b", right, ["-update"])):
        subprocess.run(["ogr2ogr", "-q", *extra, "-t_srs", f"EPSG:{epsg}", "-nlt", "MULTIPOLYGON", "-nln", table,
                        "-lco", "GEOMETRY_NAME=geom", "-select", "", prepared, WORKSPACE, layer],
                       check=True, capture_output=True)
    return prepared


def measured_ranh(left, right, count):
    measure = best_of(count, [PROGRAM, "overlaps", left, right, "--json", "-w", WORKSPACE])
    pairs = [pair for pair in json.loads(measure.output)["overlaps"] if pair["area_m2"]]
    return measure, {"pairs": len(pairs), "area_m2": round(sum(pair["area_m2"] for pair in pairs), 3)}


def measured_script(name, prepared, count):
    if not PYTHON.exists():
        raise PeerFailed("not installed; tests/bench/peers/install says why")
    measure = best_of(count, [PYTHON, HERE / name, prepared])
    return measure, json.loads(measure.output)


QUERY = """select json_build_object('pairs', count(*), 'area_m2', round(sum(area)::numeric, 3)) from (
    select st_area(case when st_contains(b.geom, a.geom) then a.geom else st_intersection(a.geom, b.geom) end) as area
    from a join b on st_intersects(a.geom, b.geom)) as pair where area > 0"""


def measured_postgis(server, prepared, count):
    for table in ("a", "b"):
        subprocess.run(["ogr2ogr", "-q", "-overwrite", "-nln", table, "-lco", "GEOMETRY_NAME=geom", server.source, prepared, table],
                       check=True, capture_output=True)
    best_of(1, server.psql("-c", "analyze a", "-c", "analyze b"))
    measure = best_of(count, server.psql("-c", QUERY))
    # The work is the server's: processor time and memory of the client say nothing.
    return Measure(measure.seconds, None, None, measure.output), json.loads(measure.output)


def rows(quick, works):
    count = 1 if quick else 3
    versions = peer_versions()
    if not WORKSPACE.exists():
        subprocess.run([ROOT / "data-samples/demo.sh", PROGRAM, "--no-serve"], stdout=subprocess.DEVNULL, check=True)
    with tempfile.TemporaryDirectory(prefix="ranh-bench-") as folder:
        prepared = {}
        for work in works[:1] if quick else works:
            left, right, epsg = LAYERS[WORKS.index(work)]
            prepared[work] = prepare(folder, left, right, epsg)
            yield attempt(work, "ranh", program_version(), lambda: measured_ranh(left, right, count))
            for name in ("shapely", "duckdb"):
                yield attempt(work, name, versions.get(name, "unknown"),
                              lambda: measured_script(f"peer_{name}.py", prepared[work], count))
        yield from postgis_rows(prepared, count)


def postgis_rows(prepared, count):
    try:
        with postgis() as server:
            version = server.version()
            for work, file in prepared.items():
                yield attempt(work, "postgis", version, lambda: measured_postgis(server, file, count))
    except (PeerFailed, OSError) as failure:
        for work in prepared:
            yield row(work, "postgis", "unknown", error=f"{type(failure).__name__}: {failure}")
