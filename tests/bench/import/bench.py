"""Importing parcels: a file into a published version with its snapshot, beside ogr2ogr; a change of 1,000 of them; the first answer.

The parcels are those of generate_parcels, 2,550,400 in EPSG:5899 as a FlatGeobuf file that GDAL writes. `publish` is the whole run of
`ranh import` into a new GeoPackage workspace: ids, checks, areas, content hashes, version, packed snapshot; its peer is ogr2ogr writing the
same file into a GeoPackage, which does less. publish_tenth is the same for a tenth of the parcels: memory must not grow with the input.
upsert changes 1,000 parcels of that workspace; `seconds` is the whole command, `details` says when what was committed could be read and by
how much the files grew. corners is `ranh check` of a table of 700 corners against the parcels, started anew. postgis is publish into a
PostgreSQL schema, beside ogr2ogr with COPY. The data stays in build/bench-import for the next run.
"""
import json
import math
import os
import shutil
import sqlite3
import subprocess
import tempfile
import time
import urllib.request
from contextlib import closing
from pathlib import Path

from kit import PROGRAM, ROOT, Measure, PeerFailed, attempt, build, postgis, program_version, row, run_measured

WORKS = ["publish", "publish_tenth", "upsert", "corners", "postgis"]
GENERATOR = ROOT / "build/release/tests/support/generate_parcels"
DATA = ROOT / "build/bench-import"
LIMIT_SECONDS = 3600
COMMUNE = "24778"
# Options of generate_parcels, and how many parcels they make.
SIZES = {"whole": (["--province"], 2_550_400), "tenth": (["--columns", "505", "--rows", "505"], 255_025),
         "hundredth": (["--columns", "160", "--rows", "160"], 25_600)}
CHANGED = 1_000
CHANGED_ID = f"{COMMUNE}.1.1"
NEW_CODE = "ABC"
CORNERS = 700


def gdal_version():
    said = subprocess.run(["ogr2ogr", "--version"], capture_output=True, text=True).stdout
    return said.split(",")[0].removeprefix("GDAL ") or "unknown"


def parcels(size):
    """The FlatGeobuf file of a size, made once."""
    file = DATA / f"{size}.fgb"
    if file.exists():
        return file
    DATA.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=DATA) as folder:
        text, made = Path(folder) / "parcels.geojsonl", Path(folder) / "parcels.fgb"
        with open(text, "wb") as out:
            subprocess.run([GENERATOR, *SIZES[size][0], "--commune", COMMUNE], stdout=out, stderr=subprocess.DEVNULL, check=True)
        run_measured(["ogr2ogr", "-f", "FlatGeobuf", made, f"GeoJSONSeq:{text}", "-a_srs", "EPSG:5899", "-nlt", "POLYGON", "-nln",
                      "parcels"], LIMIT_SECONDS)
        made.rename(file)
    return file


def import_command(file, workspace, *more):
    return [PROGRAM, "import", file, "-w", workspace, "--layer", "parcels", "--json", *more]


