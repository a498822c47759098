#include "services/present/tilesets.hpp"

#include "tests/support/service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::present {
namespace {

using test::at;
using testing::HasSubstr;

std::shared_ptr<const snapshot::PackedLayer> served(const char* id) {
    return test::served_snapshot()->find(LayerId::parse(id).value());
}

TEST(WebMercatorQuad, HasTheNumbersOfTheAnnex) {
    const codec::Json json = web_mercator_quad("http://a", json_format);
    EXPECT_EQ(at(json, "tileMatrices").array()->size(), tile::deepest_zoom + 1);
    EXPECT_EQ(at(json, "tileMatrices/0/scaleDenominator").number(), 559082264.028717);
    EXPECT_NEAR(*at(json, "tileMatrices/18/scaleDenominator").number(), 2132.72958385, 1e-6);
    EXPECT_EQ(at(json, "tileMatrices/3/matrixWidth").integer(), 8);
    EXPECT_EQ(at(json, "tileMatrices/3/pointOfOrigin/0").number(), -20037508.3427892);
}

TEST(Tilejson, HasBoundsFieldsAndAnEscapedAttribution) {
    const auto layer = served("areas");
    const codec::Json json = codec::parse_json(tilejson(*layer, "http://a/{z}/{x}/{y}")).value();
    EXPECT_EQ(at(json, "tilejson").string(), "3.0.0");
    EXPECT_EQ(at(json, "tiles/0").string(), "http://a/{z}/{x}/{y}");
    EXPECT_EQ(at(json, "vector_layers/0/id").string(), "areas");
    EXPECT_EQ(at(json, "vector_layers/0/fields/fid").string(), "String");
    EXPECT_TRUE(at(json, "vector_layers/0/fields/owner").is_null());
    EXPECT_EQ(at(json, "attribution").string(), "CC-BY &lt;4.0&gt;");
    EXPECT_LE(*at(json, "bounds/0").number(), layer->lonlat_extent()->min.x);
    EXPECT_GE(*at(json, "center/0").number(), *at(json, "bounds/0").number());
    EXPECT_LE(*at(json, "center/2").integer(), *at(json, "maxzoom").integer());
}

TEST(Tilejson, ALayerWithoutGeometryHasNoBounds) {
    EXPECT_EQ(codec::parse_json(tilejson(*served("nothing"), "http://a")).value().find("bounds"), nullptr);
}

TEST(WithinLimits, AgreesWithTheLimitsListed) {
    const auto layer = served("areas");
    const codec::Json json = tileset("http://a", *layer, json_format);
    const codec::Json limits = at(json, "tileMatrixSetLimits/14");
    const auto row = static_cast<std::uint32_t>(*at(limits, "maxTileRow").integer());
    const auto column = static_cast<std::uint32_t>(*at(limits, "minTileCol").integer());
    EXPECT_TRUE(within_limits(*layer, {14, column, row}));
    EXPECT_FALSE(within_limits(*layer, {14, column, row + 1}));
    EXPECT_FALSE(within_limits(*layer, {14, column - 1, row}));
    EXPECT_TRUE(within_limits(*served("nothing"), {14, 0, 0}));
}

TEST(TilesHtml, ShowsTheTemplate) {
    EXPECT_THAT(tiles_html("http://a", "Ô", tileset("http://a", *served("areas"), html_format)),
                HasSubstr("{tileMatrix}/{tileRow}/{tileCol}"));
}

}  // namespace
}  // namespace ranh::present
