// Laws of the working plane: an edge gets the same points from both sides, and its image keeps within the chord error.
#include "spatial/crs/transform.hpp"
#include "spatial/crs/working_plane.hpp"
#include "tests/support/seeds.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace ranh::crs {
namespace {

using geom::Geometry;
using geom::Point;

constexpr std::array<int, 8> systems = {3405, 3406, 5899, 9218, 4756, 4326, 3857, 32648};

struct RandomEdge {
    Crs source;
    Point from;
    Point to;
};

/// An edge of 1 m to `longest_m`, all magnitudes alike, somewhere around the province.
RandomEdge random_edge(test::Random& random, double longest_m) {
    const Crs source =
        Crs::from_epsg(systems[static_cast<std::size_t>(random.integer(0, static_cast<int>(systems.size()) - 1))])
            .value();
    const Point place = {random.real(106.5, 109.5), random.real(10.0, 13.5)};
    const Point from = Transform::between(wgs84(), source).value().apply(place);
    const double length = std::pow(longest_m, random.real(0.0, 1.0)) / (source.is_geographic() ? 111'320.0 : 1.0);
    const double direction = 2.0 * std::acos(-1.0) * random.real(0.0, 1.0);
    return {source, from, {from.x + length * std::cos(direction), from.y + length * std::sin(direction)}};
}

double distance_to_chord(Point p, Point a, Point b) {
    return std::abs((b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x)) / std::hypot(b.x - a.x, b.y - a.y);
}

TEST(WorkingPlane, GivesASharedEdgeTheSamePointsFromBothSides) {
    SCOPED_TRACE(test::seed_note());
    test::Random random;
    const WorkingPlane plane;
    std::size_t divided = 0;
    for (std::size_t round = 0; round < test::rounds(5'000, 100'000); ++round) {
        const RandomEdge edge = random_edge(random, 100'000.0);
        const Geometry alone = plane.project(Geometry::line_string({edge.from, edge.to}), edge.source);
        // The same edge backwards, in the middle of a longer line.
        const Point aside = {edge.from.x + 0.1 * (edge.to.y - edge.from.y),
                             edge.from.y - 0.3 * (edge.to.x - edge.from.x)};
        const Geometry within = plane.project(Geometry::line_string({edge.to, edge.from, aside}), edge.source);
        const auto points = alone.points();
        ASSERT_GE(within.points().size(), points.size());
        EXPECT_TRUE(std::equal(points.rbegin(), points.rend(), within.points().begin()))
            << edge.source.code() << " (" << edge.from.x << ' ' << edge.from.y << ", " << edge.to.x << ' ' << edge.to.y
            << ')';
        divided += points.size() > 2 ? 1U : 0U;
    }
    EXPECT_GT(divided, test::rounds(5'000, 100'000) / 10);
}

/// Greatest distance of the edge's true image from its chords, seen at 2^6 places in each piece.
double greatest_chord_error(const WorkingPlane& plane, const RandomEdge& edge, const Geometry& chords) {
    constexpr std::size_t finer = 64;
    const bool upward = edge.from.y < edge.to.y || (edge.from.y == edge.to.y && edge.from.x < edge.to.x);
    const Point low = upward ? edge.from : edge.to;
    const Point high = upward ? edge.to : edge.from;
    std::vector<Point> vertices(chords.points().begin(), chords.points().end());
    if (!upward) {
        std::reverse(vertices.begin(), vertices.end());
    }
    const std::size_t pieces = vertices.size() - 1;
    double greatest = 0.0;
    for (std::size_t i = 0; i < pieces; ++i) {
        for (std::size_t j = 1; j < finer; ++j) {
            const double t = static_cast<double>(i * finer + j) / static_cast<double>(pieces * finer);
            const Point on_edge = {low.x + t * (high.x - low.x), low.y + t * (high.y - low.y)};
            greatest = std::max(greatest,
                                distance_to_chord(plane.project(on_edge, edge.source), vertices[i], vertices[i + 1]));
        }
    }
    return greatest;
}

TEST(WorkingPlane, KeepsWithinTheChordError) {
    SCOPED_TRACE(test::seed_note());
    test::Random random;
    const WorkingPlane plane;
    for (std::size_t round = 0; round < test::rounds(400, 20'000); ++round) {
        const RandomEdge edge = random_edge(random, 60'000.0);
        const Geometry chords = plane.project(Geometry::line_string({edge.from, edge.to}), edge.source);
        const std::size_t pieces = chords.points().size() - 1;
        EXPECT_EQ(pieces & (pieces - 1), 0u);
        EXPECT_LT(greatest_chord_error(plane, edge, chords), WorkingPlane::chord_error_m)
            << edge.source.code() << " (" << edge.from.x << ' ' << edge.from.y << ", " << edge.to.x << ' ' << edge.to.y
            << ')';
    }
}

TEST(WorkingPlane, KeepsWithinTheChordErrorJustBelowTheLengthThatNeedsNoTest) {
    SCOPED_TRACE(test::seed_note());
    test::Random random(test::seed() + 1);
    const WorkingPlane plane;
    for (std::size_t round = 0; round < test::rounds(4'000, 100'000); ++round) {
        const RandomEdge edge = random_edge(random, 300.0);
        const Geometry chords = plane.project(Geometry::line_string({edge.from, edge.to}), edge.source);
        EXPECT_LT(greatest_chord_error(plane, edge, chords), WorkingPlane::chord_error_m) << edge.source.code();
    }
}

TEST(WorkingPlane, DrawsAnEdgeOfManyDegreesStraightInItsOwnSystem) {
    const WorkingPlane plane;
    const RandomEdge edge{wgs84(), {102.0, 9.0}, {114.0, 21.0}};
    const Geometry chords = plane.project(Geometry::line_string({edge.from, edge.to}), edge.source);
    EXPECT_GT(chords.points().size(), 1'000u);
    EXPECT_LT(greatest_chord_error(plane, edge, chords), WorkingPlane::chord_error_m);
}

}  // namespace
}  // namespace ranh::crs
