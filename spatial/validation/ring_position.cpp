#include "spatial/validation/ring_position.hpp"

#include "spatial/algorithm/orientation.hpp"

#include <tuple>

namespace ranh::validation {

using geom::Point;

Position locate(Point p, const CleanRing& ring) {
    bool inside = false;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point a = ring.corners[i];
        const Point b = ring.next(i);
        if (algorithm::on_segment(p, a, b)) {
            return Position::on_boundary;
        }
        if ((a.y > p.y) == (b.y > p.y)) {
            continue;
        }
        // The edge crosses the height of the point; to its right when the point is left of the upward edge.
        const int side = a.y < b.y ? algorithm::orientation(a, b, p) : algorithm::orientation(b, a, p);
        inside = side > 0 ? !inside : inside;
    }
    return inside ? Position::inside : Position::outside;
}

bool turns_left(const CleanRing& ring) {
    std::size_t west = 0;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        const Point& p = ring.corners[i];
        const Point& q = ring.corners[west];
        west = std::tie(p.x, p.y) < std::tie(q.x, q.y) ? i : west;
    }
    return algorithm::orientation(ring.previous(west), ring.corners[west], ring.next(west)) > 0;
}

std::optional<Position> position_of(const CleanRing& ring, std::uint32_t ring_place, const CleanRing& other,
                                    std::span<const Meeting* const> touches, bool simple) {
    if (simple && !touches.empty()) {
        const Meeting& touch = *touches.front();
        const bool is_first = touch.first.ring == ring_place;
        const Passage& mine = is_first ? touch.first : touch.second;
        const Passage& theirs = is_first ? touch.second : touch.first;
        // The inside lies to the left of a ring that turns left: from the way out, counter-clockwise, to the way in.
        const bool inside = turns_left(other) ? is_between(touch.point, theirs.to, theirs.from, mine.to)
                                              : is_between(touch.point, theirs.from, theirs.to, mine.to);
        return inside ? Position::inside : Position::outside;
    }
    for (const Point p : ring.corners) {
        const Position position = locate(p, other);
        if (position != Position::on_boundary) {
            return position;
        }
    }
    return std::nullopt;
}

}  // namespace ranh::validation
