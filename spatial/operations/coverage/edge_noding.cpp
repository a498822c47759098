#include "spatial/operations/coverage/edge_noding.hpp"

#include "spatial/algorithm/orientation.hpp"
#include "spatial/base/task_pool.hpp"
#include "spatial/index/packed_rtree.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <tuple>
#include <utility>

namespace ranh::coverage {
namespace {

using algorithm::orientation;
using geom::Box;
using geom::Point;

constexpr std::size_t pieces_per_task = 1024;
/// Rounded crossings make new ones only where three edges all but meet in a point; data of all kinds need two or three.
constexpr int most_rounds = 32;

struct Cut {
    std::uint32_t piece;
    double along;  ///< share of its length
    std::uint32_t node;
};

struct Crossing {
    std::uint32_t a;
    std::uint32_t b;
    Point point;
};

/// Where p lies along a → b when it is nearer to the inside of it than the grid.
std::optional<double> passes(Point a, Point b, Point p, double grid_m) {
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    const double along = ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy);
    if (!(along > 0.0 && along < 1.0)) {
        return std::nullopt;
    }
    const double off = std::abs((p.x - a.x) * dy - (p.y - a.y) * dx) / std::hypot(dx, dy);
    return off <= grid_m ? std::optional(along) : std::nullopt;
}

bool before(Point p, Point q) { return std::pair(p.x, p.y) < std::pair(q.x, q.y); }

/// The point common to two edges that cross between their ends; the same bits in whatever order they are given.
std::optional<Point> crossing(Point a, Point b, Point c, Point d) {
    if (before(b, a)) {
        std::swap(a, b);
    }
    if (before(d, c)) {
        std::swap(c, d);
    }
    if (before(c, a)) {
        std::swap(a, c);
        std::swap(b, d);
    }
    if (orientation(a, b, c) * orientation(a, b, d) >= 0 || orientation(c, d, a) * orientation(c, d, b) >= 0) {
        return std::nullopt;
    }
    const double bx = b.x - a.x;
    const double by = b.y - a.y;
    const double dx = d.x - c.x;
    const double dy = d.y - c.y;
    const double divisor = bx * dy - by * dx;
    const double along = divisor == 0.0 ? 0.5 : ((c.x - a.x) * dy - (c.y - a.y) * dx) / divisor;
    const double inside = std::clamp(along, 0.0, 1.0);
    return Point{a.x + inside * bx, a.y + inside * by};
}

class Noding {
public:
    Noding(NodedEdges& noded, const NodingOptions& options) : m_noded(noded), m_options(options) {
        for (std::uint32_t i = 0; i < noded.edges.size(); ++i) {
            if (noded.from[i] != noded.to[i]) {
                pieces.push_back({noded.from[i], noded.to[i], i});
            }
        }
        m_fresh.assign(pieces.size(), 1);
    }

    /// False when nothing was left to cut.
    bool round() {
        m_boxes.clear();
        for (const EdgePiece& piece : pieces) {
            const Point a = point(piece.from);
            const Point b = point(piece.to);
            m_boxes.push_back({{std::min(a.x, b.x), std::min(a.y, b.y)}, {std::max(a.x, b.x), std::max(a.y, b.y)}});
        }
        const index::PackedRTree tree(m_boxes);
        std::vector<std::vector<Cut>> cuts((pieces.size() + pieces_per_task - 1) / pieces_per_task);
        std::vector<std::vector<Crossing>> crossings(cuts.size());
        for_each_index(
            cuts.size(), m_options.threads,
            [&](std::size_t task) {
                std::vector<Cut> my_cuts;
                std::vector<Crossing> my_crossings;
                std::vector<std::uint32_t> hits;
                const std::size_t end = std::min(pieces.size(), (task + 1) * pieces_per_task);
                for (std::size_t i = task * pieces_per_task; i < end; ++i) {
                    look_around(static_cast<std::uint32_t>(i), tree, hits, my_cuts, my_crossings);
                }
                cuts[task] = std::move(my_cuts);
                crossings[task] = std::move(my_crossings);
            },
            m_options.cancel);
        std::vector<Cut> all;
        for (const std::vector<Cut>& some : cuts) {
            all.insert(all.end(), some.begin(), some.end());
        }
        add_crossings(crossings, all);
        return !all.empty() && cut(all);
    }

