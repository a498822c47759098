#include "spatial/geom/geometry.hpp"

#include "tests/support/wkt.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

namespace ranh::geom {
namespace {

using test::operator""_wkt;

TEST(Box, MeetsAlsoWhereOnlyCornersTouch) {
    const Box box{{0, 0}, {1, 1}};
    EXPECT_TRUE(boxes_meet(box, {{1, 1}, {2, 2}}));
    EXPECT_TRUE(boxes_meet(box, {{0.2, 0.2}, {0.3, 0.3}}));
    EXPECT_FALSE(boxes_meet(box, {{1.1, 0}, {2, 1}}));
    EXPECT_FALSE(boxes_meet(box, {{0, -2}, {1, -0.1}}));
}

TEST(Box, ContainsItsRim) {
    const Box box{{0, 0}, {2, 1}};
    EXPECT_TRUE(box_contains(box, {2, 1}));
    EXPECT_TRUE(box_contains(box, {0, 0.5}));
    EXPECT_FALSE(box_contains(box, {2.001, 0.5}));
}

TEST(Box, GrowsOnEachSide) { EXPECT_EQ(grown({{0, 1}, {2, 3}}, 0.5), (Box{{-0.5, 0.5}, {2.5, 3.5}})); }

TEST(Box, UnitedIsAroundBoth) { EXPECT_EQ(united({{0, 1}, {2, 3}}, {{-1, 2}, {1, 9}}), (Box{{-1, 1}, {2, 9}})); }

TEST(Box, OfNothingIsNothing) { EXPECT_FALSE(box_of({}).has_value()); }

TEST(Box, OfPointsIsAroundThem) {
    const std::vector<Point> points{{3, 1}, {-1, 5}, {2, 2}};
    EXPECT_EQ(box_of(points), (Box{{-1, 1}, {3, 5}}));
}

TEST(GeometryType, HasANameAndADimension) {
    EXPECT_EQ(to_string(GeometryType::multi_polygon), "MultiPolygon");
    EXPECT_EQ(to_string(GeometryType::line_string), "LineString");
    EXPECT_EQ(dimension(GeometryType::multi_point), 0);
    EXPECT_EQ(dimension(GeometryType::line_string), 1);
    EXPECT_EQ(dimension(GeometryType::polygon), 2);
}

TEST(Geometry, PolygonClosesItsRing) {
    const Geometry polygon = Geometry::polygon({{0, 0}, {1, 0}, {0, 1}});
    EXPECT_EQ(polygon.points().size(), 4U);
    EXPECT_EQ(polygon.points().back(), (Point{0, 0}));
    EXPECT_EQ(polygon, Geometry::polygon({{0, 0}, {1, 0}, {0, 1}, {0, 0}}));
}

TEST(Geometry, PathsArePartedByTheirEnds) {
    const Geometry area = "MULTIPOLYGON(((0 0,9 0,9 9,0 0),(3 1,5 1,5 2,3 1)),((20 0,21 0,21 1,20 0)))"_wkt;
    const GeometryView view = area;
    ASSERT_EQ(view.path_count(), 3U);
    ASSERT_EQ(view.part_count(), 2U);
    EXPECT_EQ(view.path(1).front(), (Point{3, 1}));
    EXPECT_EQ(view.part(0).end, 2U);
    EXPECT_EQ(view.part(1).first, 2U);
    EXPECT_EQ(view.part(1).end, 3U);
}

TEST(Geometry, CopyOfAViewEqualsWhatItShows) {
    const Geometry area = "POLYGON((0 0,9 0,9 9,0 0),(3 1,5 1,5 2,3 1))"_wkt;
    EXPECT_EQ(Geometry::copy_of(area), area);
}

TEST(Geometry, PartAloneIsTheSingleForm) {
    const Geometry area = "MULTIPOLYGON(((0 0,9 0,9 9,0 0),(3 1,5 1,5 2,3 1)),((20 0,21 0,21 1,20 0)))"_wkt;
    EXPECT_EQ(single_part(area, 0), "POLYGON((0 0,9 0,9 9,0 0),(3 1,5 1,5 2,3 1))"_wkt);
    EXPECT_EQ(single_part(area, 1), "POLYGON((20 0,21 0,21 1,20 0))"_wkt);
    EXPECT_EQ(single_part("MULTILINESTRING((0 0,1 1),(2 2,3 3))"_wkt, 1), "LINESTRING(2 2,3 3)"_wkt);
    EXPECT_EQ(single_part("MULTIPOINT((0 0),(1 1))"_wkt, 1), "POINT(1 1)"_wkt);
}

TEST(Geometry, MultiFormKeepsTheParts) {
    EXPECT_EQ(to_multi("POINT(1 2)"_wkt), "MULTIPOINT((1 2))"_wkt);
    EXPECT_EQ(to_multi("LINESTRING(1 2,3 4)"_wkt), "MULTILINESTRING((1 2,3 4))"_wkt);
    EXPECT_EQ(to_multi("POLYGON((0 0,1 0,1 1,0 0))"_wkt), "MULTIPOLYGON(((0 0,1 0,1 1,0 0)))"_wkt);
    EXPECT_EQ(to_multi("MULTIPOINT((1 2),(3 4))"_wkt), "MULTIPOINT((1 2),(3 4))"_wkt);
}

TEST(Geometry, OneBadNumberIsNotFinite) {
    EXPECT_TRUE(all_finite(Geometry::point({1, 2})));
    EXPECT_FALSE(all_finite(Geometry::point({1, std::numeric_limits<double>::quiet_NaN()})));
    EXPECT_FALSE(all_finite(Geometry::point({std::numeric_limits<double>::infinity(), 2})));
}

TEST(GeometryDeathTest, AskingForAPathThatIsNotThereStops) {
    const Geometry point = Geometry::point({1, 2});
    EXPECT_DEATH((void)point.view().path(1), "i < path_ends.size()");
    EXPECT_DEATH((void)point.view().part(1), "i < part_ends.size()");
}

}  // namespace
}  // namespace ranh::geom
