"""Every header compiles alone. A header whose bytes, and those of all it includes from the project, were compiled before is
not compiled again: build/headers remembers them by hash."""
import contextlib
import hashlib
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor

from includes import reach
from tree import Breach

COMPILER = os.environ.get("CXX", "g++")
FLAGS = ["-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Wno-pragma-once-outside-header", "-x", "c++", '-DRANH_VERSION="0"',
         '-DRANH_SOURCE_DIR=""', '-DRANH_BINARY_DIR=""']
# Debian keeps GDAL's headers in a folder of their own; without pkg-config the compiler says what is missing.
with contextlib.suppress(OSError):
    FLAGS += subprocess.run(["pkg-config", "--cflags", "gdal"], capture_output=True, text=True, check=False).stdout.split()


def fingerprint(tree, header):
    digest = hashlib.sha256(" ".join([COMPILER, *FLAGS]).encode())
    for path in sorted(reach(tree, header, {header})):
        digest.update(path.encode() + b"\0" + (tree.root / path).read_bytes())
    return digest.hexdigest()


def first_error(output):
    lines = [line for line in output.splitlines() if "error" in line]
    return (lines or output.splitlines() or ["the compiler said nothing"])[0][:200]


def compile_alone(tree, header):
    memory = tree.root / "build/headers" / fingerprint(tree, header)
    if memory.exists():
        return None
    # Included from a file of its own, so that #pragma once stands where it belongs.
    run = subprocess.run([COMPILER, *FLAGS, f"-I{tree.root}", "-"], input=f'#include "{header}"\n', cwd=tree.root,
                         capture_output=True, text=True)
    if run.returncode != 0:
        return Breach(header, 1, "header-alone", f"does not compile alone: {first_error(run.stderr)}")
    memory.parent.mkdir(parents=True, exist_ok=True)
    memory.touch()
    return None


def header_breaches(tree):
    headers = [path for path in tree.files if path.endswith(".hpp")]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return [breach for breach in pool.map(lambda header: compile_alone(tree, header), headers) if breach]
