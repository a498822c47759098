#include "spatial/algorithm/relate_contact.hpp"

#include "spatial/algorithm/sweep.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

namespace ranh::algorithm {
namespace {

using geom::Box;
using geom::Point;

/// Shares of the way along a segment, 0 <= begin <= end <= 1.
struct Range {
    double begin;
    double end;
};

std::optional<Range> within_unit(double begin, double end) {
    const Range range{std::max(begin, 0.0), std::min(end, 1.0)};
    return range.begin <= range.end ? std::optional(range) : std::nullopt;
}

/// Where from + share · way lies within `radius` of the centre.
std::optional<Range> range_in_disc(Point from, Point way, Point centre, double radius) {
    const Point to_centre{centre.x - from.x, centre.y - from.y};
    const double square = way.x * way.x + way.y * way.y;
    const double middle = (to_centre.x * way.x + to_centre.y * way.y) / square;
    const double cross = to_centre.x * way.y - to_centre.y * way.x;
    const double half_square = radius * radius / square - (cross / square) * (cross / square);
    if (half_square < 0.0) {
        return std::nullopt;
    }
    const double half = std::sqrt(half_square);
    return within_unit(middle - half, middle + half);
}

/// Where low <= value + share · slope <= high, cut to `range`.
std::optional<Range> cut(std::optional<Range> range, double value, double slope, double low, double high) {
    if (!range) {
        return range;
    }
    if (slope == 0.0) {
        return low <= value && value <= high ? range : std::nullopt;
    }
    const double at_low = (low - value) / slope;
    const double at_high = (high - value) / slope;
    const Range result{std::max(range->begin, std::min(at_low, at_high)),
                       std::min(range->end, std::max(at_low, at_high))};
    return result.begin <= result.end ? std::optional(result) : std::nullopt;
}

/// Where from + share · way lies beside the segment, at most `radius` away from it.
std::optional<Range> range_beside(Point from, Point way, const Segment& s, double radius) {
    const Point along{s.to.x - s.from.x, s.to.y - s.from.y};
    const double length = std::hypot(along.x, along.y);
    const Point unit{along.x / length, along.y / length};
    const Point start{from.x - s.from.x, from.y - s.from.y};
    const std::optional<Range> beside =
        cut(Range{0.0, 1.0}, start.x * unit.x + start.y * unit.y, way.x * unit.x + way.y * unit.y, 0.0, length);
    return cut(beside, unit.x * start.y - unit.y * start.x, unit.x * way.y - unit.y * way.x, -radius, radius);
}

/// Part of a segment within `radius` of another: one range, for all points that near form a convex region.
std::optional<Range> range_within(const Segment& segment, const Segment& other, double radius) {
    const Point way{segment.to.x - segment.from.x, segment.to.y - segment.from.y};
    std::optional<Range> whole;
    const auto join = [&](std::optional<Range> range) {
        if (range) {
            whole = whole ? Range{std::min(whole->begin, range->begin), std::max(whole->end, range->end)} : *range;
        }
    };
    join(range_in_disc(segment.from, way, other.from, radius));
    join(range_in_disc(segment.from, way, other.to, radius));
    join(range_beside(segment.from, way, other, radius));
    return whole;
}

struct Covered {
    std::uint32_t segment;
    Range range;
};

struct Coverage {
    std::vector<Covered> ranges;  // in order along the boundary
    std::vector<bool> cancelled;  // segments that bound nothing
};

/// All ranges of `boundary` within `contact` of `other`.
Coverage coverage_of(const Boundary& boundary, bool is_area, const Boundary& other, double contact) {
    const Box own = geom::grown(boundary.box(), contact);
    const Box far = geom::grown(other.box(), contact);
    Coverage coverage;
    if (!geom::boxes_meet(own, other.box())) {
        return coverage;
    }
    const Box region{{std::max(own.min.x, far.min.x), std::max(own.min.y, far.min.y)},
                     {std::min(own.max.x, far.max.x), std::min(own.max.y, far.max.y)}};
    NearSegments near = segments_near(boundary, region, is_area);
    coverage.cancelled = std::move(near.cancelled);
    NearSegments near_other = segments_near(other, region, true);
    for (SweptSegment& s : near_other.kept) {
        s = {s.x0 - contact, s.x1 + contact, s.y0 - contact, s.y1 + contact, s.index};
    }
    sweep_pairs(std::span(near.kept), std::span(near_other.kept), [&](const SweptSegment& s, const SweptSegment& t) {
        if (s.y0 <= t.y1 && t.y0 <= s.y1) {
            if (const auto range = range_within(boundary.segments()[s.index], other.segments()[t.index], contact)) {
                coverage.ranges.push_back({s.index, *range});
            }
        }
        return true;
    });
    std::sort(coverage.ranges.begin(), coverage.ranges.end(), [](const Covered& p, const Covered& q) {
        return p.segment < q.segment || (p.segment == q.segment && p.range.begin < q.range.begin);
    });
    return coverage;
}

Point point_at(const Segment& s, double share) {
    return {s.from.x + share * (s.to.x - s.from.x), s.from.y + share * (s.to.y - s.from.y)};
}

double length_of(const Segment& s) { return std::hypot(s.to.x - s.from.x, s.to.y - s.from.y); }

}  // namespace

NearEncounter encounter_within(const Boundary& boundary, bool is_area, const Boundary& other, double contact) {
    const auto [covered, cancelled] = coverage_of(boundary, is_area, other, contact);
    NearEncounter result;
    result.seen.meets = !covered.empty();
    // Known while no covered stretch has been passed since it was found out.
    std::optional<bool> inside;
    std::size_t next = 0;
    for (std::size_t i = 0; i < boundary.segments().size(); ++i) {
        const Segment& s = boundary.segments()[i];
        const bool skip = !cancelled.empty() && cancelled[i];
        if (!s.continues || skip) {
            inside.reset();
        }
        if (skip) {
            continue;
        }
        double position = 0.0;
        const auto pass_open = [&](double until) {
            if (position < until) {
                if (!inside) {
                    inside = other.encloses(point_at(s, 0.5 * (position + until)));
                }
                (*inside ? result.seen.inside : result.seen.outside) = true;
            }
        };
        for (; next < covered.size() && covered[next].segment == i; ++next) {
            const Range range = covered[next].range;
            pass_open(range.begin);
            inside.reset();
            result.length_on += std::max(0.0, range.end - std::max(position, range.begin)) * length_of(s);
            position = std::max(position, range.end);
        }
        pass_open(1.0);
    }
    return result;
}

double distance_to(const Segment& segment, Point p) {
    const Point way{segment.to.x - segment.from.x, segment.to.y - segment.from.y};
    const Point to_p{p.x - segment.from.x, p.y - segment.from.y};
    const double square = way.x * way.x + way.y * way.y;
    const double share = square > 0.0 ? std::clamp((to_p.x * way.x + to_p.y * way.y) / square, 0.0, 1.0) : 0.0;
    return std::hypot(to_p.x - share * way.x, to_p.y - share * way.y);
}

double distance_to(const Boundary& boundary, Point p) {
    double best = std::numeric_limits<double>::infinity();
    for (const Segment& s : boundary.segments()) {
        best = std::min(best, distance_to(s, p));
    }
    return best;
}

}  // namespace ranh::algorithm
