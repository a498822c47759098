#pragma once

#include "spatial/operations/overlay/overlaps.hpp"

#include <vector>

namespace ranh::overlay {

/// The pairs of one right layer, for a left layer they all have in common; totals of its own, where it has them, spare
/// work.
struct PairsOfLayer {
    const OverlapResult* result;
    const snapshot::PackedLayer* right;
};

/// Sums and unions over pairs that hold common area.
///
/// Ground counts once in a union. Where the right features that meet a left one share no ground, their union is their
/// sum; where one of them covers the left feature it is the left feature; groups of right features that do overlap are
/// counted cell by cell (algorithm::ground_once). Over all left features likewise, by whichever side is free of
/// overlaps.
/// Cost    O(pairs log pairs) where one side is free of overlaps, as parcels and communes are.
/// Errors  Failure: cancelled; asked for each left feature and each cell.
[[nodiscard]] OverlapTotals total_of(const snapshot::PackedLayer& left, const std::vector<PairsOfLayer>& layers,
                                     const CancelToken* cancel = nullptr);

}  // namespace ranh::overlay
