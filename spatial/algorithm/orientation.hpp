#pragma once

#include "spatial/geom/geometry.hpp"

namespace ranh::algorithm {

/// Sign of the area of triangle a, b, c: +1 when c lies left of the line from a to b, -1 right, 0 exactly on it.
///
/// Exact for all finite doubles whose products neither overflow nor underflow (coordinates here are far from both): a
/// static error filter first, then expansion arithmetic (Shewchuk 1997). Must be compiled without fused multiply-add
/// contraction.
[[nodiscard]] int orientation(geom::Point a, geom::Point b, geom::Point c);

/// The point halfway between two points, kept as the two, so that nothing is rounded.
struct Midpoint {
    geom::Point p;
    geom::Point q;
};

/// orientation() of the point (p + q) / 2, exactly.
[[nodiscard]] int midpoint_orientation(geom::Point a, geom::Point b, const Midpoint& c);

/// Sign of y − c.y, exactly.
[[nodiscard]] int compare_y(double y, const Midpoint& c);

/// p lies on the closed segment a-b, exactly.
[[nodiscard]] bool on_segment(geom::Point p, geom::Point a, geom::Point b);

}  // namespace ranh::algorithm
