#pragma once

#include "spatial/geom/geometry.hpp"

namespace ranh::algorithm {

/// Smallest distance between two geometries, 0 when they meet or one lies inside the other. Units of the coordinates.
/// Cost O((n + m) log(n + m)) for geometries that lie apart as map features do.
[[nodiscard]] double distance(const geom::GeometryView& a, const geom::GeometryView& b);

/// Length of the lines of `line` inside the area (boundary counts as inside). Units of the coordinates.
[[nodiscard]] double length_inside(const geom::GeometryView& line, const geom::GeometryView& area);

}  // namespace ranh::algorithm
