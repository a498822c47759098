#include "spatial/validation/ring_contacts.hpp"

#include "spatial/algorithm/orientation.hpp"
#include "spatial/index/packed_rtree.hpp"

#include <algorithm>
#include <tuple>

namespace ranh::validation {
namespace {

using algorithm::on_segment;
using algorithm::orientation;
using geom::Box;
using geom::Point;

struct Edge {
    std::uint32_t ring;
    std::uint32_t corner;
    Point a;
    Point b;

    [[nodiscard]] Box box() const {
        return {{std::min(a.x, b.x), std::min(a.y, b.y)}, {std::max(a.x, b.x), std::max(a.y, b.y)}};
    }
};

bool comes_before(Point p, Point q) { return std::tie(p.x, p.y) < std::tie(q.x, q.y); }

int sign_of(double value) { return static_cast<int>(value > 0.0) - static_cast<int>(value < 0.0); }

bool same_ray(Point centre, Point p, Point q) {
    return orientation(centre, p, q) == 0 && sign_of(p.x - centre.x) == sign_of(q.x - centre.x) &&
           sign_of(p.y - centre.y) == sign_of(q.y - centre.y);
}

Point crossing_point(const Edge& e, const Edge& f) {
    const Point u{e.b.x - e.a.x, e.b.y - e.a.y};
    const Point v{f.b.x - f.a.x, f.b.y - f.a.y};
    const Point w{f.a.x - e.a.x, f.a.y - e.a.y};
    const double denominator = u.x * v.y - u.y * v.x;
    const double share = denominator == 0.0 ? 0.5 : std::clamp((w.x * v.y - w.y * v.x) / denominator, 0.0, 1.0);
    return {e.a.x + share * u.x, e.a.y + share * u.y};
}

auto rank(const Meeting& m) {
    return std::tuple(m.first.ring, m.second.ring, m.first.corner, m.second.corner, m.point.x, m.point.y);
}

auto rank(const CommonLine& c) { return std::tuple(c.first_ring, c.second_ring, c.first_corner, c.second_corner); }

class ContactFinder {
public:
    explicit ContactFinder(std::span<const CleanRing> rings) : m_rings(rings) {
        for (std::size_t r = 0; r < rings.size(); ++r) {
            for (std::size_t i = 0; i < rings[r].size(); ++i) {
                m_edges.push_back({static_cast<std::uint32_t>(r), static_cast<std::uint32_t>(i), rings[r].corners[i],
                                   rings[r].next(i)});
            }
        }
    }

    RingContacts find() {
        look_at_pairs();
        pair_passages();
        const auto order = [](const auto& p, const auto& q) { return rank(p) < rank(q); };
        std::ranges::sort(m_contacts.meetings, order);
        std::ranges::sort(m_contacts.common_lines, order);
        return std::move(m_contacts);
    }

private:
    void look_at_pairs() {
        constexpr std::size_t few_edges = 48;  // below it looking at all pairs costs less than a tree
        std::vector<Box> boxes;
        boxes.reserve(m_edges.size());
        for (const Edge& edge : m_edges) {
            boxes.push_back(edge.box());
        }
        if (m_edges.size() <= few_edges) {
            for (std::size_t i = 0; i < m_edges.size(); ++i) {
                for (std::size_t j = i + 1; j < m_edges.size(); ++j) {
                    if (geom::boxes_meet(boxes[i], boxes[j])) {
                        look_at(m_edges[i], m_edges[j]);
                    }
                }
            }
            return;
        }
        const index::PackedRTree tree(boxes);
        std::vector<std::uint32_t> hits;
        for (std::uint32_t i = 0; i < m_edges.size(); ++i) {
            tree.search(boxes[i], hits);
            for (auto hit = std::ranges::upper_bound(hits, i); hit != hits.end(); ++hit) {
                look_at(m_edges[i], m_edges[*hit]);
            }
        }
    }

    /// Neighbouring edges of a clean ring meet in their common corner only.
    [[nodiscard]] bool are_neighbours(const Edge& e, const Edge& f) const {
        const std::uint32_t distance = f.corner - e.corner;
        return e.ring == f.ring && (distance == 1 || distance + 1 == m_rings[e.ring].size());
    }

