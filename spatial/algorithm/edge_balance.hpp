#pragma once

#include "spatial/algorithm/cell_lattice.hpp"
#include "spatial/algorithm/polygons_view.hpp"
#include "spatial/base/progress.hpp"

#include <cstdint>
#include <vector>

namespace ranh::algorithm {

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
