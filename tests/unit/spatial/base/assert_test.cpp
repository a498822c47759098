#include "spatial/base/assert.hpp"

#include <gtest/gtest.h>

namespace ranh {
namespace {

TEST(AssertDeathTest, BrokenContractStopsTheProcessAndNamesTheCondition) {
    EXPECT_DEATH(RANH_ASSERT(1 + 1 == 3), "assert_test.cpp:[0-9]+: assertion failed: 1 \\+ 1 == 3");
}

TEST(Assert, KeptContractGoesOn) {
    int evaluated = 0;
    RANH_ASSERT(++evaluated == 1);
    EXPECT_EQ(evaluated, 1);
}

}  // namespace
}  // namespace ranh
