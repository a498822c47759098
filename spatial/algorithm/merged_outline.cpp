#include "spatial/algorithm/merged_outline.hpp"

#include "spatial/algorithm/area.hpp"
#include "spatial/algorithm/edge_table.hpp"

#include <algorithm>
#include <vector>

namespace ranh::algorithm {
namespace {

using geom::Point;

using detail::Edge;
using detail::EdgeTable;

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

void add_ring(std::span<const Point> ring, bool is_shell, EdgeTable& table) {
    const bool as_it_should_be = (signed_ring_area(ring) > 0.0) == is_shell;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point from = i == 0 ? ring.back() : ring[i - 1];
        as_it_should_be ? add_edge(from, ring[i], table) : add_edge(ring[i], from, table);
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
    EdgeTable table;
    table.clear_for(points);
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
