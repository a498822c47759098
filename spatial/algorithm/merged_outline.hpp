#pragma once

#include "spatial/algorithm/polygons_view.hpp"
#include "spatial/geom/geometry.hpp"

#include <cstdint>
#include <span>

namespace ranh::algorithm {

/// One area in place of many: its winding number at a place of `region` is the sum of those of the features, shells
/// counted counter-clockwise and holes clockwise; of other places it says nothing. Where they share whole edges, as
/// parcels do, little more than their common outline is left.
///
/// Of long outlines that reach beyond the region only what it can see is taken (NearOutline). Edges that two features
/// walk in opposite directions cancel; the others are joined to closed rings, whatever the order of the features. Cost
/// O(edges), some 40 ns each where features near each other in the list are neighbours. Result   a multi polygon; empty
/// where everything cancels. Its rings touch and may cross, so it is no geometry to be
///          shown, but winding numbers and measures by them are right.
/// Threads  pure.
[[nodiscard]] geom::Geometry merged_outline(const PolygonsView& layer, std::span<const std::uint32_t> features,
                                            const geom::Box& region);

}  // namespace ranh::algorithm
