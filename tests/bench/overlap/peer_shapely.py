"""Shapely's best form: a tree of the parcels, chunks of ufuncs over a pool of threads (they release the GIL).

zones50: the area of the parcel where the prepared whole zone contains it; an intersection with each piece it meets elsewhere.
self: an intersection only where the interiors meet, for relate is three times faster than an intersection without area.
"""
from concurrent.futures import ThreadPoolExecutor

import numpy
import pyarrow.parquet
import shapely

from peer_clock import LEAST_AREA_M2, PARCELS, PIECES, THREADS, WORK, ZONES, phase, report

pool = ThreadPoolExecutor(THREADS)


def read(path, column):
    table = pyarrow.parquet.read_table(path)
    return shapely.from_wkb(table["geometry"].to_numpy()), table[column].to_numpy()


def gathered(function, count, chunk):
    """function(first, last) over chunks of 0..count in the pool, its arrays put together."""
    parts = list(pool.map(lambda first: function(first, min(first + chunk, count)), range(0, count, chunk)))
    return [numpy.concatenate(arrays) for arrays in zip(*parts)]


def common_areas(left, right):
    def chunk_of(first, last):
        return [shapely.area(shapely.intersection(left[first:last], right[first:last]))]
    return gathered(chunk_of, len(left), 4096)[0] if len(left) else numpy.empty(0)


def candidates(geometries, predicate, chunk):
    def chunk_of(first, last):
        found, parcel = tree.query(geometries[first:last], predicate=predicate)
        return found + first, parcel
    return gathered(chunk_of, len(geometries), chunk)


def join_zones():
    zone, parcel = candidates(zones, "covers", 4)
    inside = numpy.zeros((len(zones), len(parcels)), bool)
    inside[zone, parcel] = True
    piece, other = candidates(pieces, "intersects", 256)
    rest = ~inside[owners[piece], other]
    piece, other = piece[rest], other[rest]
    key, part_of = numpy.unique(owners[piece] * len(parcels) + other, return_inverse=True)
    cut = numpy.bincount(part_of, common_areas(parcels[other], pieces[piece]), len(key))
    key = key[cut > LEAST_AREA_M2]
    found[:] = [numpy.concatenate([parcel, key % len(parcels)]), numpy.concatenate([zone, key // len(parcels)]),
                numpy.concatenate([shapely.area(parcels[parcel]), cut[cut > LEAST_AREA_M2]])]


def join_self():
    def chunk_of(first, last):
        left, right = tree.query(parcels[first:last])
        left += first
        left, right = left[left < right], right[left < right]
        meet = shapely.relate_pattern(parcels[left], parcels[right], "T********")
        return left[meet], right[meet]
    left, right = gathered(chunk_of, len(parcels), 4096)
    area = common_areas(parcels[left], parcels[right])
    found[:] = [column[area > LEAST_AREA_M2] for column in (left, right, area)]


def result():
    left, right, area = found
    counted = sound[left] & sound[right] if WORK == "self" else numpy.ones(len(left), bool)
    return counted.sum(), area[counted].sum()


found = []
with phase("load"):
    parcels, sound = read(PARCELS, "sound")
    if WORK == "zones50":
        zones, _ = read(ZONES, "id")
        pieces, owners = read(PIECES, "zone")
with phase("index"):
    tree = shapely.STRtree(parcels)
    tree.query(parcels[0])
    if WORK == "zones50":
        shapely.prepare(zones)
        shapely.prepare(pieces)
report({"zones50": join_zones, "self": join_self}[WORK], result)
