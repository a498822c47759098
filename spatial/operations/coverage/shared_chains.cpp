#include "spatial/operations/coverage/shared_chains.hpp"

#include "spatial/index/packed_rtree.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

namespace ranh::coverage {
namespace {

using algorithm::UnmatchedEdge;
using geom::Box;
using geom::Point;

constexpr std::uint32_t no_group = BorderMismatches::no_group;

auto corner(Point p) { return std::pair(p.x, p.y); }

double distance(Point p, Point q) { return std::hypot(p.x - q.x, p.y - q.y); }

double distance_to_segment(Point p, Point a, Point b) {
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    const double square = dx * dx + dy * dy;
    const double along = square > 0.0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / square, 0.0, 1.0) : 0.0;
    return distance(p, {a.x + along * dx, a.y + along * dy});
}

/// Edges of one feature between two nodes it shares with others; none between them is shared.
struct Chain {
    std::uint32_t feature = 0;
    std::uint32_t from = 0;  ///< node
    std::uint32_t to = 0;
    std::vector<std::uint32_t> edges;
};

/// A vertex of a stretch that one side of it has to itself.
struct OwnVertex {
    VertexPlace place;
    std::uint32_t edge;  ///< one that ends there
};

VertexPlace start_of(const UnmatchedEdge& edge) { return {edge.feature, edge.ring, edge.from_vertex, edge.from}; }
VertexPlace end_of(const UnmatchedEdge& edge) { return {edge.feature, edge.ring, edge.to_vertex, edge.to}; }

/// The vertex of an edge after which, in the ring as it is stored, a new vertex comes to stand.
std::uint32_t stored_start(const UnmatchedEdge& edge) {
    const std::uint32_t low = std::min(edge.from_vertex, edge.to_vertex);
    const std::uint32_t high = std::max(edge.from_vertex, edge.to_vertex);
    return low == 0 && high != 1 ? high : low;  // the edge that closes the ring runs from its last vertex to 0
}

class Borders {
public:
    Borders(const NodedEdges& noded, const EdgeFaces& faces, const CoverageOptions& options)
        : m_noded(noded), m_faces(faces), m_options(options) {
        result.group_of_edge.assign(noded.edges.size(), no_group);
        m_node_features.resize(noded.nodes.size());
        for (std::uint32_t i = 0; i < noded.edges.size(); ++i) {
            if (noded.alone[i] != 0) {
                m_alone.push_back(i);
                add_feature(noded.from[i], noded.edges[i].feature);
                add_feature(noded.to[i], noded.edges[i].feature);
            }
        }
    }

    void run() {
        make_chains();
        join_chains();
        look_near();
        tell_moved_within_grid();
        put_in_order();
    }

    BorderMismatches result;

private:
    void add_feature(std::uint32_t node, std::uint32_t feature) {
        std::vector<std::uint32_t>& features = m_node_features[node];
        if (std::ranges::find(features, feature) == features.end()) {
            features.push_back(feature);
        }
    }
    [[nodiscard]] bool is_shared(std::uint32_t node) const { return m_node_features[node].size() > 1; }
    [[nodiscard]] const UnmatchedEdge& edge(std::uint32_t i) const { return m_noded.edges[i]; }

    void make_chains() {
        std::vector<std::uint32_t> by_start = m_alone;
        const auto key = [&](std::uint32_t i) {
            return std::tuple(edge(i).feature, edge(i).ring, edge(i).from_vertex);
        };
        std::ranges::sort(by_start, {}, key);
        for (const std::uint32_t start : by_start) {
            if (!is_shared(m_noded.from[start])) {
                continue;
            }
            Chain chain{.feature = edge(start).feature, .from = m_noded.from[start], .to = 0, .edges = {start}};
            while (!is_shared(m_noded.to[chain.edges.back()]) && chain.edges.size() <= by_start.size()) {
                const UnmatchedEdge& last = edge(chain.edges.back());
                const auto next =
                    std::ranges::lower_bound(by_start, std::tuple(last.feature, last.ring, last.to_vertex), {}, key);
                if (next == by_start.end() || m_noded.from[*next] != m_noded.to[chain.edges.back()] ||
                    edge(*next).feature != last.feature || edge(*next).ring != last.ring) {
                    break;
                }
                chain.edges.push_back(*next);
            }
            chain.to = m_noded.to[chain.edges.back()];
            if (is_shared(chain.to) && chain.from != chain.to) {
                m_chains.push_back(std::move(chain));
            }
        }
        // So that which chains are joined does not depend on the order of the features.
        std::ranges::sort(m_chains, {}, [&](const Chain& c) {
            return std::tuple(c.from, c.to, corner(edge(c.edges.front()).to), c.feature);
        });
    }

