#!/usr/bin/env bash
# The launcher on a small project of its own: what it builds, what it passes on, what it costs, where it writes.
# Called with the root of the project.
set -eu -o pipefail
root=$1
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
export CI=true
failures=0

mkdir -p .cmake spatial importers services docker data-samples
cp "$root/ranh" .
cp "$root/docker/debian-packages.txt" docker/
cat >CMakePresets.json <<'END'
{"version": 4, "configurePresets": [{"name": "release", "generator": "Ninja", "binaryDir": "${sourceDir}/build/release"}]}
END
cat >CMakeLists.txt <<'END'
cmake_minimum_required(VERSION 3.25)
project(ranh LANGUAGES CXX)
option(RANH_TESTS "" ON)
add_executable(ranh services/main.cpp)
add_custom_target(viewer)
END
cat >services/main.cpp <<'END'
#include <cstdio>
int main(int count, char** words) {
    for (int i = 1; i < count; ++i) std::printf("<%s>", words[i]);
    return count > 1 && words[1][0] == 'x' ? 3 : 0;
}
END
printf '#!/bin/sh\nshift\necho "demonstration $*"\n' >data-samples/demo.sh
chmod +x data-samples/demo.sh

# expect WHAT EXIT_CODE STANDARD_OUTPUT WORD...   Runs the launcher; its standard error is left in the file `said`.
expect() {
    local what=$1 code=$2 output=$3 got_code=0 got
    shift 3
    got=$(./ranh "$@" 2>said </dev/null) || got_code=$?
    if [ "$got_code" -ne "$code" ] || [ "$got" != "$output" ]; then
        printf '%s: expected code %s and "%s", found %s and "%s"; standard error:\n' "$what" "$code" "$output" "$got_code" "$got"
        tail -n 5 said
        failures=$((failures + 1))
    fi
}

says() {
    grep -q -- "$2" said && return 0
    printf '%s: standard error does not say "%s"\n' "$1" "$2"
    failures=$((failures + 1))
}

expect "without the program a bare call only tells its words" 0 ""
says "a bare call" "./ranh demo"
[ ! -e build/release ] || { printf 'a bare call must not build\n'; failures=$((failures + 1)); }
expect "any word builds first and is passed on as it is" 0 "<layers><a b><-w>" layers "a b" -w
expect "the exit code is the program's" 3 "<x>" x
expect "a known word without its program's part" 0 "demonstration --no-serve" demo --yes --no-serve
expect "an unknown option of demo is wrong usage" 2 "" demo --noserve
expect "a version comes from the program" 0 "<--version>" --version

fastest=999999999
for _ in 1 2 3 4 5; do
    began=$(date +%s%N)
    ./ranh layers >/dev/null 2>&1
    took=$(($(date +%s%N) - began))
    [ "$took" -ge "$fastest" ] || fastest=$took
done
[ "$fastest" -lt 300000000 ] || { printf 'up to date, a call took %s ns, over 0.3 s\n' "$fastest"; failures=$((failures + 1)); }

sed -i 's/<%s>/(%s)/' services/main.cpp
expect "a changed source is built again" 0 "(layers)" layers
printf 'int broken(' >>services/main.cpp
expect "a failed build ends with 3 and runs nothing" 3 "" layers
says "a failed build" "The build failed"
sed -i '$d' services/main.cpp
expect "a mended source is built again" 0 "(layers)" layers

[ "$failures" -eq 0 ]
