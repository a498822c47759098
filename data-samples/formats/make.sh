#!/bin/sh
# Writes the samples of this folder from parcels.csv and linework.csv (by hand) with GDAL and ezdxf; run once, the files are
# kept. Needs gdal-bin, python3-ezdxf, zip.
set -eu
cd "$(dirname "$0")"
crs=EPSG:5899
types="-oo AUTODETECT_TYPE=YES -oo KEEP_GEOM_COLUMNS=NO -oo GEOM_POSSIBLE_NAMES=WKT"
plain() {  # format, target, options: everything as one layer `parcels`
    rm -rf "$2"
    # shellcheck disable=SC2086
    ogr2ogr -f "$1" "$2" parcels.csv -nln parcels -a_srs $crs $types $3
}
# shellcheck disable=SC2086
degrees() { rm -rf "$2"; ogr2ogr -f "$1" "$2" parcels.gpkg -nln parcels -t_srs EPSG:4326 $3; }
old_text() {  # encoding, target: the Shapefile's bytes are those of the encoding, .cpg as option 3 says
    sed 's/ – / /' parcels.csv | iconv -t "$1" >old.csv
    # shellcheck disable=SC2086
    ogr2ogr -f "ESRI Shapefile" "$2" old.csv -a_srs $crs $types -lco ENCODING=
    rm old.csv
    rm -f "${2%.shp}.cpg"
    if [ -n "$3" ]; then printf '%s' "$3" >"${2%.shp}.cpg"; fi
}
export OGR_CURRENT_DATE="2026-01-01T00:00:00.000Z" DBF_DATE_LAST_UPDATE="2026-01-01"
plain GPKG parcels.gpkg "-nlt MULTIPOLYGON"
plain FlatGeobuf parcels.fgb "-nlt MULTIPOLYGON"
plain "ESRI Shapefile" utf8.shp "-lco ENCODING=UTF-8"
old_text TCVN5712-1 tcvn3.shp ""
old_text CP1258 wrong-cpg.shp "UTF-8"
plain OpenFileGDB parcels.gdb "-nlt MULTIPOLYGON"
plain "MapInfo File" parcels.tab ""
plain "MapInfo File" parcels.mif ""
plain GML parcels.gml "-nlt MULTIPOLYGON"
plain GeoJSON projected.geojson ""
degrees GeoJSON parcels.geojson "-lco RFC7946=YES"
degrees GeoJSONSeq parcels.geojsonl ""
degrees LIBKML parcels.kml ""
degrees LIBKML parcels.kmz ""
plain CSV wkt.csv "-lco GEOMETRY=AS_WKT"
# shellcheck disable=SC2086
ogr2ogr -f CSV /vsistdout/ parcels.csv $types -lco GEOMETRY=AS_WKT -lco SEPARATOR=TAB >wkt.tsv
ogr2ogr -f XLSX corners.xlsx corners.csv -nln "bang ke"
ogr2ogr -f DXF parcels.dxf parcels.gpkg -dialect SQLite -sql "SELECT geom FROM parcels"
ogr2ogr -f DGN parcels.dgn parcels.gpkg -dialect SQLite -sql "SELECT geom FROM parcels"
zip -q -X -r shapefile.zip tcvn3.shp tcvn3.shx tcvn3.dbf tcvn3.prj
zip -q -X -r filegdb.zip parcels.gdb
rm -rf parcels.gdb
zip -q -X two-sources.zip parcels.fgb parcels.geojson
# The sheet of linework.csv: text as a drawing with ABC fonts holds it.
iconv -t TCVN5712-1 linework.csv >old.csv
ogr2ogr -f DGN linework.dgn old.csv -oo GEOM_POSSIBLE_NAMES=WKT -oo KEEP_GEOM_COLUMNS=NO -oo AUTODETECT_TYPE=YES
python3 make_dxf.py old.csv linework.dxf
rm old.csv
