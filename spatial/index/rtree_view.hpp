#pragma once

#include "spatial/geom/geometry.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace ranh::index {

/// R-tree over boxes that stand in an order in which neighbours are near each other, 16 entries a node: looks at memory
/// of others, for example of a mapped file, and lives no longer than it.
///
/// The leaves are the boxes themselves; `upper` holds the levels above, each a box per 16 entries of the level below,
/// until one box is around all. Where an entry's children stand follows from the number of leaves alone, so bytes that
/// were damaged can hide a hit but never lead outside the arrays.
///
/// Cost     making one costs nothing; a search O(log n + hits).
/// Threads  const; any number of readers.
class RTreeView {
public:
    RTreeView() = default;
    /// Precondition: upper.size() == upper_count(leaves.size()).
    RTreeView(std::span<const geom::Box> leaves, std::span<const geom::Box> upper);

    /// Places of all leaves that meet `box` (touching counts), ascending, appended to `hits`.
    void search(const geom::Box& box, std::vector<std::uint32_t>& hits) const;

    /// Every box lies in the one above it, so that a search finds every leaf it should; a look at all of them.
    [[nodiscard]] bool holds_leaves() const;

    /// How many boxes stand above so many leaves.
    [[nodiscard]] static std::size_t upper_count(std::size_t leaves);
    /// The boxes above these leaves.
    [[nodiscard]] static std::vector<geom::Box> upper_levels(std::span<const geom::Box> leaves);
    /// The same where those above the first `known_leaves` are known: `known` is copied as far as it goes, so that only
    /// what stands above later leaves costs. A box that is not a number is no part of anything.
    /// Precondition: known.size() == upper_count(known_leaves), known_leaves <= leaves.size().
    [[nodiscard]] static std::vector<geom::Box> upper_levels(std::span<const geom::Box> leaves,
                                                             std::size_t known_leaves,
                                                             std::span<const geom::Box> known);

private:
    std::span<const geom::Box> m_leaves;
    std::span<const geom::Box> m_upper;
};

}  // namespace ranh::index
