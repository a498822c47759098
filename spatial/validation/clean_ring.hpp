#pragma once

#include "spatial/geom/geometry.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace ranh::validation {

/// Part of a ring that runs out to a tip and back along itself.
struct Spike {
    std::uint32_t tip;              ///< vertex of the ring as it is stored
    std::vector<geom::Point> line;  ///< from the tip back to where the ring goes on
};

/// A ring without what bounds no ground: points that stand there twice in succession, spikes.
///
/// The ring goes on from the last corner to the first, which is not repeated; neighbouring edges meet in their common
/// corner only. No corners: nothing was left.
struct CleanRing {
    std::vector<geom::Point> corners;
    std::vector<std::uint32_t> vertices;  ///< of each corner, in the ring as it is stored
    std::vector<Spike> spikes;            ///< that were cut off; none where nothing was left
    std::vector<std::uint32_t> repeated;  ///< vertices equal to the one before them
    std::size_t distinct = 0;             ///< points that differ from the one before, the closing one not counted
    bool closed = true;                   ///< the first point is repeated at the end

    [[nodiscard]] std::size_t size() const { return corners.size(); }
    [[nodiscard]] bool empty() const { return corners.empty(); }
    [[nodiscard]] geom::Point next(std::size_t i) const { return corners[i + 1 == corners.size() ? 0 : i + 1]; }
    [[nodiscard]] geom::Point previous(std::size_t i) const { return corners[i == 0 ? corners.size() - 1 : i - 1]; }
};

/// Decided by exact predicates; O(n). Precondition: finite coordinates.
[[nodiscard]] CleanRing clean_ring(std::span<const geom::Point> ring);

}  // namespace ranh::validation
