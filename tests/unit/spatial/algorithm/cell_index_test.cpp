#include "spatial/algorithm/cell_index.hpp"

#include "tests/support/flat_layer.hpp"
#include "tests/support/random_polygons.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace ranh::algorithm {
namespace {

CellIndex index_of(const test::FlatLayer& layer, int level, const CellWindow& window, unsigned threads = 1) {
    return {layer.view(), CellIndex::Features::all, {}, CellLattice(level), window, threads};
}

/// Area of each feature as the sum over all cells, finer ones in place of those that are split.
void add_areas(const CellIndex& index, std::vector<double>& areas) {
    const double side = index.lattice().side();
    const CellWindow& window = index.window();
    for (std::int32_t row = window.row_begin; row < window.row_end; ++row) {
        for (std::int32_t column = window.column_begin; column < window.column_end; ++column) {
            const CellIndex::Segment& segment = *index.locate(row, column);
            for (const CellIndex::Cover& cover : index.covers(segment)) {
                areas[cover.feature] += cover.winding * side * side;
            }
            if (segment.finer != 0) {
                add_areas(index.finer(segment), areas);
                continue;
            }
            for (const CellIndex::Entry& entry : index.entries(segment)) {
                areas[entry.feature] += entry.area_m2;
            }
        }
    }
}

TEST(CellIndex, KnowsWhatCoversACellAndWhatHasBoundaryInIt) {
    const test::FlatLayer layer(std::vector{test::rectangle(1, 1, 31, 31), test::rectangle(9, 9, 14, 14)});
    const CellIndex index = index_of(layer, 2, {0, 8, 0, 8});
    const CellIndex::Segment& corner = *index.locate(0, 0);
    ASSERT_EQ(index.entries(corner).size(), 1U);
    EXPECT_EQ(index.entries(corner)[0].feature, 0U);
    EXPECT_EQ(index.entries(corner)[0].area_m2, 9.0);
    const CellIndex::Segment& middle = *index.locate(4, 4);
    EXPECT_EQ(middle.entry_count, 0U);
    ASSERT_EQ(index.covers(middle).size(), 1U);
    EXPECT_EQ(index.covers(middle)[0], (CellIndex::Cover{0, 1}));
    const CellIndex::Segment& both = *index.locate(2, 2);
    EXPECT_EQ(index.entries(both).size(), 1U);
    EXPECT_EQ(index.covers(both).size(), 1U);
}

TEST(CellIndex, TheCellsOfAFeatureAddUpToItAtAnySide) {
    SCOPED_TRACE(test::seed_note());
    test::Random random;
    std::vector<geom::Geometry> features;
    for (int i = 0; i < 20; ++i) {
        features.push_back(test::random_star(random, {.centre = {random.real(-60, 60), random.real(-60, 60)},
                                                      .radius = random.real(5, 60),
                                                      .vertices = random.integer(5, 60),
                                                      .hole = true}));
    }
    const test::FlatLayer layer(features);
    for (int level = 0; level < 9; ++level) {
        const CellWindow window = CellLattice(level).window_of({{-125, -125}, {125, 125}});
        std::vector<double> areas(features.size(), 0.0);
        add_areas(index_of(layer, level, window), areas);
        for (std::size_t i = 0; i < features.size(); ++i) {
            EXPECT_NEAR(areas[i], layer.view().areas_m2[i], 1e-8) << "level " << level;
        }
    }
}

TEST(CellIndex, ACellWithManyStretchesIsSplit) {
    test::Random random;
    const test::FlatLayer layer(
        std::vector{test::random_star(random, {.centre = {32, 32}, .radius = 30, .vertices = 2000})});
    const CellIndex index = index_of(layer, 6, {0, 1, 0, 1});
    const CellIndex::Segment& cell = *index.locate(0, 0);
    ASSERT_NE(cell.finer, 0U);
    EXPECT_EQ(index.entries(cell).size(), 1U);  // stays, for those who need only its area
    const CellIndex& finer = index.finer(cell);
    EXPECT_EQ(static_cast<double>(finer.window().rows()) * finer.lattice().side(), 64.0);
    EXPECT_LT(finer.lattice().level(), 4);
}

TEST(CellIndex, ALongThinFeatureTakesNoMoreThanItsCells) {
    test::FlatLayer layer;
    const std::vector<geom::Point> pipeline{{0, 0}, {500000, 400000}, {500000, 400010}, {0, 10}, {0, 0}};
    layer.add_ring(pipeline);
    layer.finish();
    const CellLattice lattice(6);
    const CellIndex index = index_of(layer, 6, lattice.window_of(layer.view().boxes[0]));
    EXPECT_LT(index.byte_count(), 30'000'000U);
}

}  // namespace
}  // namespace ranh::algorithm
