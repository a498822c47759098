#pragma once

#include "spatial/geom/geometry.hpp"

#include <span>
#include <string_view>

namespace ranh::crs_detection {

/// A grid system of VN-2000 and the numbers that places of the province have in it.
struct GridZone {
    int epsg;
    std::string_view zone_vi;   // "múi 3°", "múi 6°"
    std::string_view zone_en;   // "TM-3", "UTM"
    std::string_view meridian;  // "107°45'"
    double central_meridian_deg;
    double scale;
    /// Routine: met in documents of the province. The others are only named when they alone would explain a table.
    bool routine;
    geom::Box range;  // x = easting, y = northing, metres
};

/// Systems in use in Lâm Đồng (Circular 24/2025/TT-BNNMT; Circular 16/2025/TT-BXD; decisions on the old provinces),
/// with the range of latitude 10.45-12.85, longitude 107.15-109.05 in each, by EPSG:6960.
[[nodiscard]] std::span<const GridZone> grid_zones();

/// Latitude and longitude of the province, for the same range; x = longitude.
[[nodiscard]] geom::Box province_box();

}  // namespace ranh::crs_detection
