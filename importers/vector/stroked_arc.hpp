#pragma once

#include "spatial/geom/geometry.hpp"

#include <optional>
#include <span>
#include <vector>

namespace ranh::vector {

/// The points of an arc of a circle that was stroked in equal steps, with more points of the same circle between them,
/// until no chord is farther than `chord_error` from it. The points that were there stay, bit for bit.
///
/// Nothing when the points lie on no circle (an ellipse) or on one of more than 1,000 km, or are fewer than three.
/// Errors  none. Precondition: the points are finite and chord_error > 0.
[[nodiscard]] std::optional<std::vector<geom::Point>> refined_arc(std::span<const geom::Point> points,
                                                                  double chord_error);

}  // namespace ranh::vector
