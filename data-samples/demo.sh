#!/usr/bin/env bash
# The demonstration: imports the samples of lamdong/ into demo/ranh.gpkg, prints the overlap reports, writes them as CSV and
# GeoPackage under demo/ and serves the map. What is already there is left as it is, byte for byte.
# Called by `./ranh demo` as: demo.sh PROGRAM [--no-serve]
set -eu -o pipefail
program=$1
serve=yes
[ "${2-}" != --no-serve ] || serve=no
root=$(dirname -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")")
samples=$root/data-samples/lamdong
demo=$root/demo
workspace=$demo/ranh.gpkg
mkdir -p "$demo"

say() { printf '%s\n' "$*" >&2; }

layers=""
[ ! -e "$workspace" ] || layers=$("$program" layers --json -w "$workspace")
has_layer() { grep -Eq "\"layer\": *\"$1\"" <<<"$layers"; }

# import LAYER FILE... -- OPTION...   A rejected record (exit code 1) is what the program has printed; the demonstration goes on.
import() {
    local layer=$1 files=() code=0
    shift
    if has_layer "$layer"; then say "$layer: already in the workspace"; return 0; fi
    while [ "$1" != -- ]; do files+=("$samples/$1"); shift; done
    shift
    say "== $layer"
    "$program" import "${files[@]}" --layer "$layer" -w "$workspace" "$@" || code=$?
    [ "$code" -le 1 ] || exit "$code"
}

# report LEFT RIGHT OPTION...   Prints the pairs; saves them as a layer, a CSV file and a GeoPackage where these are missing.
report() {
    local left=$1 right=$2 name=overlaps-$1-$2 kind output missing=()
    shift 2
    say "== $left x $right"
    has_layer "$name" || missing=(--save)
    "$program" overlaps "$left" "$right" -w "$workspace" "$@" "${missing[@]}"
    for kind in csv gpkg; do
        output=$demo/$name.$kind
        [ -e "$output" ] || "$program" overlaps "$left" "$right" -w "$workspace" "$@" -o "$output" >/dev/null
    done
}

draft=(--kind plan_area --id area_id --status draft --attributes "$samples/planning-areas/planning-areas.csv" --key area_id
    --decision "Dự thảo quyết định điều chỉnh Quyết định 866/QĐ-TTg, tháng 3/2026, chưa ký")
import communes communes/communes.fgb -- --kind administrative --id code --title "Xã, phường, đặc khu"
import power-plants power-plants/power-plants.geojson -- --kind power_project --title "Nhà máy điện"
import bauxite planning-areas/bauxite-corners.csv -- "${draft[@]}" --inner-ring ignore --title "Quy hoạch bô-xít (dự thảo, chưa ký)"
import titanium planning-areas/titanium-corners.csv -- "${draft[@]}" --title "Quy hoạch titan (dự thảo, chưa ký)"
import projects projects-illustrative/projects.gpkg projects-illustrative/projects-3405.gpkg -- --kind project --title "Dự án minh họa"
import parcels parcels-synthetic/parcels.fgb -- --kind parcel --title "Thửa đất giả lập"

report bauxite communes
report titanium communes
report bauxite bauxite
report titanium titanium
report bauxite titanium
report projects bauxite
report projects titanium
report power-plants bauxite --near 1000
report power-plants titanium --near 1000

say "Workspace: demo/ranh.gpkg (opens in QGIS); reports: demo/overlaps-*.csv and .gpkg"
[ "$serve" = yes ] || exit 0
exec "$program" serve -w "$workspace"
