#pragma once

#include "spatial/algorithm/cell_area.hpp"
#include "spatial/algorithm/cell_index.hpp"

#include <cstdint>
#include <functional>

namespace ranh::algorithm {

/// Ground that lies in a feature of a left group and in one of a right group at once, each place counted once, however
/// many features cover it. Inside is where the winding number is not 0, so a ring that crosses itself counts each of
/// its places once.
///
/// `index` holds the features of both groups: those before `left_count` are the left ones. With `is_pair` a place
/// counts only where it lies in some left l and some right r of which is_pair(l, r) is true.
///
/// A cell that one left and one right feature cover counts whole. A cell with boundary is cut into upright slabs at
/// every end and every crossing of its stretches; in a slab they lie one above the other, and what lies between two of
/// them is a trapezoid that counts or does not. No predicate decides anything: two stretches taken in the wrong order
/// where they all but coincide enclose no area to speak of.
///
/// Cost        O(segments of the index); in a cell with k stretches and c crossings O((k + c) k).
/// Guarantees  cells are added as whole square micrometres: no order changes the sum. Error of a cell: rounding, some
///             1e-15 of its side times the length of boundary in it.
/// Threads     pure.
/// Errors      Failure: cancelled.
[[nodiscard]] SquareMicrometres ground_once(const CellIndex& index, std::uint32_t left_count,
                                            const std::function<bool(std::uint32_t, std::uint32_t)>& is_pair = {},
                                            const CancelToken* cancel = nullptr);

}  // namespace ranh::algorithm
