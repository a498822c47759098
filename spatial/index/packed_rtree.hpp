#pragma once

#include "spatial/geom/geometry.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace ranh::index {

/// Immutable R-tree over boxes in any order, packed by the Hilbert code of their centres (Kamel & Faloutsos 1993); it
/// owns its arrays. For boxes that stand in such an order already, in memory of others, see RTreeView.
///
/// Cost         building O(n log n), a search O(log n + hits).
/// Guarantees   search() reports indexes in ascending order, so results do not depend on the packing.
/// Threads      const after construction; any number of readers.
class PackedRTree {
public:
    PackedRTree() = default;
    explicit PackedRTree(std::span<const geom::Box> boxes);

    /// Indexes of all boxes that meet `box` (touching counts), ascending, appended to `hits`, which is cleared first.
    void search(const geom::Box& box, std::vector<std::uint32_t>& hits) const;
    [[nodiscard]] std::vector<std::uint32_t> search(const geom::Box& box) const;
    [[nodiscard]] std::size_t size() const { return m_leaves.size(); }

private:
    std::vector<std::uint32_t> m_entries;  // index of the box of each leaf
    std::vector<geom::Box> m_leaves;       // in Hilbert order
    std::vector<geom::Box> m_upper;        // the levels above, see RTreeView
};

}  // namespace ranh::index
