#pragma once

#include "spatial/geom/geometry.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace ranh::pipeline {

/// How the rings of one area lie in each other.
struct RingNesting {
    std::vector<std::size_t> depth;  ///< per ring: number of rings around it
    std::vector<double> area;        ///< per ring, square units of the coordinates
    /// Per ring: the smallest ring around it.
    std::vector<std::optional<std::size_t>> parent;
    /// Per ring: the first ring that covers the same ground; such a ring has no depth of its own.
    std::vector<std::optional<std::size_t>> repeats;
    [[nodiscard]] bool flat() const;
};

/// Decided exactly. Rings that only touch or cross are beside each other.
/// Cost O(k² relate) for k rings, box test first.
[[nodiscard]] RingNesting nest_rings(std::span<const std::vector<geom::Point>> rings);

}  // namespace ranh::pipeline