    [[nodiscard]] std::pair<std::size_t, std::size_t> leaving(std::uint32_t node) const {
        const auto range = std::ranges::equal_range(m_chains, node, {}, &Chain::from);
        return {static_cast<std::size_t>(range.begin() - m_chains.begin()),
                static_cast<std::size_t>(range.end() - m_chains.begin())};
    }

    /// Chains that lead back to where another one began: of one neighbour, or of two around a vertex.
    void join_chains() {
        m_joined.assign(m_chains.size(), 0);
        for (std::size_t i = 0; i < m_chains.size(); ++i) {
            for (auto [j, end] = leaving(m_chains[i].to); j < end && m_joined[i] == 0; ++j) {
                if (m_joined[j] == 0 && m_chains[j].to == m_chains[i].from &&
                    m_chains[j].feature != m_chains[i].feature) {
                    join({i, j});
                }
            }
        }
        for (std::size_t i = 0; i < m_chains.size(); ++i) {
            for (auto [j, j_end] = leaving(m_chains[i].to); j < j_end; ++j) {
                for (auto [k, k_end] = leaving(m_chains[j].to); k < k_end; ++k) {
                    join_three(i, j, k);
                }
            }
        }
    }

    void join_three(std::size_t i, std::size_t j, std::size_t k) {
        const Chain& a = m_chains[i];
        const Chain& b = m_chains[j];
        const Chain& c = m_chains[k];
        const bool free = m_joined[i] == 0 && m_joined[j] == 0 && m_joined[k] == 0;
        const bool three = a.feature != b.feature && b.feature != c.feature && a.feature != c.feature;
        if (!free || !three || c.to != a.from || b.to == a.from) {
            return;
        }
        // The one that passes its vertex most closely lacks it.
        const std::array<double, 3> off{distance_to(m_noded.nodes.point(b.to), a),
                                        distance_to(m_noded.nodes.point(c.to), b),
                                        distance_to(m_noded.nodes.point(a.to), c)};
        switch (std::ranges::min_element(off) - off.begin()) {
            case 0: join({i, j, k}); break;
            case 1: join({j, k, i}); break;
            default: join({k, i, j}); break;
        }
    }

    [[nodiscard]] double distance_to(Point p, const Chain& chain) const {
        double least = std::numeric_limits<double>::infinity();
        for (const std::uint32_t i : chain.edges) {
            least = std::min(least, distance_to_segment(p, edge(i).from, edge(i).to));
        }
        return least;
    }

    [[nodiscard]] bool is_corner(const VertexPlace& place) const {
        return !m_options.is_corner || m_options.is_corner(place);
    }
    void add_corner(const OwnVertex& vertex, std::vector<OwnVertex>& vertices) const {
        if (is_corner(vertex.place)) {
            vertices.push_back(vertex);
        }
    }

    [[nodiscard]] std::vector<OwnVertex> inner_vertices(const Chain& chain) const {
        std::vector<OwnVertex> vertices;
        for (std::size_t i = 0; i + 1 < chain.edges.size(); ++i) {
            add_corner({end_of(edge(chain.edges[i])), chain.edges[i]}, vertices);
        }
        return vertices;
    }

    /// Chains around the outside of features, be it of the whole coverage or of some that stand in a gap, are no
    /// borders between them.
    [[nodiscard]] bool surround_features(const std::vector<std::size_t>& chains) const {
        std::uint8_t beyond = 0;
        double twice_area = 0.0;
        const Point origin = edge(m_chains[chains.front()].edges.front()).from;
        for (const std::size_t c : chains) {
            for (const std::uint32_t i : m_chains[c].edges) {
                beyond |= m_faces.beyond[i];
                const Point p = edge(i).from;
                const Point q = edge(i).to;
                twice_area += (p.x - origin.x) * (q.y - origin.y) - (q.x - origin.x) * (p.y - origin.y);
            }
        }
        return (beyond & EdgeFaces::beyond_is_outside) != 0 ||
               (beyond == EdgeFaces::beyond_is_empty && twice_area > 0.0);
    }

