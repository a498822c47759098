#include "tests/support/exact_validity.hpp"

#include "spatial/base/assert.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <set>
#include <utility>
#include <vector>

namespace ranh::test {
namespace {

using Whole = std::int64_t;

struct Corner {
    Whole x;
    Whole y;
    friend auto operator<=>(const Corner&, const Corner&) = default;
};

struct Edge {
    Corner a;
    Corner b;
};

/// The point (x / over, y / over).
struct Fraction {
    Whole x;
    Whole y;
    Whole over;
};

using Ring = std::vector<Corner>;

Whole sign(Whole value) { return value > 0 ? 1 : value < 0 ? -1 : 0; }

Whole side(const Edge& e, const Fraction& p) {
    return sign((e.b.x - e.a.x) * (p.y - e.a.y * p.over) - (e.b.y - e.a.y) * (p.x - e.a.x * p.over));
}

bool is_on(const Edge& e, const Fraction& p) {
    return side(e, p) == 0 && std::min(e.a.x, e.b.x) * p.over <= p.x && p.x <= std::max(e.a.x, e.b.x) * p.over &&
           std::min(e.a.y, e.b.y) * p.over <= p.y && p.y <= std::max(e.a.y, e.b.y) * p.over;
}

Fraction whole(const Corner& c) { return {c.x, c.y, 1}; }

bool meet(const Edge& e, const Edge& f) {
    return is_on(e, whole(f.a)) || is_on(e, whole(f.b)) || is_on(f, whole(e.a)) || is_on(f, whole(e.b)) ||
           (side(e, whole(f.a)) * side(e, whole(f.b)) < 0 && side(f, whole(e.a)) * side(f, whole(e.b)) < 0);
}

Edge edge(const Ring& ring, std::size_t i) { return {ring[i], ring[(i + 1) % ring.size()]}; }

/// Without repeated points.
Ring ring_of(std::span<const geom::Point> points) {
    Ring ring;
    for (const geom::Point& p : points) {
        RANH_ASSERT(p.x == std::round(p.x) && p.y == std::round(p.y) && std::abs(p.x) < 4096 && std::abs(p.y) < 4096);
        const Corner corner{static_cast<Whole>(p.x), static_cast<Whole>(p.y)};
        if (ring.empty() || ring.back() != corner) {
            ring.push_back(corner);
        }
    }
    while (ring.size() > 1 && ring.back() == ring.front()) {
        ring.pop_back();
    }
    return ring;
}

bool is_simple(const Ring& ring) {
    const std::size_t n = ring.size();
    if (n < 3) {
        return false;
    }
    for (std::size_t i = 0; i < n; ++i) {
        const Edge e = edge(ring, i);
        const Edge next = edge(ring, (i + 1) % n);
        if (is_on(e, whole(next.b)) || is_on(next, whole(e.a))) {
            return false;
        }
        for (std::size_t j = i + 2; j < n && j + 1 < n + i; ++j) {
            if (meet(e, edge(ring, j))) {
                return false;
            }
        }
    }
    return true;
}

enum class Place { inside, outside, on };

Place locate(const Fraction& p, const Ring& ring) {
    bool inside = false;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Edge e = edge(ring, i);
        if (is_on(e, p)) {
            return Place::on;
        }
        const bool a_above = e.a.y * p.over > p.y;
        const bool b_above = e.b.y * p.over > p.y;
        if (a_above != b_above && (side(e, p) > 0) == b_above) {
            inside = !inside;
        }
    }
    return inside ? Place::inside : Place::outside;
}

/// A place along an edge, n / d of the way from a to b.
struct Share {
    Whole n;
    Whole d;
};

bool comes_before(const Share& p, const Share& q) { return p.n * q.d < q.n * p.d; }

/// Where f meets e, as shares of e; ends of a common stretch.
void add_contacts(const Edge& e, const Edge& f, std::vector<Share>& shares) {
    const Whole ux = e.b.x - e.a.x;
    const Whole uy = e.b.y - e.a.y;
    const Whole vx = f.b.x - f.a.x;
    const Whole vy = f.b.y - f.a.y;
    const Whole cross = ux * vy - uy * vx;
    for (const Corner& end : {f.a, f.b}) {
        if (is_on(e, whole(end))) {
            shares.push_back({(end.x - e.a.x) * ux + (end.y - e.a.y) * uy, ux * ux + uy * uy});
        }
    }
    if (cross != 0 && meet(e, f)) {
        const Whole n = (f.a.x - e.a.x) * vy - (f.a.y - e.a.y) * vx;
        shares.push_back({n * sign(cross), cross * sign(cross)});
    }
}

/// All places the pieces of a ring take in respect of another ring.
std::set<Place> places(const Ring& ring, const Ring& other) {
    std::set<Place> found;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Edge e = edge(ring, i);
        std::vector<Share> shares{{0, 1}, {1, 1}};
        for (std::size_t j = 0; j < other.size(); ++j) {
            add_contacts(e, edge(other, j), shares);
        }
        std::sort(shares.begin(), shares.end(), comes_before);
        for (std::size_t k = 0; k + 1 < shares.size(); ++k) {
            if (comes_before(shares[k], shares[k + 1])) {
                const Whole over = 2 * shares[k].d * shares[k + 1].d;
                const Whole n = shares[k].n * shares[k + 1].d + shares[k + 1].n * shares[k].d;
                found.insert(
                    locate({e.a.x * over + n * (e.b.x - e.a.x), e.a.y * over + n * (e.b.y - e.a.y), over}, other));
            }
        }
    }
    return found;
}

