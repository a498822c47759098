"""What the peers in Python share: arguments, phases, the clock and the report.

Each peer is called PEER WORK FILE_OF_PARCELS RUNS in the folder that peer_data.py filled. It prints one JSON object: the seconds of what
comes before the clock (`details`), wall and processor seconds of the fastest run, and the result over pairs of sound parcels.
"""
import json
import os
import resource
import sys
import time
from contextlib import contextmanager
from pathlib import Path

THREADS = len(os.sched_getaffinity(0))
LEAST_AREA_M2 = 1e-6
WORK, PARCELS, RUNS = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
ZONES, PIECES = PARCELS.with_name("zones.parquet"), PARCELS.with_name("pieces.parquet")
details = {}


@contextmanager
def phase(name):
    began = time.perf_counter()
    yield
    details[f"{name}_seconds"] = round(time.perf_counter() - began, 3)


def processor_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def timed(query):
    processor, wall = processor_seconds(), time.perf_counter()
    query()
    return time.perf_counter() - wall, processor_seconds() - processor


def report(query, result):
    """Runs query() RUNS times; result() then gives (pairs, area_m2) of the last run, outside the clock."""
    seconds, cpu_seconds = min(timed(query) for _ in range(RUNS))
    pairs, area = result()
    print(json.dumps({"seconds": seconds, "cpu_seconds": cpu_seconds, "details": details,
                      "result": {"pairs": int(pairs), "area_m2": float(area or 0.0)}}))
