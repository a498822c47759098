#pragma once

#include "spatial/geom/geometry.hpp"

namespace ranh::algorithm {

/// Length of the boundary of the ground common to two areas, without building it: the stretches of each boundary inside
/// the other area, and shared stretches with both interiors on the same side, once.
///
/// Units    those of the coordinates. Cost O((n + m) log(n + m) + meeting edge pairs).
/// Limits   crossing points are rounded; a self-crossing ring is read by the even-odd rule.
/// Use      mean width of an overlap = 2 · area / perimeter.
/// Threads  pure.
[[nodiscard]] double overlap_perimeter(const geom::GeometryView& a, const geom::GeometryView& b);

}  // namespace ranh::algorithm
