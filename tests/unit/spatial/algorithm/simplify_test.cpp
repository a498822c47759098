#include "spatial/algorithm/simplify.hpp"

#include "spatial/algorithm/area.hpp"
#include "spatial/algorithm/relate.hpp"
#include "tests/support/random_polygons.hpp"
#include "tests/support/wkt.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

namespace ranh::algorithm {
namespace {

using geom::Box;
using geom::Geometry;
using geom::Point;
using test::operator""_wkt;

constexpr Box window{{0, 0}, {4, 4}};

TEST(ClipForDisplay, KeepsWhatLiesInside) {
    const Geometry inside = "POLYGON((1 1,3 1,3 3,1 1))"_wkt;
    EXPECT_EQ(relate(clip_for_display(inside, window), inside), SpatialRelation::equals);
    EXPECT_EQ(clip_for_display("LINESTRING(1 1,3 1,3 3)"_wkt, window), "LINESTRING(1 1,3 1,3 3)"_wkt);
    EXPECT_EQ(clip_for_display("POINT(4 4)"_wkt, window), "POINT(4 4)"_wkt);
}

TEST(ClipForDisplay, IsEmptyWhenNothingIsLeft) {
    EXPECT_TRUE(clip_for_display("POLYGON((5 1,7 1,7 3,5 1))"_wkt, window).empty());
    EXPECT_TRUE(clip_for_display("POLYGON((4 1,7 1,7 3,4 1))"_wkt, window).empty());
    EXPECT_TRUE(clip_for_display("LINESTRING(5 1,7 1)"_wkt, window).empty());
    EXPECT_TRUE(clip_for_display("LINESTRING(3 6,6 3)"_wkt, window).empty());
    EXPECT_TRUE(clip_for_display("POINT(5 5)"_wkt, window).empty());
}

TEST(ClipForDisplay, CutsPolygonsToTheWindow) {
    const Geometry cut = clip_for_display("POLYGON((2 2,9 2,9 9,2 9,2 2))"_wkt, window);
    EXPECT_EQ(relate(cut, "POLYGON((2 2,4 2,4 4,2 4,2 2))"_wkt), SpatialRelation::equals);
    const Geometry around = clip_for_display("POLYGON((-9 -9,9 -9,9 9,-9 9,-9 -9))"_wkt, window);
    EXPECT_EQ(relate(around, "POLYGON((0 0,4 0,4 4,0 4,0 0))"_wkt), SpatialRelation::equals);
}

TEST(ClipForDisplay, CutsHolesAndDropsPartsOutside) {
    const Geometry cut = clip_for_display(
        "MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0),(3 3,3 5,5 5,5 3,3 3),(7 7,7 8,8 8,7 7)),((20 0,21 0,21 1,20 0)))"_wkt,
        window);
    EXPECT_EQ(cut.view().part_count(), 1U);
    EXPECT_EQ(cut.view().path_count(), 2U);
    EXPECT_EQ(area(cut), 15.0);
}

TEST(ClipForDisplay, LineInPiecesBecomesAMultiLine) {
    EXPECT_EQ(clip_for_display("LINESTRING(1 1,1 6,3 6,3 1)"_wkt, window), "MULTILINESTRING((1 1,1 4),(3 4,3 1))"_wkt);
    EXPECT_EQ(clip_for_display("LINESTRING(-2 2,9 2)"_wkt, window), "LINESTRING(0 2,4 2)"_wkt);
}

TEST(ClipForDisplay, MeasuresAsTheOverlapWithTheWindow) {
    SCOPED_TRACE(test::seed_note());
    test::Random random;
    for (std::size_t i = 0; i < test::rounds(500, 50000); ++i) {
        test::StarForm form;
        form.centre = {random.real(-3, 7), random.real(-3, 7)};
        form.radius = random.real(1.0, 8.0);
        form.hole = random.chance(0.4);
        const Geometry star = random_star(random, form);
        const Geometry cut = clip_for_display(star, window);
        const double expected = overlap_area(star, test::rectangle(0, 0, 4, 4));
        ASSERT_NEAR(cut.empty() ? 0.0 : area(cut), expected, 1e-11) << test::to_text(star);
    }
}

TEST(SimplifyForDisplay, DropsPointsWithinTheTolerance) {
    EXPECT_EQ(simplify_for_display("LINESTRING(0 0,1 0.1,2 -0.1,3 0,4 2)"_wkt, 0.2), "LINESTRING(0 0,3 0,4 2)"_wkt);
    EXPECT_EQ(simplify_for_display("LINESTRING(0 0,1 0.1,2 -0.1,3 0,4 2)"_wkt, 0.01),
              "LINESTRING(0 0,1 0.1,2 -0.1,3 0,4 2)"_wkt);
}

TEST(SimplifyForDisplay, WithoutToleranceChangesNothing) {
    const Geometry line = "LINESTRING(0 0,1 0,2 0)"_wkt;
    EXPECT_EQ(simplify_for_display(line, 0.0), line);
    EXPECT_EQ(simplify_for_display("POINT(1 1)"_wkt, 5.0), "POINT(1 1)"_wkt);
}

TEST(SimplifyForDisplay, RingKeepsFourPoints) {
    const Geometry strip = simplify_for_display("POLYGON((0 0,10 0,10 0.5,5 0.6,0 0.5,0 0))"_wkt, 2.0);
    EXPECT_EQ(strip.points().size(), 4U);
    EXPECT_GT(area(strip), 0.0);
}

TEST(SimplifyForDisplay, RingsSmallerThanTheToleranceAreDropped) {
    const Geometry area = "POLYGON((0 0,10 0,10 10,0 10,0 0),(2 2,2 3,3 3,2 2))"_wkt;
    EXPECT_EQ(simplify_for_display(area, 1.5).view().path_count(), 1U);
    EXPECT_TRUE(simplify_for_display("POLYGON((0 0,1 0,1 1,0 0))"_wkt, 1.5).empty());
    EXPECT_EQ(
        simplify_for_display("MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((0 5,9 5,9 9,0 5)))"_wkt, 1.5).view().part_count(), 1U);
}

using PointSet = std::set<std::pair<double, double>>;

PointSet points_of(const Geometry& geometry) {
    PointSet points;
    for (const Point& p : geometry.points()) {
        points.emplace(p.x, p.y);
    }
    return points;
}

TEST(SimplifyForDisplay, KeepsTheSamePointsBackwardsAndFromAnyStart) {
    SCOPED_TRACE(test::seed_note());
    test::Random random;
    for (std::size_t i = 0; i < test::rounds(200, 20000); ++i) {
        test::StarForm form;
        form.vertices = random.integer(5, 80);
        const Geometry star = test::snapped(random_star(random, form), 0.5);
        std::vector<Point> line(star.points().begin(), star.points().end() - 1);
        const Geometry forwards = simplify_for_display(Geometry::line_string(line), 1.0);
        const Geometry ring = simplify_for_display(star, 1.0);
        std::reverse(line.begin(), line.end());
        ASSERT_EQ(points_of(simplify_for_display(Geometry::line_string(line), 1.0)), points_of(forwards));
        std::rotate(line.begin(), line.begin() + 2, line.end());
        ASSERT_EQ(points_of(simplify_for_display(Geometry::polygon(line), 1.0)), points_of(ring))
            << test::to_text(star);
    }
}

}  // namespace
}  // namespace ranh::algorithm
