#include "spatial/algorithm/area.hpp"

#include "tests/support/random_polygons.hpp"
#include "tests/support/wkt.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <vector>

namespace ranh::algorithm {
namespace {

using geom::Geometry;
using geom::Point;
using test::moved;
using test::rectangle;
using test::operator""_wkt;

TEST(SignedRingArea, IsPositiveCounterClockwise) {
    EXPECT_EQ(signed_ring_area(std::vector<Point>{{0, 0}, {4, 0}, {4, 3}, {0, 3}, {0, 0}}), 12.0);
    EXPECT_EQ(signed_ring_area(std::vector<Point>{{0, 0}, {0, 3}, {4, 3}, {4, 0}, {0, 0}}), -12.0);
}

TEST(SignedRingArea, NeedsNoClosingPoint) {
    EXPECT_EQ(signed_ring_area(std::vector<Point>{{0, 0}, {4, 0}, {4, 3}, {0, 3}}), 12.0);
}

TEST(SignedRingArea, OfFewerThanThreePointsIsZero) {
    EXPECT_EQ(signed_ring_area({}), 0.0);
    EXPECT_EQ(signed_ring_area(std::vector<Point>{{1, 1}, {5, 7}}), 0.0);
}

TEST(Area, SubtractsHolesWhateverTheirWinding) {
    EXPECT_EQ(area("POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,3 1,3 3,1 3,1 1))"_wkt), 77.0);
    EXPECT_EQ(area("POLYGON((0 0,0 9,9 9,9 0,0 0),(1 1,3 1,3 3,1 3,1 1))"_wkt), 77.0);
}

TEST(Area, AddsParts) { EXPECT_EQ(area("MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((5 5,7 5,7 7,5 7,5 5)))"_wkt), 4.5); }

TEST(Area, OfLinesAndPointsIsZero) {
    EXPECT_EQ(area("LINESTRING(0 0,1 0,1 1,0 0)"_wkt), 0.0);
    EXPECT_EQ(area("POINT(1 2)"_wkt), 0.0);
}

TEST(Area, KeepsItsDigitsFarFromTheOrigin) {
    EXPECT_EQ(area(moved(rectangle(0, 0, 0.125, 0.25), 480000, 1290000)), 0.03125);
}

TEST(Length, AddsAllRingsAndLines) {
    EXPECT_EQ(length("POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,3 1,3 3,1 3,1 1))"_wkt), 44.0);
    EXPECT_EQ(length("MULTILINESTRING((0 0,3 4),(0 0,1 0,1 1))"_wkt), 7.0);
    EXPECT_EQ(length("POINT(1 2)"_wkt), 0.0);
}

struct OverlapCase {
    std::string_view name;
    std::string_view a;
    std::string_view b;
    double area;
};

class OverlapArea : public testing::TestWithParam<OverlapCase> {};

TEST_P(OverlapArea, IsAsDrawn) {
    const Geometry a = test::from_wkt(GetParam().a);
    const Geometry b = test::from_wkt(GetParam().b);
    EXPECT_NEAR(overlap_area(a, b), GetParam().area, 1e-13);
    EXPECT_EQ(std::bit_cast<std::uint64_t>(overlap_area(a, b)), std::bit_cast<std::uint64_t>(overlap_area(b, a)));
}

constexpr std::string_view square = "POLYGON((0 0,4 0,4 4,0 4,0 0))";
constexpr std::string_view ring = "POLYGON((0 0,6 0,6 6,0 6,0 0),(2 2,2 4,4 4,4 2,2 2))";

INSTANTIATE_TEST_SUITE_P(
    ClosedForms, OverlapArea,
    testing::Values(OverlapCase{"Same", square, square, 16},
                    OverlapCase{"Quarter", square, "POLYGON((2 2,6 2,6 6,2 6,2 2))", 4},
                    OverlapCase{"Inside", square, "POLYGON((1 1,2 1,2 2,1 2,1 1))", 1},
                    OverlapCase{"InsideOnTheRim", square, "POLYGON((0 1,2 1,2 2,0 2,0 1))", 2},
                    OverlapCase{"CommonEdge", square, "POLYGON((4 0,8 0,8 4,4 4,4 0))", 0},
                    OverlapCase{"CommonCorner", square, "POLYGON((4 4,8 4,8 8,4 8,4 4))", 0},
                    OverlapCase{"Apart", square, "POLYGON((5 5,8 5,8 8,5 8,5 5))", 0},
                    OverlapCase{"BoxesMeetOnly", "POLYGON((0 0,4 0,0 4,0 0))", "POLYGON((4 1,4 4,1 4,4 1))", 0},
                    OverlapCase{"Cross", "POLYGON((0 2,9 2,9 3,0 3,0 2))", "POLYGON((4 0,5 0,5 9,4 9,4 0))", 1},
                    OverlapCase{"TwoTriangles", "POLYGON((0 0,4 0,0 4,0 0))", "POLYGON((0 0,4 0,4 4,0 0))", 4},
                    OverlapCase{"Clockwise", "POLYGON((0 0,0 4,4 4,4 0,0 0))", "POLYGON((2 2,6 2,6 6,2 6,2 2))", 4},
                    OverlapCase{"FillsTheHole", ring, "POLYGON((2 2,4 2,4 4,2 4,2 2))", 0},
                    OverlapCase{"InsideTheHole", ring, "POLYGON((2.5 2.5,3 2.5,3 3,2.5 2.5))", 0},
                    OverlapCase{"AcrossTheHole", ring, "POLYGON((1 1,5 1,5 5,1 5,1 1))", 12},
                    OverlapCase{"RingInRing", ring, "POLYGON((1 1,5 1,5 5,1 5,1 1),(2 2,4 2,4 4,2 4,2 2))", 12},
                    OverlapCase{"NestedRings", "POLYGON((0 0,9 0,9 9,0 9,0 0),(3 3,6 3,6 6,3 6,3 3))",
                                "POLYGON((1 1,8 1,8 8,1 8,1 1),(4 4,5 4,5 5,4 5,4 4))", 40},
                    OverlapCase{"Parts", "MULTIPOLYGON(((0 0,1 0,1 1,0 1,0 0)),((3 0,4 0,4 1,3 1,3 0)))",
                                "POLYGON((0.5 0,3.5 0,3.5 1,0.5 1,0.5 0))", 1},
                    OverlapCase{"PartsThatShareAnEdge", "MULTIPOLYGON(((0 0,1 0,1 1,0 1,0 0)),((1 0,2 0,2 1,1 1,1 0)))",
                                "POLYGON((0.5 0,1.5 0,1.5 1,0.5 1,0.5 0))", 1},
                    OverlapCase{"RepeatedPoint", "POLYGON((2 1,3 2,-1 6,-1 3,-4 -1,0 -5,1 -5,1 -2,2 1))",
                                "POLYGON((1 0,-3 0,-3 -2,-3 -2,1 0))", 4},
                    OverlapCase{"Spike", "POLYGON((0 0,4 0,4 4,4 9,4 4,0 4,0 0))", square, 16},
                    OverlapCase{"CollapsedRing", "POLYGON((0 0,4 4,2 2,0 0))", square, 0}),
    [](const auto& one) { return std::string(one.param.name); });

TEST(OverlapAreaOf, LinesAndPointsIsZero) {
    EXPECT_EQ(overlap_area("LINESTRING(0 0,9 9)"_wkt, rectangle(0, 0, 9, 9)), 0.0);
    EXPECT_EQ(overlap_area(rectangle(0, 0, 9, 9), "POINT(1 1)"_wkt), 0.0);
    EXPECT_EQ(overlap_area(Geometry(geom::GeometryType::polygon), rectangle(0, 0, 9, 9)), 0.0);
}

/// A comb: teeth of width 1 at x = 0, 2, 4, … up to `height` on a back of height 1.
Geometry comb(int teeth, double height) {
    std::vector<Point> points{{0, 0}, {2.0 * teeth - 1, 0}};
    for (int i = teeth - 1; i >= 0; --i) {
        points.insert(points.end(), {{2.0 * i + 1, height}, {2.0 * i, height}});
        if (i > 0) {
            points.insert(points.end(), {{2.0 * i, 1}, {2.0 * i - 1, 1}});
        }
    }
    return Geometry::polygon(points);
}

Geometry turned(const Geometry& geometry) {
    Geometry result = geometry;
    for (Point& p : result.mutable_points()) {
        p = {p.y, p.x};
    }
    return result;
}

TEST(OverlapAreaOfCombs, TeethThatStandInGapsShareOnlyTheirBacks) {
    constexpr int teeth = 60;
    const Geometry standing = comb(teeth, 100.0);
    EXPECT_EQ(area(standing), 119.0 + 99.0 * teeth);
    EXPECT_NEAR(overlap_area(standing, moved(standing, 1, 0)), 118.0, 1e-10);
    EXPECT_NEAR(overlap_area(standing, moved(standing, 0.25, 0)), 118.75 + 0.75 * 99.0 * teeth, 1e-9);
}

TEST(OverlapAreaOfCombs, CrossedTeethMeetInUnitSquares) {
    constexpr int teeth = 60;
    // Moved so that only teeth meet: 60 rows and 60 columns of them.
    const Geometry standing = moved(comb(teeth, 200.0), 0, -10);
    const Geometry lying = moved(turned(comb(teeth, 200.0)), -10, 0);
    EXPECT_NEAR(overlap_area(standing, lying), teeth * teeth, 1e-9);
}

/// The unit squares of one colour.
Geometry checkerboard(int side, int parity) {
    Geometry result(geom::GeometryType::multi_polygon);
    for (int x = 0; x < side; ++x) {
        for (int y = 0; y < side; ++y) {
            if ((x + y) % 2 == parity) {
                result.add_path(rectangle(x, y, x + 1, y + 1).points());
                result.end_part();
            }
        }
    }
    return result;
}

TEST(OverlapAreaOfCheckerboards, WhiteAndBlackShareNothing) {
    const Geometry white = checkerboard(16, 0);
    const Geometry black = checkerboard(16, 1);
    EXPECT_NEAR(overlap_area(white, black), 0.0, 1e-12);
    EXPECT_NEAR(overlap_area(white, white), 128.0, 1e-12);
    EXPECT_NEAR(overlap_area(white, moved(black, 1, 0)), 120.0, 1e-12);
}

TEST(OverlapAreaOfNeighbours, IsZeroOverALongComputedBorder) {
    test::Random random(1);
    std::vector<Point> border;
    for (int i = 0; i <= 1000; ++i) {
        border.push_back({480000.0 + 3.7 * i, 1290000.0 + random.real(-40.0, 40.0)});
    }
    std::vector<Point> above = border;
    above.insert(above.end(), {{483700.0, 1291000.0}, {480000.0, 1291000.0}});
    std::vector<Point> below(border.rbegin(), border.rend());
    below.insert(below.end(), {{480000.0, 1289000.0}, {483700.0, 1289000.0}});
    const Geometry a = Geometry::polygon(above);
    const Geometry b = Geometry::polygon(below);
    EXPECT_NEAR(overlap_area(a, b), 0.0, 1e-12 * area(a));
    EXPECT_NEAR(overlap_area(turned(a), turned(b)), 0.0, 1e-12 * area(a));
    EXPECT_NEAR(overlap_area(a, moved(b, 0.0, 0.5)), 0.5 * 3700.0, 1e-6);
}

TEST(OverlapAreaOfInvalidRings, IsFiniteAndCountsByWinding) {
    const Geometry twice = "POLYGON((0 0,4 0,4 4,0 4,0 0,4 0,4 4,0 4,0 0))"_wkt;
    EXPECT_NEAR(overlap_area(twice, rectangle(0, 0, 1, 1)), 2.0, 1e-13);
    EXPECT_TRUE(std::isfinite(overlap_area("POLYGON((0 0,4 4,4 0,0 4,0 0))"_wkt, rectangle(0, 0, 3, 3))));
}

TEST(OverlapAreaOfHugeNumbers, StaysFinite) {
    const Geometry huge = rectangle(-1e149, -1e149, 1e149, 1e149);
    EXPECT_TRUE(std::isfinite(overlap_area(huge, moved(huge, 3e148, 1e148))));
    EXPECT_NEAR(overlap_area(huge, rectangle(0, 0, 2, 2)), 4.0, 1e-12);
}

}  // namespace
}  // namespace ranh::algorithm
