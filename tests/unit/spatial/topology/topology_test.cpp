#include "spatial/topology/topology.hpp"

#include "spatial/algorithm/area.hpp"
#include "spatial/algorithm/relate.hpp"
#include "tests/support/wkt.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <thread>
#include <vector>

namespace ranh::topology {
namespace {

using algorithm::area;
using algorithm::relate;
using algorithm::SpatialRelation;
using geom::Geometry;
using test::operator""_wkt;

const Geometry square = "POLYGON((0 0,4 0,4 4,0 4,0 0))"_wkt;
const Geometry bow_tie = "POLYGON((0 0,4 4,4 0,0 4,0 0))"_wkt;

Geometry not_finite() { return Geometry::polygon({{0, 0}, {1, 0}, {1, std::numeric_limits<double>::infinity()}}); }

TEST(Intersection, OfTwoSquaresIsTheirCommonSquare) {
    const auto common = intersection(square, "POLYGON((2 2,6 2,6 6,2 6,2 2))"_wkt).value();
    ASSERT_TRUE(common.has_value());
    EXPECT_EQ(relate(*common, "POLYGON((2 2,4 2,4 4,2 4,2 2))"_wkt), SpatialRelation::equals);
}

TEST(Intersection, OfAreasThatOnlyTouchIsNothing) {
    EXPECT_FALSE(intersection(square, "POLYGON((4 0,8 0,8 4,4 4,4 0))"_wkt).value().has_value());
    EXPECT_FALSE(intersection(square, "POLYGON((4 4,8 4,8 8,4 8,4 4))"_wkt).value().has_value());
    EXPECT_FALSE(intersection(square, "POLYGON((5 5,8 4,8 8,4 8,5 5))"_wkt).value().has_value());
}

// GEOS returns the common edge as a line beside the polygon; only the polygon is wanted.
TEST(Intersection, KeepsOnlyThePolygonsOfAMixedResult) {
    const auto common = intersection(square, "POLYGON((4 0,8 0,8 4,4 4,4 2,2 4,2 2,4 1,4 0))"_wkt).value();
    ASSERT_TRUE(common.has_value());
    EXPECT_EQ(common->type(), geom::GeometryType::polygon);
}

TEST(Intersection, OfSeveralPiecesIsAMultiPolygon) {
    const auto common = intersection(square, "POLYGON((1 1,6 1,6 3,1 3,1 2.5,5 2.5,5 1.5,1 1.5,1 1))"_wkt).value();
    ASSERT_TRUE(common.has_value());
    EXPECT_EQ(common->type(), geom::GeometryType::multi_polygon);
    EXPECT_DOUBLE_EQ(area(*common), 3.0);
}

TEST(Intersection, KeepsHoles) {
    const auto common = intersection("POLYGON((0 0,4 0,4 4,0 4,0 0),(1 1,1 3,3 3,3 1,1 1))"_wkt, square).value();
    EXPECT_DOUBLE_EQ(area(common.value()), 12.0);
}

TEST(Intersection, RepairsABowTieOnACopy) {
    const auto common = intersection(bow_tie, "POLYGON((0 0,4 0,4 1,0 1,0 0))"_wkt).value();
    ASSERT_TRUE(common.has_value());
    EXPECT_DOUBLE_EQ(area(*common), 1.0);
    EXPECT_FALSE(invalidity(*common).has_value());
}

TEST(Intersection, OnAGridHasItsCorners) {
    const auto common = intersection(square, "POLYGON((1.0004 1,9 1,9 3,1.0004 3,1.0004 1))"_wkt, 0.001).value();
    EXPECT_EQ(common.value().box()->min, (geom::Point{1.0, 1.0}));
}

TEST(Intersection, OfNumbersThatAreNotFiniteIsAnError) {
    const auto result = intersection(square, not_finite());
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().kind, ErrorKind::corrupt_input);
    EXPECT_THAT(result.error().sentence, testing::HasSubstr("not finite"));
}

TEST(IntersectionDeathTest, OfALineStops) {
    EXPECT_DEATH((void)intersection(square, "LINESTRING(0 0,1 1)"_wkt), "is_area");
}

TEST(UnaryUnion, OfNeighboursLosesTheirCommonEdge) {
    const std::vector<Geometry> areas{square, "POLYGON((4 0,8 0,8 4,4 4,4 0))"_wkt};
    const auto all = unary_union(areas).value();
    EXPECT_EQ(relate(all.value(), "POLYGON((0 0,8 0,8 4,0 4,0 0))"_wkt), SpatialRelation::equals);
}

TEST(UnaryUnion, CountsCommonGroundOnce) {
    const std::vector<Geometry> areas{square, "POLYGON((2 2,6 2,6 6,2 6,2 2))"_wkt, square};
    EXPECT_DOUBLE_EQ(area(unary_union(areas).value().value()), 28.0);
}

TEST(UnaryUnion, OfNothingIsNothing) {
    EXPECT_FALSE(unary_union({}).value().has_value());
    const std::vector<Geometry> empty{Geometry(geom::GeometryType::polygon)};
    EXPECT_FALSE(unary_union(empty).value().has_value());
}

TEST(UnaryUnion, WithOneUnreadableAreaIsAnError) {
    const std::vector<Geometry> areas{square, not_finite()};
    EXPECT_FALSE(unary_union(areas).ok());
}

TEST(MakeValid, OfABowTieIsTwoTriangles) {
    const auto valid = make_valid(bow_tie).value();
    ASSERT_TRUE(valid.has_value());
    EXPECT_FALSE(invalidity(*valid).has_value());
    EXPECT_DOUBLE_EQ(area(*valid), 8.0);
}

TEST(MakeValid, LeavesAValidAreaAsItIs) { EXPECT_EQ(make_valid(square).value(), square); }

TEST(MakeValid, OfACollapsedRingIsNothing) {
    EXPECT_FALSE(make_valid("POLYGON((0 0,4 4,2 2,0 0))"_wkt).value().has_value());
}

TEST(Invalidity, OfAValidAreaIsNone) { EXPECT_FALSE(invalidity(square).has_value()); }

TEST(Invalidity, NamesReasonAndPlace) {
    const auto found = invalidity(bow_tie);
    ASSERT_TRUE(found.has_value());
    EXPECT_THAT(found->reason, testing::HasSubstr("Self-intersection"));
    EXPECT_EQ(found->place, (geom::Point{2, 2}));
}

TEST(Invalidity, OfARingOfTwoPointsSaysSo) {
    Geometry bad(geom::GeometryType::polygon);
    bad.add_path(std::vector<geom::Point>{{7, 8}, {9, 0}, {7, 8}});
    bad.end_part();
    const auto found = invalidity(bad);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->place, (geom::Point{7, 8}));
    EXPECT_TRUE(invalidity(not_finite()).has_value());
}

TEST(LargestInnerWidth, OfAStripIsItsWidth) {
    EXPECT_NEAR(largest_inner_width("POLYGON((0 0,100 0,100 2,0 2,0 0))"_wkt, 0.01).value(), 2.0, 0.02);
}

TEST(LargestInnerWidth, OfAHoledSquareIsBetweenHoleAndRim) {
    const double width =
        largest_inner_width("POLYGON((0 0,10 0,10 10,0 10,0 0),(2 2,2 10,10 10,10 2,2 2))"_wkt, 0.01).value();
    EXPECT_NEAR(width, 4.0 * (2.0 - std::sqrt(2.0)), 0.05);
}

TEST(Topology, WorksInSeveralThreadsAtOnce) {
    std::vector<double> areas(8, 0.0);
    {
        std::vector<std::jthread> threads;
        for (double& result : areas) {
            threads.emplace_back([&result] {
                for (int i = 0; i < 50; ++i) {
                    result = area(intersection(square, "POLYGON((2 2,6 2,6 6,2 6,2 2))"_wkt).value().value());
                }
            });
        }
    }
    EXPECT_THAT(areas, testing::Each(4.0));
}

}  // namespace
}  // namespace ranh::topology
