#pragma once

#include "spatial/algorithm/cell_cut.hpp"
#include "spatial/geom/geometry.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

/// Matching of edges that two features walk in opposite directions, for edge_balance.cpp and merged_outline.cpp.
namespace ranh::algorithm::detail {

using Edge = CellCutter::Edge;

/// Equal for equal points, -0 and 0 being one place.
[[nodiscard]] inline std::uint64_t hash_of(geom::Point p) {
    const auto x = std::bit_cast<std::uint64_t>(p.x + 0.0);
    const auto y = std::bit_cast<std::uint64_t>(p.y + 0.0);
    return (x ^ std::rotl(y, 29)) * 0x9e3779b97f4a7c15U + std::rotl(y * 0xbf58476d1ce4e5b9U, 31);
}
/// The same for both directions of an edge, from the hashes of its ends.
[[nodiscard]] inline std::uint64_t hash_of_edge(std::uint64_t from, std::uint64_t to) {
    const std::uint64_t sum = from + to;
    return (sum ^ (sum >> 32U)) * 0xd6e8feb86659fd93U;
}

struct LooseEdge {
    Edge edge;
    std::uint64_t hash;
};

/// Edges that wait for a partner of the opposite direction: open addressing, places found by the high bits of the hash.
class EdgeTable {
public:
    void clear_for(std::size_t edges) {
        const int bits = std::max(6, static_cast<int>(std::bit_width(edges * 2)));
        m_shift = 64 - bits;
        m_slots.assign(std::size_t{1} << static_cast<unsigned>(bits), Slot{});
        m_edges.clear();
    }

    void add(const LooseEdge& loose) {
        const std::size_t mask = m_slots.size() - 1;
        const auto tag = static_cast<std::uint32_t>(loose.hash);
        std::size_t place = loose.hash >> static_cast<unsigned>(m_shift);
        for (; m_slots[place].edge != nothing; place = (place + 1) & mask) {
            Slot& slot = m_slots[place];
            if (slot.tag == tag && slot.edge != gone) {
                const Edge& other = m_edges[slot.edge].edge;
                if (other.from == loose.edge.to && other.to == loose.edge.from) {
                    slot.edge = gone;
                    return;
                }
            }
        }
        m_slots[place] = {tag, static_cast<std::uint32_t>(m_edges.size())};
        m_edges.push_back(loose);
    }

    template <typename Visit>
    void for_each_left(Visit&& visit) const {
        for (const Slot& slot : m_slots) {
            if (slot.edge < gone) {
                visit(m_edges[slot.edge]);
            }
        }
    }

private:
    static constexpr std::uint32_t nothing = std::numeric_limits<std::uint32_t>::max();
    static constexpr std::uint32_t gone = nothing - 1;
    struct Slot {
        std::uint32_t tag = 0;
        std::uint32_t edge = nothing;
    };
    int m_shift = 58;
    std::vector<Slot> m_slots;
    std::vector<LooseEdge> m_edges;
};

}  // namespace ranh::algorithm::detail
