#include "spatial/algorithm/winds_once.hpp"

#include "tests/support/wkt.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

namespace ranh::algorithm {
namespace {

using geom::Point;
using test::operator""_wkt;

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

TEST(WindsOnce, LooksAtEachPartByItself) {
    // the hole of the second part lies on the first one: together they wind 0 or 1 times, but it is no hole of its
    // shell
    EXPECT_FALSE(
        winds_once("MULTIPOLYGON(((0 0,3000 0,3000 3000,0 3000,0 0)),((4000 0,5000 0,5000 1000,4000 1000,4000 0),"
                   "(1000 1000,2000 1000,2000 2000,1000 2000,1000 1000)))"_wkt));
    // two parts in the hole of another, one of them with a hole of its own
    EXPECT_TRUE(winds_once(
        "MULTIPOLYGON(((0 0,90 0,90 90,0 90,0 0),(10 10,10 80,80 80,80 10,10 10)),"
        "((10 10,40 10,40 40,10 40,10 10),(20 20,20 30,30 30,30 20,20 20)),((40 40,80 40,80 80,40 80,40 40)))"_wkt));
    // the second part fills the hole of the first and the ground of its island once more
    EXPECT_FALSE(
        winds_once("MULTIPOLYGON(((0 0,90 0,90 90,0 90,0 0),(10 10,10 80,80 80,80 10,10 10)),"
                   "((10 10,80 10,80 80,10 80,10 10)),((40 40,50 40,50 50,40 50,40 40)))"_wkt));
}

TEST(WindsOnce, SeesASmallPartOnAHugeOne) {
    // 1 m² on 10,000 km²
    EXPECT_FALSE(winds_once("MULTIPOLYGON(((0 0,100000 0,100000 100000,0 100000,0 0)),((7 7,8 7,8 8,7 8,7 7)))"_wkt));
    // 10 cm² of it reach over the border
    EXPECT_FALSE(
        winds_once("MULTIPOLYGON(((0 0,100000 0,100000 100000,0 100000,0 0)),((-1 7,0.001 7,0.001 8,-1 8,-1 7)))"_wkt));
}

std::vector<Point> circle(Point centre, double radius_m, bool clockwise) {
    std::vector<Point> points;
    for (int i = 0; i <= 12; ++i) {
        const double angle = 2.0 * std::numbers::pi * (i % 12) / 12.0 * (clockwise ? -1.0 : 1.0);
        points.push_back({centre.x + radius_m * std::cos(angle), centre.y + radius_m * std::sin(angle)});
    }
    return points;
}

/// `side` by `side` holes, 100 m apart, in one shell; the last hole is moved by `shift_m`.
geom::Geometry sieve(int side, double shift_m) {
    geom::Geometry sieve(geom::GeometryType::polygon);
    sieve.add_path(circle({side * 50.0, side * 50.0}, side * 200.0, false));
    for (int i = 0; i < side * side; ++i) {
        const double moved_m = i + 1 == side * side ? shift_m : 0.0;
        sieve.add_path(circle({i % side * 100.0 + 50.0 - moved_m, i / side * 100.0 + 50.0}, 30.0, true));
    }
    sieve.end_part();
    return sieve;
}

TEST(WindsOnce, JudgesThousandsOfHoles) {
    EXPECT_TRUE(winds_once(sieve(100, 0.0)));
    EXPECT_TRUE(winds_once(sieve(100, 39.9)));   // 0.1 m from its neighbour
    EXPECT_FALSE(winds_once(sieve(100, 40.1)));  // 0.1 m on it
}

/// Parts in the holes of one another, like an onion; the innermost part is drawn `times` times.
geom::Geometry onion(int depth, int times) {
    geom::Geometry onion(geom::GeometryType::multi_polygon);
    for (int i = 0; i < depth; ++i) {
        const double radius_m = 10.0 * (depth - i);
        for (int k = 0; k < (i + 1 == depth ? times : 1); ++k) {
            onion.add_path(circle({0.0, 0.0}, radius_m, false));
            onion.add_path(circle({0.0, 0.0}, radius_m - 4.0, true));
            onion.end_part();
        }
    }
    return onion;
}

TEST(WindsOnce, JudgesPartsNestedDeeplyAndPartsOnOnePlace) {
    EXPECT_TRUE(winds_once(onion(200, 1)));
    EXPECT_FALSE(winds_once(onion(200, 2)));
    EXPECT_FALSE(winds_once(onion(1, 100)));
}

}  // namespace
}  // namespace ranh::algorithm
