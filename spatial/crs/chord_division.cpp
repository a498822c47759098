#include "spatial/crs/chord_division.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace ranh::crs::detail {

namespace {

using geom::Point;

/// Half the side of the square around the centre of the plane for which the bend is bounded beforehand.
constexpr double known_reach_m = 400'000.0;
/// The bend is measured on a grid; between its points it may be greater, by far less than this factor.
constexpr double grid_reserve = 2.0;
/// The middle of a piece is tested, its greatest deviation may lie beside it.
constexpr double test_reserve = 0.9;

bool is_lower(Point a, Point b) { return a.y < b.y || (a.y == b.y && a.x < b.x); }

/// The same bits whichever way the edge runs: always called with the lower end first.
Point between(Point low, Point high, double t) { return {low.x + t * (high.x - low.x), low.y + t * (high.y - low.y)}; }

double distance_to_chord(Point p, Point a, Point b) {
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    const double length = std::hypot(dx, dy);
    if (length == 0.0) {
        return std::hypot(p.x - a.x, p.y - a.y);
    }
    return std::abs(dx * (p.y - a.y) - dy * (p.x - a.x)) / length;
}

bool in_known_reach(Point p) { return std::abs(p.x) <= known_reach_m && std::abs(p.y) <= known_reach_m; }

Edge from_lower_end(const Edge& edge) {
    return is_lower(edge.from, edge.to) ? edge : Edge{edge.to, edge.from, edge.plane_to, edge.plane_from};
}

/// Smallest k for which an error that shrinks by four with every halving falls to the target.
int level_for(double error_m, double target_m) {
    int level = 0;
    while (error_m > target_m && level < ChordDivision::max_level) {
        error_m /= 4.0;
        ++level;
    }
    return level;
}

/// Inner points of 2^level pieces, in the source system.
std::vector<Point> inner_points(const Edge& edge, int level) {
    const auto pieces = std::size_t{1} << static_cast<unsigned>(level);
    std::vector<Point> points;
    points.reserve(pieces - 1);
    for (std::size_t i = 1; i < pieces; ++i) {
        points.push_back(between(edge.from, edge.to, static_cast<double>(i) / static_cast<double>(pieces)));
    }
    return points;
}

/// `finer` are the inner points of a division, in the plane; every second one is tested against the chord of its
/// neighbours, which is a piece of the coarser division.
bool coarser_division_fits(const Edge& edge, const std::vector<Point>& finer, double target_m) {
    for (std::size_t i = 0; i < finer.size(); i += 2) {
        const Point before = i == 0 ? edge.plane_from : finer[i - 1];
        const Point after = i + 1 == finer.size() ? edge.plane_to : finer[i + 1];
        if (!(distance_to_chord(finer[i], before, after) <= target_m)) {
            return false;
        }
    }
    return true;
}

std::vector<Point> every_second(const std::vector<Point>& points) {
    std::vector<Point> kept;
    kept.reserve(points.size() / 2);
    for (std::size_t i = 1; i < points.size(); i += 2) {
        kept.push_back(points[i]);
    }
    return kept;
}

Error too_long(const Edge& edge) {
    return Error{
        ErrorKind::corrupt_input,
        fmt::format("the edge from ({}, {}) to ({}, {}) would need more than 2^{} pieces to be drawn straight in its "
                    "own coordinate system; check the coordinate system and the order of the axes (X/Y đảo)",
                    edge.from.x, edge.from.y, edge.to.x, edge.to.y, ChordDivision::max_level),
        {}};
}

}  // namespace

// A map f with |D²f| <= H sends a segment of length L to a curve that keeps within L² H / 8 of the chord's points
// (remainder of linear interpolation). H is measured once by second differences; edges short enough need no test of
// their own.
ChordDivision::ChordDivision(PlaneProjection to_plane, double source_unit_m, double tolerance_m)
    : m_to_plane(std::move(to_plane)), m_target_m(test_reserve * tolerance_m) {
    const double bend = grid_reserve * bend_per_square_unit(1000.0 / source_unit_m);
    m_straight_below_squared = std::isfinite(bend) && bend > 0.0 ? 8.0 * tolerance_m / bend : 0.0;
}