def fresh(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def published(size):
    """`ranh import` of a size into a new workspace, which stays for the works after it."""
    file = parcels(size)
    workspace = fresh(DATA / f"workspace-{size}") / "w.gpkg"
    measure = run_measured(import_command(file, workspace, "--kind", "parcel"), LIMIT_SECONDS)
    return measure, {"features": json.loads(measure.output)["features"]}


def converted(size):
    file = parcels(size)
    target = fresh(DATA / "converted") / "parcels.gpkg"
    try:
        measure = run_measured(["ogr2ogr", "-f", "GPKG", target, file, "-nln", "parcels"], LIMIT_SECONDS)
        with sqlite3.connect(target) as made:
            return measure, {"features": made.execute("SELECT COUNT(*) FROM parcels").fetchone()[0]}
    finally:
        shutil.rmtree(target.parent, ignore_errors=True)


def workspace_of(size):
    workspace = DATA / f"workspace-{size}" / "w.gpkg"
    if not workspace.exists():
        published(size)
    return workspace


def bytes_of(folder):
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def changed_parcels(size):
    """1,000 parcels from all over the layer with another land code, CHANGED_ID among them."""
    file = DATA / "changed.fgb"
    file.unlink(missing_ok=True)
    step = SIZES[size][1] // CHANGED
    run_measured(["ogr2ogr", "-f", "FlatGeobuf", file, parcels(size), "-dialect", "sqlite", "-sql",
                  f"SELECT geometry, commune, sheet, parcel, '{NEW_CODE}' AS land_code, registered_area_m2 FROM "
                  f"parcels WHERE rowid % {step} = 0 OR (sheet = 1 AND parcel = 1) LIMIT {CHANGED}"], LIMIT_SECONDS)
    return file


class Served:
    """A server on a workspace, asked for one feature until it says something else."""

    def __init__(self, workspace):
        self.process = subprocess.Popen([PROGRAM, "serve", "-w", workspace, "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, text=True)
        self.url = next((word for line in self.process.stdout for word in line.split() if word.startswith("http://")), None)
        if self.url is None:
            raise PeerFailed("ranh serve said no address")
        self.url = self.url.removesuffix("map/").rstrip("/")

    def land_code(self, feature):
        address = f"{self.url}/collections/parcels/items/{feature}?f=json"
        with urllib.request.urlopen(address, timeout=60) as answer:
            return json.load(answer)["properties"]["land_code"]

    def stop(self):
        self.process.terminate()
        self.process.wait()


def upserted(size):
    workspace = workspace_of(size)
    folder = fresh(DATA / "upserted")
    try:
        copy = folder / "w.gpkg"
        shutil.copy2(workspace, copy)
        shutil.copytree(f"{workspace}.snapshot", f"{copy}.snapshot")
        change = changed_parcels(size)
        served = Served(copy)
        try:
            before = {part: bytes_of(part) if part.is_dir() else part.stat().st_size
                      for part in (copy, Path(f"{copy}.snapshot"))}
            command = subprocess.Popen(list(map(str, import_command(change, copy, "--mode", "upsert"))), stdout=subprocess.DEVNULL)
            return measured_upsert(served, command, copy, before)
        finally:
            served.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def change_counter(workspace):
    """Changes with every commit; None while the workspace is locked."""
    try:
        with closing(sqlite3.connect(f"file:{workspace}?mode=rw", uri=True, timeout=0)) as database:
            return database.execute("SELECT value FROM ranh_setting WHERE name = 'change_counter'").fetchone()[0]
    except sqlite3.OperationalError:
        return None


def measured_upsert(served, command, workspace, before):
    """Polls the workspace until the change is committed and the server until it answers with it; the snapshot of it can be
    read when the manifest has its new name.
    """
    began = time.perf_counter()
    began_at = time.time_ns()
    counter = change_counter(workspace)
    usage, committed, served_at = None, None, None
    while usage is None or served_at is None:
        if usage is None:
            pid, status, found = os.wait4(command.pid, os.WNOHANG)
            if pid:
                command.returncode = os.waitstatus_to_exitcode(status)
                usage, seconds = found, time.perf_counter() - began
        if committed is None and change_counter(workspace) not in (None, counter):
            committed = time.time_ns()
        if served_at is None and served.land_code(CHANGED_ID) == NEW_CODE:
            served_at = time.time_ns()
        if time.perf_counter() - began > LIMIT_SECONDS or (usage and command.returncode != 0):
            raise PeerFailed(f"the upsert ended with {command.returncode}")
        time.sleep(0.005)
    snapshot = Path(f"{workspace}.snapshot")
    readable = (snapshot / "manifest.json").stat().st_mtime_ns
    details = {"committed_after_s": round((committed - began_at) / 1e9, 3),
               "readable_after_commit_s": round((readable - committed) / 1e9, 3),
               "served_after_commit_s": round((served_at - committed) / 1e9, 3)}
    result = {"changed": CHANGED, "workspace_grows_bytes": workspace.stat().st_size - before[workspace],
              "snapshot_grows_bytes": bytes_of(snapshot) - before[snapshot]}
    return Measure(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, "", details), result


def corner_table(file):
    """The corners of a polygon of 1.2 km among the parcels, as rows of a CSV table."""
    middle_x, middle_y = 503_000.0, 1_303_000.0
    rows = ["ten,so_hieu,x,y"]
    for i in range(CORNERS):
        angle = 2 * math.pi * i / CORNERS
        radius = 600 + 40 * math.sin(9 * angle)
        rows.append(f"A,{i + 1},{middle_y + radius * math.cos(angle):.3f},{middle_x + radius * math.sin(angle):.3f}")
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return file


def checked(size, runs):
    """Best of some runs of the whole program, the page cache warm after the first."""
    workspace = workspace_of(size)
    with tempfile.TemporaryDirectory(dir=DATA) as folder:
        table = corner_table(Path(folder) / "corners.csv")
        command = [PROGRAM, "check", table, "-w", workspace, "--crs", "EPSG:5899", "--json"]
        best = min((run_measured(command) for _ in range(runs)), key=lambda run: run.seconds)
        return best, {"pairs": len(json.loads(best.output)["overlaps"])}


def postgis_rows(size):
    """ranh into a schema of a server of this bench, and ogr2ogr into a table of it."""
    with postgis(fsync="on") as server:
        address = f"postgresql://bench@/postgres?host={server.folder}"

        def ours():
            measure = run_measured(import_command(parcels(size), address, "--kind", "parcel"), LIMIT_SECONDS)
            return measure, {"features": json.loads(measure.output)["features"]}

        def theirs():
            measure = run_measured(["ogr2ogr", "-f", "PostgreSQL", server.source, parcels(size), "-nln", "parcels", "--config",
                                    "PG_USE_COPY", "YES"], LIMIT_SECONDS)
            count = run_measured(server.psql("-c", "select count(*) from parcels")).output
            return measure, {"features": int(count)}

        yield attempt("postgis", "ranh", program_version(), ours)
        yield attempt("postgis", "ogr2ogr", gdal_version(), theirs)


def rows(quick, works):
    """Rows of ranh and of its peer where there is one; --quick takes the hundredth part of the parcels."""
    lacking = build("ranh", PROGRAM) or build("generate_parcels", GENERATOR)
    sizes = {"publish_tenth": "hundredth" if quick else "tenth"}
    for work in works:
        size = sizes.get(work, "hundredth" if quick else "whole")
        if lacking:
            yield row(work, "ranh", program_version(), error=lacking)
        elif work in ("publish", "publish_tenth"):
            yield attempt(work, "ranh", program_version(), lambda: published(size))
            yield attempt(work, "ogr2ogr", gdal_version(), lambda: converted(size))
        elif work == "upsert":
            yield attempt(work, "ranh", program_version(), lambda: upserted(size))
        elif work == "corners":
            yield attempt(work, "ranh", program_version(), lambda: checked(size, 2 if quick else 5))
        else:
            try:
                yield from postgis_rows(size)
            except (PeerFailed, OSError) as failure:
                yield row(work, "ranh", program_version(), error=f"{type(failure).__name__}: {failure}")


def differences(rows):
    """A sentence where ranh and its peer do not hold equally many features."""
    ours = {one["work"]: one["result"]["features"] for one in rows if one["subject"] == "ranh" and "features" in (one["result"] or {})}
    for one in rows:
        if one["subject"] != "ranh" and one["result"] and one["result"]["features"] != ours.get(one["work"]):
            yield f"{one['work']}: {one['subject']} has {one['result']['features']} features, ranh {ours.get(one['work'])}"
