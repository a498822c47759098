#include "spatial/index/packed_rtree.hpp"

#include "spatial/base/assert.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace ranh::index {
namespace {

using geom::Box;
using geom::Point;

constexpr std::size_t node_size = 16;
constexpr std::uint32_t hilbert_side = 1U << 16U;

/// Place of cell (x, y) along the Hilbert curve that fills a square of hilbert_side cells (Hilbert 1891; the walk from
/// the coarsest quadrant to the finest, turning the square so that each quadrant is entered where the one before it was
/// left).
std::uint64_t hilbert_code(std::uint32_t x, std::uint32_t y) {
    std::uint64_t code = 0;
    for (std::uint32_t side = hilbert_side / 2; side > 0; side /= 2) {
        const std::uint32_t right = (x & side) != 0 ? 1 : 0;
        const std::uint32_t upper = (y & side) != 0 ? 1 : 0;
        code = code * 4 + ((3 * right) ^ upper);
        if (upper == 0) {
            if (right == 1) {
                x = hilbert_side - 1 - x;
                y = hilbert_side - 1 - y;
            }
            std::swap(x, y);
        }
    }
    return code;
}

/// 0 .. hilbert_side - 1 for values from low to high.
std::uint32_t cell(double value, double low, double high) {
    if (!(low < high)) {
        return 0;
    }
    const double share = std::clamp((value - low) / (high - low), 0.0, 1.0);
    return static_cast<std::uint32_t>(share * (hilbert_side - 1));
}

Box around(std::span<const Box> boxes) {
    return std::accumulate(boxes.begin() + 1, boxes.end(), boxes.front(), geom::united);
}

Point centre(const Box& box) { return {0.5 * (box.min.x + box.max.x), 0.5 * (box.min.y + box.max.y)}; }

/// Indexes of the boxes in the order of their centres along the curve; equal codes in order of index.
std::vector<std::uint32_t> hilbert_order(std::span<const Box> boxes) {
    const Box all = around(boxes);
    std::vector<std::pair<std::uint64_t, std::uint32_t>> keys;
    keys.reserve(boxes.size());
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        const Point c = centre(boxes[i]);
        keys.emplace_back(hilbert_code(cell(c.x, all.min.x, all.max.x), cell(c.y, all.min.y, all.max.y)),
                          static_cast<std::uint32_t>(i));
    }
    std::sort(keys.begin(), keys.end());
    std::vector<std::uint32_t> order(boxes.size());
    std::transform(keys.begin(), keys.end(), order.begin(), [](const auto& key) { return key.second; });
    return order;
}

}  // namespace

PackedRTree::PackedRTree(std::span<const Box> boxes) : m_count(boxes.size()) {
    RANH_ASSERT(boxes.size() < std::numeric_limits<std::uint32_t>::max() / 2);
    if (boxes.empty()) {
        return;
    }
    m_entries = hilbert_order(boxes);
    m_boxes.reserve(boxes.size() + boxes.size() / (node_size - 1) + 2);
    for (const std::uint32_t entry : m_entries) {
        m_boxes.push_back(boxes[entry]);
    }
    m_level_ends.push_back(m_boxes.size());
    // Each level above holds one box per node_size entries of the level below, until one box holds all.
    std::size_t begin = 0;
    while (m_level_ends.back() - begin > 1) {
        const std::size_t end = m_level_ends.back();
        for (std::size_t child = begin; child < end; child += node_size) {
            const std::size_t count = std::min(node_size, end - child);
            m_boxes.push_back(around(std::span(m_boxes).subspan(child, count)));
            m_entries.push_back(static_cast<std::uint32_t>(child));
        }
        begin = end;
        m_level_ends.push_back(m_boxes.size());
    }
}

void PackedRTree::search(const Box& box, std::vector<std::uint32_t>& hits) const {
    hits.clear();
    if (m_count == 0) {
        return;
    }
    struct Node {
        std::size_t place;
        std::size_t level;
    };
    std::vector<Node> open{{m_boxes.size() - 1, m_level_ends.size() - 1}};
    while (!open.empty()) {
        const Node node = open.back();
        open.pop_back();
        if (!geom::boxes_meet(m_boxes[node.place], box)) {
            continue;
        }
        if (node.level == 0) {
            hits.push_back(m_entries[node.place]);
            continue;
        }
        const std::size_t first = m_entries[node.place];
        const std::size_t end = std::min(first + node_size, m_level_ends[node.level - 1]);
        for (std::size_t child = first; child < end; ++child) {
            open.push_back({child, node.level - 1});
        }
    }
    std::sort(hits.begin(), hits.end());
}

std::vector<std::uint32_t> PackedRTree::search(const Box& box) const {
    std::vector<std::uint32_t> hits;
    search(box, hits);
    return hits;
}

}  // namespace ranh::index
