#include "spatial/base/in_order.hpp"

#include "spatial/base/error.hpp"
#include "spatial/base/task_pool.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <string>
#include <vector>

namespace ranh {
namespace {

using testing::ElementsAre;

TEST(InOrder, HandsOnWhatCameEarlyInItsTurn) {
    std::vector<std::string> taken;
    InOrder<std::string> in_order([&](std::string&& text) { taken.push_back(std::move(text)); });
    in_order.put(2, "c");
    in_order.put(1, "b");
    EXPECT_TRUE(taken.empty());
    in_order.put(0, "a");
    EXPECT_THAT(taken, ElementsAre("a", "b", "c"));
    in_order.put(3, "d");
    EXPECT_EQ(taken.back(), "d");
}

TEST(InOrder, KeepsTheOrderForManyThreads) {
    constexpr std::size_t count = 5000;
    std::vector<std::size_t> taken;
    InOrder<std::size_t> in_order([&](std::size_t&& number) { taken.push_back(number); });
    for_each_index(count, 7, [&](std::size_t i) { in_order.put(i, i); });
    std::vector<std::size_t> expected(count);
    std::iota(expected.begin(), expected.end(), std::size_t{0});
    EXPECT_EQ(taken, expected);
}

TEST(InOrder, HandsNothingOnAfterAFailure) {
    int taken = 0;
    InOrder<int> in_order([&](int&& /*number*/) {
        ++taken;
        throw Failure(ErrorKind::io, "no room");
    });
    in_order.put(1, 1);
    EXPECT_THROW(in_order.put(0, 0), Failure);
    in_order.put(2, 2);
    EXPECT_EQ(taken, 1);
}

}  // namespace
}  // namespace ranh
