"""What every bench needs: a process measured whole, a row for each outcome, and a PostGIS of its own."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "build/release/ranh"
PEERS = ROOT / "build/peers"
PYTHON = PEERS / "venv/bin/python"
POSTGRES = Path("/usr/lib/postgresql/15/bin")


class PeerFailed(Exception):
    """A subject could not do its work; the text becomes the `error` of its row."""


@dataclass(frozen=True)
class Measure:
    """One process from start to end: wall and processor seconds, the largest resident set, what it printed.

    A process with a clock of its own gives the seconds of its work alone; `details` then says what came before.
    """
    seconds: float
    cpu_seconds: float
    peak_rss_bytes: int
    output: str
    details: dict | None = None


def run_measured(command, timeout=600):
    """Runs a command to its end and measures it with wait4, so that nothing of this process is counted."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        began = time.perf_counter()
        process = subprocess.Popen([str(word) for word in command], stdout=output, stderr=errors, start_new_session=True)
        usage = wait_until(process, began + timeout)
        seconds = time.perf_counter() - began
        output.seek(0)
        errors.seek(0)
        if process.returncode != 0:
            said = errors.read().decode(errors="replace").strip().splitlines() or ["nothing on standard error"]
            raise PeerFailed(f"ended with {process.returncode}: {said[-1][:300]}")
        return Measure(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, output.read().decode())


def wait_until(process, deadline):
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            process.returncode = os.waitstatus_to_exitcode(status)
            return usage
        if time.perf_counter() > deadline:
            process.kill()
            os.wait4(process.pid, 0)
            process.returncode = -9
            raise PeerFailed("took longer than the limit")
        time.sleep(0.001)


def best_of(count, command):
    """The fastest of `count` runs: other load on the machine only ever adds time."""
    return min((run_measured(command) for _ in range(count)), key=lambda measure: measure.seconds)


def row(work, subject, version, measure=None, result=None, error=None):
    """cpu_seconds and peak_rss_bytes are None where the work is done by a server that is not measured."""
    return {"work": work, "subject": subject, "version": version,
            "seconds": measure and round(measure.seconds, 4), "cpu_seconds": measure and measure.cpu_seconds,
            "peak_rss_bytes": measure and measure.peak_rss_bytes, "result": result, "ratio": None,
            **({"details": measure.details} if measure and measure.details else {}), **({"error": error} if error else {})}


def attempt(work, subject, version, measured):
    """The row of `measured()`, a function that gives (Measure, result); a failure is a row with `error`."""
    try:
        measure, result = measured()
        return row(work, subject, version, measure, result)
    except (PeerFailed, OSError, subprocess.SubprocessError, json.JSONDecodeError, KeyError) as failure:
        return row(work, subject, version, error=f"{type(failure).__name__}: {failure}")


def build(target, program):
    """Builds a program that only benches need in build/release; a sentence where that fails, else None."""
    release = ROOT / "build/release"
    for command in (["cmake", "-S", ROOT, "-B", release, "-DRANH_BENCH=ON"], ["cmake", "--build", release, "--target", target]):
        if subprocess.run(command, stdout=sys.stderr).returncode != 0:
            return f"{target} could not be built; the words of CMake are above"
    return None if program.exists() else f"{target} was built, but {program} is not there"


def program_version():
    said = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True)
    return (said.stdout.split() or ["unknown"])[-1]


def peer_versions():
    """What is installed beside the requirements, as {name: version}; empty where the environment is missing."""
    if not PYTHON.exists():
        return {}
    listed = subprocess.run([PYTHON, "-m", "pip", "list", "--format", "json"], capture_output=True, text=True)
    return {entry["name"]: entry["version"] for entry in json.loads(listed.stdout or "[]")}


class PostGis:
    """A server of this bench alone: its own folder, a socket in it, no network."""

    def __init__(self, folder, as_user):
        self.folder = folder
        self.as_user = as_user
        self.source = f"PG:host={folder} dbname=postgres user=bench"

    def psql(self, *words):
        return [POSTGRES / "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1",
                "-v", "VERBOSITY=terse", "-h", self.folder, "-U", "bench",
                "-d", "postgres", *words]

    def version(self):
        text = run_measured(self.psql("-c", "select postgis_lib_version() || ' on ' || current_setting('server_version')"))
        return text.output.strip()


@contextmanager
def postgis(**settings):
    """Starts PostgreSQL with PostGIS, as its own user when we are root, and stops and removes it at the end.

    `settings` are added to those of the server or replace them.
    """
    if not (POSTGRES / "initdb").exists():
        raise PeerFailed(f"{POSTGRES} holds no PostgreSQL")
    folder = tempfile.mkdtemp(prefix="ranh-postgis-")
    as_user = []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
    data = f"{folder}/data"
    settings = {"listen_addresses": "''", "unix_socket_directories": folder, "fsync": "off", "shared_buffers": "512MB",
                "jit": "off", **settings}
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    stop = [*as_user, POSTGRES / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"]
    try:
        run_measured([*as_user, POSTGRES / "initdb", "-D", data, "-U", "bench", "-A", "trust", "-E", "UTF8", "--locale=C"])
        run_measured([*as_user, POSTGRES / "pg_ctl", "-D", data, "-o", options, "-l", f"{folder}/log", "-w", "start"])
        server = PostGis(folder, as_user)
        run_measured(server.psql("-c", "create extension postgis"))
        yield server
    finally:
        subprocess.run(stop, capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)
