"""Shapely's best form of the work: candidates from an STRtree, parcel area for what lies inside, an intersection for the rest."""
import json
import sqlite3
import sys

import numpy
import shapely

ENVELOPE_BYTES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}


def geometries(path, table):
    """The geometries of a GeoPackage table: after the header of the blob (GeoPackage 1.3, 2.1.3) stands plain WKB."""
    blobs = [blob for (blob,) in sqlite3.connect(path).execute(f"select geom from {table}")]
    return shapely.from_wkb([blob[8 + ENVELOPE_BYTES[blob[3] >> 1 & 7]:] for blob in blobs])


left, right = geometries(sys.argv[1], "a"), geometries(sys.argv[1], "b")
shapely.prepare(right)
candidates, zones = shapely.STRtree(right).query(left, predicate="intersects").reshape(2, -1)
inside = shapely.contains_properly(right[zones], left[candidates])
areas = shapely.area(left[candidates])
areas[~inside] = shapely.area(shapely.intersection(left[candidates[~inside]], right[zones[~inside]]))
print(json.dumps({"pairs": int(numpy.count_nonzero(areas > 0)), "area_m2": round(float(areas.sum()), 3)}))
