#include "tests/property/algorithm/polygon_pairs.hpp"

#include "tests/property/algorithm/geos_oracle.hpp"
#include "tests/support/random_polygons.hpp"

#include <vector>

namespace ranh::test {
namespace {

using geom::Geometry;
using geom::Point;

// About the middle of the province in VN-2000 / TM-3.
constexpr Point plan_origin{480000.0, 1290000.0};

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

PolygonPair over_shared_edge(Random& random) {
    const auto around = [&](double x, double y) {
        return Point{plan_origin.x + x + random.real(-20.0, 20.0), plan_origin.y + y + random.real(-20.0, 20.0)};
    };
    const Point p = around(0.0, 0.0);
    const Point q = around(0.0, 100.0);
    std::vector<Point> left;
    std::vector<Point> right;
    add_divided(random, left, p, q, random.integer(0, 3));
    left.insert(left.end(), {q, around(-70.0, 120.0), around(-90.0, -10.0)});
    add_divided(random, right, q, p, random.integer(0, 3));
    right.insert(right.end(), {p, around(80.0, -10.0), around(75.0, 110.0)});
    return {Geometry::polygon(left), Geometry::polygon(right)};
}

PolygonPair with_vertex_on_edge(Random& random) {
    const Geometry a = random_star(random, form_around(random, {0.0, 0.0}, 10.0));
    Geometry b = random_star(random, form_around(random, {0.0, 0.0}, 10.0));
    const auto ring_a = a.view().path(0);
    const std::size_t ring_b_end = b.view().path_ends[0];
    const int edge = random.integer(0, static_cast<int>(ring_a.size()) - 2);
    const Point p = ring_a[static_cast<std::size_t>(edge)];
    const Point q = ring_a[static_cast<std::size_t>(edge) + 1];
    const double share = random.real(0.0, 1.0);
    const auto moved_vertex = static_cast<std::size_t>(random.integer(1, static_cast<int>(ring_b_end) - 2));
    b.mutable_points()[moved_vertex] = {p.x + share * (q.x - p.x), p.y + share * (q.y - p.y)};
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
