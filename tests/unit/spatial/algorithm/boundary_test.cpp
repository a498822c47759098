#include "spatial/algorithm/boundary.hpp"

#include "tests/support/wkt.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace ranh::algorithm {
namespace {

using geom::Geometry;
using geom::Point;
using test::operator""_wkt;

const Geometry ring = "POLYGON((0 0,6 0,6 6,0 6,0 0),(2 2,2 4,4 4,4 2,2 2))"_wkt;

TEST(Boundary, HasTheSegmentsOfAllRings) {
    const Boundary boundary(ring);
    ASSERT_EQ(boundary.segments().size(), 8U);
    EXPECT_FALSE(boundary.segments()[0].continues);
    EXPECT_TRUE(boundary.segments()[3].continues);
    EXPECT_FALSE(boundary.segments()[4].continues);
    EXPECT_EQ(boundary.segments()[4].path, 1U);
    EXPECT_EQ(boundary.box(), (geom::Box{{0, 0}, {6, 6}}));
}

TEST(Boundary, PassesOverRepeatedPoints) {
    EXPECT_EQ(Boundary("POLYGON((0 0,6 0,6 0,6 6,0 6,0 0))"_wkt).segments().size(), 4U);
}

TEST(Boundary, LeavesOutSpikesOfRingsButNotOfLines) {
    EXPECT_EQ(Boundary("POLYGON((0 0,6 0,7 0,8 1,7 0,6 0,6 6,0 6,0 0))"_wkt).segments().size(), 4U);
    EXPECT_EQ(Boundary("LINESTRING(0 0,6 0,0 0)"_wkt).segments().size(), 2U);
}

TEST(Boundary, ClosesRingsButNotLines) {
    Geometry open(geom::GeometryType::polygon);
    open.add_path(std::vector<Point>{{0, 0}, {1, 0}, {1, 1}});
    open.end_part();
    EXPECT_EQ(Boundary(open).segments().size(), 3U);
    EXPECT_EQ(Boundary("LINESTRING(0 0,1 0,1 1)"_wkt).segments().size(), 2U);
}

TEST(Boundary, EnclosesByCountingEdges) {
    const Boundary boundary(ring);
    EXPECT_TRUE(boundary.encloses(Point{1, 2}));
    EXPECT_TRUE(boundary.encloses(Point{5, 4}));
    EXPECT_FALSE(boundary.encloses(Point{3, 3}));
    EXPECT_FALSE(boundary.encloses(Point{-1, 2}));
    EXPECT_TRUE(boundary.encloses(Midpoint{{0, 2}, {2, 2}}));
    EXPECT_FALSE(boundary.encloses(Midpoint{{2, 2}, {4, 4}}));
}

TEST(Boundary, KnowsItsInteriorSideWhateverTheWinding) {
    const Boundary boundary(ring);
    for (const Segment& s : boundary.segments()) {
        EXPECT_TRUE(boundary.interior_left_of(s)) << s.from.x << ' ' << s.from.y;
    }
    const Boundary turned("POLYGON((0 0,0 6,6 6,6 0,0 0),(2 2,4 2,4 4,2 4,2 2))"_wkt);
    for (const Segment& s : turned.segments()) {
        EXPECT_FALSE(turned.interior_left_of(s)) << s.from.x << ' ' << s.from.y;
    }
}

TEST(SegmentsNear, LeavesOutWhatIsFarAndWhatStandsTwice) {
    const Boundary two("MULTIPOLYGON(((0 0,1 0,1 1,0 1,0 0)),((1 0,2 0,2 1,1 1,1 0)))"_wkt);
    const geom::Box all{{0, 0}, {2, 1}};
    EXPECT_EQ(segments_near(two, all, false).kept.size(), 8U);
    EXPECT_EQ(segments_near(two, all, true).kept.size(), 6U);
    EXPECT_EQ(segments_near(two, {{1.5, 0.5}, {9, 0.6}}, true).kept.size(), 1U);
}

TEST(SegmentsNear, TakesMinusZeroForZero) {
    const Boundary two("MULTIPOLYGON(((-1 0,0 0,0 1,-1 1,-1 0)),((-0.0 0,1 0,1 1,-0.0 1,-0.0 0)))"_wkt);
    EXPECT_EQ(segments_near(two, {{-1, 0}, {1, 1}}, true).kept.size(), 6U);
}

}  // namespace
}  // namespace ranh::algorithm