    /// The first chain against all others, which lead from its end back to its beginning.
    void join(const std::vector<std::size_t>& chains) {
        const Chain& one = m_chains[chains.front()];
        std::vector<OwnVertex> mine = inner_vertices(one);
        std::vector<OwnVertex> others;
        std::vector<std::uint32_t> other_edges;
        for (std::size_t c = 1; c < chains.size(); ++c) {
            const Chain& chain = m_chains[chains[c]];
            const std::vector<OwnVertex> inner = inner_vertices(chain);
            others.insert(others.end(), inner.begin(), inner.end());
            other_edges.insert(other_edges.end(), chain.edges.begin(), chain.edges.end());
            if (c + 1 < chains.size()) {
                // Shared by those two alone; the one whose other corners come first stands for both.
                add_corner({end_of(edge(chain.edges.back())), chain.edges.back()}, others);
            }
        }
        std::ranges::reverse(others);
        if ((mine.empty() && others.empty()) || surround_features(chains)) {
            return;
        }
        const auto group = static_cast<std::uint32_t>(result.groups.size());
        result.groups.emplace_back();
        for (const std::size_t c : chains) {
            m_joined[c] = 1;
            for (const std::uint32_t i : m_chains[c].edges) {
                add_to_group(group, i);
            }
        }
        m_group = group;
        tell(mine, one.edges, others, other_edges);
    }

    void add_to_group(std::uint32_t group, std::uint32_t i) {
        MismatchGroup& mine = result.groups[group];
        const UnmatchedEdge& added = edge(i);
        const Box box{{std::min(added.from.x, added.to.x), std::min(added.from.y, added.to.y)},
                      {std::max(added.from.x, added.to.x), std::max(added.from.y, added.to.y)}};
        mine.box = mine.features.empty() ? box : geom::united(mine.box, box);
        if (std::ranges::find(mine.features, added.feature) == mine.features.end()) {
            mine.features.push_back(added.feature);
        }
        if (result.group_of_edge[i] == no_group) {
            result.group_of_edge[i] = group;
        }
    }

    /// Pairs the vertices of both sides in order and tells of each pair, and of each vertex that is left.
    void tell(const std::vector<OwnVertex>& mine, const std::vector<std::uint32_t>& my_edges,
              const std::vector<OwnVertex>& others, const std::vector<std::uint32_t>& other_edges) {
        std::vector<std::uint8_t> my_paired(mine.size(), 0);
        std::vector<std::uint8_t> other_paired(others.size(), 0);
        for (const auto& [i, j] : pairs_in_order(mine, others)) {
            const double apart = distance(mine[i].place.point, others[j].place.point);
            const auto fits = [&](const OwnVertex& vertex, const std::vector<std::uint32_t>& edges) {
                return nearest_of(vertex.place.point, edges).second <= m_options.matching_m;
            };
            if (apart > m_options.sliver_width_m && fits(mine[i], other_edges) && fits(others[j], my_edges)) {
                continue;  // two vertices on one line, too far apart for one that was moved
            }
            my_paired[i] = 1;
            other_paired[j] = 1;
            tell_moved(mine[i], others[j], apart);
        }
        tell_missing(mine, my_paired, other_edges);
        tell_missing(others, other_paired, my_edges);
    }

    /// As many pairs as the shorter list has vertices, in order, with the least sum of distances.
    [[nodiscard]] static std::vector<std::pair<std::size_t, std::size_t>> pairs_in_order(
        const std::vector<OwnVertex>& mine, const std::vector<OwnVertex>& others) {
        constexpr std::size_t most_cells = std::size_t{1} << 22U;
        const bool swapped = mine.size() > others.size();
        const std::vector<OwnVertex>& few = swapped ? others : mine;
        const std::vector<OwnVertex>& many = swapped ? mine : others;
        std::vector<std::pair<std::size_t, std::size_t>> pairs;
        if (few.empty() || (few.size() + 1) * (many.size() + 1) > most_cells) {
            return pairs;
        }
        const std::size_t width = many.size() + 1;
        std::vector<double> least((few.size() + 1) * width, std::numeric_limits<double>::infinity());
        std::fill_n(least.begin(), width, 0.0);
        const auto cost = [&](std::size_t i, std::size_t j) {
            return distance(few[i - 1].place.point, many[j - 1].place.point);
        };
        for (std::size_t i = 1; i <= few.size(); ++i) {
            for (std::size_t j = i; j <= many.size(); ++j) {
                least[i * width + j] = std::min(least[i * width + j - 1], least[(i - 1) * width + j - 1] + cost(i, j));
            }
        }
        for (std::size_t i = few.size(), j = many.size(); i > 0; --j) {
            if (least[i * width + j] < least[i * width + j - 1]) {
                pairs.emplace_back(swapped ? j - 1 : i - 1, swapped ? i - 1 : j - 1);
                --i;
            }
        }
        return pairs;
    }

