#pragma once

#include "spatial/base/progress.hpp"
#include "spatial/operations/coverage/edge_nodes.hpp"

#include <cstdint>
#include <vector>

namespace ranh::coverage {

/// A piece of an unmatched edge that meets others at its ends alone.
struct EdgePiece {
    std::uint32_t from = 0;  ///< node
    std::uint32_t to = 0;
    std::uint32_t edge = 0;  ///< the unmatched edge it is part of
};

struct NodingOptions {
    double grid_m = 0.0;
    unsigned threads = 1;
    const CancelToken* cancel = nullptr;
};

/// The edges cut where they cross, and where one passes a node within the grid (it is led through the node). Crossings
/// become nodes of `noded`. Whether two edges cross is decided exactly; where is rounded, so cutting goes on until no
/// two pieces cross.
///
/// Cost     O(n log n + pairs of edges whose boxes meet) a round, of which clean data need one.
/// Threads  pure but for the nodes; equal for any number of threads. Errors  Failure cancelled.
[[nodiscard]] std::vector<EdgePiece> cut_where_they_meet(NodedEdges& noded, const NodingOptions& options);

}  // namespace ranh::coverage
