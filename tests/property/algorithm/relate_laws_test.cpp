#include "spatial/algorithm/area.hpp"
#include "spatial/algorithm/orientation.hpp"
#include "spatial/algorithm/relate.hpp"
#include "tests/support/polygon_pairs.hpp"
#include "tests/support/random_polygons.hpp"
#include "tests/support/wkt.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace ranh::test {
namespace {

using algorithm::orientation;
using algorithm::relate;
using algorithm::SpatialRelation;
using geom::Geometry;
using geom::Point;

SpatialRelation turned(SpatialRelation relation) {
    if (relation == SpatialRelation::contains) {
        return SpatialRelation::within;
    }
    return relation == SpatialRelation::within ? SpatialRelation::contains : relation;
}

Geometry with_rings_turned(const Geometry& geometry) {
    Geometry result(geometry.type());
    for (std::size_t i = 0; i < geometry.view().path_count(); ++i) {
        const auto path = geometry.view().path(i);
        std::vector<Point> ring(path.begin(), path.end() - 1);
        std::rotate(ring.begin(), ring.begin() + 1, ring.end());
        std::reverse(ring.begin(), ring.end());
        result.add_path(ring);
    }
    result.end_part();
    return result;
}

/// Whole numbers become units in the last place of coordinates as large as those of VN-2000; exactly.
Geometry in_last_places(const Geometry& geometry) {
    Geometry result = geometry;
    for (Point& p : result.mutable_points()) {
        p = {480000.0 + p.x * 0x1p-32, 1290000.0 + p.y * 0x1p-32};
    }
    return result;
}

class RelateLaws : public testing::TestWithParam<PairMode> {
protected:
    Random m_random;
};

TEST_P(RelateLaws, SwappedOperandsGiveTheOppositeRelation) {
    SCOPED_TRACE(seed_note());
    for (std::size_t i = 0; i < rounds(2000, 100000); ++i) {
        const auto [a, b] = random_pair(m_random, GetParam());
        ASSERT_EQ(relate(a, b), turned(relate(b, a))) << to_text(a) << '\n' << to_text(b);
    }
}

TEST_P(RelateLaws, GeometryEqualsItselfWithRingsTurned) {
    SCOPED_TRACE(seed_note());
    for (std::size_t i = 0; i < rounds(1000, 100000); ++i) {
        const Geometry a = random_pair(m_random, GetParam()).a;
        ASSERT_EQ(relate(a, with_rings_turned(a)), SpatialRelation::equals) << to_text(a);
    }
}

TEST_P(RelateLaws, InteriorsMeetWhereverACommonAreaIsMeasured) {
    SCOPED_TRACE(seed_note());
    for (std::size_t i = 0; i < rounds(2000, 100000); ++i) {
        const auto [a, b] = random_pair(m_random, GetParam());
        const bool apart = relate(a, b) == SpatialRelation::disjoint || relate(a, b) == SpatialRelation::touches;
        const double common = algorithm::overlap_area(a, b);
        const double smaller = std::min(algorithm::area(a), algorithm::area(b));
        ASSERT_FALSE(apart && common > 1e-9 * smaller) << common << '\n' << to_text(a) << '\n' << to_text(b);
    }
}

INSTANTIATE_TEST_SUITE_P(Modes, RelateLaws,
                         testing::Values(PairMode::integer_grid, PairMode::near_duplicate, PairMode::shared_edge,
                                         PairMode::degrees, PairMode::vertex_on_edge),
                         [](const auto& mode) { return std::string(name_of(mode.param)); });

// There no halfway point can be written as a double: only exact predicates pass.
TEST(RelateInLastPlaces, RelationIsThatOfTheSameFigureDrawnLarge) {
    SCOPED_TRACE(seed_note());
    Random random;
    for (std::size_t i = 0; i < rounds(5000, 100000); ++i) {
        const auto [a, b] = random_pair(random, PairMode::integer_grid);
        ASSERT_EQ(relate(in_last_places(a), in_last_places(b)), relate(a, b)) << to_text(a) << '\n' << to_text(b);
    }
}

TEST(RelateWithContact, JitteredDuplicateIsEqual) {
    SCOPED_TRACE(seed_note());
    Random random;
    for (std::size_t i = 0; i < rounds(1000, 100000); ++i) {
        const auto [a, b] = random_pair(random, PairMode::near_duplicate);
        ASSERT_EQ(relate(a, b, {1e-6}), SpatialRelation::equals) << to_text(a) << '\n' << to_text(b);
    }
}

TEST(RelateWithContact, OverOneEdgeOnlyThoseOnEitherSideTouch) {
    SCOPED_TRACE(seed_note());
    Random random;
    for (std::size_t i = 0; i < rounds(1000, 100000); ++i) {
        const auto [a, b] = random_pair(random, PairMode::shared_edge);
        const bool same_side = algorithm::overlap_area(a, b) > 1.0;
        ASSERT_EQ(relate(a, b, {1e-6}) == SpatialRelation::touches, !same_side) << to_text(a) << '\n' << to_text(b);
    }
}

// On the integer grid nothing comes nearer than 1e-6 without meeting, so the two ways must agree.
TEST(RelateWithContact, AgreesWithTheExactRelationOnTheIntegerGrid) {
    SCOPED_TRACE(seed_note());
    Random random;
    for (std::size_t i = 0; i < rounds(3000, 100000); ++i) {
        const auto [a, b] = random_pair(random, PairMode::integer_grid);
        ASSERT_EQ(relate(a, b, {1e-6}), relate(a, b)) << to_text(a) << '\n' << to_text(b);
    }
}

TEST(OrientationLaws, SignsTurnWithTheOrderOfThePoints) {
    SCOPED_TRACE(seed_note());
    Random random;
    for (std::size_t i = 0; i < rounds(20000, 1000000); ++i) {
        // Nearly collinear: two points, and a third one computed between them, moved by a few units in the last place.
        const Point a{random.real(480000, 490000), random.real(1290000, 1300000)};
        const Point b{random.real(480000, 490000), random.real(1290000, 1300000)};
        const double share = random.real(-1.0, 2.0);
        const Point c{a.x + share * (b.x - a.x) + random.integer(-2, 2) * 0x1p-34, a.y + share * (b.y - a.y)};
        const int sign = orientation(a, b, c);
        ASSERT_EQ(orientation(b, c, a), sign);
        ASSERT_EQ(orientation(c, a, b), sign);
        ASSERT_EQ(orientation(b, a, c), -sign);
        ASSERT_EQ(orientation(a, c, b), -sign);
        ASSERT_EQ(orientation(c, b, a), -sign);
    }
}

__extension__ using Wide = __int128;

/// Exact in 128-bit integers, for multiples of 2^-20.
int integer_orientation(Point a, Point b, Point c) {
    const auto whole = [](double value) { return static_cast<Wide>(value * 0x1p20); };
    const Wide determinant =
        (whole(a.x) - whole(c.x)) * (whole(b.y) - whole(c.y)) - (whole(a.y) - whole(c.y)) * (whole(b.x) - whole(c.x));
    return determinant > 0 ? 1 : determinant < 0 ? -1 : 0;
}

TEST(OrientationLaws, AgreesWithIntegerArithmetic) {
    SCOPED_TRACE(seed_note());
    Random random;
    for (std::size_t i = 0; i < rounds(20000, 1000000); ++i) {
        const auto on_grid = [](double value) { return std::round(value * 0x1p20) * 0x1p-20; };
        const Point a{on_grid(random.real(0, 1000)), on_grid(random.real(0, 1000))};
        const Point b{on_grid(random.real(0, 1000)), on_grid(random.real(0, 1000))};
        const double share = random.integer(-4, 8) / 4.0;
        const Point c{on_grid(a.x + share * (b.x - a.x)) + random.integer(-1, 1) * 0x1p-20,
                      on_grid(a.y + share * (b.y - a.y))};
        ASSERT_EQ(orientation(a, b, c), integer_orientation(a, b, c));
        const Point doubled{2.0 * a.x - c.x, 2.0 * a.y - c.y};
        ASSERT_EQ(algorithm::midpoint_orientation(b, c, {a, doubled}),
                  integer_orientation({2 * b.x, 2 * b.y}, {2 * c.x, 2 * c.y}, {a.x + doubled.x, a.y + doubled.y}));
    }
}

}  // namespace
}  // namespace ranh::test
