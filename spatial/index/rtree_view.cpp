#include "spatial/index/rtree_view.hpp"

#include "spatial/base/assert.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace ranh::index {
namespace {

using geom::Box;

constexpr std::size_t node_size = 16;
/// 16^16 leaves and more never stand in one memory.
constexpr std::size_t most_levels = 17;

/// Number of entries of each level; the leaves are level 0, the last level has one entry (none without leaves).
struct Levels {
    std::array<std::size_t, most_levels> counts{};
    std::size_t size = 0;

    explicit Levels(std::size_t leaves) {
        counts[size++] = leaves;
        while (counts[size - 1] > 1) {
            counts[size] = (counts[size - 1] + node_size - 1) / node_size;
            ++size;
        }
    }
};

bool is_number(const Box& box) { return box.min.x <= box.max.x; }

Box around(std::span<const Box> boxes) {
    Box all = boxes.front();
    for (const Box& box : boxes.subspan(1)) {
        all = !is_number(all) ? box : is_number(box) ? geom::united(all, box) : all;
    }
    return all;
}

}  // namespace

std::size_t RTreeView::upper_count(std::size_t leaves) {
    const Levels levels(leaves);
    return std::accumulate(levels.counts.begin() + 1, levels.counts.begin() + static_cast<std::ptrdiff_t>(levels.size),
                           std::size_t{0});
}

std::vector<Box> RTreeView::upper_levels(std::span<const Box> leaves) { return upper_levels(leaves, 0, {}); }

std::vector<Box> RTreeView::upper_levels(std::span<const Box> leaves, std::size_t known_leaves,
                                         std::span<const Box> known) {
    RANH_ASSERT(known_leaves <= leaves.size() && known.size() == upper_count(known_leaves));
    std::vector<Box> upper;
    upper.reserve(upper_count(leaves.size()));
    const Levels levels(leaves.size());
    const Levels known_levels(known_leaves);
    std::size_t begin = 0;        // of the level below, in `upper`
    std::size_t known_begin = 0;  // of this level, in `known`
    std::size_t same = known_leaves;
    for (std::size_t level = 1; level < levels.size; ++level) {
        const std::size_t below = levels.counts[level - 1];
        const std::size_t end = upper.size();
        same /= node_size;  // nodes whose children all stay
        if (level < known_levels.size) {
            const std::span<const Box> kept = known.subspan(known_begin, same);
            upper.insert(upper.end(), kept.begin(), kept.end());
            known_begin += known_levels.counts[level];
        }
        for (std::size_t child = same * node_size; child < below; child += node_size) {
            const std::size_t count = std::min(node_size, below - child);
            upper.push_back(level == 1 ? around(leaves.subspan(child, count))
                                       : around(std::span<const Box>(upper).subspan(begin + child, count)));
        }
        begin = end;
    }
    return upper;
}

RTreeView::RTreeView(std::span<const Box> leaves, std::span<const Box> upper) : m_leaves(leaves), m_upper(upper) {
    RANH_ASSERT(upper.size() == upper_count(leaves.size()));
}

bool RTreeView::holds_leaves() const {
    const Levels levels(m_leaves.size());
    std::span<const Box> below = m_leaves;
    std::size_t begin = 0;
    for (std::size_t level = 1; level < levels.size; ++level) {
        const std::span<const Box> here = m_upper.subspan(begin, levels.counts[level]);
        for (std::size_t i = 0; i < below.size(); ++i) {
            const Box& around = here[i / node_size];
            if (is_number(below[i]) && !(around.min.x <= below[i].min.x && around.min.y <= below[i].min.y &&
                                         around.max.x >= below[i].max.x && around.max.y >= below[i].max.y)) {
                return false;
            }
        }
        begin += here.size();
        below = here;
    }
    return true;
}

void RTreeView::search(const Box& box, std::vector<std::uint32_t>& hits) const {
    if (m_leaves.empty()) {
        return;
    }
    const Levels levels(m_leaves.size());
    std::array<std::size_t, most_levels> begins{};  // of each level above the leaves, in m_upper
    for (std::size_t level = 2; level < levels.size; ++level) {
        begins[level] = begins[level - 1] + levels.counts[level - 1];
    }
    struct Node {
        std::size_t level;
        std::size_t place;
    };
    std::vector<Node> open{{levels.size - 1, 0}};
    while (!open.empty()) {
        const Node node = open.back();
        open.pop_back();
        const Box& own = node.level == 0 ? m_leaves[node.place] : m_upper[begins[node.level] + node.place];
        if (!geom::boxes_meet(own, box)) {
            continue;
        }
        if (node.level == 0) {
            hits.push_back(static_cast<std::uint32_t>(node.place));
            continue;
        }
        const std::size_t first = node.place * node_size;
        // Last child first, so that the leaves come in ascending order.
        for (std::size_t child = std::min(first + node_size, levels.counts[node.level - 1]); child > first; --child) {
            open.push_back({node.level - 1, child - 1});
        }
    }
}

}  // namespace ranh::index