    [[nodiscard]] std::pair<std::uint32_t, double> nearest_of(Point p, const std::vector<std::uint32_t>& edges) const {
        std::pair<std::uint32_t, double> nearest{edges.front(), std::numeric_limits<double>::infinity()};
        for (const std::uint32_t i : edges) {
            const double off = distance_to_segment(p, edge(i).from, edge(i).to);
            if (off < nearest.second) {
                nearest = {i, off};
            }
        }
        return nearest;
    }

    /// Of two vertices for one the one with the smaller corner is told as lacking in the other feature.
    void tell_moved(const OwnVertex& one, const OwnVertex& other, double apart) {
        const bool first = corner(one.place.point) < corner(other.place.point);
        const OwnVertex& told = first ? one : other;
        const OwnVertex& instead = first ? other : one;
        add({.vertex = told.place,
             .lacking = instead.place.feature,
             .lacking_ring = instead.place.ring,
             .lacking_after = stored_start(edge(instead.edge)),
             .moved = instead.place,
             .distance_m = apart,
             .below_grid = apart < m_options.grid_m});
    }

    void tell_missing(const std::vector<OwnVertex>& vertices, const std::vector<std::uint8_t>& paired,
                      const std::vector<std::uint32_t>& edges) {
        for (std::size_t i = 0; i < vertices.size(); ++i) {
            if (paired[i] == 0) {
                const auto [nearest, off] = nearest_of(vertices[i].place.point, edges);
                add({.vertex = vertices[i].place,
                     .lacking = edge(nearest).feature,
                     .lacking_ring = edge(nearest).ring,
                     .lacking_after = stored_start(edge(nearest)),
                     .moved = std::nullopt,
                     .distance_m = off,
                     .below_grid = off < m_options.grid_m});
            }
        }
    }

    void add(BoundaryMismatch mismatch) {
        const auto crosses = [&](std::uint32_t feature) {
            return feature < m_options.crosses_itself.size() && m_options.crosses_itself[feature] != 0;
        };
        mismatch.invalid_ring = crosses(mismatch.vertex.feature) || crosses(mismatch.lacking);
        for (const std::uint32_t feature : result.groups[m_group].features) {
            m_told.emplace(corner(mismatch.vertex.point), feature);
            if (mismatch.moved) {
                m_told.emplace(corner(mismatch.moved->point), feature);
            }
        }
        result.mismatches.push_back(std::move(mismatch));
        m_group_of.push_back(m_group);
    }

    /// Vertices within the matching tolerance of an edge, or of a vertex, of a feature that has none there.
    void look_near() {
        std::vector<Box> boxes;
        for (const std::uint32_t i : m_alone) {
            const Point a = edge(i).from;
            const Point b = edge(i).to;
            boxes.push_back(
                geom::grown({{std::min(a.x, b.x), std::min(a.y, b.y)}, {std::max(a.x, b.x), std::max(a.y, b.y)}},
                            m_options.matching_m));
        }
        const index::PackedRTree tree(boxes);
        std::vector<std::uint32_t> order = m_alone;
        std::ranges::sort(order, {}, [&](std::uint32_t i) { return std::tuple(corner(edge(i).to), edge(i).feature); });
        std::vector<std::uint32_t> hits;
        std::vector<std::tuple<std::uint32_t, double, std::pair<double, double>, std::uint32_t>> near;
        for (const std::uint32_t i : order) {
            tree.search({edge(i).to, edge(i).to}, hits);
            near.clear();
            for (const std::uint32_t hit : hits) {
                const std::uint32_t j = m_alone[hit];
                const double off = distance_to_segment(edge(i).to, edge(j).from, edge(j).to);
                if (off <= m_options.matching_m) {
                    near.emplace_back(edge(j).feature, off, corner(edge(j).from), j);
                }
            }
            std::ranges::sort(near);  // of each feature the nearest edge first
            for (std::size_t n = 0; n < near.size(); ++n) {
                if (n == 0 || std::get<0>(near[n]) != std::get<0>(near[n - 1])) {
                    compare(i, std::get<3>(near[n]));
                }
            }
        }
    }

