#include "spatial/algorithm/area.hpp"
#include "spatial/algorithm/relate.hpp"
#include "spatial/topology/topology.hpp"
#include "tests/support/geos_oracle.hpp"
#include "tests/support/polygon_pairs.hpp"
#include "tests/support/random_polygons.hpp"
#include "tests/support/wkt.hpp"

#include <gtest/gtest.h>

namespace ranh::test {
namespace {

using algorithm::relate;
using algorithm::SpatialRelation;
using geom::Geometry;

void expect_same_relation(const Geometry& a, const Geometry& b) {
    const std::string matrix = geos_matrix(a, b);
    ASSERT_EQ(relate(a, b), relation_of_areas(matrix)) << matrix << '\n' << to_text(a) << '\n' << to_text(b);
}

TEST(RelateAgainstGeos, AgreesOnPolygonsOfTheIntegerGrid) {
    SCOPED_TRACE(seed_note());
    Random random;
    const std::size_t count = rounds(5000, 100000);
    for (std::size_t i = 0; i < count; ++i) {
        const auto [a, b] = random_pair(random, PairMode::integer_grid);
        ASSERT_NO_FATAL_FAILURE(expect_same_relation(a, b));
    }
}

/// A valid area of several parts and holes, made of unit squares; now and then only part of the other one.
Geometry random_area(Random& random, int side) {
    for (;;) {
        const Geometry squares = random_squares(random, side, side, random.real(0.1, 0.9));
        if (squares.empty()) {
            continue;
        }
        const Geometry all[] = {squares};
        if (auto dissolved = topology::unary_union(all).value()) {
            return *dissolved;
        }
    }
}

TEST(RelateAgainstGeos, AgreesOnAreasOfManyPartsAndHolesThatShareEdges) {
    SCOPED_TRACE(seed_note());
    Random random;
    const std::size_t count = rounds(800, 100000);
    for (std::size_t i = 0; i < count; ++i) {
        const int side = random.integer(2, 5);
        const Geometry a = random_area(random, side);
        Geometry b = random_area(random, side);
        if (random.chance(0.5)) {
            // A subset, so that "contains" is met often enough.
            if (auto common = topology::intersection(a, b).value()) {
                b = *common;
            }
        }
        ASSERT_NO_FATAL_FAILURE(expect_same_relation(a, b));
        ASSERT_NO_FATAL_FAILURE(expect_same_relation(b, a));
    }
}

TEST(RelateAgainstGeos, SquaresThatWereNotDissolvedRelateAsTheirUnion) {
    SCOPED_TRACE(seed_note());
    Random random;
    const std::size_t count = rounds(400, 100000);
    for (std::size_t i = 0; i < count; ++i) {
        const Geometry squares = random_squares(random, 3, 3, 0.6);
        const Geometry other = random_area(random, 3);
        const Geometry all[] = {squares};
        const auto dissolved = topology::unary_union(all).value();
        if (dissolved) {
            ASSERT_EQ(relate(squares, other), relate(*dissolved, other)) << to_text(squares) << '\n' << to_text(other);
        }
    }
}

Geometry random_line(Random& random) {
    std::vector<geom::Point> points;
    const int count = random.integer(2, 6);
    while (static_cast<int>(points.size()) < count) {
        const geom::Point p{static_cast<double>(random.integer(-6, 6)), static_cast<double>(random.integer(-6, 6))};
        if (points.empty() || points.back() != p) {
            points.push_back(p);
        }
    }
    return Geometry::line_string(points);
}

TEST(RelateAgainstGeos, AgreesOnLinesAndAreasOfTheIntegerGrid) {
    SCOPED_TRACE(seed_note());
    Random random;
    const std::size_t count = rounds(5000, 100000);
    for (std::size_t i = 0; i < count; ++i) {
        const Geometry area = random_pair(random, PairMode::integer_grid).a;
        const Geometry line = random_line(random);
        const std::string matrix = geos_matrix(line, area);
        ASSERT_EQ(relate(line, area), relation_of_line(matrix)) << matrix << '\n'
                                                                << to_text(line) << '\n'
                                                                << to_text(area);
    }
}

TEST(RelateAgainstGeos, LengthInsideIsThatOfTheIntersection) {
    SCOPED_TRACE(seed_note());
    Random random;
    const std::size_t count = rounds(3000, 100000);
    for (std::size_t i = 0; i < count; ++i) {
        const Geometry area = random_pair(random, PairMode::integer_grid).a;
        const Geometry line = random_line(random);
        // GEOS counts a stretch that the line walks twice only once, so it is asked segment by segment.
        double expected = 0.0;
        for (std::size_t k = 1; k < line.points().size(); ++k) {
            expected += geos_length_inside(Geometry::line_string({line.points()[k - 1], line.points()[k]}), area);
        }
        ASSERT_NEAR(algorithm::length_inside(line, area), expected, 1e-9) << to_text(line) << '\n' << to_text(area);
    }
}

TEST(RelateAgainstGeos, DistanceAgreesWhereTheyLieApartAndWhereTheyMeet) {
    SCOPED_TRACE(seed_note());
    Random random;
    const std::size_t count = rounds(2000, 100000);
    for (std::size_t i = 0; i < count; ++i) {
        auto [a, b] = random_pair(random, PairMode::integer_grid);
        b = moved(b, random.integer(0, 15), random.integer(0, 15));
        ASSERT_NEAR(algorithm::distance(a, b), geos_distance(a, b), 1e-12) << to_text(a) << '\n' << to_text(b);
    }
}

}  // namespace
}  // namespace ranh::test
