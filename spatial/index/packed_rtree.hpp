#pragma once

#include "spatial/geom/geometry.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace ranh::index {

/// Immutable R-tree over boxes, packed by the Hilbert code of their centres (Kamel & Faloutsos 1993), 16 entries a
/// node, in two flat arrays that can be written and memory-mapped as they are.
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
    [[nodiscard]] std::size_t size() const { return m_count; }

private:
    std::size_t m_count = 0;
    std::vector<geom::Box> m_boxes;         // leaves first, in Hilbert order, then the levels above
    std::vector<std::uint32_t> m_entries;   // leaf: index of the box; above: first child
    std::vector<std::size_t> m_level_ends;  // end of each level in m_boxes
};

}  // namespace ranh::index
