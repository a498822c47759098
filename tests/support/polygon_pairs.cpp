#include "tests/support/polygon_pairs.hpp"

#include "tests/support/geos_oracle.hpp"
#include "tests/support/random_polygons.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace ranh::test {
namespace {

using geom::Geometry;
using geom::Point;

// About the middle of the province in VN-2000 / TM-3.
constexpr Point plan_origin{450000.0, 1300000.0};

StarForm form_around(Random& random, Point centre, double radius) {
    StarForm form;
    form.centre = {centre.x + random.real(-radius, radius), centre.y + random.real(-radius, radius)};
    form.radius = random.real(0.3, 1.0) * radius;
    form.vertices = random.integer(5, 14);
    form.hole = random.chance(0.25);
    return form;
}

PolygonPair on_grid(Random& random, Point centre, double radius, double step) {
    return {snapped(random_star(random, form_around(random, centre, radius)), step),
            snapped(random_star(random, form_around(random, centre, radius)), step)};
}

PolygonPair near_duplicate(Random& random) {
    const Geometry a = random_star(random, form_around(random, plan_origin, 200.0));
    return {a, jittered(random, a, 1e-9)};
}

/// Points p and q with `count` computed points between them.
void add_divided(Random& random, std::vector<Point>& ring, Point p, Point q, int count) {
    ring.push_back(p);
    double share = 0.0;
    for (int i = 0; i < count; ++i) {
        share += (1.0 - share) * random.real(0.1, 0.6);
        ring.push_back({p.x + share * (q.x - p.x), p.y + share * (q.y - p.y)});
    }
}

/// Two polygons over the edge p-q: neighbours on either side of it, or both on the same side.
PolygonPair over_shared_edge(Random& random) {
    const auto around = [&](double x, double y) {
        return Point{plan_origin.x + x + random.real(-20.0, 20.0), plan_origin.y + y + random.real(-20.0, 20.0)};
    };
    const Point p = around(0.0, 0.0);
    const Point q = around(0.0, 100.0);
    std::vector<Point> a;
    std::vector<Point> b;
    add_divided(random, a, p, q, random.integer(0, 3));
    a.insert(a.end(), {q, around(-70.0, 120.0), around(-90.0, -10.0)});
    const double side = random.chance(0.5) ? 1.0 : -1.0;
    add_divided(random, b, q, p, random.integer(0, 3));
    b.insert(b.end(), {p, around(side * 80.0, -10.0), around(side * 75.0, 110.0)});
    return {Geometry::polygon(a), Geometry::polygon(b)};
}

/// A vertex of b is computed to lie on an edge of a. It takes the place in the ring that fits its direction from the
/// centre, so b remains a star: moved anywhere it made b invalid in every second case.
PolygonPair with_vertex_on_edge(Random& random) {
    const Geometry a = random_star(random, form_around(random, {0.0, 0.0}, 10.0));
    const StarForm form = form_around(random, {0.0, 0.0}, 10.0);
    const Geometry star = random_star(random, form);
    const auto ring_a = a.view().path(0);
    const auto edge = static_cast<std::size_t>(random.integer(0, static_cast<int>(ring_a.size()) - 2));
    const Point p = ring_a[edge];
    const Point q = ring_a[edge + 1];
    const double share = random.real(0.0, 1.0);
    const Point on_edge{p.x + share * (q.x - p.x), p.y + share * (q.y - p.y)};

    const auto ring_b = star.view().path(0);
    std::vector<Point> shell(ring_b.begin(), ring_b.end() - 1);
    const auto direction = [&](Point v) {
        const double angle = std::atan2(v.y - form.centre.y, v.x - form.centre.x);
        return angle < 0.0 ? angle + 2.0 * std::numbers::pi : angle;
    };
    const auto place =
        std::ranges::find_if(shell, [&, wanted = direction(on_edge)](Point v) { return direction(v) > wanted; });
    if (place != shell.end() && random.chance(0.5)) {
        *place = on_edge;
    } else {
        shell.insert(place, on_edge);
    }
    Geometry b = Geometry::polygon(shell);
    if (form.hole) {
        Geometry with_hole(geom::GeometryType::polygon);
        with_hole.add_path(b.points());
        with_hole.add_path(star.view().path(1));
        with_hole.end_part();
        b = with_hole;
    }
    return {a, b};
}

PolygonPair any_pair(Random& random, PairMode mode) {
    switch (mode) {
        case PairMode::integer_grid: return on_grid(random, {0.0, 0.0}, 6.0, 1.0);
        case PairMode::near_duplicate: return near_duplicate(random);
        case PairMode::shared_edge: return over_shared_edge(random);
        case PairMode::degrees: return on_grid(random, {107.9, 11.6}, 2e-3, 1e-7);
        case PairMode::vertex_on_edge: break;
    }
    return with_vertex_on_edge(random);
}

}  // namespace

PolygonPair random_pair(Random& random, PairMode mode) {
    PolygonPair pair = any_pair(random, mode);
    while (!geos_valid(pair.a) || !geos_valid(pair.b)) {
        pair = any_pair(random, mode);
    }
    return pair;
}

std::string_view name_of(PairMode mode) {
    switch (mode) {
        case PairMode::integer_grid: return "IntegerGrid";
        case PairMode::near_duplicate: return "NearDuplicate";
        case PairMode::shared_edge: return "SharedEdge";
        case PairMode::degrees: return "Degrees";
        case PairMode::vertex_on_edge: break;
    }
    return "VertexOnEdge";
}

}  // namespace ranh::test