    /// Precondition: e stands before f.
    void look_at(const Edge& e, const Edge& f) {
        if (are_neighbours(e, f)) {
            return;
        }
        const int fa = orientation(e.a, e.b, f.a);
        const int fb = orientation(e.a, e.b, f.b);
        if (fa * fb > 0) {
            return;
        }
        if (fa == 0 && fb == 0) {
            look_along(e, f);
            return;
        }
        const int ea = orientation(f.a, f.b, e.a);
        const int eb = orientation(f.a, f.b, e.b);
        if (fa * fb < 0 && ea * eb < 0) {
            m_contacts.meetings.push_back({.point = crossing_point(e, f),
                                           .first = {e.ring, e.corner, true, e.a, e.b},
                                           .second = {f.ring, f.corner, true, f.a, f.b},
                                           .crosses = true});
        } else if (fa == 0 && on_segment(f.a, e.a, e.b)) {
            note(f.a, e, f);
        } else if (fb == 0 && on_segment(f.b, e.a, e.b)) {
            note(f.b, e, f);
        } else if (ea == 0 && on_segment(e.a, f.a, f.b)) {
            note(e.a, e, f);
        } else if (eb == 0 && on_segment(e.b, f.a, f.b)) {
            note(e.b, e, f);
        }
    }

    /// Edges of one line: what they have in common, a stretch or a point.
    void look_along(const Edge& e, const Edge& f) {
        const auto [e_low, e_high] = std::minmax(e.a, e.b, comes_before);
        const auto [f_low, f_high] = std::minmax(f.a, f.b, comes_before);
        const Point low = std::max(e_low, f_low, comes_before);
        const Point high = std::min(e_high, f_high, comes_before);
        if (comes_before(low, high)) {
            m_contacts.common_lines.push_back({e.ring, f.ring, e.corner, f.corner, low, high});
            note(low, e, f);
            note(high, e, f);
        } else if (low == high) {
            note(low, e, f);
        }
    }

    void note(Point point, const Edge& e, const Edge& f) {
        m_passages.push_back({point, passage_through(point, e)});
        m_passages.push_back({point, passage_through(point, f)});
    }

    [[nodiscard]] Passage passage_through(Point point, const Edge& edge) const {
        const CleanRing& ring = m_rings[edge.ring];
        if (point == edge.a) {
            return {edge.ring, edge.corner, false, ring.previous(edge.corner), edge.b};
        }
        if (point == edge.b) {
            const auto corner = static_cast<std::uint32_t>(edge.corner + 1 == ring.size() ? 0 : edge.corner + 1);
            return {edge.ring, corner, false, edge.a, ring.next(corner)};
        }
        return {edge.ring, edge.corner, true, edge.a, edge.b};
    }

    struct PointPassage {
        Point point;
        Passage passage;
        friend bool operator==(const PointPassage&, const PointPassage&) = default;
    };

    /// All passages through one point stand together; those that share a direction run along each other, which the
    /// common lines tell.
    void pair_passages() {
        std::ranges::sort(m_passages, [](const PointPassage& p, const PointPassage& q) {
            const auto place = [](const PointPassage& one) {
                return std::tuple(one.point.x, one.point.y, one.passage.ring, one.passage.corner,
                                  one.passage.along_edge);
            };
            return place(p) < place(q);
        });
        m_passages.erase(std::unique(m_passages.begin(), m_passages.end()), m_passages.end());
        for (std::size_t first = 0, end = 0; first < m_passages.size(); first = end) {
            while (end < m_passages.size() && m_passages[end].point == m_passages[first].point) {
                ++end;
            }
            for (std::size_t i = first; i < end; ++i) {
                for (std::size_t j = i + 1; j < end; ++j) {
                    pair(m_passages[i].point, m_passages[i].passage, m_passages[j].passage);
                }
            }
        }
    }

    void pair(Point point, const Passage& p, const Passage& q) {
        if (same_ray(point, p.from, q.from) || same_ray(point, p.from, q.to) || same_ray(point, p.to, q.from) ||
            same_ray(point, p.to, q.to)) {
            return;
        }
        const bool crosses = is_between(point, p.from, p.to, q.from) != is_between(point, p.from, p.to, q.to);
        m_contacts.meetings.push_back({point, p, q, crosses});
    }

    std::span<const CleanRing> m_rings;
    std::vector<Edge> m_edges;
    std::vector<PointPassage> m_passages;
    RingContacts m_contacts;
};

}  // namespace

bool is_between(Point centre, Point from, Point to, Point p) {
    const int turn = orientation(centre, from, to);
    if (turn > 0) {
        return orientation(centre, from, p) > 0 && orientation(centre, p, to) > 0;
    }
    if (turn < 0) {
        // More than half a turn: not in the closed rest.
        return !(orientation(centre, to, p) >= 0 && orientation(centre, p, from) >= 0);
    }
    return orientation(centre, from, p) > 0;
}

RingContacts find_contacts(std::span<const CleanRing> rings) { return ContactFinder(rings).find(); }

}  // namespace ranh::validation