    std::vector<EdgePiece> pieces;

private:
    [[nodiscard]] Point point(std::uint32_t node) const { return m_noded.nodes.point(node); }

    /// Pairs of which neither was changed since the last round are done.
    void look_around(std::uint32_t i, const index::PackedRTree& tree, std::vector<std::uint32_t>& hits,
                     std::vector<Cut>& cuts, std::vector<Crossing>& crossings) const {
        if (m_fresh[i] == 0) {
            return;
        }
        const EdgePiece& mine = pieces[i];
        tree.search(geom::grown(m_boxes[i], m_options.grid_m), hits);
        for (const std::uint32_t j : hits) {
            const EdgePiece& other = pieces[j];
            if (j == i || (m_fresh[j] != 0 && j < i)) {
                continue;
            }
            lead_through(i, other, cuts);
            lead_through(j, mine, cuts);
            const bool apart =
                mine.from != other.from && mine.from != other.to && mine.to != other.from && mine.to != other.to;
            if (!apart) {
                continue;
            }
            if (const auto p = crossing(point(mine.from), point(mine.to), point(other.from), point(other.to))) {
                crossings.push_back({i, j, *p});
            }
        }
    }

    void lead_through(std::uint32_t piece, const EdgePiece& other, std::vector<Cut>& cuts) const {
        const EdgePiece& mine = pieces[piece];
        for (const std::uint32_t node : {other.from, other.to}) {
            if (node != mine.from && node != mine.to) {
                if (const auto along = passes(point(mine.from), point(mine.to), point(node), m_options.grid_m)) {
                    cuts.push_back({piece, *along, node});
                }
            }
        }
    }

    void add_crossings(const std::vector<std::vector<Crossing>>& found, std::vector<Cut>& cuts) {
        std::vector<Crossing> all;
        for (const std::vector<Crossing>& some : found) {
            all.insert(all.end(), some.begin(), some.end());
        }
        std::ranges::sort(all, {}, [](const Crossing& c) { return std::tuple(c.point.x, c.point.y, c.a, c.b); });
        for (const Crossing& one : all) {
            const std::uint32_t node = m_noded.nodes.add(one.point);
            for (const std::uint32_t piece : {one.a, one.b}) {
                const Point a = point(pieces[piece].from);
                const Point b = point(pieces[piece].to);
                const double dx = b.x - a.x;
                const double dy = b.y - a.y;
                const double along = ((one.point.x - a.x) * dx + (one.point.y - a.y) * dy) / (dx * dx + dy * dy);
                cuts.push_back({piece, along, node});
            }
        }
    }

    /// False when every cut fell on an end of its piece.
    bool cut(std::vector<Cut>& cuts) {
        std::ranges::sort(cuts, {}, [](const Cut& c) { return std::tuple(c.piece, c.along, c.node); });
        std::vector<EdgePiece> next;
        std::vector<std::uint8_t> fresh;
        bool changed = false;
        auto at = cuts.begin();
        for (std::uint32_t i = 0; i < pieces.size(); ++i) {
            EdgePiece rest = pieces[i];
            const auto add = [&](std::uint32_t to, bool is_new) {
                if (rest.from != to) {
                    next.push_back({rest.from, to, rest.edge});
                    fresh.push_back(is_new ? 1 : 0);
                }
                rest.from = to;
            };
            bool mine = false;
            for (; at != cuts.end() && at->piece == i; ++at) {
                if (at->node != rest.from && at->node != rest.to) {
                    add(at->node, true);
                    mine = true;
                }
            }
            add(rest.to, mine);
            changed = changed || mine;
        }
        pieces = std::move(next);
        m_fresh = std::move(fresh);
        return changed;
    }

    NodedEdges& m_noded;
    const NodingOptions& m_options;
    std::vector<std::uint8_t> m_fresh;
    std::vector<Box> m_boxes;
};

}  // namespace

std::vector<EdgePiece> cut_where_they_meet(NodedEdges& noded, const NodingOptions& options) {
    Noding noding(noded, options);
    for (int round = 0; round < most_rounds && noding.round(); ++round) {
    }
    return std::move(noding.pieces);
}

}  // namespace ranh::coverage
