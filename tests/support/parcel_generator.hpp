#pragma once

#include "spatial/geom/geometry.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

namespace ranh::test {

/// What synthetic parcels to make: a grid of `columns` × `rows` parcels over a rectangle, bent so that it looks like a
/// cadastre.
struct ParcelGeneratorOptions {
    /// Equal seeds give equal bytes on every machine. Default: the seed of the sample file.
    std::uint64_t seed = 20260701;
    /// Parcels from west to east and from south to north; at least 1 each. Default: 10 by 10, for tests.
    std::size_t columns = 10;
    std::size_t rows = 10;
    /// South-west corner in metres (easting, northing), whole millimetres. Default: a round point of a TM-3 grid.
    double origin_x_m = 500000.0;
    double origin_y_m = 1300000.0;
    /// Mean side of a parcel in metres, whole millimetres, at least 1. Default: 40, which gives 1,600 m² on average.
    double side_m = 40.0;
    /// Parcels along one side of a map sheet. Default: 25, one square kilometre at the default side, as a 1:2000 sheet.
    std::size_t sheet_side = 25;
    /// Asked for each closed ring; false leaves that parcel out, its number stays unused. Default: none, all are kept.
    std::function<bool(std::span<const geom::Point>)> keep;
};

/// The size of a province's cadastre: 1,600 × 1,594 = 2,550,400 parcels over 64.00 × 63.76 km.
[[nodiscard]] ParcelGeneratorOptions province_sized_parcels();

struct SyntheticParcel {
    std::vector<geom::Point> ring;  ///< closed (first point repeated), counter-clockwise, whole millimetres
    int sheet = 0;                  ///< map sheet, from 1, counted row by row from the north-west
    int number = 0;                 ///< parcel number in its sheet, from 1, in zigzag from the north-west
    std::string_view land_code;     ///< a code of Circular 08/2024/TT-BTNMT in force; lives as long as the program
    double registered_area_m2 =
        0;  ///< tenths of a square metre; 80 % are the true area rounded, 3 % are off by 5 to 10 %
};

/// Hands every parcel to `take`, ordered by sheet, then number.
///
/// Units, axes  metres, x = easting, y = northing; the caller decides which Crs that is.
/// Cost         constant memory; about 2 s for 2.55 million parcels. The same parcel object is handed over each time.
/// Guarantees   a coverage: neighbours share every vertex of their common border bit for bit; no gap, no overlap; the
/// rings are
///              simple and their areas add up exactly to columns × rows × side². A parcel has 10 vertices on average (4
///              corners, 0 to 3 between two corners) and 0.3 to 2.2 times the mean area. (sheet, number) is unique. The
///              bytes depend on the options alone: integers only, no library distribution.
/// Not done     no faults: tests that need gaps, overlaps or bow-ties put them in.
/// Threads      pure, if `keep` and `take` are.
/// Bad input    asserted: no parcels, side under a metre, coordinates that are not whole millimetres.
void generate_parcels(const ParcelGeneratorOptions& options, const std::function<void(const SyntheticParcel&)>& take);

}  // namespace ranh::test
