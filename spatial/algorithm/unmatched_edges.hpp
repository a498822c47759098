#pragma once

#include "spatial/algorithm/polygons_view.hpp"
#include "spatial/base/progress.hpp"
#include "spatial/geom/geometry.hpp"

#include <cstdint>
#include <vector>

namespace ranh::algorithm {

/// An edge of a feature that does not lie between two neighbours alone, with its place in the feature.
struct UnmatchedEdge {
    geom::Point from;  ///< the interior of the feature lies on the left of the way from here
    geom::Point to;
    std::uint32_t feature = 0;
    std::uint32_t ring = 0;         ///< counted over all rings of the feature
    std::uint32_t from_vertex = 0;  ///< place of `from` in the ring as it is stored; never the closing point
    std::uint32_t to_vertex = 0;
    std::uint32_t same_way = 0;   ///< how often all features together walk it so, this one counted
    std::uint32_t other_way = 0;  ///< and how often the other way

    /// No other feature has this edge.
    [[nodiscard]] bool alone() const { return same_way == 1 && other_way == 0; }
};

/// Every edge that the features of a layer do not walk equally often in both directions, once for each feature and
/// walk. In a coverage these are the edges of its outline; of a duplicate they are its own and those of its neighbours.
///
/// Two passes: edges_without_partner() finds the keys without their owners, in tables that fit the cache; a second one
/// looks up the owners of those few keys alone.
/// Equal        both ends have the same doubles (-0 is 0). Edges without length are left out.
/// Guarantees   the edges depend on the features alone; they are in order of feature, ring and place.
/// Not done     an edge walked n > 1 times both ways balances: overlaps of that kind are for self_join_cells().
/// Cost         O(edges), some 20 ns each where neighbours stand near each other, and the memory of
///              edges_without_partner().
/// Threads      pure; equal for any number of threads; 0 means as many as the machine has.
/// Errors       Failure cancelled.
[[nodiscard]] std::vector<UnmatchedEdge> unmatched_edges(const PolygonsView& layer, unsigned threads,
                                                         const CancelToken* cancel = nullptr);

}  // namespace ranh::algorithm
