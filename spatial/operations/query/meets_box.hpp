#pragma once

#include "spatial/geom/geometry.hpp"

namespace ranh::query {

/// The geometry and the closed box have a point in common (OGC 17-069r4, 7.15.3: "intersects"). Exact on the
/// coordinates given; an area by the even-odd rule over all its rings.
///
/// Cost  one exact orientation test per edge near the box; constant when the geometry's box lies inside `box`.
[[nodiscard]] bool meets_box(const geom::GeometryView& geometry, const geom::Box& box_of_geometry,
                             const geom::Box& box);

}  // namespace ranh::query
