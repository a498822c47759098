#pragma once

#include "spatial/geom/geometry.hpp"

#include <span>

namespace ranh::algorithm {

/// A closed ring of at least three corners whose edges meet at common corners only; repeated points in succession count
/// once. Such a ring has winding number 0 outside and 1, or -1, inside.
///
/// Cost       O(n) when every edge is seen from the middle of the corners in turn (most parcels), else
///            O(n log n + pairs of edges that share a range of x, or of y where fewer do).
/// Guarantees decided by exact predicates; never says yes to a ring that meets itself.
/// Threads    pure.
[[nodiscard]] bool is_simple_ring(std::span<const geom::Point> ring);

}  // namespace ranh::algorithm
