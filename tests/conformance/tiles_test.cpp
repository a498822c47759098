// OGC 20-057 (OGC API - Tiles - Part 1: Core 1.0), OGC 17-083r4 (Two Dimensional Tile Matrix Set 2.0), Mapbox Vector
// Tile 2.1 and TileJSON 3.0.0; one test per requirement, named after it.

#include "spatial/codec/mvt.hpp"
#include "tests/conformance/caller.hpp"

#include <gmock/gmock.h>

#include <cmath>

namespace ranh::conformance {
namespace {

using codec::Json;
using test::at;
using testing::HasSubstr;

class Tiles : public Clause {
protected:
    [[nodiscard]] Json limits(int zoom) const {
        return at(json("/collections/areas/tiles/WebMercatorQuad"), "tileMatrixSetLimits/" + std::to_string(zoom));
    }
    [[nodiscard]] static std::string address(int zoom, std::int64_t row, std::int64_t column) {
        return "/collections/areas/tiles/WebMercatorQuad/" + std::to_string(zoom) + "/" + std::to_string(row) + "/" +
               std::to_string(column);
    }
};
INSTANTIATE_TEST_SUITE_P(Ogc20057, Tiles, testing::Values(Way::in_process, Way::over_http), name_of);

constexpr std::string_view tilesets_vector = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector";
constexpr std::string_view tiling_scheme = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme";

// /req/core/tc-op, /req/core/tc-success: content
TEST_P(Tiles, TcSuccess) {
    const Json limit = limits(12);
    const http::Response response =
        get(address(12, *at(limit, "maxTileRow").integer(), *at(limit, "minTileCol").integer()));
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.header("Content-Type"), "application/vnd.mapbox-vector-tile");
    EXPECT_TRUE(response.header("ETag").has_value());
}

// /req/core/tc-success: inside the limits but nothing there
TEST_P(Tiles, TcEmpty) {
    const Json limit = limits(18);
    const http::Response response =
        get(address(18, *at(limit, "minTileRow").integer(), *at(limit, "minTileCol").integer()));
    EXPECT_EQ(response.status, 204);
    EXPECT_EQ(response.header("OATiles-hint"), "empty");
    EXPECT_EQ(response.body, "");
}

// /req/core/tc-error
TEST_P(Tiles, TcError) {
    const Json limit = limits(12);
    const std::int64_t row = *at(limit, "maxTileRow").integer();
    const std::int64_t column = *at(limit, "minTileCol").integer();
    EXPECT_EQ(get(address(12, row + 1, column)).status, 404);
    EXPECT_EQ(get(address(12, row, column - 1)).status, 404);
    EXPECT_EQ(get(address(12, 2147483647, 2147483647)).status, 404);
    EXPECT_EQ(get(address(23, 0, 0)).status, 404);
    EXPECT_EQ(get("/collections/areas/tiles/WebMercatorQuad/x/0/0").status, 404);
    EXPECT_EQ(get("/collections/areas/tiles/WebMercatorQuad/0/-1/0").status, 404);
    EXPECT_EQ(get("/collections/areas/tiles/None/0/0/0").status, 404);
}

// /req/tileset/desc-links, /req/tileset/success: clause 8
TEST_P(Tiles, TilesetSuccess) {
    const Json tileset = json("/collections/areas/tiles/WebMercatorQuad");
    EXPECT_EQ(text_at(tileset, "dataType"), "vector");
    EXPECT_EQ(text_at(tileset, "crs"), "http://www.opengis.net/def/crs/EPSG/0/3857");
    EXPECT_EQ(text_at(tileset, "tileMatrixSetURI"), "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad");
    EXPECT_EQ(links_with(tileset, "self").size(), 1U);
    const codec::JsonArray items = links_with(tileset, "item");
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(at(items.front(), "templated").boolean(), true);
    EXPECT_EQ(text_at(items.front(), "type"), "application/vnd.mapbox-vector-tile");
    EXPECT_THAT(text_at(items.front(), "href"), HasSubstr("/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}"));
    const codec::JsonArray schemes = links_with(tileset, tiling_scheme);
    ASSERT_EQ(schemes.size(), 1U);
    EXPECT_EQ(follow(text_at(schemes.front(), "href")).status, 200);
    EXPECT_EQ(text_at(tileset, "layers/0/propertiesSchema/properties/name/type"), "string");
    EXPECT_TRUE(at(tileset, "layers/0/propertiesSchema/properties/owner").is_null());
}

// /req/tilesets-list/op, /req/tilesets-list/success: clause 9
TEST_P(Tiles, TilesetsListSuccess) {
    const codec::JsonArray tilesets = elements(json("/collections/areas/tiles"), "tilesets");
    ASSERT_EQ(tilesets.size(), 1U);
    EXPECT_EQ(text_at(tilesets.front(), "dataType"), "vector");
    EXPECT_EQ(text_at(tilesets.front(), "tileMatrixSetId"), "WebMercatorQuad");
    ASSERT_EQ(links_with(tilesets.front(), "self").size(), 1U);
    EXPECT_EQ(follow(text_at(links_with(tilesets.front(), "self").front(), "href")).status, 200);
    EXPECT_EQ(links_with(tilesets.front(), tiling_scheme).size(), 1U);
    EXPECT_EQ(elements(tilesets.front(), "tileMatrixSetLimits").size(), 23U);
}

// /req/geodata-tilesets/links: clause 11, each collection links to its tilesets
TEST_P(Tiles, GeodataTilesets) {
    for (const Json& collection : elements(json("/collections"), "collections")) {
        const codec::JsonArray links = links_with(collection, tilesets_vector);
        ASSERT_EQ(links.size(), 1U);
        EXPECT_EQ(follow(text_at(links.front(), "href")).status, 200);
    }
}

// /req/mvt/content: one tile; every feature has geometry and type; (0,0) is the north-west corner of the tile
TEST_P(Tiles, MvtContent) {
    const http::Response response = get("/collections/plants/tiles/WebMercatorQuad/0/0/0");
    ASSERT_EQ(response.status, 200);
    const auto layers = codec::parse_mvt(response.body).value();
    ASSERT_EQ(layers.size(), 1U);
    EXPECT_EQ(layers.front().name, "plants");
    ASSERT_EQ(layers.front().features.size(), 5U);
    // 107.75° east and 11.75° north of the origin of the world tile.
    const geom::Point p = layers.front().features.front().geometry.points().front();
    EXPECT_NEAR(p.x, 4096 * (107.75 + 180) / 360, 1.0);
    EXPECT_NEAR(p.y, 4096 * (0.5 - std::asinh(std::tan(11.75 * M_PI / 180)) / (2 * M_PI)), 1.0);
}

// OGC 17-083r4, /req/json-tilematrixset: required members, corner of origin, halving cells
TEST_P(Tiles, JsonTileMatrixSet) {
    const Json list = json("/tileMatrixSets");
    EXPECT_EQ(text_at(list, "tileMatrixSets/0/id"), "WebMercatorQuad");
    const Json set = json("/tileMatrixSets/WebMercatorQuad");
    EXPECT_EQ(text_at(set, "crs"), "http://www.opengis.net/def/crs/EPSG/0/3857");
    const codec::JsonArray matrices = elements(set, "tileMatrices");
    ASSERT_EQ(matrices.size(), 23U);
    for (std::size_t z = 0; z < matrices.size(); ++z) {
        EXPECT_EQ(text_at(matrices[z], "id"), std::to_string(z));
        EXPECT_EQ(at(matrices[z], "matrixWidth").integer(), std::int64_t{1} << z);
        // cellSize = scaleDenominator × 0.28 mm per metre of a unit
        EXPECT_NEAR(*at(matrices[z], "cellSize").number() / (*at(matrices[z], "scaleDenominator").number() * 0.00028),
                    1.0, 1e-9);
        for (const char* member : {"pointOfOrigin", "tileWidth", "tileHeight", "matrixHeight"}) {
            EXPECT_NE(matrices[z].find(member), nullptr) << member;
        }
    }
}

// TileJSON 3.0.0, sections 3.1 to 3.4: required members, both addresses lead to the same tile
TEST_P(Tiles, TileJson) {
    for (const char* target : {"/tiles/areas.json", "/collections/areas/tiles/WebMercatorQuad?f=tilejson"}) {
        const Json tilejson = json(target);
        EXPECT_EQ(text_at(tilejson, "tilejson"), "3.0.0");
        ASSERT_EQ(elements(tilejson, "tiles").size(), 1U);
        EXPECT_THAT(text_at(tilejson, "tiles/0"),
                    testing::AllOf(testing::StartsWith("http"), HasSubstr("{z}"), HasSubstr("{x}"), HasSubstr("{y}")));
        EXPECT_EQ(text_at(tilejson, "vector_layers/0/id"), "areas");
        EXPECT_NE(at(tilejson, "vector_layers/0/fields").object(), nullptr);
        EXPECT_GE(*at(tilejson, "minzoom").integer(), 0);
        EXPECT_LE(*at(tilejson, "maxzoom").integer(), 30);
    }
    const Json limit = limits(12);
    const std::string row = std::to_string(*at(limit, "maxTileRow").integer());
    const std::string column = std::to_string(*at(limit, "minTileCol").integer());
    const http::Response ogc = get("/collections/areas/tiles/WebMercatorQuad/12/" + row + "/" + column + "?f=mvt");
    EXPECT_EQ(ogc.status, 200);
    for (const char* ending : {".mvt", ".pbf"}) {
        EXPECT_EQ(get("/tiles/areas/12/" + column + "/" + row + ending).body, ogc.body);
    }
}

// RFC 9110 §13.1.2, §8.8.3.3: a tile is validated without being made, its tag differs per encoding
TEST_P(Tiles, Revalidation) {
    const std::string target = "/collections/plants/tiles/WebMercatorQuad/0/0/0";
    const http::Response plain = get(target);
    const http::Response packed = get(target, {{"accept-encoding", "gzip"}});
    EXPECT_NE(plain.header("ETag"), packed.header("ETag"));
    EXPECT_EQ(get(target, {{"if-none-match", std::string(*plain.header("ETag"))}}).status, 304);
    EXPECT_EQ(plain.header("Vary"), "Accept, Accept-Encoding");
}

}  // namespace
}  // namespace ranh::conformance
