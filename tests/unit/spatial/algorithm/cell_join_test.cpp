#include "spatial/algorithm/cell_join.hpp"

#include "tests/support/closed_forms.hpp"
#include "tests/support/joined_area.hpp"
#include "tests/support/random_polygons.hpp"
#include "tests/support/wkt.hpp"

#include <gtest/gtest.h>

namespace ranh::algorithm {
namespace {

using test::FlatLayer;
using test::operator""_wkt;

class JoinedArea : public testing::TestWithParam<test::ClosedForm> {
protected:
    /// From cells that hold everything to ones that cut the smaller side 64 times.
    template <typename Check>
    void at_every_level(Check&& check) {
        for (int halvings = -2; halvings <= 6; ++halvings) {
            const CellLattice lattice = test::lattice_for_pair(GetParam().a, GetParam().b, halvings);
            SCOPED_TRACE(lattice.side());
            check(lattice);
        }
    }
};

TEST_P(JoinedArea, IsAsDrawn) {
    const auto& [name, a, b, area] = GetParam();
    at_every_level([&, &a = a, &b = b, area = area](const CellLattice& lattice) {
        EXPECT_NEAR(test::joined_area(a, b, lattice), area, 1e-8);
        EXPECT_TRUE(test::joined_um2(a, b, lattice) == test::joined_um2(b, a, lattice));
    });
}

/// The two sides as features of one layer, beside a third one that lies apart.
TEST_P(JoinedArea, IsFoundInOneLayerToo) {
    const auto& [name, a, b, area] = GetParam();
    FlatLayer layer(std::vector{a, test::rectangle(-500, -500, -490, -490), b});
    at_every_level([&, area = area](const CellLattice& lattice) {
        const CellJoinResult found = self_join_cells(layer.view(), lattice);
        EXPECT_EQ(found.pair_count(), area > 0.0 ? 1U : 0U);
        EXPECT_NEAR(to_square_metres(found.total_um2()), area, 1e-8);
    });
}

TEST_P(JoinedArea, DoesNotChangeWithTheHeightOfTheBands) {
    const auto& [name, a, b, area] = GetParam();
    const FlatLayer left(std::vector{a});
    const FlatLayer right(std::vector{b});
    at_every_level([&](const CellLattice& lattice) {
        const SquareMicrometres whole = join_cells(left.view(), right.view(), lattice).total_um2();
        EXPECT_TRUE(join_cells(left.view(), right.view(), lattice, {.index_bytes = 1}).total_um2() == whole);
    });
}

INSTANTIATE_TEST_SUITE_P(ClosedForms, JoinedArea, testing::ValuesIn(test::closed_forms()),
                         [](const auto& one) { return one.param.name; });

TEST(JoinCells, LeavesOutPairsBelowTheLeastArea) {
    const FlatLayer left(std::vector{test::rectangle(0, 0, 10, 10)});
    const FlatLayer right(std::vector{test::rectangle(9, 9, 20, 20)});
    const CellLattice lattice(2);
    EXPECT_EQ(join_cells(left.view(), right.view(), lattice, {.least_um2 = 1'000'000'000'000}).pair_count(), 1U);
    EXPECT_EQ(join_cells(left.view(), right.view(), lattice, {.least_um2 = 1'000'000'000'001}).pair_count(), 0U);
}

TEST(JoinCells, NamesPairsWithRingsThatCoverGroundTwice) {
    const FlatLayer twice(
        std::vector{geom::Geometry::polygon({{0, 0}, {8, 0}, {8, 8}, {0, 8}, {0, 0}, {8, 0}, {8, 8}, {0, 8}})});
    const FlatLayer once(std::vector{test::rectangle(1, 1, 2, 2)});
    join_cells(twice.view(), once.view(), CellLattice(0)).for_each([](const CellPair& pair) {
        EXPECT_TRUE(pair.odd_winding);
        EXPECT_EQ(to_square_metres(pair.area_um2), 2.0);
    });
}

TEST(JoinCells, ListGroundCoveredTwiceWhereItListsContacts) {
    const FlatLayer twice(
        std::vector{geom::Geometry::polygon({{0, 0}, {8, 0}, {8, 8}, {0, 8}, {0, 0}, {8, 0}, {8, 8}, {0, 8}})});
    const FlatLayer once(std::vector{test::rectangle(2, 2, 3, 3)});
    const CellJoinOptions listing{.least_um2 = 0, .contacts = CellJoinOptions::Contacts::list};
    for (const int level : {-2, 0, 4}) {
        const CellJoinResult found = join_cells(twice.view(), once.view(), CellLattice(level), listing);
        EXPECT_EQ(found.pair_count(), 1U) << level;
        found.for_each([](const CellPair& pair) { EXPECT_FALSE(pair.all_inside); });
    }
}

/// Found by the fuzzer: with as many points and the same box on both sides the one called left was streamed.
TEST(JoinCells, GivesTheSameBitsWithSidesOfOneSizeAndBoxExchanged) {
    const auto a = "POLYGON((0 0,960 0.15625,960 0.3125,128 0,128 128,0 128,0 0))"_wkt;
    const auto b = "POLYGON((960 0.3125,0 0,128 0,128 128,240 0,0 0,960 0.3125))"_wkt;
    EXPECT_TRUE(test::joined_um2(a, b, CellLattice(7)) == test::joined_um2(b, a, CellLattice(7)));
}

/// Found by the fuzzer: an index of tiny cells kept something for each of the million rows between two features.
TEST(JoinCells, TakesTinyCellsOverALargeExtent) {
    const FlatLayer layer(std::vector{test::rectangle(0, 0, 0.25, 0.25),
                                      test::rectangle(4e5, 4e5, 4e5 + 0.25, 4e5 + 0.25),
                                      test::rectangle(4e5 + 0.125, 4e5, 4e5 + 0.5, 4e5 + 0.25)});
    const CellLattice tiny(CellLattice::least_level);
    const CellJoinResult found = self_join_cells(layer.view(), tiny);
    EXPECT_EQ(found.pair_count(), 1U);
    EXPECT_NEAR(to_square_metres(found.total_um2()), 0.125 * 0.25, 1e-9);
    EXPECT_EQ(join_cells(layer.view(), layer.view(), tiny).pair_count(), 5U);
}

TEST(JoinCells, TakesOnlyTheFeaturesNamed) {
    const FlatLayer left(
        std::vector{test::rectangle(0, 0, 4, 4), test::rectangle(1, 1, 5, 5), test::rectangle(2, 2, 9, 9)});
    const FlatLayer right(std::vector{test::rectangle(3, 3, 6, 6)});
    const std::vector<std::uint32_t> some{0, 2};
    const CellJoinResult found = join_cells({left.view(), some}, right.view(), CellLattice(1));
    EXPECT_EQ(found.pair_count(), 2U);
    EXPECT_EQ(to_square_metres(found.total_um2()), 10.0);
}

TEST(JoinCells, OfNothingIsNothing) {
    const FlatLayer none;
    const FlatLayer one(std::vector{test::rectangle(0, 0, 4, 4)});
    EXPECT_EQ(join_cells(none.view(), one.view(), CellLattice(1)).pair_count(), 0U);
    EXPECT_EQ(join_cells(one.view(), none.view(), CellLattice(1)).pair_count(), 0U);
    EXPECT_EQ(self_join_cells(none.view(), CellLattice(1)).pair_count(), 0U);
}

}  // namespace
}  // namespace ranh::algorithm
