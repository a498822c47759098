#include "spatial/algorithm/distance.hpp"

#include "spatial/algorithm/relate.hpp"
#include "spatial/algorithm/relate_contact.hpp"
#include "spatial/algorithm/relate_exact.hpp"
#include "spatial/base/assert.hpp"
#include "spatial/index/packed_rtree.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace ranh::algorithm {
namespace {

using geom::Box;
using geom::GeometryView;
using geom::Point;

double gap(const Box& a, const Box& b) {
    const double x = std::max({0.0, a.min.x - b.max.x, b.min.x - a.max.x});
    const double y = std::max({0.0, a.min.y - b.max.y, b.min.y - a.max.y});
    return std::hypot(x, y);
}

/// Segments, or for points segments of zero length.
std::vector<Segment> pieces_of(const GeometryView& geometry) {
    const Boundary boundary(geometry);
    std::vector<Segment> pieces(boundary.segments().begin(), boundary.segments().end());
    if (geom::dimension(geometry.type) == 0 || pieces.empty()) {
        for (const Point& p : geometry.points) {
            pieces.push_back({p, p, 0, false});
        }
    }
    return pieces;
}

/// Distance of segments that do not cross.
double distance_apart(const Segment& s, const Segment& t) {
    return std::min(std::min(distance_to(s, t.from), distance_to(s, t.to)),
                    std::min(distance_to(t, s.from), distance_to(t, s.to)));
}

const Segment& nearest_start(const std::vector<Segment>& segments, Point p) {
    const auto square = [p](const Segment& s) {
        return (s.from.x - p.x) * (s.from.x - p.x) + (s.from.y - p.y) * (s.from.y - p.y);
    };
    return *std::min_element(segments.begin(), segments.end(),
                             [&](const Segment& s, const Segment& t) { return square(s) < square(t); });
}

/// An upper bound: from vertex to nearest vertex and back a few times.
double distance_at_most(const std::vector<Segment>& a, const std::vector<Segment>& b) {
    constexpr int rounds = 3;
    Point p = a.front().from;
    double best = std::numeric_limits<double>::infinity();
    for (int i = 0; i < rounds; ++i) {
        const Segment& to = nearest_start(b, p);
        const Segment& from = nearest_start(a, to.from);
        best = std::min(best, distance_apart(from, to));
        p = from.from;
    }
    return best;
}

/// Smallest distance of pieces that do not meet.
double smallest_distance(const std::vector<Segment>& a, const std::vector<Segment>& b, const Box& box_b) {
    double best = distance_at_most(a, b);
    std::vector<Box> boxes;
    boxes.reserve(b.size());
    std::transform(b.begin(), b.end(), std::back_inserter(boxes), [](const Segment& s) { return box_of(s); });
    const index::PackedRTree tree(boxes);
    std::vector<std::uint32_t> hits;
    for (const Segment& s : a) {
        const Box box = box_of(s);
        if (gap(box, box_b) >= best) {
            continue;
        }
        tree.search(geom::grown(box, best), hits);
        for (const std::uint32_t hit : hits) {
            if (gap(box, boxes[hit]) < best) {
                best = std::min(best, distance_apart(s, b[hit]));
            }
        }
    }
    return best;
}

}  // namespace

double distance(const GeometryView& a, const GeometryView& b) {
    RANH_ASSERT(!a.points.empty() && !b.points.empty());
    if (relate(a, b) != SpatialRelation::disjoint) {
        return 0.0;
    }
    const std::vector<Segment> pieces_a = pieces_of(a);
    const std::vector<Segment> pieces_b = pieces_of(b);
    // The tree stands over the larger side.
    return pieces_a.size() < pieces_b.size() ? smallest_distance(pieces_a, pieces_b, *b.box())
                                             : smallest_distance(pieces_b, pieces_a, *a.box());
}

double length_inside(const GeometryView& line, const GeometryView& area) {
    if (geom::dimension(line.type) != 1 || geom::dimension(area.type) != 2 || line.points.empty() ||
        area.points.empty()) {
        return 0.0;
    }
    const Boundary path(line);
    const Boundary outline(area);
    const Contacts contacts = find_contacts(path, false, outline, true, AtCrossing::go_on);
    double total = 0.0;
    walk_stretches(path, contacts.of_a, contacts.cancelled_a, outline, [&](const Stretch& stretch) {
        if (stretch.place != Stretch::Place::outside) {
            total += std::hypot(stretch.to.x - stretch.from.x, stretch.to.y - stretch.from.y);
        }
        return true;
    });
    return total;
}

}  // namespace ranh::algorithm
