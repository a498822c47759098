#include "spatial/algorithm/orientation.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace ranh::algorithm {
namespace {

using geom::Point;

TEST(Orientation, TellsLeftFromRight) {
    EXPECT_EQ(orientation({0, 0}, {4, 0}, {1, 1}), 1);
    EXPECT_EQ(orientation({0, 0}, {4, 0}, {1, -1}), -1);
    EXPECT_EQ(orientation({0, 0}, {4, 2}, {8, 4}), 0);
}

TEST(Orientation, OfRepeatedPointsIsZero) {
    EXPECT_EQ(orientation({1, 2}, {1, 2}, {5, 7}), 0);
    EXPECT_EQ(orientation({1, 2}, {5, 7}, {1, 2}), 0);
    EXPECT_EQ(orientation({5, 7}, {1, 2}, {1, 2}), 0);
}

// Kettner et al. 2008: around (0.5, 0.5) plain arithmetic draws bands of wrong signs against the line through (12, 12),
// (24, 24).
TEST(Orientation, IsRightInTheNeighbourhoodWherePlainArithmeticFails) {
    constexpr double ulp = 0x1p-53;
    for (int i = 0; i < 64; ++i) {
        for (int j = 0; j < 64; ++j) {
            const Point p{0.5 + i * ulp, 0.5 + j * ulp};
            const double side = p.y - p.x;  // exact, the two are that near
            EXPECT_EQ(orientation({12, 12}, {24, 24}, p), side > 0.0 ? 1 : side < 0.0 ? -1 : 0) << i << ' ' << j;
        }
    }
}

TEST(Orientation, SeesOneUnitInTheLastPlaceOfAPlanCoordinate) {
    const Point a{480000.0, 1290000.0};
    const Point b{490000.0, 1300000.0};
    const Point on{485000.0, 1295000.0};
    EXPECT_EQ(orientation(a, b, on), 0);
    EXPECT_EQ(orientation(a, b, {on.x, std::nextafter(on.y, 2e6)}), 1);
    EXPECT_EQ(orientation(a, b, {on.x, std::nextafter(on.y, 0.0)}), -1);
}

TEST(MidpointOrientation, IsExactWhereTheMidpointIsNoDouble) {
    const double next = std::nextafter(1.0, 2.0);
    // Halfway between 1 and the next double, against lines through either.
    const Midpoint middle{{1.0, 1.0}, {next, next}};
    EXPECT_EQ(midpoint_orientation({0, 0}, {4, 4}, middle), 0);
    EXPECT_EQ(midpoint_orientation({1.0, 0}, {1.0, 9}, middle), -1);
    EXPECT_EQ(midpoint_orientation({next, 0}, {next, 9}, middle), 1);
}

TEST(CompareY, IsExactWhereTheMidpointIsNoDouble) {
    const double next = std::nextafter(1.0, 2.0);
    const Midpoint middle{{0, 1.0}, {0, next}};
    EXPECT_EQ(compare_y(1.0, middle), -1);
    EXPECT_EQ(compare_y(next, middle), 1);
    EXPECT_EQ(compare_y(1.5, {{0, 1.0}, {0, 2.0}}), 0);
    EXPECT_EQ(compare_y(9.0, middle), 1);
    EXPECT_EQ(compare_y(-9.0, middle), -1);
}

TEST(OnSegment, TakesEndsAndInnerPoints) {
    EXPECT_TRUE(on_segment({0, 0}, {0, 0}, {4, 2}));
    EXPECT_TRUE(on_segment({2, 1}, {0, 0}, {4, 2}));
    EXPECT_TRUE(on_segment({4, 2}, {0, 0}, {4, 2}));
    EXPECT_FALSE(on_segment({6, 3}, {0, 0}, {4, 2}));
    EXPECT_FALSE(on_segment({2, std::nextafter(1.0, 2.0)}, {0, 0}, {4, 2}));
}

TEST(OnSegment, OfOnePointIsThatPoint) {
    EXPECT_TRUE(on_segment({1, 1}, {1, 1}, {1, 1}));
    EXPECT_FALSE(on_segment({1, 2}, {1, 1}, {1, 1}));
}

}  // namespace
}  // namespace ranh::algorithm
