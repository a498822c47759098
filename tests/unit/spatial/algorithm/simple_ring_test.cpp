#include "spatial/algorithm/simple_ring.hpp"

#include "tests/support/wkt.hpp"

#include <gtest/gtest.h>

#include <vector>

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

TEST(IsSimpleRing, SweepsACombAlongItsBack) {
    for (const bool turned : {false, true}) {
        std::vector<geom::Point> comb{{-1.0, 0.0}};
        constexpr int teeth = 20'000;
        for (int i = 0; i < teeth; ++i) {
            comb.push_back({100.0, 2.0 * i});
            comb.push_back({100.0, 2.0 * i + 0.5});
            comb.push_back({0.0, 2.0 * i + 1.0});
        }
        comb.push_back({-1.0, 2.0 * teeth});
        comb.push_back(comb.front());
        if (turned) {
            for (geom::Point& p : comb) {
                p = {p.y, p.x};
            }
        }
        EXPECT_TRUE(is_simple_ring(comb));
    }
}

}  // namespace
}  // namespace ranh::algorithm
