#include "spatial/algorithm/merged_outline.hpp"

#include "spatial/algorithm/area.hpp"
#include "spatial/algorithm/edge_table.hpp"
#include "spatial/algorithm/near_outline.hpp"

#include <algorithm>
#include <vector>

namespace ranh::algorithm {
namespace {

using geom::Point;

using detail::Edge;
using detail::EdgeTable;

/// So many that their edges fit into a processor's nearest cache.
constexpr std::size_t block_features = 128;
/// Outlines with more points are cut to what the region can see.
constexpr std::size_t long_outline = 64;

bool less(Point p, Point q) { return p.x < q.x || (p.x == q.x && p.y < q.y); }

void add_edge(Point from, Point to, EdgeTable& table) {
    if (from != to) {
        table.add({{from, to}, detail::hash_of_edge(detail::hash_of(from), detail::hash_of(to))});
    }
}

/// What is left over, by first point, then by last.
std::vector<Edge> left_over(const EdgeTable& table) {
    std::vector<Edge> edges;
    table.for_each_left([&](const detail::LooseEdge& loose) { edges.push_back(loose.edge); });
    std::sort(edges.begin(), edges.end(), [](const Edge& a, const Edge& b) {
        return less(a.from, b.from) || (a.from == b.from && less(a.to, b.to));
    });
    return edges;
}

void add_ring(std::span<const Point> ring, bool as_it_should_be, EdgeTable& table) {
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point from = i == 0 ? ring.back() : ring[i - 1];
        as_it_should_be ? add_edge(from, ring[i], table) : add_edge(ring[i], from, table);
    }
}

void add_feature(const geom::GeometryView& feature, EdgeTable& table) {
    for (std::size_t part = 0; part < feature.part_count(); ++part) {
        const auto [first, end] = feature.part(part);
        for (std::size_t path = first; path < end; ++path) {
            add_ring(feature.path(path), is_counter_clockwise(feature.path(path)) == (path == first), table);
        }
    }
}

void add_near(const geom::GeometryView& feature, const geom::Box& region, EdgeTable& table) {
    const NearOutline near = OutlineIndex(feature).near(region);
    const geom::GeometryView rings = near.rings.view();
    for (std::size_t path = 0; path < rings.path_count(); ++path) {
        add_ring(rings.path(path), near.turns[path] > 0, table);
    }
}

/// Puts the edges of features into a table.
class EdgesOfFeatures {
public:
    EdgesOfFeatures(const PolygonsView& layer, const geom::Box& region) : m_layer(layer), m_region(region) {}

    /// The table holds nothing else then.
    void fill(std::span<const std::uint32_t> features, EdgeTable& table) const {
        std::size_t points = 0;
        for (const std::uint32_t i : features) {
            points += m_layer.point_count(i);
        }
        table.clear_for(points);
        for (const std::uint32_t i : features) {
            if (m_layer.point_count(i) > long_outline && !holds(m_region, m_layer.boxes[i])) {
                add_near(m_layer.feature(i), m_region, table);
            } else {
                add_feature(m_layer.feature(i), table);
            }
        }
    }

private:
    static bool holds(const geom::Box& outer, const geom::Box& inner) {
        return geom::box_contains(outer, inner.min) && geom::box_contains(outer, inner.max);
    }

    const PolygonsView& m_layer;
    const geom::Box& m_region;
};

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

geom::Geometry merged_outline(const PolygonsView& layer, std::span<const std::uint32_t> features,
                              const geom::Box& region) {
    const EdgesOfFeatures all(layer, region);
    EdgeTable table;
    if (features.size() <= block_features) {
        all.fill(features, table);
    } else {
        // Neighbours mostly stand close to each other: what cancels does so in a small table, and little is left for
        // the one of all.
        std::vector<detail::LooseEdge> loose;
        for (std::size_t first = 0; first < features.size(); first += block_features) {
            all.fill(features.subspan(first, std::min(block_features, features.size() - first)), table);
            table.for_each_left([&](const detail::LooseEdge& edge) { loose.push_back(edge); });
        }
        table.clear_for(loose.size());
        for (const detail::LooseEdge& edge : loose) {
            table.add(edge);
        }
    }
    // A ring walked clockwise stands as a hole, one walked counter-clockwise as a shell: so each keeps its direction.
    const std::vector<std::vector<Point>> rings = rings_of(left_over(table));
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
