#include "spatial/algorithm/edge_balance.hpp"

#include "tests/support/flat_layer.hpp"
#include "tests/support/random_polygons.hpp"

#include <gtest/gtest.h>

namespace ranh::algorithm {
namespace {

/// Squares of 10 m side by side, `side` in a row.
std::vector<geom::Geometry> squares(int side) {
    std::vector<geom::Geometry> result;
    for (int row = 0; row < side; ++row) {
        for (int column = 0; column < side; ++column) {
            result.push_back(test::rectangle(10 * column, 10 * row, 10 * column + 10, 10 * row + 10));
        }
    }
    return result;
}

std::vector<std::uint32_t> suspects(const std::vector<geom::Geometry>& features, unsigned threads = 2) {
    const test::FlatLayer layer(features);
    return overlap_suspects(layer.view(), CellLattice(3), threads);
}

TEST(OverlapSuspects, InsideACoverageThereAreNone) {
    const auto found = suspects(squares(40));
    for (const std::uint32_t i : found) {
        const std::uint32_t row = i / 40;
        const std::uint32_t column = i % 40;
        EXPECT_TRUE(row <= 1 || row >= 38 || column <= 1 || column >= 38) << "only the outline is looked at, not " << i;
    }
}

TEST(OverlapSuspects, AFeatureGivenTwiceIsOne) {
    auto features = squares(40);
    features.push_back(features[20 * 40 + 20]);
    const auto found = suspects(features);
    EXPECT_TRUE(std::ranges::binary_search(found, 820U));
    EXPECT_TRUE(std::ranges::binary_search(found, 1600U));
    EXPECT_EQ(found, suspects(features, 7));
}

TEST(OverlapSuspects, WhatIsNoCoverageIsReportedWhole) {
    EXPECT_EQ(suspects({test::rectangle(0, 0, 1, 1), test::rectangle(500, 0, 501, 1)}),
              (std::vector<std::uint32_t>{0, 1}));
}

}  // namespace
}  // namespace ranh::algorithm
