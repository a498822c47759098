#include "spatial/index/rtree_view.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <span>
#include <vector>

namespace ranh::index {
namespace {

using geom::Box;
using Hits = std::vector<std::uint32_t>;

/// Boxes one after the other along a line: an order in which neighbours are near.
std::vector<Box> row_of_squares(std::size_t count) {
    std::vector<Box> boxes;
    for (std::size_t i = 0; i < count; ++i) {
        const auto x = static_cast<double>(i);
        boxes.push_back({{x, 0}, {x + 0.5, 1}});
    }
    return boxes;
}

TEST(RTreeView, OfNothingFindsNothing) {
    Hits hits;
    RTreeView().search({{-1, -1}, {1, 1}}, hits);
    RTreeView({}, RTreeView::upper_levels({})).search({{-1, -1}, {1, 1}}, hits);
    EXPECT_TRUE(hits.empty());
    EXPECT_EQ(RTreeView::upper_count(0), 0U);
    EXPECT_EQ(RTreeView::upper_count(1), 0U);
}

TEST(RTreeView, FindsPlacesInAscendingOrderForEveryNumberOfLevels) {
    for (const std::size_t count : {1U, 2U, 15U, 16U, 17U, 256U, 257U, 4097U}) {
        const std::vector<Box> leaves = row_of_squares(count);
        const std::vector<Box> upper = RTreeView::upper_levels(leaves);
        ASSERT_EQ(upper.size(), RTreeView::upper_count(count));
        const RTreeView tree(leaves, upper);
        Hits all;
        tree.search({{-1, -1}, {1e9, 1}}, all);
        ASSERT_EQ(all.size(), count);
        for (std::uint32_t i = 0; i < count; ++i) {
            ASSERT_EQ(all[i], i);
            Hits one;
            tree.search({{i + 0.25, 0}, {i + 0.25, 0}}, one);
            ASSERT_EQ(one, Hits{i});
        }
    }
}

TEST(RTreeView, TakesKnownLevelsOverAndAddsWhatIsNew) {
    for (const std::size_t known : {0U, 1U, 15U, 16U, 17U, 255U, 256U, 300U, 4096U, 4097U}) {
        for (const std::size_t more : {0U, 1U, 16U, 300U}) {
            const std::vector<Box> leaves = row_of_squares(known + more);
            const std::vector<Box> before = RTreeView::upper_levels(std::span(leaves).first(known));
            EXPECT_EQ(RTreeView::upper_levels(leaves, known, before), RTreeView::upper_levels(leaves))
                << known << " + " << more;
        }
    }
}

TEST(RTreeView, DoesNotSeeBoxesThatAreNotANumber) {
    std::vector<Box> leaves = row_of_squares(40);
    const double nan = std::numeric_limits<double>::quiet_NaN();
    for (const std::size_t i : {0U, 17U, 32U, 33U, 39U}) {
        leaves[i] = {{nan, nan}, {nan, nan}};
    }
    const std::vector<Box> upper = RTreeView::upper_levels(leaves);
    Hits all;
    RTreeView(leaves, upper).search({{-1e300, -1e300}, {1e300, 1e300}}, all);
    EXPECT_EQ(all.size(), 35U);
    EXPECT_EQ(upper.back(), (Box{{1, 0}, {38.5, 1}}));
}

TEST(RTreeView, AddsToTheHitsThereAre) {
    const std::vector<Box> leaves = row_of_squares(3);
    const std::vector<Box> upper = RTreeView::upper_levels(leaves);
    Hits hits{7};
    RTreeView(leaves, upper).search({{1, 0}, {1, 0}}, hits);
    EXPECT_EQ(hits, (Hits{7, 1}));
}

TEST(RTreeViewDeathTest, NeedsTheLevelsOfItsLeaves) {
    const std::vector<Box> leaves = row_of_squares(20);
    EXPECT_DEATH(RTreeView(leaves, {}), "upper_count");
}

}  // namespace
}  // namespace ranh::index
