"""Paths of one machine and download addresses do not belong into a tracked file."""
import re

from tree import Breach

# Each pattern stands in pieces so that this file passes its own check.
MACHINE_PATH = re.compile(r"(^|[^A-Za-z0-9_.}])/" + r"(work|root|home|Users)/[A-Za-z.]")
TEMPORARY_PATH = re.compile(r"(^|[^A-Za-z0-9_.}])/" + r"tmp/[A-Za-z0-9_]")
OUTSIDE_FOLDER = re.compile(r"\.\./" + r"(shared|\.library)\b")
ADDRESS = re.compile(r'"resolved": *' + r'"https?:|index' + r"-url|registry *= *" + r"https?:")


def line_breach(path, number, line):
    if MACHINE_PATH.search(line) or OUTSIDE_FOLDER.search(line):
        return Breach(path, number, "machine-path", f"names a path of one machine: {line.strip()[:80]}")
    if TEMPORARY_PATH.search(line) and "mktemp" not in line:
        return Breach(path, number, "machine-path", f"names a fixed temporary path: {line.strip()[:80]}")
    if ADDRESS.search(line):
        return Breach(path, number, "download-address", f"holds a download address: {line.strip()[:80]}")
    return None


def word_breaches(tree):
    breaches = []
    for path in tree.files:
        text = tree.text(path)
        if text is None:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            breach = line_breach(path, number, line)
            if breach:
                breaches.append(breach)
    return breaches
