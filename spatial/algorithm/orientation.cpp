#include "spatial/algorithm/orientation.hpp"

#include "spatial/algorithm/expansion.hpp"

#include <algorithm>
#include <cmath>

namespace ranh::algorithm {
namespace {

using geom::Point;

constexpr double half_ulp = 0x1p-53;
/// Bound of Shewchuk's stage A for the determinant of four rounded differences.
constexpr double filter = (3.0 + 16.0 * half_ulp) * half_ulp;
/// The same when every difference is itself a sum of two differences, with room to spare.
constexpr double midpoint_filter = 16.0 * half_ulp;

Expansion difference(double x, double y) {
    Expansion result;
    result.add(x);
    result.add(-y);
    return result;
}

/// 2x − p − q.
Expansion twice_difference(double x, double p, double q) {
    Expansion result = difference(x, p);
    result.add(x);
    result.add(-q);
    return result;
}

int sign_of(double value) { return static_cast<int>(value > 0.0) - static_cast<int>(value < 0.0); }

int exact_orientation(Point a, Point b, Point c) {
    return sign_of_determinant(difference(a.x, c.x), difference(a.y, c.y), difference(b.x, c.x), difference(b.y, c.y));
}

}  // namespace

int orientation(Point a, Point b, Point c) {
    if (a == c || b == c || a == b) {
        return 0;
    }
    const double left = (a.x - c.x) * (b.y - c.y);
    const double right = (a.y - c.y) * (b.x - c.x);
    const double determinant = left - right;
    if (std::abs(determinant) >= filter * (std::abs(left) + std::abs(right))) {
        return sign_of(determinant);
    }
    return exact_orientation(a, b, c);
}

int midpoint_orientation(Point a, Point b, const Midpoint& c) {
    const Point u{(a.x - c.p.x) + (a.x - c.q.x), (a.y - c.p.y) + (a.y - c.q.y)};
    const Point v{(b.x - c.p.x) + (b.x - c.q.x), (b.y - c.p.y) + (b.y - c.q.y)};
    const double determinant = u.x * v.y - u.y * v.x;
    const Point u_bound{std::abs(a.x - c.p.x) + std::abs(a.x - c.q.x), std::abs(a.y - c.p.y) + std::abs(a.y - c.q.y)};
    const Point v_bound{std::abs(b.x - c.p.x) + std::abs(b.x - c.q.x), std::abs(b.y - c.p.y) + std::abs(b.y - c.q.y)};
    if (std::abs(determinant) > midpoint_filter * (u_bound.x * v_bound.y + u_bound.y * v_bound.x)) {
        return sign_of(determinant);
    }
    return sign_of_determinant(twice_difference(a.x, c.p.x, c.q.x), twice_difference(a.y, c.p.y, c.q.y),
                               twice_difference(b.x, c.p.x, c.q.x), twice_difference(b.y, c.p.y, c.q.y));
}

int compare_y(double y, const Midpoint& c) {
    if (y > std::max(c.p.y, c.q.y)) {
        return 1;
    }
    if (y < std::min(c.p.y, c.q.y)) {
        return -1;
    }
    return twice_difference(y, c.p.y, c.q.y).sign();
}

bool on_segment(Point p, Point a, Point b) {
    if (p.x < std::min(a.x, b.x) || p.x > std::max(a.x, b.x) || p.y < std::min(a.y, b.y) || p.y > std::max(a.y, b.y)) {
        return false;
    }
    if (a == b) {
        return p == a;
    }
    return orientation(a, b, p) == 0;
}

}  // namespace ranh::algorithm
