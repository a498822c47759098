#include "spatial/operations/tile/tile.hpp"

#include "spatial/codec/mvt.hpp"
#include "spatial/operations/tile/web_mercator.hpp"
#include "tests/support/packed_layers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::tile {
namespace {

using snapshot::PackedLayer;
using testing::ElementsAre;
using testing::IsEmpty;

/// The tile at `z` in which the middle of the layer lies.
TileAddress tile_at(const PackedLayer& layer, std::uint32_t z) {
    const geom::Box& extent = *layer.lonlat_extent();
    const geom::Point middle{(extent.min.x + extent.max.x) / 2, (extent.min.y + extent.max.y) / 2};
    const TileRange range = tiles_of({middle, middle}, z);
    return {z, range.min_x, range.min_y};
}

std::vector<std::string> fids(const EncodedTile& tile) {
    std::vector<std::string> texts;
    for (const auto& layer : codec::parse_mvt(tile.bytes).value()) {
        for (const auto& feature : layer.features) {
            texts.push_back(std::get<std::string>(feature.attributes.front().second));
        }
    }
    return texts;
}

std::shared_ptr<const PackedLayer> squares(int count, double side, double step) {
    test::DrawnLayer drawn{.id = "squares", .features = {}};
    for (int i = 0; i < count; ++i) {
        const auto at = [&](double dx, double dy) {
            return std::to_string(i % 20 * step + dx) + " " + std::to_string(i / 20 * step + dy);
        };
        // Each a little larger than the one before, so that the order of dropping is known.
        const double size = side * (1.0 + 0.001 * i);
        const std::string number = std::to_string(1000 + i);
        drawn.features.push_back({number, "POLYGON((" + at(0, 0) + "," + at(size, 0) + "," + at(size, size) + "," +
                                              at(0, size) + "," + at(0, 0) + "))"});
    }
    return test::packed(drawn);
}

TEST(EncodeTile, CarriesIdAndOpenAttributesOnly) {
    const auto layer = test::packed({.id = "zones", .features = {{"a", "POINT(0 0)", "một", "Nguyễn A"}}});
    const auto layers = codec::parse_mvt(encode_tile(*layer, tile_at(*layer, 12)).bytes).value();
    ASSERT_EQ(layers.size(), 1U);
    EXPECT_EQ(layers.front().name, "zones");
    EXPECT_THAT(layers.front().features.front().attributes,
                ElementsAre(testing::Pair("fid", model::Value(std::string("a"))),
                            testing::Pair("name", model::Value(std::string("một")))));
}

TEST(EncodeTile, APositionIsRightToHalfATileUnit) {
    const auto layer = test::packed({.id = "zones", .features = {{"a", "POINT(123 456)"}}});
    const TileAddress address = tile_at(*layer, 16);
    const auto layers = codec::parse_mvt(encode_tile(*layer, address).bytes).value();
    const geom::Point drawn = layers.front().features.front().geometry.points().front();
    const geom::Point exact = TileFrame(address, 4096).to_units(layer->lonlat(0).points.front());
    EXPECT_NEAR(drawn.x, exact.x, 0.5);
    EXPECT_NEAR(drawn.y, exact.y, 0.5);
}

TEST(EncodeTile, APointStandsInOneTileOnly) {
    const auto layer = test::packed({.id = "zones", .features = {{"a", "POINT(0 0)"}}});
    const TileAddress home = tile_at(*layer, 18);
    std::size_t seen = 0;
    for (std::uint32_t dx = 0; dx < 3; ++dx) {
        for (std::uint32_t dy = 0; dy < 3; ++dy) {
            seen += encode_tile(*layer, {18, home.x + dx - 1, home.y + dy - 1}).feature_count;
        }
    }
    EXPECT_EQ(seen, 1U);
}

TEST(EncodeTile, IsEmptyWhereNothingIs) {
    const auto layer = squares(1, 100, 0);
    const EncodedTile tile = encode_tile(*layer, {12, 0, 0});
    EXPECT_THAT(tile.bytes, IsEmpty());
    EXPECT_EQ(tile.dropped, 0U);
}

TEST(EncodeTile, AreasReachOnlyIntoTheBuffer) {
    const auto layer = squares(1, 100'000, 0);
    const TileOptions options;
    const auto layers = codec::parse_mvt(encode_tile(*layer, tile_at(*layer, 15), options).bytes).value();
    const geom::Box box = *layers.front().features.front().geometry.box();
    EXPECT_EQ(box, (geom::Box{{-64, -64}, {4160, 4160}}));
}

TEST(EncodeTile, AreasUnderOneUnitAreDroppedAndCounted) {
    const auto layer = squares(40, 30, 100);
    const EncodedTile tile = encode_tile(*layer, tile_at(*layer, 5));
    EXPECT_THAT(tile.bytes, IsEmpty());
    EXPECT_EQ(tile.dropped, 40U);
    EXPECT_EQ(encode_tile(*layer, tile_at(*layer, 12)).dropped, 0U);
}

TEST(EncodeTile, TheSmallestAreDroppedFirstToKeepTheLimit) {
    const auto layer = squares(200, 100, 250);
    const TileAddress address = tile_at(*layer, 10);
    const EncodedTile whole = encode_tile(*layer, address);
    ASSERT_EQ(whole.feature_count, 200U);
    const EncodedTile cut = encode_tile(*layer, address, {.most_bytes = whole.bytes.size() / 2});
    EXPECT_LE(cut.bytes.size(), whole.bytes.size() / 2);
    EXPECT_EQ(cut.feature_count + cut.dropped, 200U);
    EXPECT_GT(cut.feature_count, 50U);
    EXPECT_EQ(fids(cut).front(), std::to_string(1200 - cut.feature_count));
    EXPECT_EQ(fids(cut).back(), "1199");
}

TEST(EncodeTile, EqualInputGivesEqualBytes) {
    const auto layer = squares(200, 100, 250);
    const TileAddress address = tile_at(*layer, 11);
    EXPECT_EQ(encode_tile(*layer, address).bytes, encode_tile(*layer, address).bytes);
}

TEST(EncodeTile, NeighbouringTilesDrawOneLineAcrossTheirBorder) {
    const auto layer = test::packed({.id = "road", .features = {{"r", "LINESTRING(0 0,30000 9000)"}}});
    const TileAddress west = tile_at(*layer, 13);
    const auto points_of = [&](const TileAddress& tile) {
        return codec::parse_mvt(encode_tile(*layer, tile).bytes).value().front().features.front().geometry;
    };
    const auto on_border = [](const geom::Geometry& line, double x) {
        const auto points = line.points();
        for (std::size_t i = 1; i < points.size(); ++i) {
            if ((points[i - 1].x - x) * (points[i].x - x) <= 0 && points[i - 1].x != points[i].x) {
                return points[i - 1].y +
                       (x - points[i - 1].x) * (points[i].y - points[i - 1].y) / (points[i].x - points[i - 1].x);
            }
        }
        return -1.0;
    };
    EXPECT_NEAR(on_border(points_of(west), 4096), on_border(points_of({13, west.x + 1, west.y}), 0), 1.0);
}

}  // namespace
}  // namespace ranh::tile
