#pragma once

#include "spatial/crs/crs.hpp"
#include "spatial/geom/geometry.hpp"

namespace ranh::validation {

/// Metres for each unit of a coordinate, along either axis.
struct PlaneScale {
    double x_m = 1.0;
    double y_m = 1.0;
};

/// 1 and 1 in a projected system (its grid metres are taken as they are); in a geographic one the length of a degree on
/// the ellipsoid GRS 80 at that latitude, good enough for tolerances and sizes of one feature.
[[nodiscard]] PlaneScale plane_scale(const crs::Crs& crs, geom::Point at);

}  // namespace ranh::validation
