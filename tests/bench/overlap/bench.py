"""The overlap join on data made in memory, beside the best form of the same work in shapely, SedonaDB, DuckDB and PostGIS.

overlap_bench makes the data, measures ranh and exports what it made for the peers of PEER_DATA. `seconds` count from open snapshot (ranh,
zone index included) or loaded, indexed and subdivided data (peers) to all pairs with areas in memory; `details` says what came before.
ranh meets the invalid parcels of `self` as they are. Peers are shown them once, where an exception is expected, and once repaired; there
pairs that hold an invalid parcel are left out on both sides (`without_invalid`).
"""
import json
import tempfile
from pathlib import Path

from kit import PYTHON, ROOT, Measure, PeerFailed, attempt, build, peer_versions, postgis, program_version, row, run_measured
from peer_postgis import SETTINGS, Tables

HERE = Path(__file__).resolve().parent
BENCH_PROGRAM = ROOT / "build/release/tests/bench/overlap/overlap_bench"
WORKS = ["zones50", "file_to_file", "many_many", "self", "x10"]
# The files of parcels the peers get, each with what `data` of its row says.
PEER_DATA = {"zones50": {"parcels": None}, "self": {"parcels": "unrepaired", "repaired": "repaired"}}
SCRIPTS = {"shapely": "peer_shapely.py", "sedonadb": "peer_sedonadb.py", "duckdb": "peer_duckdb.py"}
LIMIT_SECONDS = 3600
AREA_TOLERANCE = {"postgis": 1e-10}
USUAL_AREA_TOLERANCE = 1e-9


def measured_ranh(work, quick, folder):
    command = [BENCH_PROGRAM, work, *(["--quick"] if quick else []), *(["--export", folder] if work in PEER_DATA else [])]
    lines = [json.loads(line) for line in run_measured(command, LIMIT_SECONDS).output.splitlines()]
    said = {line["work"]: line for line in lines}[work]
    result = {name: said[name] for name in ("pairs", "area_m2", "without_invalid") if name in said}
    taken = {"work", "seconds", "cpu_seconds", "peak_rss_bytes", *result}
    details = {name: value for name, value in said.items() if name not in taken}
    return Measure(said["seconds"], said["cpu_seconds"], said["peak_rss_bytes"], "", details or None), result


def measured_script(script, work, parcels, runs, details):
    measure = run_measured([PYTHON, HERE / script, work, parcels, runs], LIMIT_SECONDS)
    said = json.loads(measure.output)
    details = {**details, **said["details"]}
    return Measure(said["seconds"], said["cpu_seconds"], measure.peak_rss_bytes, "", details), said["result"]


def converted(folder):
    """What the preparation took, as details; fails where the peers get no data."""
    if not PYTHON.exists():
        raise PeerFailed("not installed; tests/bench/peers/install says why")
    return json.loads(run_measured([PYTHON, HERE / "peer_data.py", folder], LIMIT_SECONDS).output)


def script_rows(work, folder, runs, details):
    versions = peer_versions()
    for name, script in SCRIPTS.items():
        for file, data in PEER_DATA[work].items():
            parcels = folder / f"{file}.parquet"
            peer = attempt(work, name, versions.get(name, "unknown"),
                           lambda: measured_script(script, work, parcels, runs, details))
            yield {**peer, "data": data}


def postgis_rows(work, folder, runs):
    with postgis(**SETTINGS) as server:
        version = server.version()
        for file, data in PEER_DATA[work].items():
            parcels = folder / f"{file}.copy"
            peer = attempt(work, "postgis", version, lambda: Tables(server, work, parcels, LIMIT_SECONDS).measured(runs))
            yield {**peer, "data": data}


def peer_rows(work, quick, folder):
    # A self join takes the peers minutes; at that length the noise of a machine in use does not matter.
    runs = 1 if quick or work == "self" else 3
    lacking = [*SCRIPTS, "postgis"]
    try:
        details = converted(folder)
        lacking = ["postgis"]
        yield from script_rows(work, folder, runs, details)
        yield from postgis_rows(work, folder, runs)
    except (PeerFailed, OSError) as failure:
        for name in lacking:
            yield row(work, name, "unknown", error=f"{type(failure).__name__}: {failure}")


def measured_after_build(lacking, work, quick, folder):
    if lacking:
        raise PeerFailed(lacking)
    return measured_ranh(work, quick, folder)


def rows(quick, works):
    """The row of ranh and those of the peers, work by work; without ranh's there is no data for theirs."""
    lacking = build("overlap_bench", BENCH_PROGRAM)
    for work in works:
        with tempfile.TemporaryDirectory(prefix="bench-", dir=ROOT / "build") as folder:
            ours = attempt(work, "ranh", program_version(), lambda: measured_after_build(lacking, work, quick, folder))
            yield {**ours, "data": next(iter(PEER_DATA.get(work, {None: None}).values()))}
            if work in PEER_DATA and "error" not in ours:
                yield from peer_rows(work, quick, Path(folder))


def differences(rows):
    """A sentence for each peer whose pairs or area are not those of ranh on the same work."""
    ours = {one["work"]: one["result"].get("without_invalid", one["result"])
            for one in rows if one["subject"] == "ranh" and one["result"]}
    for one in rows:
        if one["subject"] != "ranh" and one["result"] and one["work"] in ours:
            yield from difference(one, ours[one["work"]])


def difference(peer, ours):
    theirs, tolerance = peer["result"], AREA_TOLERANCE.get(peer["subject"], USUAL_AREA_TOLERANCE)
    at = f"{peer['work']}: {peer['subject']}"
    if theirs["pairs"] != ours["pairs"]:
        yield f"{at} found {theirs['pairs']} pairs, ranh {ours['pairs']}"
    if abs(theirs["area_m2"] - ours["area_m2"]) > tolerance * abs(ours["area_m2"]):
        yield f"{at} measured {theirs['area_m2']!r} m2, ranh {ours['area_m2']!r}; more apart than {tolerance:g} of it"
