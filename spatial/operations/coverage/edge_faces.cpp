#include "spatial/operations/coverage/edge_faces.hpp"

#include "spatial/algorithm/orientation.hpp"
#include "spatial/index/packed_rtree.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <tuple>
#include <utility>

namespace ranh::coverage {
namespace {

using algorithm::orientation;
using geom::Box;
using geom::Point;

constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

/// All pieces between two nodes as one. Half-edge 2i runs from `a` to `b`, half-edge 2i + 1 back; each bounds the face
/// on its left.
struct Link {
    std::uint32_t a;
    std::uint32_t b;
    std::int32_t net;           ///< features on the left of a → b less those on the right
    std::uint32_t first_piece;  ///< pieces [first_piece, end_piece) in order
    std::uint32_t end_piece;
};

/// The half-edges around one face.
struct Cycle {
    std::uint32_t half_edge = 0;  ///< one of them
    double area_m2 = 0.0;         ///< below 0 around the outside of a component
    std::uint32_t component = none;
    std::int32_t winding = 0;     ///< features on the face, 0 on the outer face of its component
    std::uint32_t within = none;  ///< of an outer cycle: that of the face it lies in; none for the outside of all
};

class Faces {
public:
    Faces(const NodeTable& nodes, std::vector<EdgePiece> pieces) : m_nodes(nodes), m_pieces(std::move(pieces)) {
        link();
        turn_around_nodes();
        follow();
        wind();
        place_components();
    }

    [[nodiscard]] EdgeFaces result(std::size_t edge_count) const {
        EdgeFaces faces;
        std::vector<std::vector<std::uint32_t>> islands(m_cycles.size());
        for (std::uint32_t c = 0; c < m_cycles.size(); ++c) {
            if (is_outer(c) && m_cycles[c].within != none) {
                islands[m_cycles[c].within].push_back(c);
            } else if (is_outer(c)) {
                faces.outside.push_back(ring_of(c));
            }
        }
        for (std::uint32_t c = 0; c < m_cycles.size(); ++c) {
            if (!is_outer(c) && m_cycles[c].area_m2 > 0.0 && features_on(c) <= 0) {
                faces.empty.push_back(empty_face(c, islands[c]));
            }
        }
        look_beyond(faces, edge_count);
        return faces;
    }

private:
    [[nodiscard]] Point at(std::uint32_t node) const { return m_nodes.point(node); }
    [[nodiscard]] std::uint32_t from(std::uint32_t h) const {
        return (h & 1U) == 0 ? m_links[h / 2].a : m_links[h / 2].b;
    }
    [[nodiscard]] std::uint32_t to(std::uint32_t h) const { return from(h ^ 1U); }
    [[nodiscard]] bool is_outer(std::uint32_t cycle) const { return m_outer[m_cycles[cycle].component] == cycle; }
    /// The cycle that bounds the face around a cycle: itself, or for an outer one that of the face it lies in.
    [[nodiscard]] std::uint32_t shell_of(std::uint32_t cycle) const {
        return is_outer(cycle) ? m_cycles[cycle].within : cycle;
    }
    [[nodiscard]] bool is_outside(std::uint32_t cycle) const { return shell_of(cycle) == none; }
    [[nodiscard]] std::int32_t features_on(std::uint32_t cycle) const {
        return m_cycles[cycle].winding + m_base[m_cycles[cycle].component];
    }

    void look_beyond(EdgeFaces& faces, std::size_t edge_count) const {
        faces.beyond.assign(edge_count, 0);
        for (std::uint32_t h = 0; h < m_cycle_of.size(); h += 2) {
            const Link& link = m_links[h / 2];
            const std::uint32_t cycle = m_cycle_of[link.net > 0 ? h + 1 : h];
            std::uint8_t beyond = EdgeFaces::beyond_is_covered;
            if (features_on(cycle) > 0) {
                ++faces.covered_pieces;
            } else if (is_outside(cycle)) {
                ++faces.outline_pieces;
                beyond = EdgeFaces::beyond_is_outside;
            } else {
                ++faces.empty_pieces;
                beyond = EdgeFaces::beyond_is_empty;
            }
            for (std::uint32_t piece = link.first_piece; piece < link.end_piece; ++piece) {
                faces.beyond[m_pieces[piece].edge] |= beyond;
            }
        }
    }

