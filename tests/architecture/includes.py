"""Include arrows against ranks.csv, and outside libraries against libraries.csv."""
import re
from fnmatch import fnmatchcase

from tree import Breach, folder_of

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">]+)[">]')
PRODUCT = ("spatial/", "importers/", "services/")


def includes_of(tree, path):
    """(line, quoted, name) of every include line."""
    found = []
    for number, line in enumerate(tree.text(path).splitlines(), 1):
        match = INCLUDE.match(line)
        if match:
            found.append((number, match[1] == '"', match[2]))
    return found


def matches_any(name, patterns):
    return any(pattern == "*" or fnmatchcase(name, pattern) for pattern in patterns)


def rank_row(rows, folder):
    """The row of a folder; `spatial/operations/*` stands for each folder directly below."""
    for row in rows:
        pattern = row["folder"]
        if pattern == folder or (pattern.endswith("/*") and folder_of(folder) == pattern[:-2]):
            return row
    return None


def table_breaches(rows):
    """The table itself must prove that there is no cycle: whatever a folder may use has a lower rank."""
    rank = {row["folder"]: int(row["rank"]) for row in rows}
    for row in rows:
        for used in row["may_use"].split():
            if used != "*" and (used not in rank or rank[used] >= int(row["rank"])):
                yield Breach("tests/architecture/ranks.csv", 1, "rank-table",
                             f"{row['folder']} may use {used}, which is unknown or not of a lower rank")


def arrow_breach(path, line, name, rows):
    own = folder_of(path)
    target = folder_of(name)
    if own == target:
        return None
    if name.startswith("tests/"):
        return Breach(path, line, "include-of-tests", f"includes {name}; nothing outside tests includes tests")
    row, target_row = rank_row(rows, own), rank_row(rows, target)
    if row is None or target_row is None:
        return Breach(path, line, "folder-without-rank",
                      f"{own if row is None else target} has no row in tests/architecture/ranks.csv")
    if target_row["folder"] not in row["may_use"].split() and row["may_use"] != "*":
        return Breach(path, line, "include-against-ranks",
                      f"{own} (rank {row['rank']}) includes {name} (rank {target_row['rank']}); it may use: "
                      f"{row['may_use'] or 'nothing of the project'}")
    return None


def project_breaches(tree, path, rows):
    for line, quoted, name in includes_of(tree, path):
        if not quoted:
            if name.startswith(PRODUCT + ("tests/",)):
                yield Breach(path, line, "include-form", f"<{name}> is of this project; write it with quotes")
            continue
        if name not in tree.names:
            yield Breach(path, line, "include-form", f'"{name}" is no file from the root; outside headers take <>')
            continue
        if path.startswith(PRODUCT):
            breach = arrow_breach(path, line, name, rows)
            if breach:
                yield breach


STANDARD = re.compile(r"^[a-z][a-z0-9_]*$")
C_HEADERS = {"assert.h", "ctype.h", "errno.h", "float.h", "inttypes.h", "limits.h", "math.h", "stdint.h", "stdio.h",
             "stdlib.h", "string.h", "time.h", "stddef.h"}


def owners_of(name, libraries):
    return [row for row in libraries if matches_any(name, row["headers"].split())]


def may_include(path, owners):
    place = "tests" if path.startswith("tests/") else folder_of(path)
    return any("*" in row["folders"].split() or place in row["folders"].split() for row in owners)


def library_breaches(tree, path, libraries, readers):
    for line, quoted, name in includes_of(tree, path):
        if quoted or STANDARD.match(name):
            continue
        owners = owners_of(name, libraries)
        if name in C_HEADERS:
            yield Breach(path, line, "include-form", f"<{name}>: take the C++ form <c{name[:-2]}>")
        elif not owners:
            yield Breach(path, line, "library-unknown", f"<{name}> is of no library in tests/architecture/libraries.csv")
        elif not may_include(path, owners):
            yield Breach(path, line, "library-outside-its-folder",
                         f"<{name}> ({owners[0]['library']}) may appear only in: {owners[0]['folders']}")
        elif path.endswith(".hpp") and path.startswith(PRODUCT) and not any(row["exposed"] == "yes" for row in owners):
            others = sorted(reader for reader in readers.get(path, ())
                            if reader.startswith(PRODUCT) and folder_of(reader) != folder_of(path))
            if others:
                yield Breach(path, line, "library-in-shared-header",
                             f"<{name}> ({owners[0]['library']}) stands in a header that {others[0]} includes; "
                             "keep its types in the .cpp")


def reach(tree, path, seen):
    """All project headers that `path` includes, itself left out, directly or through others."""
    for _, quoted, name in includes_of(tree, path):
        if quoted and name in tree.names and name not in seen:
            seen.add(name)
            reach(tree, name, seen)
    return seen


def include_breaches(tree):
    rows, libraries = tree.table("ranks.csv"), tree.table("libraries.csv")
    breaches = list(table_breaches(rows))
    readers = {}
    for path in tree.code():
        for header in reach(tree, path, set()):
            readers.setdefault(header, set()).add(path)
    for path in tree.code():
        breaches += project_breaches(tree, path, rows)
        breaches += library_breaches(tree, path, libraries, readers)
        if path.endswith(".hpp") and "#pragma once" not in tree.text(path):
            breaches.append(Breach(path, 1, "include-form", "a header begins with #pragma once"))
        if path.startswith(PRODUCT) and rank_row(rows, folder_of(path)) is None:
            breaches.append(Breach(path, 1, "folder-without-rank",
                                   f"{folder_of(path)} has no row in tests/architecture/ranks.csv"))
    return breaches
