#pragma once

#include "spatial/algorithm/unmatched_edges.hpp"
#include "spatial/geom/geometry.hpp"

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace ranh::coverage {

/// Places of points: those nearer than the grid are one place, at the point that was added first.
///
/// Cost     O(1) for a look-up. Guarantees  equal for points added in an equal order.
class NodeTable {
public:
    explicit NodeTable(double grid_m);

    /// The node nearest to a point within the grid; a new one where there is none.
    std::uint32_t add(geom::Point p);
    [[nodiscard]] geom::Point point(std::uint32_t node) const { return m_points[node]; }
    [[nodiscard]] std::size_t size() const { return m_points.size(); }

private:
    [[nodiscard]] std::uint64_t cell_of(std::int64_t column, std::int64_t row) const;

    double m_grid_m;
    double m_side_m;
    std::vector<geom::Point> m_points;
    std::vector<std::uint32_t> m_next;  // in the same cell
    std::unordered_map<std::uint64_t, std::uint32_t> m_first;
};

/// The unmatched edges between their nodes.
struct NodedEdges {
    NodedEdges(std::vector<algorithm::UnmatchedEdge> unmatched, double grid_m);

    std::vector<algorithm::UnmatchedEdge> edges;
    NodeTable nodes;
    std::vector<std::uint32_t> from;  ///< node of each edge
    std::vector<std::uint32_t> to;
    /// One feature alone has an edge between these two nodes.
    std::vector<std::uint8_t> alone;
    std::size_t within_grid = 0;  ///< edges that have a partner only since points near each other are one
};

}  // namespace ranh::coverage
