#pragma once

#include "spatial/validation/ring_contacts.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace ranh::validation {

/// Where a chain of touching rings closes to a circle.
struct ClosedCircle {
    geom::Point point;
    Passage passage;  ///< of the ring that closes it
};

/// Circles in the graph of rings and the points where they touch, one for each that is independent of the others: so
/// many times more pieces than one has the interior of an area whose rings do nothing but touch.
/// O(n log n). `ring_count`: rings are numbered below it.
[[nodiscard]] std::vector<ClosedCircle> closed_circles(std::span<const Meeting* const> touches, std::size_t ring_count);

}  // namespace ranh::validation
