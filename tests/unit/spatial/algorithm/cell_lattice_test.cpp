#include "spatial/algorithm/cell_lattice.hpp"

#include <gtest/gtest.h>

namespace ranh::algorithm {
namespace {

TEST(CellLattice, ALineBelongsToTheCellAboveAndToTheRight) {
    const CellLattice lattice(6);
    EXPECT_EQ(lattice.side(), 64.0);
    EXPECT_EQ(lattice.index_of(0.0), 0);
    EXPECT_EQ(lattice.index_of(63.999), 0);
    EXPECT_EQ(lattice.index_of(64.0), 1);
    EXPECT_EQ(lattice.index_of(-0.001), -1);
    EXPECT_EQ(lattice.index_of(-64.0), -1);
    EXPECT_EQ(lattice.index_of(-64.001), -2);
}

TEST(CellLattice, EveryCellIsAWholeNumberOfFinerCells) {
    for (int level = CellLattice::least_level; level < CellLattice::greatest_level; ++level) {
        const CellLattice fine(level);
        const CellLattice coarse(level + 1);
        for (const double x : {-1234.5, -1.0, 0.0, 0.3, 977.0}) {
            EXPECT_EQ(coarse.index_of(x), fine.index_of(x) >> 1) << "level " << level << " at " << x;
        }
        EXPECT_EQ(finer_of(fine, coarse), fine);
    }
}

TEST(CellLattice, TheSideSuitsTheMedianFeature) {
    EXPECT_EQ(lattice_for(1600.0).side(), 64.0);  // 1.5 * 40 m
    EXPECT_EQ(lattice_for(100.0).side(), 16.0);   // 1.5 * 10 m
    EXPECT_EQ(lattice_for(0.0).level(), CellLattice::least_level);
    EXPECT_EQ(lattice_for(1e15).level(), CellLattice::greatest_level);
}

TEST(CellLattice, TheWindowOfABoxHoldsTheCellsItTouches) {
    EXPECT_EQ(CellLattice(3).window_of({{-1.0, 0.0}, {8.0, 7.9}}), (CellWindow{0, 1, -1, 2}));
}

TEST(CrossingX, StaysWithinTheEdge) {
    EXPECT_EQ(crossing_x({0.0, 0.0}, {10.0, 4.0}, 1.0), 2.5);
    EXPECT_EQ(crossing_x({3.0, 0.0}, {3.0, 1e-300}, 1e-300), 3.0);
    EXPECT_EQ(crossing_x({10.0, 0.0}, {0.0, 4.0}, 4.0), 0.0);
}

TEST(CoarseEnough, KeepsALatticeOfFewRowsAndCoarsensOneOfMany) {
    const auto rows_over = [](double metres) {
        return [metres](const CellLattice& cells) { return cells.window_of({{0, 0}, {metres, metres}}); };
    };
    EXPECT_EQ(coarse_enough(CellLattice(6), rows_over(300'000.0)).level(), 6);
    EXPECT_EQ(coarse_enough(CellLattice(-6), rows_over(300'000.0)).level(), 1);
    EXPECT_EQ(coarse_enough(CellLattice(14), rows_over(1e12)).level(), 14);
}

}  // namespace
}  // namespace ranh::algorithm
