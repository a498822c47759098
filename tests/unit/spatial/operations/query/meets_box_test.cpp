#include "spatial/operations/query/meets_box.hpp"

#include "tests/support/wkt.hpp"

#include <gtest/gtest.h>

namespace ranh::query {
namespace {

const geom::Box box{{0, 0}, {10, 10}};

bool meets(std::string_view wkt) {
    const geom::Geometry geometry = test::from_wkt(wkt);
    return meets_box(geometry, *geometry.box(), box);
}

TEST(MeetsBox, CountsTouchingAsMeeting) {
    EXPECT_TRUE(meets("POINT(10 10)"));
    EXPECT_TRUE(meets("LINESTRING(-5 15,15 -5)"));
    EXPECT_TRUE(meets("POLYGON((10 0,20 0,20 10,10 10,10 0))"));
}

TEST(MeetsBox, LooksAtTheGeometryAndNotAtItsBox) {
    EXPECT_FALSE(meets("LINESTRING(-15 5,5 25)"));
    EXPECT_FALSE(meets("POLYGON((-15 5,5 25,-15 25,-15 5))"));
    EXPECT_FALSE(meets("MULTIPOINT((-1 5),(11 5))"));
}

TEST(MeetsBox, FindsAnAreaThatSurroundsTheBox) { EXPECT_TRUE(meets("POLYGON((-9 -9,99 -9,99 99,-9 99,-9 -9))")); }

TEST(MeetsBox, ABoxInAHoleIsNotMet) {
    EXPECT_FALSE(meets("POLYGON((-9 -9,99 -9,99 99,-9 99,-9 -9),(-1 -1,11 -1,11 11,-1 11,-1 -1))"));
}

TEST(MeetsBox, ALineThatRunsThroughMeets) { EXPECT_TRUE(meets("LINESTRING(-5 4,15 6)")); }

}  // namespace
}  // namespace ranh::query
