#include "spatial/algorithm/unmatched_edges.hpp"

#include "spatial/algorithm/area.hpp"
#include "spatial/algorithm/edge_balance.hpp"
#include "spatial/algorithm/edge_table.hpp"
#include "spatial/base/task_pool.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <utility>

namespace ranh::algorithm {
namespace {

using detail::hash_of;
using detail::hash_of_edge;
using geom::Point;

constexpr std::size_t features_per_task = 4096;

/// The edges to be looked for, whatever their direction. A filter of bits answers for nearly all that are not.
class EdgeKeys {
public:
    explicit EdgeKeys(std::vector<DirectedEdge> edges) : m_edges(std::move(edges)) {
        const auto bits = static_cast<unsigned>(std::max(8, static_cast<int>(std::bit_width(m_edges.size() * 2))));
        m_shift = 64 - bits;
        m_slots.assign(std::size_t{1} << bits, none);
        m_filter_shift = m_shift - filter_bits;
        m_filter.assign(std::size_t{1} << (bits + filter_bits - 6), 0);
        for (std::uint32_t i = 0; i < m_edges.size(); ++i) {
            const DirectedEdge& edge = m_edges[i];
            const std::uint64_t hash = hash_of_edge(hash_of(edge.from), hash_of(edge.to));
            if (find(edge.from, edge.to, hash) != none) {
                continue;
            }
            m_filter[hash >> (m_filter_shift + 6)] |= bit_of(hash);
            std::size_t place = hash >> m_shift;
            while (m_slots[place] != none) {
                place = (place + 1) & (m_slots.size() - 1);
            }
            m_slots[place] = i;
        }
    }

    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

    [[nodiscard]] bool may_hold(std::uint64_t hash) const {
        return (m_filter[hash >> (m_filter_shift + 6)] & bit_of(hash)) != 0;
    }
    /// Number of the key, or none.
    [[nodiscard]] std::uint32_t find(Point from, Point to, std::uint64_t hash) const {
        for (std::size_t place = hash >> m_shift; m_slots[place] != none; place = (place + 1) & (m_slots.size() - 1)) {
            const DirectedEdge& edge = m_edges[m_slots[place]];
            if ((edge.from == from && edge.to == to) || (edge.from == to && edge.to == from)) {
                return m_slots[place];
            }
        }
        return none;
    }
    [[nodiscard]] bool runs_as_key(std::uint32_t key, Point from) const { return m_edges[key].from == from; }
    [[nodiscard]] std::size_t size() const { return m_edges.size(); }

private:
    static constexpr unsigned filter_bits = 5;
    [[nodiscard]] std::uint64_t bit_of(std::uint64_t hash) const {
        return std::uint64_t{1} << ((hash >> m_filter_shift) & 63U);
    }
    std::vector<DirectedEdge> m_edges;
    unsigned m_shift = 0;
    unsigned m_filter_shift = 0;
    std::vector<std::uint32_t> m_slots;
    std::vector<std::uint64_t> m_filter;
};

struct Found {
    UnmatchedEdge edge;
    std::uint32_t key;
};

/// The edges of one ring that have a key.
void find_in_ring(const EdgeKeys& keys, std::span<const Point> ring, bool shell, UnmatchedEdge place,
                  std::vector<Found>& found) {
    const bool closed = ring.size() > 1 && ring.front() == ring.back();
    const std::span<const Point> corners = closed ? ring.first(ring.size() - 1) : ring;
    if (ring.size() < 3 || corners.empty()) {
        return;
    }
    const std::size_t first = found.size();
    auto from = static_cast<std::uint32_t>(corners.size() - 1);
    std::uint64_t hash_from = hash_of(corners[from]);
    for (std::uint32_t to = 0; to < corners.size(); ++to) {
        const std::uint64_t hash_to = hash_of(corners[to]);
        const std::uint64_t hash = hash_of_edge(hash_from, hash_to);
        if (keys.may_hold(hash) && !(corners[from] == corners[to])) {
            const std::uint32_t key = keys.find(corners[from], corners[to], hash);
            if (key != EdgeKeys::none) {
                place.from = corners[from];
                place.to = corners[to];
                place.from_vertex = from;
                place.to_vertex = to;
                found.push_back({place, key});
            }
        }
        from = to;
        hash_from = hash_to;
    }
    if (found.size() != first && (signed_ring_area(ring) > 0.0) != shell) {
        for (std::size_t i = first; i < found.size(); ++i) {
            std::swap(found[i].edge.from, found[i].edge.to);
            std::swap(found[i].edge.from_vertex, found[i].edge.to_vertex);
        }
    }
}

void find_in_feature(const EdgeKeys& keys, const PolygonsView& layer, std::size_t i, std::vector<Found>& found) {
    const geom::GeometryView feature = layer.feature(i);
    UnmatchedEdge place;
    place.feature = static_cast<std::uint32_t>(i);
    for (std::size_t part = 0; part < feature.part_count(); ++part) {
        const auto [shell, end] = feature.part(part);
        for (std::size_t path = shell; path < end; ++path) {
            place.ring = static_cast<std::uint32_t>(path);
            find_in_ring(keys, feature.path(path), path == shell, place, found);
        }
    }
}

}  // namespace

std::vector<UnmatchedEdge> unmatched_edges(const PolygonsView& layer, unsigned threads, const CancelToken* cancel) {
    const unsigned workers = threads == 0 ? default_thread_count() : threads;
    const EdgeKeys keys(edges_without_partner(layer, workers, cancel));
    if (keys.size() == 0) {
        return {};
    }
    std::vector<std::vector<Found>> tasks((layer.size() + features_per_task - 1) / features_per_task);
    for_each_index(
        tasks.size(), workers,
        [&](std::size_t task) {
            std::vector<Found> mine;
            const std::size_t end = std::min(layer.size(), (task + 1) * features_per_task);
            for (std::size_t i = task * features_per_task; i < end; ++i) {
                if (layer.point_count(i) != 0) {
                    find_in_feature(keys, layer, i, mine);
                }
            }
            tasks[task] = std::move(mine);
        },
        cancel);

    std::vector<std::pair<std::uint32_t, std::uint32_t>> walks(keys.size());  // as the key runs, and against it
    for (const std::vector<Found>& task : tasks) {
        for (const Found& one : task) {
            auto& [along, against] = walks[one.key];
            ++(keys.runs_as_key(one.key, one.edge.from) ? along : against);
        }
    }
    std::vector<UnmatchedEdge> edges;
    for (const std::vector<Found>& task : tasks) {
        for (const Found& one : task) {
            const auto& [along, against] = walks[one.key];
            const bool as_key = keys.runs_as_key(one.key, one.edge.from);
            edges.push_back(one.edge);
            edges.back().same_way = as_key ? along : against;
            edges.back().other_way = as_key ? against : along;
        }
    }
    return edges;
}

}  // namespace ranh::algorithm
