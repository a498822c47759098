#include "importers/vector/stroked_arc.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ranh::vector {
namespace {

using geom::Point;

struct Circle {
    Point centre;
    double radius = 0.0;
};

/// Through three points, computed from the first one to keep digits; nothing when they lie on a line.
std::optional<Circle> circle_through(const Point& a, const Point& b, const Point& c) {
    const double ux = b.x - a.x;
    const double uy = b.y - a.y;
    const double vx = c.x - a.x;
    const double vy = c.y - a.y;
    const double twice = 2.0 * (ux * vy - uy * vx);
    if (twice == 0.0) {
        return std::nullopt;
    }
    const double u = ux * ux + uy * uy;
    const double v = vx * vx + vy * vy;
    const double x = (vy * u - uy * v) / twice;
    const double y = (ux * v - vx * u) / twice;
    return Circle{{a.x + x, a.y + y}, std::hypot(x, y)};
}

/// The points lie on it as nearly as doubles of their size can say, with a margin.
bool passes_through(const Circle& circle, std::span<const Point> points) {
    const double largest = std::max(std::abs(circle.centre.x), std::abs(circle.centre.y)) + circle.radius;
    const double tolerance = 1e-12 * largest + 1e-9 * circle.radius;
    return std::isfinite(tolerance) && std::all_of(points.begin(), points.end(), [&](const Point& p) {
               return std::abs(std::hypot(p.x - circle.centre.x, p.y - circle.centre.y) - circle.radius) <= tolerance;
           });
}

}  // namespace

std::optional<std::vector<Point>> refined_arc(std::span<const Point> points, double chord_error) {
    if (points.size() < 3) {
        return std::nullopt;
    }
    // Thirds of the way, for the two ends of a full circle are one point.
    const std::size_t last = points.size() - 1;
    const auto circle = circle_through(points[0], points[std::max<std::size_t>(last / 3, 1)],
                                       points[std::max<std::size_t>(2 * last / 3, last == 2 ? 2 : 1)]);
    // A larger one is a line with digits lost, and would take a million points.
    constexpr double largest_radius = 1e6;
    if (!circle || circle->radius > largest_radius || !passes_through(*circle, points)) {
        return std::nullopt;
    }
    const auto angle_of = [&](const Point& p) { return std::atan2(p.y - circle->centre.y, p.x - circle->centre.x); };
    const double step = 2.0 * std::acos(std::max(0.0, 1.0 - chord_error / circle->radius));
    std::vector<Point> refined;
    for (std::size_t i = 0; i < last; ++i) {
        refined.push_back(points[i]);
        const double from = angle_of(points[i]);
        const double turn = std::remainder(angle_of(points[i + 1]) - from, 2.0 * std::numbers::pi);
        const double parts = std::ceil(std::abs(turn) / step);
        for (double part = 1.0; part < parts; part += 1.0) {
            const double angle = from + turn * part / parts;
            refined.push_back({circle->centre.x + circle->radius * std::cos(angle),
                               circle->centre.y + circle->radius * std::sin(angle)});
        }
    }
    refined.push_back(points[last]);
    return refined;
}

}  // namespace ranh::vector
