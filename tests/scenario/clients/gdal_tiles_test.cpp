// GDAL's driver for Mapbox Vector Tiles against fetched tiles.
#include "tests/scenario/clients/demo_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace ranh::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

struct TilePlace {
    int z;
    int x;
    int y;
};

/// The tile of the web's square tiling that holds a place.
TilePlace tile_at(double lon, double lat, int z) {
    const double side = std::exp2(z);
    const double latitude = lat * std::numbers::pi / 180.0;
    return {z, static_cast<int>((lon + 180.0) / 360.0 * side),
            static_cast<int>((1.0 - std::asinh(std::tan(latitude)) / std::numbers::pi) / 2.0 * side)};
}

const TilePlace over_gia_nghia = tile_at(107.5913, 12.0635, 11);

std::string ogc_path(const std::string& collection, const TilePlace& tile) {
    return "/collections/" + collection + "/tiles/WebMercatorQuad/" + std::to_string(tile.z) + "/" +
           std::to_string(tile.y) + "/" + std::to_string(tile.x);
}

std::string xyz_path(const std::string& collection, const TilePlace& tile) {
    return "/tiles/" + collection + "/" + std::to_string(tile.z) + "/" + std::to_string(tile.x) + "/" +
           std::to_string(tile.y) + ".mvt";
}

/// What GDAL says of a tile's layer.
ProgramEnd ogrinfo(const std::string& source, const TilePlace& tile, const std::string& layer) {
    return run_program({"ogrinfo", "-ro", "-oo", "Z=" + std::to_string(tile.z), "-oo", "X=" + std::to_string(tile.x),
                        "-oo", "Y=" + std::to_string(tile.y), source, layer},
                       {.environment = {{"NO_PROXY", "*"}}});
}

TEST(GdalOverTiles, ReadsAFetchedTile) {
    const HttpAnswer answer = demo().server.get(ogc_path("bauxite", over_gia_nghia));
    ASSERT_EQ(answer.status, 200) << answer.body.substr(0, 200);
    EXPECT_EQ(answer.media_type(), "application/vnd.mapbox-vector-tile");
    const TemporaryFolder folder;
    write_file(folder.file("tile.mvt"), answer.body);
    const ProgramEnd end = ogrinfo(folder.file("tile.mvt"), over_gia_nghia, "bauxite");
    ASSERT_EQ(end.exit_code, 0) << end.text();
    EXPECT_THAT(end.output, AllOf(HasSubstr("fid (String) = BX-GN"), HasSubstr("Gia Nghĩa"), HasSubstr("POLYGON")));
    EXPECT_EQ(end.error, "");
}

TEST(GdalOverTiles, ReadsTheXyzAliasOverTheNetwork) {
    const ProgramEnd end =
        ogrinfo("MVT:" + demo().server.url(xyz_path("bauxite", over_gia_nghia)), over_gia_nghia, "bauxite");
    ASSERT_EQ(end.exit_code, 0) << end.text();
    EXPECT_THAT(end.output, HasSubstr("fid (String) = BX-GN"));
}

TEST(GdalOverTiles, PlacesTheGeometryWhereItIs) {
    const TemporaryFolder folder;
    write_file(folder.file("tile.mvt"), demo().server.get(ogc_path("bauxite", over_gia_nghia)).body);
    const ProgramEnd end = run_program({"ogr2ogr",
                                        "-f",
                                        "CSV",
                                        "/vsistdout/",
                                        folder.file("tile.mvt"),
                                        "bauxite",
                                        "-oo",
                                        "Z=11",
                                        "-oo",
                                        "X=" + std::to_string(over_gia_nghia.x),
                                        "-oo",
                                        "Y=" + std::to_string(over_gia_nghia.y),
                                        "-t_srs",
                                        "OGC:CRS84",
                                        "-lco",
                                        "GEOMETRY=AS_WKT",
                                        "-spat_srs",
                                        "OGC:CRS84",
                                        "-spat",
                                        "107.59",
                                        "12.06",
                                        "107.592",
                                        "12.064"});
    ASSERT_EQ(end.exit_code, 0) << end.text();
    EXPECT_NO_THROW(static_cast<void>(parse_csv(end.output).row("fid", "BX-GN"))) << end.output;
}

TEST(ServedTiles, AreTheSameUnderBothAddresses) {
    EXPECT_TRUE(demo().server.get(ogc_path("bauxite", over_gia_nghia)).body ==
                demo().server.get(xyz_path("bauxite", over_gia_nghia)).body);
}

TEST(ServedTiles, AreEmptyWhereNothingLies) {
    EXPECT_EQ(demo().server.get(ogc_path("bauxite", tile_at(107.45, 11.55, 14))).status, 204) << "inside the limits";
    EXPECT_EQ(demo().server.get(ogc_path("bauxite", tile_at(100.0, 20.0, 11))).status, 404) << "outside of them";
}

TEST(ServedTiles, CarryATagThatSavesTheSecondTransfer) {
    const HttpAnswer first = demo().server.get(ogc_path("bauxite", over_gia_nghia));
    ASSERT_TRUE(first.headers.contains("etag"));
    const HttpAnswer second =
        demo().server.get(ogc_path("bauxite", over_gia_nghia), {"If-None-Match: " + first.headers.at("etag")});
    EXPECT_EQ(second.status, 304);
    EXPECT_EQ(second.body, "");
}

TEST(ServedTiles, AreDescribedForMapLibraries) {
    const HttpAnswer answer = demo().server.get("/tiles/bauxite.json");
    ASSERT_EQ(answer.status, 200) << answer.body;
    const codec::Json tilejson = json_of(answer.body);
    EXPECT_EQ(text_of(tilejson, "tilejson"), "3.0.0");
    EXPECT_THAT(lines_of(tilejson, "tiles"), HasSubstr("/tiles/bauxite/{z}/{x}/{y}"));
    EXPECT_EQ(text_of(array_of(tilejson, "vector_layers").at(0), "id"), "bauxite");
}

}  // namespace
}  // namespace ranh::test
