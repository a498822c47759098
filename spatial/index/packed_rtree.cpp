#include "spatial/index/packed_rtree.hpp"

#include "spatial/base/assert.hpp"
#include "spatial/index/hilbert.hpp"
#include "spatial/index/rtree_view.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace ranh::index {

using geom::Box;

PackedRTree::PackedRTree(std::span<const Box> boxes) : m_entries(boxes.size()) {
    RANH_ASSERT(boxes.size() < std::numeric_limits<std::uint32_t>::max() / 2);
    const std::vector<std::uint32_t> codes = hilbert_codes(boxes);
    std::iota(m_entries.begin(), m_entries.end(), 0U);
    std::sort(m_entries.begin(), m_entries.end(),
              [&](std::uint32_t a, std::uint32_t b) { return codes[a] != codes[b] ? codes[a] < codes[b] : a < b; });
    m_leaves.reserve(boxes.size());
    for (const std::uint32_t entry : m_entries) {
        m_leaves.push_back(boxes[entry]);
    }
    m_upper = RTreeView::upper_levels(m_leaves);
}

void PackedRTree::search(const Box& box, std::vector<std::uint32_t>& hits) const {
    hits.clear();
    RTreeView(m_leaves, m_upper).search(box, hits);
    for (std::uint32_t& hit : hits) {
        hit = m_entries[hit];
    }
    std::sort(hits.begin(), hits.end());
}

std::vector<std::uint32_t> PackedRTree::search(const Box& box) const {
    std::vector<std::uint32_t> hits;
    search(box, hits);
    return hits;
}

}  // namespace ranh::index
