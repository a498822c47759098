#pragma once

#include "spatial/algorithm/cell_lattice.hpp"
#include "spatial/algorithm/polygons_view.hpp"
#include "spatial/base/progress.hpp"
#include "spatial/geom/geometry.hpp"

#include <cstdint>
#include <vector>

namespace ranh::algorithm {

/// An edge as its feature walks it with the interior on its left.
struct DirectedEdge {
    geom::Point from;
    geom::Point to;
    friend bool operator==(const DirectedEdge&, const DirectedEdge&) = default;
};

/// What is left of all edges of a layer when every edge is struck out with one of the opposite direction: where n
/// features walk an edge one way and m < n the other, it stands there n − m times, in the direction of the n. An edge
/// counts as the same when the doubles of both its ends are equal; edges without length are left out.
///
/// Order     by the hash of the edge. Cost  O(edges), some 10 ns each where neighbours stand near each other in the
///           layer, and 24 bytes for each edge whose neighbour stands far away.
/// Threads   pure; equal for any number of threads. Errors: Failure cancelled.
[[nodiscard]] std::vector<DirectedEdge> edges_without_partner(const PolygonsView& layer, unsigned threads,
                                                              const CancelToken* cancel = nullptr);

/// Features of a layer that may share ground with another one of it, ascending; every feature that does is among them.
///
/// Two neighbours walk their common edge in opposite directions, so in the sum of all winding numbers it cancels. Only
/// edges without such a partner are left: the outline of the layer, and borders that do not fit. In a cell without any
/// of them the sum of the winding numbers is one number; where that is 0 or 1, and no ring reaches into the cell that
/// may cross itself, each point belongs to one feature at most. All features whose boxes reach into another cell are
/// reported.
/// Cost     O(edges), about 20 ns each; a layer of which more than an eighth of the edges are left over is reported
///          whole.
/// Threads  pure; equal for any number of threads. Errors: Failure cancelled.
[[nodiscard]] std::vector<std::uint32_t> overlap_suspects(const PolygonsView& layer, const CellLattice& lattice,
                                                          unsigned threads, const CancelToken* cancel = nullptr);

}  // namespace ranh::algorithm
