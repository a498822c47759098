#include "spatial/algorithm/relate.hpp"

#include "tests/support/wkt.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <string_view>

namespace ranh::algorithm {

void PrintTo(SpatialRelation relation, std::ostream* stream) {  // NOLINT(readability-identifier-naming)
    constexpr std::string_view names[] = {"disjoint", "touches", "contains", "within", "equals", "crosses"};
    *stream << names[static_cast<std::size_t>(relation)];
}

namespace {

using geom::Geometry;
using test::operator""_wkt;
using enum SpatialRelation;

SpatialRelation turned(SpatialRelation relation) {
    return relation == contains ? within : relation == within ? contains : relation;
}

constexpr std::string_view square = "POLYGON((0 0,4 0,4 4,0 4,0 0))";
constexpr std::string_view ring = "POLYGON((0 0,6 0,6 6,0 6,0 0),(2 2,2 4,4 4,4 2,2 2))";
constexpr std::string_view pair = "MULTIPOLYGON(((0 0,1 0,1 1,0 1,0 0)),((3 0,4 0,4 1,3 1,3 0)))";

struct RelationCase {
    std::string_view name;
    std::string_view a;
    std::string_view b;
    SpatialRelation relation;
};

class Relate : public testing::TestWithParam<RelationCase> {};

TEST_P(Relate, IsAsDrawnFromBothSides) {
    const Geometry a = test::from_wkt(GetParam().a);
    const Geometry b = test::from_wkt(GetParam().b);
    EXPECT_EQ(relate(a, b), GetParam().relation);
    EXPECT_EQ(relate(b, a), turned(GetParam().relation));
}

TEST_P(Relate, IsTheSameWithASmallContactDistance) {
    const Geometry a = test::from_wkt(GetParam().a);
    const Geometry b = test::from_wkt(GetParam().b);
    EXPECT_EQ(relate(a, b, {1e-6}), GetParam().relation);
    EXPECT_EQ(relate(b, a, {1e-6}), turned(GetParam().relation));
}

const auto name_of = [](const auto& one) { return std::string(one.param.name); };

INSTANTIATE_TEST_SUITE_P(
    AreaToArea, Relate,
    testing::Values(
        RelationCase{"BoxesApart", square, "POLYGON((5 5,8 5,8 8,5 8,5 5))", disjoint},
        RelationCase{"OnlyBoxesMeet", "POLYGON((0 0,4 0,0 4,0 0))", "POLYGON((4 1,4 4,1 4,4 1))", disjoint},
        RelationCase{"InsideTheHole", ring, "POLYGON((2.5 2.5,3.5 2.5,3.5 3.5,2.5 3.5,2.5 2.5))", disjoint},
        RelationCase{"CommonEdge", square, "POLYGON((4 0,8 0,8 4,4 4,4 0))", touches},
        RelationCase{"PartOfAnEdge", square, "POLYGON((4 1,8 1,8 3,4 3,4 1))", touches},
        RelationCase{"CommonCorner", square, "POLYGON((4 4,8 4,8 8,4 8,4 4))", touches},
        RelationCase{"VertexOnEdge", square, "POLYGON((4 2,8 0,8 4,4 2))", touches},
        RelationCase{"FillsTheHole", ring, "POLYGON((2 2,4 2,4 4,2 4,2 2))", touches},
        RelationCase{"TouchesTheHoleFromInside", ring, "POLYGON((2 3,3 2.5,3 3.5,2 3))", touches},
        RelationCase{"TwoCornersInTheHole", ring, "POLYGON((2 2,4 4,3 4,2 3,2 2))", touches},
        RelationCase{"Same", square, square, equals},
        RelationCase{"SameOtherWayRound", square, "POLYGON((4 4,4 0,0 0,0 4,4 4))", equals},
        RelationCase{"SameWithMoreVertices", square, "POLYGON((0 0,1 0,3 0,4 0,4 1,4 4,0 4,0 3,0 0))", equals},
        RelationCase{"SameWithARepeatedPoint", square, "POLYGON((0 0,4 0,4 0,4 4,0 4,0 0))", equals},
        RelationCase{"SameWithHole", ring, "POLYGON((0 0,0 3,0 6,6 6,6 0,0 0),(2 2,3 2,4 2,4 4,2 4,2 2))", equals},
        RelationCase{"SamePartsInOtherOrder", pair, "MULTIPOLYGON(((3 0,4 0,4 1,3 1,3 0)),((0 0,1 0,1 1,0 1,0 0)))",
                     equals},
        RelationCase{"SameAsPartsThatShareAnEdge", square,
                     "MULTIPOLYGON(((0 0,2 0,2 4,0 4,0 0)),((2 0,4 0,4 4,2 4,2 0)))", equals},
        RelationCase{"SameWithASpike", square, "POLYGON((0 0,4 0,4 4,7 7,9 9,7 7,4 4,0 4,0 0))", equals},
        RelationCase{"WellInside", square, "POLYGON((1 1,2 1,2 2,1 2,1 1))", contains},
        RelationCase{"InsideOnACorner", square, "POLYGON((0 0,2 1,1 2,0 0))", contains},
        RelationCase{"InsideAlongAnEdge", square, "POLYGON((1 0,3 0,3 1,1 1,1 0))", contains},
        RelationCase{"InsideAlongThreeEdges", square, "POLYGON((0 0,4 0,4 2,0 2,0 0))", contains},
        RelationCase{"InsideByDiagonal", square, "POLYGON((0 0,4 0,4 4,0 0))", contains},
        RelationCase{"InsideBetweenVerticesOnEdges", square, "POLYGON((2 0,4 2,2 4,0 2,2 0))", contains},
        RelationCase{"AroundItsHole", ring, "POLYGON((1 1,5 1,5 5,1 5,1 1),(2 2,4 2,4 4,2 4,2 2))", contains},
        RelationCase{"HoleFilled", "POLYGON((0 0,6 0,6 6,0 6,0 0))", ring, contains},
        RelationCase{"OneOfTwoParts", pair, "POLYGON((0 0,1 0,1 1,0 1,0 0))", contains},
        RelationCase{"BothPartsInside", square, pair, contains},
        RelationCase{"Crossing", square, "POLYGON((2 2,6 2,6 6,2 6,2 2))", crosses},
        RelationCase{"Cross", "POLYGON((0 2,9 2,9 3,0 3,0 2))", "POLYGON((4 0,5 0,5 9,4 9,4 0))", crosses},
        RelationCase{"AlongCommonEdges", square, "POLYGON((2 0,6 0,6 4,2 4,2 0))", crosses},
        RelationCase{"ThroughVerticesOnly", "POLYGON((0 0,4 0,2 4,0 0))", "POLYGON((2 0,4 4,0 4,2 0))", crosses},
        RelationCase{"ThroughCornersOfASquare", square, "POLYGON((0 0,4 4,9 0,0 0))", crosses},
        RelationCase{"OverTheHole", ring, "POLYGON((1 1,5 1,5 5,1 5,1 1))", crosses},
        RelationCase{"HoleAndABitMore", ring, "POLYGON((2 2,5 2,5 4,2 4,2 2))", crosses},
        RelationCase{"OnePartInsideOneInTheHole", ring,
                     "MULTIPOLYGON(((0.5 0.5,1 0.5,1 1,0.5 0.5)),((2 2,4 2,4 4,2 4,2 2)))", crosses},
        RelationCase{"OnePartInsideOneOutside", square, "MULTIPOLYGON(((1 1,2 1,2 2,1 1)),((7 7,8 7,8 8,7 7)))",
                     crosses},
        RelationCase{"OnePartTheSameOneOutside", square, "MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0)),((7 7,8 7,8 8,7 7)))",
                     within}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    LineToArea, Relate,
    testing::Values(RelationCase{"LineInside", "LINESTRING(1 1,2 3,3 1)", square, within},
                    RelationCase{"LineInsideFromRimToRim", "LINESTRING(0 0,4 4)", square, within},
                    RelationCase{"LineAlongTheRimAndInside", "LINESTRING(1 0,3 0,3 2)", square, within},
                    RelationCase{"LineThrough", "LINESTRING(-1 2,9 2)", square, crosses},
                    RelationCase{"LineLeaving", "LINESTRING(2 2,9 2)", square, crosses},
                    RelationCase{"LineOverTheHole", "LINESTRING(1 3,5 3)", ring, crosses},
                    RelationCase{"LineOverTheHoleByItsCorners", "LINESTRING(1 1,5 5)", ring, crosses},
                    RelationCase{"LineThroughACorner", "LINESTRING(2 6,6 2)", square, touches},
                    RelationCase{"LineOnTheRim", "LINESTRING(1 0,3 0)", square, touches},
                    RelationCase{"LinePastTheRim", "LINESTRING(-1 0,5 0)", square, touches},
                    RelationCase{"LineInTheHoleFromRimToRim", "LINESTRING(2 3,4 3)", ring, touches},
                    RelationCase{"LineInTheHole", "LINESTRING(2.5 3,3.5 3)", ring, disjoint},
                    RelationCase{"LineApart", "LINESTRING(5 5,9 9)", square, disjoint},
                    RelationCase{"LinesInAndOut", "MULTILINESTRING((1 1,2 2),(8 8,9 9))", square, crosses},
                    RelationCase{"LineOfOnePoint", "LINESTRING(1 1,1 1)", square, within}),
    name_of);

INSTANTIATE_TEST_SUITE_P(PointToArea, Relate,
                         testing::Values(RelationCase{"PointInside", "POINT(1 1)", square, within},
                                         RelationCase{"PointOnEdge", "POINT(4 1)", square, touches},
                                         RelationCase{"PointOnCorner", "POINT(4 4)", square, touches},
                                         RelationCase{"PointOutside", "POINT(5 1)", square, disjoint},
                                         RelationCase{"PointInTheHole", "POINT(3 3)", ring, disjoint},
                                         RelationCase{"PointOnTheHole", "POINT(2 3)", ring, touches},
                                         RelationCase{"PointsInAndOut", "MULTIPOINT((1 1),(9 9))", square, crosses},
                                         RelationCase{"PointsInAndOn", "MULTIPOINT((1 1),(4 4))", square, within}),
                         name_of);

INSTANTIATE_TEST_SUITE_P(
    WithoutArea, Relate,
    testing::Values(RelationCase{"SamePoint", "POINT(1 1)", "MULTIPOINT((0 0),(1 1))", touches},
                    RelationCase{"OtherPoint", "POINT(1 1)", "POINT(1 2)", disjoint},
                    RelationCase{"PointOnLine", "POINT(1 1)", "LINESTRING(0 0,2 2)", touches},
                    RelationCase{"PointBesideLine", "POINT(1 2)", "LINESTRING(0 0,2 2)", disjoint},
                    RelationCase{"LinesCross", "LINESTRING(0 0,2 2)", "LINESTRING(0 2,2 0)", touches},
                    RelationCase{"LinesMeet", "LINESTRING(0 0,2 2)", "LINESTRING(2 2,2 0)", touches},
                    RelationCase{"LinesApart", "LINESTRING(0 0,2 2)", "LINESTRING(1 0,3 2)", disjoint}),
    name_of);

TEST(RelateOfNothing, IsDisjoint) {
    EXPECT_EQ(relate(Geometry(geom::GeometryType::polygon), test::from_wkt(square)), disjoint);
}

TEST(RelateWithContact, OverlapNarrowerThanTheContactIsATouch) {
    const Geometry a = test::from_wkt(square);
    const Geometry b = "POLYGON((3.999 0,8 0,8 4,3.999 4,3.999 0))"_wkt;
    EXPECT_EQ(relate(a, b), crosses);
    EXPECT_EQ(relate(a, b, {0.01}), touches);
    EXPECT_EQ(relate(a, b, {0.0001}), crosses);
}

TEST(RelateWithContact, GapNarrowerThanTheContactIsATouch) {
    const Geometry a = test::from_wkt(square);
    EXPECT_EQ(relate(a, "POLYGON((4.001 0,8 0,8 4,4.001 4,4.001 0))"_wkt, {0.01}), touches);
    EXPECT_EQ(relate("POINT(4.001 1)"_wkt, a, {0.01}), touches);
    EXPECT_EQ(relate("LINESTRING(4.001 1,6 1)"_wkt, a, {0.01}), touches);
    EXPECT_EQ(relate("POINT(4.02 1)"_wkt, a, {0.01}), disjoint);
}

TEST(RelateWithContact, BordersThatNearlyAgreeAreShared) {
    const Geometry a = test::from_wkt(square);
    const Geometry wavy = "POLYGON((0.001 0,2 0.001,4 -0.001,4.001 2,3.999 4,1 4.001,0 3.999,0.001 0))"_wkt;
    EXPECT_EQ(relate(a, wavy), crosses);
    EXPECT_EQ(relate(a, wavy, {0.01}), equals);
    EXPECT_EQ(relate(a, "POLYGON((-0.001 0,2 0,2 4,-0.001 4,-0.001 0))"_wkt, {0.01}), contains);
    EXPECT_EQ(relate(test::from_wkt(ring), "POLYGON((1.999 2,4.001 2,4 4,2 4.001,1.999 2))"_wkt, {0.01}), touches);
}

TEST(RelateWithContact, SharpCornerThatReachesInFartherIsACrossing) {
    const Geometry a = test::from_wkt(square);
    EXPECT_EQ(relate(a, "POLYGON((3.9 2,8 1,8 3,3.9 2))"_wkt, {0.01}), crosses);
    EXPECT_EQ(relate(a, "POLYGON((3.995 2,8 1,8 3,3.995 2))"_wkt, {0.01}), touches);
}

TEST(Locate, TellsInsideBoundaryAndOutside) {
    const Geometry area = test::from_wkt(ring);
    EXPECT_EQ(locate({1, 1}, area), PointPlace::inside);
    EXPECT_EQ(locate({1, 2}, area), PointPlace::inside);
    EXPECT_EQ(locate({3, 3}, area), PointPlace::outside);
    EXPECT_EQ(locate({7, 6}, area), PointPlace::outside);
    EXPECT_EQ(locate({-1, 6}, area), PointPlace::outside);
    EXPECT_EQ(locate({0, 0}, area), PointPlace::boundary);
    EXPECT_EQ(locate({6, 6}, area), PointPlace::boundary);
    EXPECT_EQ(locate({3, 6}, area), PointPlace::boundary);
    EXPECT_EQ(locate({0, 3}, area), PointPlace::boundary);
    EXPECT_EQ(locate({2, 3}, area), PointPlace::boundary);
}

TEST(Locate, SharedEdgeOfTwoPartsIsBoundary) {
    const Geometry two = "MULTIPOLYGON(((0 0,1 0,1 1,0 1,0 0)),((1 0,2 0,2 1,1 1,1 0)))"_wkt;
    EXPECT_EQ(locate({1, 0.5}, two), PointPlace::boundary);
    EXPECT_EQ(locate({1.5, 0.5}, two), PointPlace::inside);
}

TEST(Locate, TakesAnOpenRing) {
    Geometry open(geom::GeometryType::polygon);
    open.add_path(std::vector<geom::Point>{{0, 0}, {4, 0}, {4, 4}});
    open.end_part();
    EXPECT_EQ(locate({3, 1}, open), PointPlace::inside);
    EXPECT_EQ(locate({2, 2}, open), PointPlace::boundary);
    EXPECT_EQ(locate({1, 3}, open), PointPlace::outside);
}

}  // namespace
}  // namespace ranh::algorithm
