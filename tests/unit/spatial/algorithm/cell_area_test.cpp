#include "spatial/algorithm/cell_area.hpp"

#include "spatial/algorithm/cell_cut.hpp"
#include "tests/support/wkt.hpp"

#include <gtest/gtest.h>

namespace ranh::algorithm {
namespace {

using test::operator""_wkt;

constexpr int level = 3;  // one cell of 8 m
constexpr CellWindow one_cell{0, 1, 0, 1};

struct Blocks {
    CellBlockView view;
    std::vector<CellPartBlock> blocks;
};

Blocks blocks_of(const geom::Geometry& geometry) {
    CellCutter cutter;
    cutter.cut(geometry, CellLattice(level), one_cell);
    const CutCell& cell = cutter.cells().front();
    Blocks result;
    append_blocks(cutter.parts(cell), result.blocks);
    result.view = {cell.winding, cell.area_m2, result.blocks};
    return result;
}

double common_area(const geom::Geometry& a, const geom::Geometry& b) {
    CellCutter cutter;
    cutter.cut(a, CellLattice(level), one_cell);
    return common_area_in_cell(cutter.view(cutter.cells().front()), blocks_of(b).view, 8.0);
}

TEST(CommonAreaInCell, OfRectangles) {
    EXPECT_DOUBLE_EQ(common_area("POLYGON((1 1,5 1,5 5,1 5,1 1))"_wkt, "POLYGON((3 2,7 2,7 7,3 7,3 2))"_wkt), 6.0);
    EXPECT_DOUBLE_EQ(common_area("POLYGON((1 1,5 1,5 5,1 5,1 1))"_wkt, "POLYGON((1 1,5 1,5 5,1 5,1 1))"_wkt), 16.0);
}

TEST(CommonAreaInCell, OfCrossingTriangles) {
    EXPECT_DOUBLE_EQ(common_area("POLYGON((0 0,6 0,6 6,0 0))"_wkt, "POLYGON((0 6,6 0,6 6,0 6))"_wkt), 9.0);
}

TEST(CommonAreaInCell, OfNeighboursIsNothing) {
    EXPECT_NEAR(common_area("POLYGON((1 1,4 2,4 5,1 5,1 1))"_wkt, "POLYGON((4 2,7 1,7 7,4 5,4 2))"_wkt), 0.0, 1e-13);
}

TEST(CommonAreaInCell, OfWhatReachesBeyondTheCell) {
    EXPECT_DOUBLE_EQ(
        common_area("POLYGON((-9 -9,4 -9,4 30,-9 30,-9 -9))"_wkt, "POLYGON((2 3,30 3,30 30,2 30,2 3))"_wkt), 10.0);
}

TEST(ContactInCell, SaysWhetherBoundaryMeetsABox) {
    const Blocks square = blocks_of("POLYGON((2 2,6 2,6 6,2 6,2 2))"_wkt);
    EXPECT_TRUE(contact_in_cell(square.view, {1.0, 3.0, 3.0, 4.0}, 8.0).meets);  // over an upright edge
    EXPECT_TRUE(contact_in_cell(square.view, {3.0, 4.0, 5.0, 7.0}, 8.0).meets);  // over a level one
    const CellContact inside = contact_in_cell(square.view, {3.0, 5.0, 3.0, 5.0}, 8.0);
    EXPECT_FALSE(inside.meets);
    EXPECT_EQ(inside.winding, 1);
    const CellContact beside = contact_in_cell(square.view, {6.5, 9.0, 0.0, 9.0}, 8.0);
    EXPECT_FALSE(beside.meets);
    EXPECT_EQ(beside.winding, 0);
}

TEST(SquareMicrometres, AreRoundedToTheNearest) {
    EXPECT_TRUE(to_square_micrometres(1.0) == 1'000'000'000'000);
    EXPECT_TRUE(to_square_micrometres(-2.6e-12) == -3);
    EXPECT_TRUE(to_square_micrometres(4096.0) == 4'096'000'000'000'000);
    EXPECT_EQ(to_square_metres(to_square_micrometres(1e10)), 1e10);  // beyond 64 bits
}

}  // namespace
}  // namespace ranh::algorithm
