#include "spatial/operations/query/meets_box.hpp"

#include "spatial/algorithm/orientation.hpp"

#include <algorithm>
#include <array>

namespace ranh::query {
namespace {

using geom::Box;
using geom::GeometryView;
using geom::Point;

/// Separating axes of a segment and a box: x, y and the segment's own normal.
bool segment_meets_box(Point a, Point b, const Box& box) {
    const Box span{{std::min(a.x, b.x), std::min(a.y, b.y)}, {std::max(a.x, b.x), std::max(a.y, b.y)}};
    if (!geom::boxes_meet(span, box)) {
        return false;
    }
    if (geom::box_contains(box, a) || geom::box_contains(box, b)) {
        return true;
    }
    const std::array<Point, 4> corners{box.min, {box.max.x, box.min.y}, box.max, {box.min.x, box.max.y}};
    int left = 0;
    int right = 0;
    for (const Point& corner : corners) {
        const int side = algorithm::orientation(a, b, corner);
        left += side > 0 ? 1 : 0;
        right += side < 0 ? 1 : 0;
    }
    return left != 4 && right != 4;
}

/// Even-odd: edges that pass to the right of p, half-open in y so that a vertex counts once.
bool crosses_ray(Point p, Point a, Point b) {
    if ((a.y > p.y) == (b.y > p.y)) {
        return false;
    }
    const int side = algorithm::orientation(a, b, p);
    return b.y > a.y ? side > 0 : side < 0;
}

/// Calls take(a, b) for every edge, that from the last point of an unclosed ring to its first included, until it
/// returns true.
template <typename Take>
bool any_edge(const GeometryView& geometry, Take take) {
    for (std::size_t i = 0; i < geometry.path_count(); ++i) {
        const auto path = geometry.path(i);
        for (std::size_t k = 1; k < path.size(); ++k) {
            if (take(path[k - 1], path[k])) {
                return true;
            }
        }
        if (geom::dimension(geometry.type) == 2 && path.size() > 1 && path.front() != path.back() &&
            take(path.back(), path.front())) {
            return true;
        }
    }
    return false;
}

bool area_contains(const GeometryView& area, Point p) {
    bool inside = false;
    any_edge(area, [&](Point a, Point b) {
        inside ^= crosses_ray(p, a, b);
        return false;
    });
    return inside;
}

}  // namespace

bool meets_box(const GeometryView& geometry, const Box& box_of_geometry, const Box& box) {
    if (!geom::boxes_meet(box_of_geometry, box)) {
        return false;
    }
    if (geom::box_contains(box, box_of_geometry.min) && geom::box_contains(box, box_of_geometry.max)) {
        return true;
    }
    if (geom::dimension(geometry.type) == 0) {
        return std::any_of(geometry.points.begin(), geometry.points.end(),
                           [&](Point p) { return geom::box_contains(box, p); });
    }
    if (any_edge(geometry, [&](Point a, Point b) { return segment_meets_box(a, b, box); })) {
        return true;
    }
    return geom::dimension(geometry.type) == 2 && area_contains(geometry, box.min);
}

}  // namespace ranh::query
