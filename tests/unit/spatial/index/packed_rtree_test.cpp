#include "spatial/index/packed_rtree.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace ranh::index {
namespace {

using geom::Box;
using Hits = std::vector<std::uint32_t>;

constexpr Box everything{{-1e9, -1e9}, {1e9, 1e9}};

std::vector<Box> unit_squares(int columns, int rows) {
    std::vector<Box> boxes;
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            const geom::Point low{static_cast<double>(column), static_cast<double>(row)};
            boxes.push_back({low, {low.x + 1, low.y + 1}});
        }
    }
    return boxes;
}

TEST(PackedRTree, OfNothingFindsNothing) {
    EXPECT_TRUE(PackedRTree().search(everything).empty());
    EXPECT_TRUE(PackedRTree(std::span<const Box>()).search(everything).empty());
    EXPECT_EQ(PackedRTree().size(), 0U);
}

TEST(PackedRTree, OfOneBoxFindsItWhereTheyTouch) {
    const std::vector<Box> one{{{0, 0}, {1, 1}}};
    const PackedRTree tree(one);
    EXPECT_EQ(tree.search({{1, 1}, {2, 2}}), Hits{0});
    EXPECT_TRUE(tree.search({{1.5, 0}, {2, 2}}).empty());
}

TEST(PackedRTree, HitsAreInAscendingOrder) {
    const PackedRTree tree(unit_squares(40, 30));
    const Hits hits = tree.search({{2.5, 3.5}, {4.5, 4.5}});
    EXPECT_EQ(hits, (Hits{122, 123, 124, 162, 163, 164}));
}

TEST(PackedRTree, WholeExtentFindsAll) {
    const PackedRTree tree(unit_squares(17, 16));
    EXPECT_EQ(tree.search(everything).size(), 272U);
    EXPECT_EQ(tree.size(), 272U);
}

TEST(PackedRTree, HitsOfAnEarlierSearchAreForgotten) {
    const PackedRTree tree(unit_squares(3, 1));
    Hits hits{7, 8, 9};
    tree.search({{0.5, 0.5}, {0.6, 0.6}}, hits);
    EXPECT_EQ(hits, Hits{0});
}

TEST(PackedRTree, EqualBoxesAreAllFound) {
    const std::vector<Box> same(100, Box{{5, 5}, {5, 5}});
    EXPECT_EQ(PackedRTree(same).search({{5, 5}, {5, 5}}).size(), 100U);
}

}  // namespace
}  // namespace ranh::index
