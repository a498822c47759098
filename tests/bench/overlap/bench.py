"""The overlap join on synthetic layers, packed as a snapshot keeps them, beside the best form of the same work in shapely, SedonaDB, DuckDB and PostGIS.

overlap_bench makes the data, measures ranh and exports what it made for the peers of PEER_DATA. `seconds` count from open snapshot (ranh,
zone index included) or loaded, indexed and subdivided data (peers) to all pairs with areas in memory; `details` says what came before.
ranh meets the invalid parcels of `self` as they are. Peers are shown them once, where an exception is expected, and once repaired; there
pairs that hold an invalid parcel are left out on both sides (`without_invalid`). file_to_file is the whole run of `ranh overlaps` on two
FlatGeobuf files. what_if and what_if_zones check projects one by one; their `seconds` are those of the slowest but one in a hundred.
"""
import csv
import json
import math
import tempfile
from pathlib import Path

from kit import PROGRAM, PYTHON, ROOT, Measure, PeerFailed, attempt, build, peer_versions, postgis, program_version, row, run_measured
from peer_postgis import SETTINGS, Tables

HERE = Path(__file__).resolve().parent
BENCH_PROGRAM = ROOT / "build/release/tests/bench/overlap/overlap_bench"
WORKS = ["zones50", "file_to_file", "many_many", "self", "what_if", "what_if_zones", "change", "x10"]
# The files of parcels the peers get, each with what `data` of its row says.
PEER_DATA = {"zones50": {"parcels": None}, "self": {"parcels": "unrepaired", "repaired": "repaired"}}
SCRIPTS = {"shapely": "peer_shapely.py", "sedonadb": "peer_sedonadb.py", "duckdb": "peer_duckdb.py"}
LIMIT_SECONDS = 3600
AREA_TOLERANCE = {"postgis": 1e-10}
USUAL_AREA_TOLERANCE = 1e-9


def bench_program(work, quick, data, *more):
    return run_measured([BENCH_PROGRAM, work, data, *(["--quick"] if quick else []), *more], LIMIT_SECONDS)


def measured_ranh(work, quick, data, folder):
    if work == "file_to_file":
        return measured_files(quick, data)
    lines = [json.loads(line) for line in
             bench_program(work, quick, data, *(["--export", folder] if work in PEER_DATA else [])).output.splitlines()]
    said = {line["work"]: line for line in lines}[work]
    result = {name: said[name] for name in ("pairs", "area_m2", "without_invalid") if name in said}
    taken = {"work", "seconds", "cpu_seconds", "peak_rss_bytes", *result}
    details = {name: value for name, value in said.items() if name not in taken}
    return Measure(said["seconds"], said["cpu_seconds"], said["peak_rss_bytes"], "", details or None), result


def measured_files(quick, data):
    """The fastest of three runs of the program, the result read from the file it wrote."""
    bench_program("files", quick, data)
    table = data / "pairs.csv"
    runs = [run_measured([PROGRAM, "overlaps", data / "parcels.fgb", data / "zones.fgb", "-o", table], LIMIT_SECONDS)
            for _ in range(1 if quick else 3)]
    with open(table, encoding="utf-8", newline="") as file:
        areas = [float(one["area_m2"]) for one in csv.DictReader(file)]
    best = min(runs, key=lambda run: run.seconds)
    return best, {"pairs": len(areas), "area_m2": math.fsum(areas)}


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


def measured_after_build(lacking, work, quick, data, folder):
    if lacking:
        raise PeerFailed(lacking)
    return measured_ranh(work, quick, data, folder)


def rows(quick, works):
    """The row of ranh and those of the peers, work by work; without ranh's there is no data for theirs."""
    lacking = build("overlap_bench", BENCH_PROGRAM) or build("ranh", PROGRAM)
    with tempfile.TemporaryDirectory(prefix="bench-data-", dir=ROOT / "build") as data:
        for work in works:
            with tempfile.TemporaryDirectory(prefix="bench-", dir=ROOT / "build") as folder:
                ours = attempt(work, "ranh", program_version(),
                               lambda: measured_after_build(lacking, work, quick, Path(data), folder))
                yield {**ours, "data": next(iter(PEER_DATA.get(work, {None: None}).values()))}
                if work in PEER_DATA and "error" not in ours:
                    yield from peer_rows(work, quick, Path(folder))


def differences(rows):
    """A sentence for each peer whose pairs or area are not those of ranh on the same work."""
    ours = {one["work"]: one["result"].get("without_invalid", one["result"])
            for one in rows if one["subject"] == "ranh" and one["result"]}
    if {"zones50", "file_to_file"} <= ours.keys():  # the same features, once packed, once from files
        files = {"work": "file_to_file", "subject": "ranh", "result": ours["file_to_file"]}
        yield from difference(files, ours["zones50"])
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
