#include "spatial/algorithm/merged_outline.hpp"

#include "spatial/algorithm/area.hpp"

#include <algorithm>
#include <bit>
#include <vector>

namespace ranh::algorithm {
namespace {

using geom::Point;

struct Edge {
    Point from;
    Point to;
};

bool less(Point p, Point q) { return p.x < q.x || (p.x == q.x && p.y < q.y); }

/// Edges by their two ends, whichever comes first; an edge and its way back cancel.
class EdgeTable {
public:
    explicit EdgeTable(std::size_t edges) : m_slots(std::bit_ceil(2 * edges + 2)) {}

    void add(Point from, Point to) {
        if (from == to) {
            return;
        }
        std::size_t place = hash(from, to) & (m_slots.size() - 1);
        for (; m_slots[place].used; place = (place + 1) & (m_slots.size() - 1)) {
            Slot& slot = m_slots[place];
            if (slot.alive && slot.edge.from == to && slot.edge.to == from) {
                slot.alive = false;
                return;
            }
        }
        m_slots[place] = {{from, to}, m_added++, true, true};
    }

    /// What is left over, by first point, then in the order of adding.
    [[nodiscard]] std::vector<Edge> left_over() const {
        std::vector<Slot> alive;
        for (const Slot& slot : m_slots) {
            if (slot.alive) {
                alive.push_back(slot);
            }
        }
        std::sort(alive.begin(), alive.end(), [](const Slot& a, const Slot& b) {
            return less(a.edge.from, b.edge.from) || (a.edge.from == b.edge.from && a.number < b.number);
        });
        std::vector<Edge> edges;
        edges.reserve(alive.size());
        for (const Slot& slot : alive) {
            edges.push_back(slot.edge);
        }
        return edges;
    }

private:
    struct Slot {
        Edge edge;
        std::uint64_t number = 0;
        bool used = false;
        bool alive = false;
    };

    static std::uint64_t hash(Point p, Point q) {
        const auto mixed = [](Point one) {
            std::uint64_t value = std::bit_cast<std::uint64_t>(one.x) * 0x9e3779b97f4a7c15U;
            value = (value ^ (value >> 29U) ^ std::bit_cast<std::uint64_t>(one.y)) * 0xbf58476d1ce4e5b9U;
            return value ^ (value >> 32U);
        };
        const std::uint64_t sum = mixed(p) + mixed(q);
        return sum ^ (sum >> 31U);
    }

    std::vector<Slot> m_slots;
    std::uint64_t m_added = 0;
};

void add_ring(std::span<const Point> ring, bool is_shell, EdgeTable& table) {
    const bool as_it_should_be = (signed_ring_area(ring) > 0.0) == is_shell;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point from = i == 0 ? ring.back() : ring[i - 1];
        as_it_should_be ? table.add(from, ring[i]) : table.add(ring[i], from);
    }
}

/// Closed rings from edges that enter every point as often as they leave it.
std::vector<std::vector<Point>> rings_of(const std::vector<Edge>& edges) {
    std::vector<bool> taken(edges.size(), false);
    const auto next_from = [&](Point p) {
        auto edge = std::lower_bound(edges.begin(), edges.end(), p,
                                     [](const Edge& one, Point wanted) { return less(one.from, wanted); });
        while (edge != edges.end() && edge->from == p && taken[static_cast<std::size_t>(edge - edges.begin())]) {
            ++edge;
        }
        return edge != edges.end() && edge->from == p ? edge : edges.end();
    };
    std::vector<std::vector<Point>> rings;
    for (std::size_t i = 0; i < edges.size(); ++i) {
        if (taken[i]) {
            continue;
        }
        std::vector<Point> ring{edges[i].from};
        for (auto edge = edges.begin() + static_cast<std::ptrdiff_t>(i); edge != edges.end();) {
            taken[static_cast<std::size_t>(edge - edges.begin())] = true;
            ring.push_back(edge->to);
            edge = edge->to == ring.front() ? edges.end() : next_from(edge->to);
        }
        rings.push_back(std::move(ring));
    }
    return rings;
}

}  // namespace

geom::Geometry merged_outline(const PolygonsView& layer, std::span<const std::uint32_t> features) {
    std::size_t points = 0;
    for (const std::uint32_t i : features) {
        points += layer.point_count(i);
    }
    EdgeTable table(points);
    for (const std::uint32_t i : features) {
        const geom::GeometryView feature = layer.feature(i);
        for (std::size_t part = 0; part < feature.part_count(); ++part) {
            const auto [first, end] = feature.part(part);
            for (std::size_t path = first; path < end; ++path) {
                add_ring(feature.path(path), path == first, table);
            }
        }
    }
    // A ring walked clockwise stands as a hole, one walked counter-clockwise as a shell: so each keeps its direction.
    const std::vector<std::vector<Point>> rings = rings_of(table.left_over());
    geom::Geometry merged(geom::GeometryType::multi_polygon);
    const auto is_shell = [](const std::vector<Point>& ring) { return signed_ring_area(ring) > 0.0; };
    const auto first_shell = std::find_if(rings.begin(), rings.end(), is_shell);
    if (first_shell == rings.end()) {
        return merged;
    }
    merged.add_path(*first_shell);
    for (const std::vector<Point>& ring : rings) {
        if (!is_shell(ring)) {
            merged.add_path(ring);
        }
    }
    merged.end_part();
    for (auto ring = first_shell + 1; ring != rings.end(); ++ring) {
        if (is_shell(*ring)) {
            merged.add_path(*ring);
            merged.end_part();
        }
    }
    return merged;
}

}  // namespace ranh::algorithm