    void link() {
        const auto key = [](const EdgePiece& p) { return std::pair(std::min(p.from, p.to), std::max(p.from, p.to)); };
        std::ranges::sort(m_pieces, [&](const EdgePiece& p, const EdgePiece& q) {
            return std::tuple(key(p), p.edge, p.from) < std::tuple(key(q), q.edge, q.from);
        });
        for (std::uint32_t i = 0; i < m_pieces.size();) {
            const auto [a, b] = key(m_pieces[i]);
            Link link{.a = a, .b = b, .net = 0, .first_piece = i, .end_piece = i};
            for (; i < m_pieces.size() && key(m_pieces[i]) == std::pair(link.a, link.b); ++i) {
                link.net += m_pieces[i].from == link.a ? 1 : -1;
            }
            link.end_piece = i;
            if (link.net != 0) {
                m_links.push_back(link);
            }
        }
    }

    /// Half-edges that leave the same node, counter-clockwise; exact.
    [[nodiscard]] bool turns_before(std::uint32_t g, std::uint32_t h) const {
        const Point centre = at(from(g));
        const Point p = at(to(g));
        const Point q = at(to(h));
        const auto lower = [&](Point r) { return r.y < centre.y || (r.y == centre.y && r.x < centre.x); };
        if (lower(p) != lower(q)) {
            return lower(q);
        }
        const int turn = orientation(centre, p, q);
        return turn != 0 ? turn > 0 : g < h;
    }

    void turn_around_nodes() {
        std::vector<std::uint32_t> leaving(m_links.size() * 2);
        std::iota(leaving.begin(), leaving.end(), 0U);
        std::ranges::sort(leaving, [&](std::uint32_t g, std::uint32_t h) {
            return from(g) != from(h) ? from(g) < from(h) : turns_before(g, h);
        });
        m_next.resize(leaving.size());
        for (std::size_t begin = 0; begin < leaving.size();) {
            std::size_t end = begin;
            while (end < leaving.size() && from(leaving[end]) == from(leaving[begin])) {
                ++end;
            }
            for (std::size_t i = begin; i < end; ++i) {
                // Who comes in against leaving[i] goes on along the one before it: the face stays on the left.
                m_next[leaving[i] ^ 1U] = leaving[i == begin ? end - 1 : i - 1];
            }
            begin = end;
        }
    }

    void follow() {
        m_cycle_of.assign(m_next.size(), none);
        for (std::uint32_t start = 0; start < m_next.size(); ++start) {
            if (m_cycle_of[start] != none) {
                continue;
            }
            Cycle cycle;
            cycle.half_edge = start;
            const Point origin = at(from(start));
            double twice_area = 0.0;
            for (std::uint32_t h = start; m_cycle_of[h] == none; h = m_next[h]) {
                m_cycle_of[h] = static_cast<std::uint32_t>(m_cycles.size());
                const Point p = at(from(h));
                const Point q = at(to(h));
                twice_area += (p.x - origin.x) * (q.y - origin.y) - (q.x - origin.x) * (p.y - origin.y);
            }
            cycle.area_m2 = 0.5 * twice_area;
            m_cycles.push_back(cycle);
        }
    }

