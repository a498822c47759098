#include "spatial/index/hilbert.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>
#include <vector>

namespace ranh::index {
namespace {

using geom::Box;

Box at(double x, double y) { return {{x, y}, {x, y}}; }

TEST(HilbertCodes, WalkTheQuadrantsInOneLoop) {
    const auto codes = hilbert_codes(std::vector<Box>{at(0, 0), at(0, 9), at(9, 9), at(9, 0)});
    EXPECT_TRUE(std::is_sorted(codes.begin(), codes.end()));
    EXPECT_EQ(std::adjacent_find(codes.begin(), codes.end()), codes.end());
}

TEST(HilbertCodes, StepFromACellToItsNeighbour) {
    std::vector<Box> cells;
    for (int i = 0; i < 256; ++i) {
        cells.push_back(at(i % 16, i / 16));
    }
    const auto codes = hilbert_codes(cells);
    std::vector<std::size_t> order(cells.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return codes[a] < codes[b]; });
    for (std::size_t i = 1; i < order.size(); ++i) {
        const geom::Point a = cells[order[i - 1]].min;
        const geom::Point b = cells[order[i]].min;
        ASSERT_EQ(std::abs(a.x - b.x) + std::abs(a.y - b.y), 1.0) << i;
    }
}

TEST(HilbertCodes, AreThoseOfTheCentreOfABox) {
    const auto codes = hilbert_codes(std::vector<Box>{at(0, 0), {{2, 1}, {4, 5}}, at(3, 3), at(10, 10)});
    EXPECT_EQ(codes[1], codes[2]);
}

TEST(HilbertCodes, OfNothingOrOfOnePlaceAreNoTrouble) {
    EXPECT_TRUE(hilbert_codes({}).empty());
    EXPECT_THAT(hilbert_codes(std::vector<Box>{at(5, 5), at(5, 5)}), testing::ElementsAre(0U, 0U));
}

}  // namespace
}  // namespace ranh::index
