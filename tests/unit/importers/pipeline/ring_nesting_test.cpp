#include "importers/pipeline/ring_nesting.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::pipeline {
namespace {

using Ring = std::vector<geom::Point>;
using testing::ElementsAre;

Ring square(double from, double to) { return {{from, from}, {to, from}, {to, to}, {from, to}}; }

TEST(NestRings, FindsTheSmallestRingAround) {
    const std::vector<Ring> rings = {square(0, 10), square(2, 3), square(1, 5)};
    const auto nesting = nest_rings(rings);
    EXPECT_THAT(nesting.depth, ElementsAre(0, 2, 1));
    EXPECT_EQ(nesting.parent[1], 2U);
    EXPECT_EQ(nesting.area[2], 16.0);
    EXPECT_FALSE(nesting.flat());
}

TEST(NestRings, LeavesRingsThatTouchOrCrossBesideEachOther) {
    const std::vector<Ring> rings = {square(0, 10), square(10, 20), square(5, 15)};
    EXPECT_TRUE(nest_rings(rings).flat());
}

TEST(NestRings, NamesARingThatIsPrintedTwice) {
    const std::vector<Ring> rings = {square(0, 10), {{10, 0}, {10, 10}, {0, 10}, {0, 0}}};
    const auto nesting = nest_rings(rings);
    EXPECT_EQ(nesting.repeats[1], 0U);
    EXPECT_TRUE(nesting.flat());
}

}  // namespace
}  // namespace ranh::pipeline
