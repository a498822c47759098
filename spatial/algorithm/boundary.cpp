#include "spatial/algorithm/boundary.hpp"

#include "spatial/algorithm/edge_table.hpp"
#include "spatial/base/assert.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <tuple>

namespace ranh::algorithm {
namespace {

using geom::Point;

/// Crossings of the ray from p to the right with one segment: 1 when it crosses. The ray runs a hair above p, so a
/// vertex at the height of p lies below it. `side` is orientation() of p beside the segment, asked only where the box
/// leaves it open.
template <typename Side>
bool crosses_ray(const Segment& s, bool from_below, bool to_below, double p_min_x, double p_max_x, Side&& side) {
    if (from_below == to_below || std::max(s.from.x, s.to.x) < p_min_x) {
        return false;
    }
    if (std::min(s.from.x, s.to.x) > p_max_x) {
        return true;
    }
    return from_below ? side() > 0 : side() < 0;
}

std::tuple<Point, Point> ends_in_order(const Segment& s) {
    const bool ordered = s.from.x < s.to.x || (s.from.x == s.to.x && s.from.y < s.to.y);
    return ordered ? std::tuple(s.from, s.to) : std::tuple(s.to, s.from);
}

bool less(Point p, Point q) { return p.x < q.x || (p.x == q.x && p.y < q.y); }

/// No: no segment stands there twice. Far cheaper than putting them in order, and the answer for nearly every outline.
bool may_have_doubles(const Boundary& boundary, const std::vector<SweptSegment>& swept) {
    thread_local std::vector<std::uint64_t> slots;  // open addressing; 0 is an empty one
    const auto bits = static_cast<unsigned>(std::bit_width(2 * swept.size()));
    slots.assign(std::size_t{1} << bits, 0);
    for (const SweptSegment& s : swept) {
        const Segment& segment = boundary.segments()[s.index];
        const std::uint64_t hash =
            detail::hash_of_edge(detail::hash_of(segment.from), detail::hash_of(segment.to)) | 1U;
        std::size_t place = hash >> (64U - bits);
        while (slots[place] != 0) {
            if (slots[place] == hash) {
                return true;
            }
            place = (place + 1) & (slots.size() - 1);
        }
        slots[place] = hash;
    }
    return false;
}

void drop_doubles(const Boundary& boundary, std::vector<SweptSegment>& swept) {
    const auto ends = [&](const SweptSegment& s) { return ends_in_order(boundary.segments()[s.index]); };
    std::sort(swept.begin(), swept.end(), [&](const SweptSegment& s, const SweptSegment& t) {
        const auto [s0, s1] = ends(s);
        const auto [t0, t1] = ends(t);
        return less(s0, t0) || (s0 == t0 && less(s1, t1));
    });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < swept.size(); ++i) {
        if (kept > 0 && ends(swept[kept - 1]) == ends(swept[i])) {
            --kept;
        } else {
            swept[kept++] = swept[i];
        }
    }
    swept.resize(kept);
}

}  // namespace

Boundary::Boundary(const geom::GeometryView& geometry) : m_path_count(geometry.path_count()) {
    const auto box = geometry.box();
    RANH_ASSERT(box.has_value());
    m_box = *box;
    m_segments.reserve(geometry.points.size() + geometry.path_count());
    const bool closed = geom::dimension(geometry.type) == 2;
    for (std::size_t i = 0; i < geometry.path_count(); ++i) {
        const std::span<const Point> path = geometry.path(i);
        bool continues = false;
        const auto add = [&](Point from, Point to) {
            if (from == to) {
                return;
            }
            if (closed && continues && m_segments.back().from == to && m_segments.back().to == from) {
                // A spike, there and back: it bounds nothing.
                continues = m_segments.back().continues;
                m_segments.pop_back();
                return;
            }
            m_segments.push_back({from, to, static_cast<std::uint32_t>(i), continues});
            continues = true;
        };
        for (std::size_t k = 1; k < path.size(); ++k) {
            add(path[k - 1], path[k]);
        }
        if (closed && !path.empty()) {
            add(path.back(), path.front());
        }
    }
}

bool Boundary::encloses(Point p) const {
    if (!geom::box_contains(m_box, p)) {
        return false;
    }
    bool inside = false;
    for (const Segment& s : m_segments) {
        inside ^=
            crosses_ray(s, s.from.y <= p.y, s.to.y <= p.y, p.x, p.x, [&] { return orientation(s.from, s.to, p); });
    }
    return inside;
}

bool Boundary::encloses(const Midpoint& p) const {
    const auto [x0, x1] = std::minmax({p.p.x, p.q.x});
    bool inside = false;
    for (const Segment& s : m_segments) {
        inside ^= crosses_ray(s, compare_y(s.from.y, p) <= 0, compare_y(s.to.y, p) <= 0, x0, x1,
                              [&] { return midpoint_orientation(s.from, s.to, p); });
    }
    return inside;
}

bool Boundary::interior_left_of(const Segment& segment) const {
    // The ray from the middle of the segment, a hair above it and counted without the segment itself, starts to its
    // right when the segment runs upwards, to its left when it runs level rightwards: then the edge itself is never
    // met.
    const Midpoint middle{segment.from, segment.to};
    bool odd = false;
    for (const Segment& s : m_segments) {
        odd ^= crosses_ray(s, compare_y(s.from.y, middle) <= 0, compare_y(s.to.y, middle) <= 0,
                           std::min(segment.from.x, segment.to.x), std::max(segment.from.x, segment.to.x),
                           [&] { return midpoint_orientation(s.from, s.to, middle); });
    }
    // The orientation is 0 on the segment itself, so it was not counted: `odd` speaks of its right side in x, or of
    // above.
    const bool level = segment.from.y == segment.to.y;
    const bool left_is_counted_side = level ? segment.from.x < segment.to.x : segment.from.y > segment.to.y;
    return left_is_counted_side ? odd : !odd;
}

NearSegments segments_near(const Boundary& boundary, const geom::Box& region, bool cancel_doubles) {
    const bool swapped = region.max.y - region.min.y > region.max.x - region.min.x;
    NearSegments near;
    std::vector<SweptSegment>& kept = near.kept;
    constexpr std::size_t most_reserved = 64;
    kept.reserve(std::min(boundary.segments().size(), most_reserved));
    for (std::size_t i = 0; i < boundary.segments().size(); ++i) {
        const geom::Box box = box_of(boundary.segments()[i]);
        if (!geom::boxes_meet(box, region)) {
            continue;
        }
        const auto index = static_cast<std::uint32_t>(i);
        kept.push_back(swapped ? SweptSegment{box.min.y, box.max.y, box.min.x, box.max.x, index}
                               : SweptSegment{box.min.x, box.max.x, box.min.y, box.max.y, index});
    }
    if (cancel_doubles && may_have_doubles(boundary, kept)) {
        near.cancelled.assign(boundary.segments().size(), false);
        for (const SweptSegment& s : kept) {
            near.cancelled[s.index] = true;
        }
        drop_doubles(boundary, kept);
        for (const SweptSegment& s : kept) {
            near.cancelled[s.index] = false;
        }
    }
    return near;
}

}  // namespace ranh::algorithm
