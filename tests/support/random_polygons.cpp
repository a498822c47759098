#include "tests/support/random_polygons.hpp"

#include "spatial/base/assert.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace ranh::test {
namespace {

using geom::Geometry;
using geom::GeometryView;
using geom::Point;

std::vector<Point> star_ring(Random& random, Point centre, double inner, double outer, int vertices) {
    std::vector<Point> ring;
    const double step = 2.0 * std::numbers::pi / vertices;
    for (int i = 0; i < vertices; ++i) {
        // Two neighbours stay less than half a turn apart, so that the centre is always inside.
        const double angle = step * (i + random.real(0.05, 0.45));
        const double distance = random.real(inner, outer);
        ring.push_back({centre.x + distance * std::cos(angle), centre.y + distance * std::sin(angle)});
    }
    ring.push_back(ring.front());
    return ring;
}

template <typename Change>
Geometry changed(const GeometryView& geometry, Change&& change) {
    Geometry result = Geometry::copy_of(geometry);
    const std::span<Point> points = result.mutable_points();
    std::size_t begin = 0;
    for (const std::uint32_t end : geometry.path_ends) {
        const bool closed = end - begin > 1 && points[begin] == points[end - 1];
        for (std::size_t i = begin; i < end; ++i) {
            points[i] = closed && i + 1 == end ? points[begin] : change(points[i]);
        }
        begin = end;
    }
    return result;
}

}  // namespace

Geometry random_star(Random& random, const StarForm& form) {
    Geometry result(geom::GeometryType::polygon);
    result.add_path(star_ring(random, form.centre, 0.45 * form.radius, form.radius, form.vertices));
    if (form.hole) {
        // The edges of a shell of five vertices come as near to the centre as 0.28 of the radius.
        RANH_ASSERT(form.vertices >= 5);
        std::vector<Point> hole =
            star_ring(random, form.centre, 0.08 * form.radius, 0.25 * form.radius, std::max(3, form.vertices / 2));
        std::reverse(hole.begin(), hole.end());
        result.add_path(hole);
    }
    result.end_part();
    return result;
}

Geometry snapped(const GeometryView& geometry, double step) {
    return changed(geometry, [&](Point p) {
        return Point{std::round(p.x / step) * step, std::round(p.y / step) * step};
    });
}

Geometry jittered(Random& random, const GeometryView& geometry, double size) {
    return changed(geometry, [&](Point p) {
        const double dx = random.real(-size, size);
        const double dy = random.real(-size, size);
        return Point{p.x + dx, p.y + dy};
    });
}

Geometry random_squares(Random& random, int columns, int rows, double chance) {
    Geometry result(geom::GeometryType::multi_polygon);
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            if (random.chance(chance)) {
                result.add_path(rectangle(column, row, column + 1, row + 1).points());
                result.end_part();
            }
        }
    }
    return result;
}

Geometry moved(const GeometryView& geometry, double dx, double dy) {
    return changed(geometry, [&](Point p) { return Point{p.x + dx, p.y + dy}; });
}

Geometry rectangle(double min_x, double min_y, double max_x, double max_y) {
    return Geometry::polygon({{min_x, min_y}, {max_x, min_y}, {max_x, max_y}, {min_x, max_y}});
}

}  // namespace ranh::test