    /// Numbers of features on the faces of each component, counted from that of its outer face.
    void wind() {
        std::vector<std::uint32_t> open;
        for (std::uint32_t start = 0; start < m_cycles.size(); ++start) {
            if (m_cycles[start].component != none) {
                continue;
            }
            const auto component = static_cast<std::uint32_t>(m_outer.size());
            std::uint32_t outer = start;
            std::vector<std::uint32_t> members;
            m_cycles[start].component = component;
            open.assign(1, start);
            while (!open.empty()) {
                const std::uint32_t cycle = open.back();
                open.pop_back();
                members.push_back(cycle);
                outer = m_cycles[cycle].area_m2 < m_cycles[outer].area_m2 ? cycle : outer;
                const std::uint32_t first = m_cycles[cycle].half_edge;
                std::uint32_t h = first;
                do {
                    Cycle& beyond = m_cycles[m_cycle_of[h ^ 1U]];
                    if (beyond.component == none) {
                        beyond.component = component;
                        beyond.winding =
                            m_cycles[cycle].winding - ((h & 1U) == 0 ? m_links[h / 2].net : -m_links[h / 2].net);
                        open.push_back(m_cycle_of[h ^ 1U]);
                    }
                    h = m_next[h];
                } while (h != first);
            }
            const std::int32_t around = m_cycles[outer].winding;
            for (const std::uint32_t cycle : members) {
                m_cycles[cycle].winding -= around;
            }
            m_outer.push_back(outer);
        }
        m_base.assign(m_outer.size(), 0);
    }

    /// The westernmost node of a cycle, the lowest of several.
    [[nodiscard]] std::uint32_t westernmost(std::uint32_t cycle) const {
        std::uint32_t best = from(m_cycles[cycle].half_edge);
        for_each_of(cycle, [&](std::uint32_t h) {
            const Point p = at(from(h));
            const Point q = at(best);
            best = std::pair(p.x, p.y) < std::pair(q.x, q.y) ? from(h) : best;
        });
        return best;
    }

    template <typename Visit>
    void for_each_of(std::uint32_t cycle, Visit&& visit) const {
        const std::uint32_t first = m_cycles[cycle].half_edge;
        std::uint32_t h = first;
        do {
            visit(h);
            h = m_next[h];
        } while (h != first);
    }

    /// From west to east, so that what lies west of a component is placed before it.
    void place_components() {
        std::vector<Box> boxes;
        double west = std::numeric_limits<double>::infinity();
        for (const Link& link : m_links) {
            const Point a = at(link.a);
            const Point b = at(link.b);
            boxes.push_back({{std::min(a.x, b.x), std::min(a.y, b.y)}, {std::max(a.x, b.x), std::max(a.y, b.y)}});
            west = std::min(west, boxes.back().min.x);
        }
        const index::PackedRTree tree(boxes);
        std::vector<std::pair<std::uint32_t, std::uint32_t>> order;  // node, component
        for (std::uint32_t c = 0; c < m_outer.size(); ++c) {
            order.emplace_back(westernmost(m_outer[c]), c);
        }
        std::ranges::sort(order, {}, [&](const auto& one) { return std::pair(at(one.first).x, at(one.first).y); });
        std::vector<std::uint32_t> hits;
        for (const auto& [node, component] : order) {
            const Point p = at(node);
            tree.search({{west, p.y}, p}, hits);
            const std::uint32_t neighbour = next_to_the_west(p, component, hits);
            if (neighbour != none) {
                // The side that looks east is on the left of the half-edge that runs down.
                const bool a_is_above = at(m_links[neighbour].a).y > at(m_links[neighbour].b).y;
                const std::uint32_t cycle = m_cycle_of[neighbour * 2 + (a_is_above ? 0U : 1U)];
                m_cycles[m_outer[component]].within = shell_of(cycle);
                m_base[component] = features_on(cycle);
            }
        }
    }

    [[nodiscard]] std::uint32_t next_to_the_west(Point p, std::uint32_t component,
                                                 const std::vector<std::uint32_t>& hits) const {
        std::uint32_t nearest = none;
        for (const std::uint32_t link : hits) {
            const auto [low, high] = ends_by_height(link);
            const bool spans = low.y <= p.y && p.y < high.y;
            if (!spans || m_cycles[m_cycle_of[link * 2]].component == component || orientation(low, high, p) >= 0) {
                continue;  // not at that height, of the component itself, or not west of p
            }
            if (nearest == none || lies_west_of(nearest, link)) {
                nearest = link;
            }
        }
        return nearest;
    }

