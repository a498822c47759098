#include "spatial/algorithm/distance.hpp"

#include "tests/support/wkt.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace ranh::algorithm {
namespace {

using test::operator""_wkt;

const geom::Geometry square = "POLYGON((0 0,4 0,4 4,0 4,0 0))"_wkt;
const geom::Geometry ring = "POLYGON((0 0,9 0,9 9,0 9,0 0),(2 2,2 7,7 7,7 2,2 2))"_wkt;

TEST(Distance, IsZeroWhereTheyMeetOrOneLiesInside) {
    EXPECT_EQ(distance(square, "POINT(2 2)"_wkt), 0.0);
    EXPECT_EQ(distance(square, "POINT(4 2)"_wkt), 0.0);
    EXPECT_EQ(distance("LINESTRING(1 1,2 2)"_wkt, square), 0.0);
    EXPECT_EQ(distance("LINESTRING(-1 2,9 2)"_wkt, square), 0.0);
    EXPECT_EQ(distance(square, "POLYGON((4 4,5 4,5 5,4 4))"_wkt), 0.0);
    EXPECT_EQ(distance("LINESTRING(0 0,4 4)"_wkt, "LINESTRING(0 4,4 0)"_wkt), 0.0);
}

TEST(Distance, IsFromEdgeToNearestVertex) {
    EXPECT_EQ(distance(square, "POINT(7 8)"_wkt), 5.0);
    EXPECT_EQ(distance("POINT(2 -3)"_wkt, square), 3.0);
    EXPECT_EQ(distance(square, "LINESTRING(6 0,6 9)"_wkt), 2.0);
    EXPECT_DOUBLE_EQ(distance(square, "LINESTRING(4 6,6 4)"_wkt), std::sqrt(2.0));
    EXPECT_EQ(distance("POINT(0 0)"_wkt, "MULTIPOINT((9 9),(3 4))"_wkt), 5.0);
}

TEST(Distance, FromInsideAHoleIsToItsRim) {
    EXPECT_EQ(distance(ring, "POLYGON((4 4,5 4,5 5,4 5,4 4))"_wkt), 2.0);
    EXPECT_EQ(distance("POINT(3 5)"_wkt, ring), 1.0);
}

TEST(DistanceDeathTest, OfAnEmptyGeometryStops) {
    EXPECT_DEATH((void)distance(square, geom::Geometry(geom::GeometryType::point)), "points.empty");
}

TEST(LengthInside, IsTheStretchBetweenTheRims) {
    EXPECT_DOUBLE_EQ(length_inside("LINESTRING(-1 2,9 2)"_wkt, square), 4.0);
    EXPECT_DOUBLE_EQ(length_inside("LINESTRING(-1 5,10 5)"_wkt, ring), 4.0);
    EXPECT_DOUBLE_EQ(length_inside("LINESTRING(1 1,1 3,9 3)"_wkt, square), 5.0);
}

TEST(LengthInside, CountsTheBoundary) {
    EXPECT_DOUBLE_EQ(length_inside("LINESTRING(-1 4,2 4)"_wkt, square), 2.0);
    EXPECT_DOUBLE_EQ(length_inside("LINESTRING(2 2,2 7)"_wkt, ring), 5.0);
}

TEST(LengthInside, AddsAllLines) {
    EXPECT_DOUBLE_EQ(length_inside("MULTILINESTRING((1 1,2 1),(5 5,6 6),(3 3,3 9))"_wkt, square), 2.0);
}

TEST(LengthInside, OfWhatLiesOutsideOrIsNoLineIsZero) {
    EXPECT_EQ(length_inside("LINESTRING(5 5,6 6)"_wkt, square), 0.0);
    EXPECT_EQ(length_inside("LINESTRING(4 5,4 6)"_wkt, square), 0.0);
    EXPECT_EQ(length_inside("POINT(1 1)"_wkt, square), 0.0);
    EXPECT_EQ(length_inside("LINESTRING(1 1,2 2)"_wkt, "LINESTRING(0 0,4 4)"_wkt), 0.0);
}

}  // namespace
}  // namespace ranh::algorithm
