#include "spatial/operations/tile/web_mercator.hpp"

#include <gtest/gtest.h>

namespace ranh::tile {
namespace {

TEST(WebMercator, TheWorldIsOneTileAtZoomZero) {
    const geom::Box world = lonlat_box({0, 0, 0});
    EXPECT_DOUBLE_EQ(world.min.x, -180.0);
    EXPECT_DOUBLE_EQ(world.max.x, 180.0);
    // OGC 17-083r4, Annex D.1: the square ends at 85.051128779807° of latitude.
    EXPECT_NEAR(world.max.y, 85.0511287798066, 1e-12);
    EXPECT_NEAR(world.min.y, -85.0511287798066, 1e-12);
}

TEST(WebMercator, TileUnitsStartAtTheNorthWestCorner) {
    const TileAddress tile{9, 409, 240};
    const geom::Box box = lonlat_box(tile);
    const TileFrame frame(tile, 4096);
    const geom::Point corner = frame.to_units(geom::Point{box.min.x, box.max.y});
    EXPECT_NEAR(corner.x, 0.0, 1e-6);
    EXPECT_NEAR(corner.y, 0.0, 1e-6);
    const geom::Point opposite = frame.to_units(geom::Point{box.max.x, box.min.y});
    EXPECT_NEAR(opposite.x, 4096.0, 1e-6);
    EXPECT_NEAR(opposite.y, 4096.0, 1e-6);
}

TEST(WebMercator, PolesStayFinite) {
    const geom::Point pole = TileFrame({0, 0, 0}, 4096).to_units(geom::Point{0, 90});
    EXPECT_LT(pole.y, 0.0);
    EXPECT_GT(pole.y, -5000.0);
}

TEST(WebMercator, TilesOfABoxAreThoseItMeets) {
    // Đà Lạt: z9 x408..409.
    const TileRange range = tiles_of({{107.0, 11.5}, {108.7, 12.2}}, 9);
    EXPECT_EQ(range, (TileRange{408, 410, 238, 239}));
    EXPECT_EQ(tiles_of({{-180, -90}, {180, 90}}, 1), (TileRange{0, 1, 0, 1}));
}

TEST(CheckedTile, RefusesWhatLiesOutsideTheMatrix) {
    EXPECT_TRUE(checked_tile(1, 1, 1).ok());
    EXPECT_FALSE(checked_tile(1, 2, 0).ok());
    EXPECT_FALSE(checked_tile(1, 0, 2).ok());
    EXPECT_FALSE(checked_tile(deepest_zoom + 1, 0, 0).ok());
    EXPECT_FALSE(checked_tile(14, 2147483647, 2147483647).ok());
}

}  // namespace
}  // namespace ranh::tile
