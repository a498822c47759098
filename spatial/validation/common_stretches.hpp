#pragma once

#include "spatial/geom/geometry.hpp"
#include "spatial/validation/plane_scale.hpp"
#include "spatial/validation/ring_contacts.hpp"

#include <span>
#include <vector>

namespace ranh::validation {

/// Common lines of two rings, or of one with itself, that hang together.
struct Stretch {
    CommonLine first_line;  ///< the first of them along the rings
    double length_m = 0.0;
    geom::Geometry lines;  ///< MultiLineString
};

/// Joins lines of the same two rings that share an end point. In the order of the lines.
/// Precondition: ordered by rings, as find_contacts() gives them. O(n log n).
[[nodiscard]] std::vector<Stretch> common_stretches(std::span<const CommonLine> lines, PlaneScale scale);

}  // namespace ranh::validation
