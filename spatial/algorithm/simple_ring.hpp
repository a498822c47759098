#pragma once

#include "spatial/geom/geometry.hpp"

#include <span>

namespace ranh::algorithm {

/// A closed ring of at least three corners whose edges meet at common corners only; repeated points in succession count
/// once. Such a ring has winding number 0 outside and 1, or -1, inside.
///
/// Cost       O(n) when every edge is seen from the middle of the corners in turn (most parcels), else
///            O(n log n + pairs of edges that share an x-range).
/// Guarantees decided by exact predicates; never says yes to a ring that meets itself.
/// Threads    pure.
[[nodiscard]] bool is_simple_ring(std::span<const geom::Point> ring);

/// Every ring of the area is simple, and no ground is wound around otherwise than once: no ring crosses another, no
/// part lies on another, no hole outside of its shell or on another hole. Parts and rings may touch and share edges.
///
/// Method  simple rings one by one; of several together the integral of the winding number (area()) against that of its
///         square (overlap_area() of the area with itself): they are equal where only 0 and 1 occur, and nowhere else.
///         What is smaller than 1e-9 of all rings together, or 1e-6 m², is not seen.
/// Cost    that of is_simple_ring(), and for areas of several rings that of overlap_area().
/// Threads pure.
[[nodiscard]] bool winds_once(const geom::GeometryView& area);

}  // namespace ranh::algorithm
