#include "spatial/base/hand_over.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <thread>
#include <vector>

namespace ranh {
namespace {

TEST(HandOver, KeepsTheOrder) {
    constexpr int count = 2000;
    HandOver<int> things(3);
    std::jthread giver([&] {
        for (int i = 0; i < count; ++i) {
            EXPECT_TRUE(things.give(i));
        }
        things.end();
    });
    for (int i = 0; i < count; ++i) {
        EXPECT_EQ(things.take(), i);
    }
    EXPECT_EQ(things.take(), std::nullopt);
    EXPECT_EQ(things.take(), std::nullopt);
}

TEST(HandOver, ThrowsTheFailureOfTheGiverBehindWhatItGave) {
    HandOver<int> things(3);
    std::jthread giver([&] {
        EXPECT_TRUE(things.give(1));
        things.end(std::make_exception_ptr(std::runtime_error("broken")));
    });
    EXPECT_EQ(things.take(), 1);
    EXPECT_THROW(static_cast<void>(things.take()), std::runtime_error);
}

TEST(HandOver, LetsAWaitingGiverGoWhenTheTakerStops) {
    HandOver<int> things(1);
    std::jthread giver([&] {
        int given = 0;
        while (things.give(given)) {
            ++given;
        }
        EXPECT_GE(given, 1);
    });
    EXPECT_EQ(things.take(), 0);
    things.stop();
}

}  // namespace
}  // namespace ranh
