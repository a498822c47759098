#include "spatial/algorithm/sweep.hpp"

#include "tests/support/seeds.hpp"

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

TEST(SweepPairs, FindsInLongListsWhatLookingAtAllFinds) {
    SCOPED_TRACE(test::seed_note());
    test::Random random;
    for (int round = 0; round < 50; ++round) {
        const auto list = [&] {
            std::vector<Item> items;
            for (int i = 0; i < 30; ++i) {
                const int x0 = random.integer(0, 40);
                items.push_back({static_cast<double>(x0), static_cast<double>(x0 + random.integer(0, 6)), i});
            }
            return items;
        };
        const std::vector<Item> left = list();
        const std::vector<Item> right = list();
        Pairs expected;
        for (const Item& a : left) {
            for (const Item& b : right) {
                if (a.x0 <= b.x1 && b.x0 <= a.x1) {
                    expected.emplace_back(a.name, b.name);
                }
            }
        }
        ASSERT_THAT(pairs_of(left, right), testing::UnorderedElementsAreArray(expected));
    }
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
