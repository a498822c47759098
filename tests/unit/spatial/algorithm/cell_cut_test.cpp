#include "spatial/algorithm/cell_cut.hpp"

#include "tests/support/wkt.hpp"

#include <gtest/gtest.h>

namespace ranh::algorithm {
namespace {

using test::operator""_wkt;

CellWindow everything() { return {-100, 100, -100, 100}; }

double total_area(const CellCutter& cutter, double side) {
    double area = 0.0;
    for (const CutCell& cell : cutter.cells()) {
        area += cell.area_m2;
    }
    for (const CellRun& run : cutter.runs()) {
        area += run.winding * (run.column_end - run.column_begin) * side * side;
    }
    return area;
}

TEST(CellCutter, CellsInsideAreRunsWithoutStretches) {
    CellCutter cutter;
    cutter.cut("POLYGON((1 1,31 1,31 31,1 31,1 1))"_wkt, CellLattice(2), everything());
    ASSERT_EQ(cutter.runs().size(), 6U);  // rows 1 to 6 of the 8 the square touches
    EXPECT_EQ(cutter.runs().front().column_begin, 1);
    EXPECT_EQ(cutter.runs().front().column_end, 7);
    EXPECT_EQ(cutter.cells().size(), 28U);
    EXPECT_EQ(total_area(cutter, 4.0), 900.0);
}

TEST(CellCutter, EdgesOnTheLinesBelongToTheCellsAboveAndToTheRight) {
    CellCutter cutter;
    cutter.cut("POLYGON((4 4,12 4,12 12,4 12,4 4))"_wkt, CellLattice(2), everything());
    EXPECT_EQ(total_area(cutter, 4.0), 64.0);
    for (const CutCell& cell : cutter.cells()) {
        EXPECT_TRUE(1 <= cell.row && cell.row <= 3 && 1 <= cell.column && cell.column <= 3);
    }
}

TEST(CellCutter, RingsMayWindEitherWay) {
    CellCutter cutter;
    cutter.cut("POLYGON((0 0,0 9,9 9,9 0,0 0),(2 2,5 2,5 5,2 5,2 2))"_wkt, CellLattice(1), everything());
    EXPECT_EQ(total_area(cutter, 2.0), 72.0);
    EXPECT_FALSE(cutter.odd_winding());
}

TEST(CellCutter, WhatLiesLeftOfTheWindowStillCounts) {
    CellCutter cutter;
    cutter.cut("POLYGON((-50 -50,50 -50,50 50,-50 50,-50 -50))"_wkt, CellLattice(2), {0, 2, 0, 3});
    EXPECT_TRUE(cutter.cells().empty());
    ASSERT_EQ(cutter.runs().size(), 2U);
    EXPECT_EQ(cutter.runs()[0].column_end, 3);
}

TEST(CellCutter, AGroundCoveredTwiceIsOdd) {
    CellCutter cutter;
    cutter.cut("POLYGON((0 0,20 0,20 20,0 20,0 1,19 1,19 19,1 19,1 0,0 0))"_wkt, CellLattice(1), everything());
    EXPECT_TRUE(cutter.odd_winding());
}

}  // namespace
}  // namespace ranh::algorithm
