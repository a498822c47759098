#include "spatial/algorithm/area.hpp"

#include "tests/support/closed_forms.hpp"
#include "tests/support/random_polygons.hpp"
#include "tests/support/wkt.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
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

class OverlapArea : public testing::TestWithParam<test::ClosedForm> {};

TEST_P(OverlapArea, IsAsDrawn) {
    const auto& [name, a, b, area] = GetParam();
    EXPECT_NEAR(overlap_area(a, b), area, 1e-13 * std::max(1.0, algorithm::area(a)));
    EXPECT_EQ(std::bit_cast<std::uint64_t>(overlap_area(a, b)), std::bit_cast<std::uint64_t>(overlap_area(b, a)));
}

INSTANTIATE_TEST_SUITE_P(ClosedForms, OverlapArea, testing::ValuesIn(test::closed_forms()),
                         [](const auto& one) { return one.param.name; });

TEST(OverlapAreaOf, LinesAndPointsIsZero) {
    EXPECT_EQ(overlap_area("LINESTRING(0 0,9 9)"_wkt, rectangle(0, 0, 9, 9)), 0.0);
    EXPECT_EQ(overlap_area(rectangle(0, 0, 9, 9), "POINT(1 1)"_wkt), 0.0);
    EXPECT_EQ(overlap_area(Geometry(geom::GeometryType::polygon), rectangle(0, 0, 9, 9)), 0.0);
}

Geometry turned(const Geometry& geometry) {
    Geometry result = geometry;
    for (Point& p : result.mutable_points()) {
        p = {p.y, p.x};
    }
    return result;
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

/// Found by the fuzzer: the needle is valid, and what rounding left was more than its area.
TEST(OverlapAreaOfNeedles, IsNotLessThanNothing) {
    const Geometry needle = "POLYGON((0 0,14 4,5.545098039215686 1.584313725490196,0 0))"_wkt;
    const Geometry other = "POLYGON((4 1,0 6,4 4,11 3,4 1))"_wkt;
    EXPECT_GE(overlap_area(needle, other), 0.0);
    EXPECT_NEAR(overlap_area(needle, other), 0.0, 1e-13);
}

TEST(OverlapAreaOfHugeNumbers, StaysFinite) {
    const Geometry huge = rectangle(-1e149, -1e149, 1e149, 1e149);
    EXPECT_TRUE(std::isfinite(overlap_area(huge, moved(huge, 3e148, 1e148))));
    EXPECT_NEAR(overlap_area(huge, rectangle(0, 0, 2, 2)), 4.0, 1e-12);
}

TEST(IsCounterClockwise, TellsTheDirectionWhereLoopsCancel) {
    const auto turned_both_ways = [](const geom::Geometry& polygon) {
        std::vector<geom::Point> back(polygon.points().rbegin(), polygon.points().rend());
        return std::pair(is_counter_clockwise(polygon.points()), is_counter_clockwise(back));
    };
    EXPECT_EQ(turned_both_ways("POLYGON((0 0,4 0,4 4,0 4,0 0))"_wkt), std::pair(true, false));
    EXPECT_EQ(turned_both_ways("POLYGON((0 0,4 4,4 0,0 4,0 0))"_wkt), std::pair(true, false));
    EXPECT_EQ(turned_both_ways("POLYGON((4 0,0 4,0 0,4 4,4 0))"_wkt), std::pair(true, false));  // from another corner
    EXPECT_EQ(turned_both_ways("POLYGON((0 0,0 0,4 4,4 0,0 4,0 0,0 0))"_wkt), std::pair(true, false));
    // loops joined at the least corner, or a spike there: each direction the other answer, from every corner
    for (const geom::Geometry& ring :
         {"POLYGON((4 1,4 4,0 0,4 -1,4 -4,0 0,4 1))"_wkt, "POLYGON((0 0,-5 0,0 0,100 100,100 0,0 100,0 0))"_wkt}) {
        std::vector<geom::Point> corners(ring.points().begin(), ring.points().end() - 1);
        const bool first = is_counter_clockwise(ring.points());
        for (std::size_t i = 0; i < corners.size(); ++i) {
            std::rotate(corners.begin(), corners.begin() + 1, corners.end());
            const std::vector<geom::Point> back(corners.rbegin(), corners.rend());
            EXPECT_EQ(is_counter_clockwise(corners), first);
            EXPECT_EQ(is_counter_clockwise(back), !first);
        }
    }
    EXPECT_FALSE(is_counter_clockwise({}));
    EXPECT_EQ(overlap_area("POLYGON((0 0,4 0,4 4,0 4,0 0),(1 1,1 1))"_wkt, "POLYGON((0 0,2 0,2 2,0 2,0 0))"_wkt), 4.0);
    // a bow-tie with one lobe larger winds as that lobe does
    EXPECT_EQ(turned_both_ways("POLYGON((0 0,9 9,9 0,4.5 4.5,0 4,0 0))"_wkt).first,
              signed_ring_area("POLYGON((0 0,9 9,9 0,4.5 4.5,0 4,0 0))"_wkt.points()) > 0.0);
    // long and thin, far from its first corner
    EXPECT_EQ(turned_both_ways("POLYGON((0 0,5000 3000,9000 -2000,9000 -1999.999,5000 3000.001,0 0.001,0 0))"_wkt),
              std::pair(true, false));
}

}  // namespace
}  // namespace ranh::algorithm
