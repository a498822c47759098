#pragma once

#include "spatial/operations/coverage/coverage.hpp"
#include "spatial/operations/coverage/edge_faces.hpp"
#include "spatial/operations/coverage/edge_nodes.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace ranh::coverage {

/// Mismatches of one stretch of border, and where they may cause gaps and overlaps.
struct MismatchGroup {
    geom::Box box;                        ///< around all edges of the stretch
    std::vector<std::uint32_t> features;  ///< along it, ascending
    std::size_t first = 0;                ///< of its mismatches that with the smallest corner
};

struct BorderMismatches {
    static constexpr std::uint32_t no_group = std::numeric_limits<std::uint32_t>::max();

    std::vector<BoundaryMismatch> mismatches;  ///< by feature, ring and vertex, then the one that lacks it
    std::vector<MismatchGroup> groups;
    std::vector<std::uint32_t> group_of_edge;  ///< of each unmatched edge, or no_group
};

/// The vertices of borders that one of two neighbours lacks or has elsewhere; which those are is said at
/// check_coverage().
///
/// Cost  O(n log n + pairs of edges nearer to each other than the matching tolerance). Threads  pure.
[[nodiscard]] BorderMismatches border_mismatches(const NodedEdges& noded, const EdgeFaces& faces,
                                                 const CoverageOptions& options);

}  // namespace ranh::coverage
