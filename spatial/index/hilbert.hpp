#pragma once

#include "spatial/geom/geometry.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace ranh::index {

/// Place of the centre of each box along the Hilbert curve that fills the box around all of them, 65,536 cells a side.
///
/// Cost        O(n).
/// Guarantees  the codes depend on the boxes alone, not on their order; boxes of equal centre have equal codes.
/// Source      Hilbert 1891; Kamel & Faloutsos 1993 for boxes by their centres.
[[nodiscard]] std::vector<std::uint32_t> hilbert_codes(std::span<const geom::Box> boxes);

}  // namespace ranh::index
