#include "spatial/algorithm/simple_ring.hpp"

#include "tests/support/wkt.hpp"

#include <gtest/gtest.h>

namespace ranh::algorithm {
namespace {

using test::operator""_wkt;

bool simple(const geom::Geometry& polygon) { return is_simple_ring(polygon.points()); }

TEST(IsSimpleRing, AcceptsConvexAndStarShapedAndOtherRings) {
    EXPECT_TRUE(simple("POLYGON((0 0,4 0,4 4,0 4,0 0))"_wkt));
    EXPECT_TRUE(simple("POLYGON((0 0,0 4,4 4,4 0,0 0))"_wkt));
    EXPECT_TRUE(simple("POLYGON((0 0,9 0,9 9,0 9,0 7,7 7,7 2,0 2,0 0))"_wkt));  // a bracket: not seen from its middle
    EXPECT_TRUE(simple("POLYGON((0 0,4 0,4 0,4 4,0 4,0 0))"_wkt));              // a repeated point
}

TEST(IsSimpleRing, RefusesWhatMeetsItself) {
    EXPECT_FALSE(simple("POLYGON((0 0,4 4,4 0,0 4,0 0))"_wkt));                  // bow-tie
    EXPECT_FALSE(simple("POLYGON((0 0,4 0,2 2,4 4,0 4,2 2,0 0))"_wkt));          // touches itself in a corner
    EXPECT_FALSE(simple("POLYGON((0 0,4 0,4 4,2 0,0 4,0 0))"_wkt));              // a corner on its own edge
    EXPECT_FALSE(simple("POLYGON((0 0,4 0,8 0,4 0,4 4,0 4,0 0))"_wkt));          // a spike
    EXPECT_FALSE(simple("POLYGON((0 0,4 0,4 4,0 4,0 0,4 0,4 4,0 4,0 0))"_wkt));  // twice round
    EXPECT_FALSE(simple("POLYGON((0 0,4 0,8 0,0 0))"_wkt));                      // no area
}

TEST(WindsOnce, AcceptsPartsAndHolesThatTouch) {
    EXPECT_TRUE(winds_once("POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,1 8,8 8,8 1,1 1))"_wkt));
    EXPECT_TRUE(winds_once("POLYGON((0 0,9 0,9 9,0 9,0 0),(4 0,6 3,2 3,4 0))"_wkt));
    EXPECT_TRUE(winds_once("MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0)),((4 0,8 0,8 4,4 4,4 0)))"_wkt));
    EXPECT_TRUE(winds_once(
        "MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0),(1 1,1 8,8 8,8 1,1 1)),((2 2,4 2,4 4,2 4,2 2)))"_wkt));  // shell in hole
}

TEST(WindsOnce, RefusesGroundThatIsWoundAroundOtherwise) {
    EXPECT_FALSE(winds_once("POLYGON((0 0,4 4,4 0,0 4,0 0))"_wkt));
    EXPECT_FALSE(winds_once("POLYGON((0 0,9 0,9 9,0 9,0 0),(5 5,15 5,15 8,5 8,5 5))"_wkt));     // hole across
    EXPECT_FALSE(winds_once("POLYGON((0 0,9 0,9 9,0 9,0 0),(20 0,29 0,29 9,20 9,20 0))"_wkt));  // hole outside
    EXPECT_FALSE(winds_once("POLYGON((2 2,4 2,4 4,2 4,2 2),(0 0,9 0,9 9,0 9,0 0))"_wkt));       // hole around
    EXPECT_FALSE(winds_once("POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,3 1,3 3,1 1),(1 1,3 1,3 3,1 1))"_wkt));
    EXPECT_FALSE(winds_once("MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0)),((5 0,15 0,15 9,5 9,5 0)))"_wkt));
    EXPECT_FALSE(winds_once("MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0)),((2 2,4 2,4 4,2 4,2 2)))"_wkt));
    EXPECT_FALSE(winds_once("MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0)),((0 0,9 0,9 9,0 9,0 0)))"_wkt));
}

}  // namespace
}  // namespace ranh::algorithm
