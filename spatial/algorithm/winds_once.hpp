#pragma once

#include "spatial/geom/geometry.hpp"

namespace ranh::algorithm {

/// Every ring of the area is simple, and no ground is wound around otherwise than once: no ring crosses another, each
/// hole lies in the shell of its own part and on no other hole, no part lies on another. Parts and rings may touch and
/// share edges. A hole of one part that lies on another part is a hole outside of its shell, though the winding numbers
/// of both together are 0 and 1 only.
///
/// Method     simple rings one by one; then the ground that any two rings share, each by itself (overlap_area(), or
///            self_join_cells() where there are many): a hole shares all of its ground with its shell, holes of one
///            part share none, two parts share none but what holes take from it.
/// Tolerance  ground below 1e-6 m² and 1e-9 m for each metre of the two rings is rounding and not seen; for two parts
///            that of all their rings that meet.
/// Cost       that of is_simple_ring(), and for n points in several rings O(n log n + pairs of rings that share ground,
///            each with its points): parts nested in one another d deep cost d².
/// Units      metres of one plane.
/// Threads    pure.
[[nodiscard]] bool winds_once(const geom::GeometryView& area);

}  // namespace ranh::algorithm