double ChordDivision::bend_per_square_unit(double step) const {
    constexpr int half_count = 4;
    std::vector<Point> grid;
    for (int row = -half_count; row <= half_count; ++row) {
        for (int column = -half_count; column <= half_count; ++column) {
            grid.push_back({known_reach_m * column / half_count, known_reach_m * row / half_count});
        }
    }
    if (m_to_plane.pipeline().try_apply(grid, Direction::backward)) {
        return std::numeric_limits<double>::infinity();
    }
    double greatest = 0.0;
    for (const Point at : grid) {
        std::array<Point, 9> f;  // rows south, middle, north; columns west, middle, east
        for (std::size_t i = 0; i < f.size(); ++i) {
            f[i] = {at.x + step * (static_cast<double>(i % 3) - 1.0),
                    at.y + step * (std::floor(static_cast<double>(i) / 3.0) - 1.0)};
        }
        if (m_to_plane.pipeline().try_apply(f)) {
            return std::numeric_limits<double>::infinity();
        }
        const auto squared_hessian = [&](auto coordinate) {
            const double xx = coordinate(f[3]) - 2.0 * coordinate(f[4]) + coordinate(f[5]);
            const double yy = coordinate(f[1]) - 2.0 * coordinate(f[4]) + coordinate(f[7]);
            const double xy = 0.25 * (coordinate(f[8]) - coordinate(f[6]) - coordinate(f[2]) + coordinate(f[0]));
            return xx * xx + yy * yy + 2.0 * xy * xy;
        };
        const double bend =
            std::sqrt(squared_hessian([](Point p) { return p.x; }) + squared_hessian([](Point p) { return p.y; })) /
            (step * step);
        greatest = std::max(greatest, bend);
    }
    return greatest;
}

bool ChordDivision::may_bend(const Edge& edge) const {
    const double dx = edge.to.x - edge.from.x;
    const double dy = edge.to.y - edge.from.y;
    const double squared = dx * dx + dy * dy;
    if (squared == 0.0) {
        return false;
    }
    return squared > m_straight_below_squared || !in_known_reach(edge.plane_from) || !in_known_reach(edge.plane_to);
}

std::vector<Point> ChordDivision::divided(const Edge& edge, int level) const {
    for (; level <= max_level; ++level) {
        std::vector<Point> finer = inner_points(edge, level + 1);
        m_to_plane.apply(finer);
        if (coarser_division_fits(edge, finer, m_target_m)) {
            return every_second(finer);
        }
    }
    throw Failure(too_long(edge));
}

InsertedPoints ChordDivision::divide(std::span<const Edge> edges) const {
    constexpr std::array<double, 3> parameters = {0.25, 0.5, 0.75};
    // A parabola deviates by 1 in its middle and by 3/4 at its quarters.
    constexpr std::array<double, 3> weights = {4.0 / 3.0, 1.0, 4.0 / 3.0};
    std::vector<Point> samples;
    samples.reserve(edges.size() * parameters.size());
    for (const Edge& edge : edges) {
        const Edge upward = from_lower_end(edge);
        for (const double t : parameters) {
            samples.push_back(between(upward.from, upward.to, t));
        }
    }
    m_to_plane.apply(samples);

    InsertedPoints result;
    result.ends.reserve(edges.size());
    for (std::size_t i = 0; i < edges.size(); ++i) {
        const Edge upward = from_lower_end(edges[i]);
        double error_m = 0.0;
        for (std::size_t s = 0; s < parameters.size(); ++s) {
            const Point sample = samples[i * parameters.size() + s];
            error_m = std::max(error_m, weights[s] * distance_to_chord(sample, upward.plane_from, upward.plane_to));
        }
        if (error_m > m_target_m) {
            const std::vector<Point> inner = divided(upward, level_for(error_m, m_target_m));
            if (is_lower(edges[i].from, edges[i].to)) {
                result.points.insert(result.points.end(), inner.begin(), inner.end());
            } else {
                result.points.insert(result.points.end(), inner.rbegin(), inner.rend());
            }
        }
        result.ends.push_back(result.points.size());
    }
    return result;
}

}  // namespace ranh::crs::detail
