#include "spatial/operations/coverage/edge_nodes.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <tuple>
#include <utility>

namespace ranh::coverage {
namespace {

using geom::Point;

constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
/// A cell is that many times as wide as the grid: most points lie so far from its sides that one cell is looked at.
constexpr double grids_per_cell = 8.0;

bool before(Point a, Point b) { return std::pair(a.x, a.y) < std::pair(b.x, b.y); }

}  // namespace

NodeTable::NodeTable(double grid_m) : m_grid_m(grid_m), m_side_m(grids_per_cell * std::max(grid_m, 1e-9)) {}

std::uint64_t NodeTable::cell_of(std::int64_t column, std::int64_t row) const {
    return static_cast<std::uint64_t>(column) * 0x9e3779b97f4a7c15U + static_cast<std::uint64_t>(row);
}

std::uint32_t NodeTable::add(Point p) {
    const auto index = [&](double v) { return static_cast<std::int64_t>(std::floor(v / m_side_m)); };
    std::uint32_t nearest = none;
    double least = std::numeric_limits<double>::infinity();
    for (std::int64_t column = index(p.x - m_grid_m); column <= index(p.x + m_grid_m); ++column) {
        for (std::int64_t row = index(p.y - m_grid_m); row <= index(p.y + m_grid_m); ++row) {
            const auto first = m_first.find(cell_of(column, row));
            for (std::uint32_t n = first == m_first.end() ? none : first->second; n != none; n = m_next[n]) {
                const double distance = std::hypot(m_points[n].x - p.x, m_points[n].y - p.y);
                if (distance <= m_grid_m && (distance < least || (distance == least && n < nearest))) {
                    least = distance;
                    nearest = n;
                }
            }
        }
    }
    if (nearest != none) {
        return nearest;
    }
    const auto node = static_cast<std::uint32_t>(m_points.size());
    const auto [place, fresh] = m_first.try_emplace(cell_of(index(p.x), index(p.y)), node);
    m_points.push_back(p);
    m_next.push_back(fresh ? none : place->second);
    place->second = node;
    return node;
}

NodedEdges::NodedEdges(std::vector<algorithm::UnmatchedEdge> unmatched, double grid_m)
    : edges(std::move(unmatched)), nodes(grid_m), from(edges.size()), to(edges.size()), alone(edges.size(), 0) {
    std::vector<Point> points;
    points.reserve(edges.size());
    for (const algorithm::UnmatchedEdge& edge : edges) {
        points.push_back(edge.from);
        points.push_back(edge.to);
    }
    std::ranges::sort(points, before);  // so that nodes do not depend on the order of the features
    points.erase(std::unique(points.begin(), points.end()), points.end());
    for (const Point p : points) {
        nodes.add(p);
    }
    std::vector<std::uint32_t> order(edges.size());
    std::iota(order.begin(), order.end(), 0U);
    for (std::size_t i = 0; i < edges.size(); ++i) {
        from[i] = nodes.add(edges[i].from);
        to[i] = nodes.add(edges[i].to);
    }
    const auto key = [&](std::uint32_t i) { return std::pair(std::min(from[i], to[i]), std::max(from[i], to[i])); };
    std::ranges::sort(order,
                      [&](std::uint32_t a, std::uint32_t b) { return std::tuple(key(a), a) < std::tuple(key(b), b); });
    for (std::size_t i = 0; i < order.size();) {
        std::size_t end = i;
        std::size_t forward = 0;
        bool alike = true;
        for (; end < order.size() && key(order[end]) == key(order[i]); ++end) {
            forward += from[order[end]] <= to[order[end]] ? 1U : 0U;
            alike = alike && edges[order[end]].alone();
        }
        const bool is_edge = from[order[i]] != to[order[i]];
        alone[order[i]] = is_edge && end - i == 1 ? 1 : 0;
        within_grid += alike && end - i == 2 && forward == 1 ? 2U : 0U;
        i = end;
    }
}

}  // namespace ranh::coverage
