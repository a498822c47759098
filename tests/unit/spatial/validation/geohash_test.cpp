#include "spatial/validation/geohash.hpp"

#include "tests/support/seeds.hpp"

#include <gtest/gtest.h>

namespace ranh::validation {
namespace {

/// A parcel in Lâm Đồng: right, with the sign of the rotation mistaken, without the shift of datum.
TEST(Geohash, HasTheCheckValuesOfTheIdentifier) {
    EXPECT_EQ(geohash({107.75178914, 11.75531141}), "w6hdggyrwsv7");
    EXPECT_NE(geohash({107.75178914, 11.75531141}), "w6hdggyrws9d");
    EXPECT_EQ(geohash({107.75178914, 11.75531141}, 5), "w6hdg");
    EXPECT_EQ(geohash({-5.6, 42.6}, 5), "ezs42");
}

TEST(Geohash, CellHoldsThePointAndIsCentimetresWide) {
    test::Random random;
    for (int i = 0; i < 1000; ++i) {
        const geom::Point p{random.real(-180.0, 180.0), random.real(-90.0, 90.0)};
        const auto cell = geohash_cell(geohash(p));
        ASSERT_TRUE(cell.has_value());
        EXPECT_TRUE(geom::box_contains(*cell, p));
        EXPECT_LT(cell->max.x - cell->min.x, 4e-7);
        EXPECT_LT(cell->max.y - cell->min.y, 2e-7);
    }
}

TEST(Geohash, CellOfAnotherTextIsNone) {
    EXPECT_EQ(geohash_cell(""), std::nullopt);
    EXPECT_EQ(geohash_cell("w6hdggyrwsva"), std::nullopt);
    EXPECT_EQ(geohash_cell("W6HDGGYRWSV7"), std::nullopt);
    EXPECT_EQ(geohash_cell("w6hdggyrwsv70"), std::nullopt);
}

}  // namespace
}  // namespace ranh::validation
