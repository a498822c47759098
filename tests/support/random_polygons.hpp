#pragma once

#include "spatial/geom/geometry.hpp"
#include "tests/support/seeds.hpp"

namespace ranh::test {

/// Form of a random star: vertices in turn around a centre, each at a random distance from it.
struct StarForm {
    geom::Point centre{};
    double radius = 10.0;
    int vertices = 8;
    /// A second, smaller star of half as many vertices (at least 3) around the same centre as a hole; needs vertices
    /// >= 5.
    bool hole = false;
};

/// A valid polygon.
[[nodiscard]] geom::Geometry random_star(Random& random, const StarForm& form);

/// Every coordinate rounded to a multiple of `step`; the result may be invalid or collapse.
[[nodiscard]] geom::Geometry snapped(const geom::GeometryView& geometry, double step);

/// Every point but the closing one moved by up to `size` on each axis.
[[nodiscard]] geom::Geometry jittered(Random& random, const geom::GeometryView& geometry, double size);

/// One square of the unit grid for each cell drawn with the given chance, as a MultiPolygon of squares that share
/// edges. Dissolved (topology::unary_union) it is a valid area of many parts and holes.
[[nodiscard]] geom::Geometry random_squares(Random& random, int columns, int rows, double chance);

[[nodiscard]] geom::Geometry moved(const geom::GeometryView& geometry, double dx, double dy);
[[nodiscard]] geom::Geometry rectangle(double min_x, double min_y, double max_x, double max_y);

}  // namespace ranh::test
