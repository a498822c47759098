#pragma once

#include "spatial/base/error.hpp"
#include "spatial/geom/geometry.hpp"

#include <string_view>
#include <vector>

namespace ranh::params {

/// Parameter `bbox` (OGC 17-069r4, 7.15.3): four numbers west, south, east, north in CRS84, or six with heights, which
/// are passed over. One box, or two when west > east: then the box crosses the antimeridian. invalid_argument for any
/// other count, for south > north, and for longitudes or latitudes that are not on the globe.
[[nodiscard]] Result<std::vector<geom::Box>> parse_bbox(std::string_view text);

}  // namespace ranh::params