    [[nodiscard]] std::pair<Point, Point> ends_by_height(std::uint32_t link) const {
        const Point a = at(m_links[link].a);
        const Point b = at(m_links[link].b);
        return a.y < b.y ? std::pair(a, b) : std::pair(b, a);
    }

    /// Of two links that share a height and do not cross; exact.
    [[nodiscard]] bool lies_west_of(std::uint32_t link, std::uint32_t other) const {
        const auto [low, high] = ends_by_height(link);
        const auto [other_low, other_high] = ends_by_height(other);
        // An end of one that lies between the heights of the other tells; of a common end the far one.
        const auto side = [](Point from, Point end, Point p) { return orientation(from, end, p); };
        const int below = other_low.y >= low.y ? side(low, high, other_low) : -side(other_low, other_high, low);
        if (below != 0) {
            return below < 0;
        }
        const int above = other_high.y <= high.y ? side(low, high, other_high) : -side(other_low, other_high, high);
        return above < 0;
    }

    /// Starts at the lowest of the westernmost corners.
    [[nodiscard]] std::vector<Point> ring_of(std::uint32_t cycle) const {
        std::vector<Point> ring;
        for_each_of(cycle, [&](std::uint32_t h) { ring.push_back(at(from(h))); });
        const auto least = std::ranges::min_element(ring, {}, [](Point p) { return std::pair(p.x, p.y); });
        std::rotate(ring.begin(), least, ring.end());
        ring.push_back(ring.front());
        return ring;
    }

    void take_ring(std::uint32_t cycle, EmptyFace& face) const {
        const std::vector<Point> ring = ring_of(cycle);
        face.ground.add_path(ring);
        face.area_m2 += m_cycles[cycle].area_m2;
        for_each_of(cycle, [&](std::uint32_t h) {
            const Point p = at(from(h));
            const Point q = at(to(h));
            face.perimeter_m += std::hypot(q.x - p.x, q.y - p.y);
            const Link& link = m_links[h / 2];
            for (std::uint32_t piece = link.first_piece; piece < link.end_piece; ++piece) {
                face.edges.push_back(m_pieces[piece].edge);
            }
        });
    }

    [[nodiscard]] EmptyFace empty_face(std::uint32_t cycle, const std::vector<std::uint32_t>& islands) const {
        EmptyFace face;
        face.ground.set_type(geom::GeometryType::polygon);
        take_ring(cycle, face);
        for (const std::uint32_t island : islands) {
            take_ring(island, face);
        }
        face.ground.end_part();
        std::ranges::sort(face.edges);
        face.edges.erase(std::unique(face.edges.begin(), face.edges.end()), face.edges.end());
        return face;
    }

    const NodeTable& m_nodes;
    std::vector<EdgePiece> m_pieces;
    std::vector<Link> m_links;
    std::vector<std::uint32_t> m_next;      // half-edge after each around its face
    std::vector<std::uint32_t> m_cycle_of;  // of each half-edge
    std::vector<Cycle> m_cycles;
    std::vector<std::uint32_t> m_outer;  // outer cycle of each component
    std::vector<std::int32_t> m_base;    // features on the face each component lies in
};

}  // namespace

EdgeFaces trace_faces(const NodedEdges& noded, std::vector<EdgePiece> pieces) {
    EdgeFaces faces = Faces(noded.nodes, std::move(pieces)).result(noded.edges.size());
    const auto corner = [](const Point& p) { return std::pair(p.x, p.y); };
    std::ranges::sort(faces.empty, {}, [&](const EmptyFace& f) {
        return std::tuple(corner(f.ground.points()[0]), corner(f.ground.points()[1]));
    });
    std::ranges::sort(faces.outside, {},
                      [&](const std::vector<Point>& ring) { return std::tuple(corner(ring[0]), corner(ring[1])); });
    return faces;
}

}  // namespace ranh::coverage
