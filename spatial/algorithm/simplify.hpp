#pragma once

#include "spatial/geom/geometry.hpp"

#include <vector>

namespace ranh::algorithm {

/// Parts of a geometry inside a box, for map tiles only, never for measures: polygons by Sutherland-Hodgman per ring
/// (bridge edges run along the box), lines cut into pieces, points kept or dropped. Empty when nothing is left.
[[nodiscard]] geom::Geometry clip_for_display(const geom::GeometryView& geometry, const geom::Box& box);

/// Fewer points within `tolerance` (Douglas & Peucker 1973), for map tiles only. Each ring keeps at least four points
/// or is dropped when its box is smaller than the tolerance. Deterministic; the same chain walked backwards keeps the
/// same points.
[[nodiscard]] geom::Geometry simplify_for_display(const geom::GeometryView& geometry, double tolerance);

}  // namespace ranh::algorithm