bool lies(const Ring& ring, Place place, const Ring& other) { return places(ring, other) == std::set<Place>{place}; }

bool are_apart_or_nested(const Ring& p, const Ring& q) {
    return lies(p, Place::inside, q) || lies(p, Place::outside, q);
}

/// Rings and points where they touch hang together in trees: as many links as rings and points, less the trees.
bool has_one_interior(const std::vector<Ring>& rings) {
    std::set<Corner> corners;
    for (const Ring& ring : rings) {
        corners.insert(ring.begin(), ring.end());
    }
    std::vector<std::size_t> tree(rings.size());
    std::iota(tree.begin(), tree.end(), 0);
    std::size_t links = 0;
    std::size_t nodes = rings.size();
    for (const Corner& corner : corners) {
        std::vector<std::size_t> touching;
        for (std::size_t i = 0; i < rings.size(); ++i) {
            if (locate(whole(corner), rings[i]) == Place::on) {
                touching.push_back(i);
            }
        }
        if (touching.size() < 2) {
            continue;
        }
        links += touching.size();
        ++nodes;
        for (const std::size_t i : touching) {
            std::replace(tree.begin(), tree.end(), std::size_t{tree[i]}, std::size_t{tree[touching[0]]});
        }
    }
    const std::size_t trees = std::set<std::size_t>(tree.begin(), tree.end()).size();
    return links + trees == nodes;
}

bool is_valid_part(const std::vector<Ring>& rings) {
    for (std::size_t hole = 1; hole < rings.size(); ++hole) {
        if (!lies(rings[hole], Place::inside, rings[0])) {
            return false;
        }
        for (std::size_t other = 1; other < rings.size(); ++other) {
            if (other != hole && !lies(rings[hole], Place::outside, rings[other])) {
                return false;
            }
        }
    }
    return has_one_interior(rings);
}

bool lies_on(const std::vector<Ring>& part, const std::vector<Ring>& other) {
    if (!lies(part[0], Place::inside, other[0])) {
        return false;
    }
    return std::none_of(other.begin() + 1, other.end(),
                        [&](const Ring& hole) { return lies(part[0], Place::inside, hole); });
}

bool are_valid_together(const std::vector<Ring>& p, const std::vector<Ring>& q) {
    for (const Ring& ring : p) {
        for (const Ring& other : q) {
            if (!are_apart_or_nested(ring, other)) {
                return false;
            }
        }
    }
    return !lies_on(p, q) && !lies_on(q, p);
}

}  // namespace

bool is_exactly_valid(const geom::GeometryView& area) {
    std::vector<std::vector<Ring>> parts(area.part_count());
    for (std::size_t part = 0; part < parts.size(); ++part) {
        for (std::size_t path = area.part(part).first; path < area.part(part).end; ++path) {
            parts[part].push_back(ring_of(area.path(path)));
            if (!is_simple(parts[part].back())) {
                return false;
            }
        }
    }
    for (std::size_t i = 0; i < parts.size(); ++i) {
        for (std::size_t j = i + 1; j < parts.size(); ++j) {
            if (!are_valid_together(parts[i], parts[j])) {
                return false;
            }
        }
    }
    return std::all_of(parts.begin(), parts.end(), is_valid_part);
}

}  // namespace ranh::test