    /// The end of one edge with another edge.
    void compare(std::uint32_t i, std::uint32_t j) {
        const std::uint32_t node = m_noded.to[i];
        const std::uint32_t lacking = edge(j).feature;
        if (std::ranges::find(m_node_features[node], lacking) != m_node_features[node].end()) {
            return;
        }
        const OwnVertex vertex{end_of(edge(i)), i};
        if (m_told.contains({corner(vertex.place.point), lacking}) || !is_corner(vertex.place)) {
            return;
        }
        m_group = static_cast<std::uint32_t>(result.groups.size());
        result.groups.emplace_back();
        add_to_group(m_group, i);
        add_to_group(m_group, j);
        result.groups.back().box = geom::grown({vertex.place.point, vertex.place.point}, m_options.matching_m);
        for (const VertexPlace& end : {start_of(edge(j)), end_of(edge(j))}) {
            const double apart = distance(end.point, vertex.place.point);
            if (apart <= m_options.matching_m && is_corner(end)) {
                tell_moved(vertex, {end, j}, apart);
                return;
            }
        }
        tell_missing({vertex}, {0}, {j});
    }

    /// Vertices that differ by less than the grid, where that is all that keeps their edges from matching.
    void tell_moved_within_grid() {
        std::vector<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>> matched;  // nodes, edge
        for (std::uint32_t i = 0; i < m_noded.edges.size(); ++i) {
            if (m_noded.alone[i] == 0 && edge(i).alone() && m_noded.from[i] != m_noded.to[i]) {
                const auto [low, high] = std::minmax(m_noded.from[i], m_noded.to[i]);
                matched.emplace_back(low, high, i);
            }
        }
        std::ranges::sort(matched);
        for (std::size_t m = 0; m + 1 < matched.size(); ++m) {
            const auto [low, high, i] = matched[m];
            const auto [next_low, next_high, j] = matched[m + 1];
            if (low == next_low && high == next_high && m_noded.from[i] == m_noded.to[j]) {
                tell_within_grid(start_of(edge(i)), end_of(edge(j)), j);
                tell_within_grid(end_of(edge(i)), start_of(edge(j)), j);
            }
        }
    }

    void tell_within_grid(const VertexPlace& one, const VertexPlace& other, std::uint32_t other_edge) {
        if (one.point == other.point || one.feature == other.feature ||
            m_told.contains({corner(one.point), other.feature})) {
            return;
        }
        m_group = static_cast<std::uint32_t>(result.groups.size());
        result.groups.emplace_back();
        add_to_group(m_group, other_edge);
        result.groups.back().box = geom::grown({one.point, one.point}, m_options.grid_m);
        tell_moved({one, other_edge}, {other, other_edge}, distance(one.point, other.point));
    }

    void put_in_order() {
        constexpr std::size_t none_yet = std::numeric_limits<std::size_t>::max();
        std::vector<std::size_t> order(result.mismatches.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::ranges::sort(order, {}, [&](std::size_t i) {
            const BoundaryMismatch& m = result.mismatches[i];
            return std::tuple(m.vertex.feature, m.vertex.ring, m.vertex.vertex, m.lacking, m.lacking_ring);
        });
        for (MismatchGroup& group : result.groups) {
            std::ranges::sort(group.features);
            group.first = none_yet;
        }
        std::vector<BoundaryMismatch> sorted;
        for (const std::size_t i : order) {
            MismatchGroup& group = result.groups[m_group_of[i]];
            const BoundaryMismatch& mismatch = result.mismatches[i];
            if (group.first == none_yet || corner(mismatch.vertex.point) < corner(sorted[group.first].vertex.point)) {
                group.first = sorted.size();
            }
            sorted.push_back(mismatch);
        }
        result.mismatches = std::move(sorted);
    }

    const NodedEdges& m_noded;
    const EdgeFaces& m_faces;
    const CoverageOptions& m_options;
    std::vector<std::uint32_t> m_alone;
    std::vector<std::vector<std::uint32_t>> m_node_features;  // with an edge of their own there
    std::vector<Chain> m_chains;                              // by first node
    std::vector<std::uint8_t> m_joined;
    std::uint32_t m_group = 0;                                             // to which the next mismatch belongs
    std::vector<std::uint32_t> m_group_of;                                 // of each mismatch
    std::set<std::pair<std::pair<double, double>, std::uint32_t>> m_told;  // vertex, feature that lacks it
};

}  // namespace

BorderMismatches border_mismatches(const NodedEdges& noded, const EdgeFaces& faces, const CoverageOptions& options) {
    Borders borders(noded, faces, options);
    borders.run();
    return std::move(borders.result);
}

}  // namespace ranh::coverage
