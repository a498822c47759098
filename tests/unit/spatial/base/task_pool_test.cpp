#include "spatial/base/task_pool.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <vector>

namespace ranh {
namespace {

class ForEachIndex : public testing::TestWithParam<unsigned> {};

TEST_P(ForEachIndex, RunsEveryIndexOnce) {
    std::vector<std::atomic<int>> runs(1000);
    for_each_index(runs.size(), GetParam(), [&](std::size_t i) { ++runs[i]; });
    for (const std::atomic<int>& count : runs) {
        EXPECT_EQ(count.load(), 1);
    }
}

TEST_P(ForEachIndex, ThrowsTheFailureOfATask) {
    const auto task = [](std::size_t i) {
        if (i == 17) {
            throw Failure(ErrorKind::io, "task " + std::to_string(i));
        }
    };
    try {
        for_each_index(1000, GetParam(), task);
        FAIL() << "for_each_index() returned";
    } catch (const Failure& failure) {
        EXPECT_EQ(failure.error().sentence, "task 17");
    }
}

TEST_P(ForEachIndex, StopsWhenCancelled) {
    CancelToken cancel;
    std::atomic<int> runs{0};
    const auto task = [&](std::size_t) {
        if (++runs == 10) {
            cancel.stop();
        }
    };
    EXPECT_THROW(for_each_index(100000, GetParam(), task, &cancel), Failure);
    EXPECT_LT(runs.load(), 1000);
}

INSTANTIATE_TEST_SUITE_P(Threads, ForEachIndex, testing::Values(1U, 2U, 7U));

TEST(ForEachIndexOfNothing, CallsNothing) {
    for_each_index(0, 4, [](std::size_t) { FAIL(); });
}

TEST(DefaultThreadCount, IsAtLeastOne) { EXPECT_GE(default_thread_count(), 1U); }

}  // namespace
}  // namespace ranh
