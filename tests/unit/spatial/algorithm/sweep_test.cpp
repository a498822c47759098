#include "spatial/algorithm/sweep.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace ranh::algorithm {
namespace {

struct Item {
    double x0;
    double x1;
    int name;
};
using Pairs = std::vector<std::pair<int, int>>;

Pairs pairs_of(std::vector<Item> left, std::vector<Item> right) {
    Pairs pairs;
    sweep_pairs(std::span(left), std::span(right), [&](const Item& a, const Item& b) {
        pairs.emplace_back(a.name, b.name);
        return true;
    });
    return pairs;
}

TEST(SweepPairs, FindsEveryMeetingPairOnce) {
    const Pairs pairs = pairs_of({{0, 4, 1}, {6, 9, 2}, {2, 3, 3}}, {{3, 7, 10}, {-1, 0, 11}, {9.5, 10, 12}});
    EXPECT_THAT(pairs,
                testing::UnorderedElementsAre(std::pair(1, 10), std::pair(1, 11), std::pair(2, 10), std::pair(3, 10)));
}

TEST(SweepPairs, OfAnEmptySideCallsNothing) { EXPECT_TRUE(pairs_of({}, {{0, 1, 1}}).empty()); }

TEST(SweepPairs, StopsWhenToldTo) {
    std::vector<Item> left{{0, 9, 1}, {1, 9, 2}};
    std::vector<Item> right{{0, 9, 3}, {1, 9, 4}};
    int calls = 0;
    sweep_pairs(std::span(left), std::span(right), [&](const Item&, const Item&) { return ++calls < 2; });
    EXPECT_EQ(calls, 2);
}

}  // namespace
}  // namespace ranh::algorithm
