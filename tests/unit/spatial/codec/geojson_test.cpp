#include "spatial/codec/geojson.hpp"

#include "tests/support/wkt.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::codec {
namespace {

using test::operator""_wkt;
using testing::HasSubstr;

Error refusal(std::string_view text) {
    const auto parsed = parse_geojson(parse_json(text).value());
    return parsed.ok() ? Error{ErrorKind::internal, "was read", {}} : parsed.error();
}

class GeoJsonRoundTrip : public testing::TestWithParam<const char*> {};

TEST_P(GeoJsonRoundTrip, KeepsTheGeometryBitForBit) {
    const geom::Geometry geometry = test::from_wkt(GetParam());
    const std::string text = to_text(to_geojson(geometry));
    EXPECT_EQ(parse_geojson_geometry(parse_json(text).value()).value(), geometry) << text;
}

INSTANTIATE_TEST_SUITE_P(
    OfEveryType, GeoJsonRoundTrip,
    testing::Values("POINT(107.751789157 11.758023655)", "LINESTRING(0 0,1.5 2.25,3 4)",
                    "POLYGON((0 0,10 0,10 10,0 10,0 0))",
                    "POLYGON((0 0,10 0,10 10,0 10,0 0),(2 2,2 4,4 4,4 2,2 2),(6 6,6 8,8 8,8 6,6 6))",
                    "MULTIPOINT(1 2,3 4)", "MULTILINESTRING((0 0,1 1),(2 2,3 3,4 4))",
                    "MULTIPOLYGON(((0 0,1 0,1 1,0 0)))",
                    "MULTIPOLYGON(((0 0,10 0,10 10,0 0),(4 1,6 1,6 3,4 1)),((20 20,30 20,30 30,20 20)))",
                    "POINT(0.1 1e-300)", "LINESTRING(-180 -90,180 90)"));

TEST(GeoJsonWriting, HasTheFormOfTheStandard) {
    EXPECT_EQ(to_text(to_geojson("POLYGON((0 0,1 0,1 1,0 0))"_wkt)),
              R"({"type":"Polygon","coordinates":[[[0.0,0.0],[1.0,0.0],[1.0,1.0],[0.0,0.0]]]})");
    EXPECT_EQ(to_text(to_geojson("MULTIPOINT(1 2,3 4)"_wkt)),
              R"({"type":"MultiPoint","coordinates":[[1.0,2.0],[3.0,4.0]]})");
}

TEST(GeoJsonWriting, RoundsToTheDecimalsAsked) {
    EXPECT_EQ(to_text(to_geojson("POINT(107.751789157 11.758023655)"_wkt, 4)),
              R"({"type":"Point","coordinates":[107.7518,11.758]})");
}

TEST(GeoJsonReading, ReadsAFeatureWithIdAndProperties) {
    const auto features =
        parse_geojson(parse_json(R"({"type":"Feature","id":"DA-01","properties":{"name":"Dự án","mw":50},)"
                                 R"("geometry":{"type":"Point","coordinates":[107.7,11.7]}})")
                          .value())
            .value();
    ASSERT_EQ(features.size(), 1U);
    EXPECT_EQ(features[0].id, "DA-01");
    EXPECT_EQ(features[0].geometry, "POINT(107.7 11.7)"_wkt);
    ASSERT_EQ(features[0].properties.size(), 2U);
    EXPECT_EQ(features[0].properties[1].second.integer(), 50);
}

TEST(GeoJsonReading, TakesTheIdOfThePropertiesWhereTheFeatureHasNone) {
    const auto features = parse_geojson(parse_json(R"({"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"id":7},"geometry":null},
        {"type":"Feature","id":8,"properties":{"id":7},"geometry":null},
        {"type":"Feature","properties":null,"geometry":null}]})")
                                            .value())
                              .value();
    ASSERT_EQ(features.size(), 3U);
    EXPECT_EQ(features[0].id, "7");
    EXPECT_EQ(features[1].id, "8");
    EXPECT_EQ(features[2].id, "");
    EXPECT_FALSE(features[0].geometry);
}

TEST(GeoJsonReading, ReadsABareGeometry) {
    const auto features =
        parse_geojson(parse_json(R"({"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]})").value()).value();
    ASSERT_EQ(features.size(), 1U);
    EXPECT_EQ(features[0].geometry, "POLYGON((0 0,1 0,1 1,0 0))"_wkt);
}

TEST(GeoJsonReading, DropsHeights) {
    const auto geometry =
        parse_geojson_geometry(parse_json(R"({"type":"LineString","coordinates":[[0,0,5],[1,1,6,7]]})").value());
    EXPECT_EQ(geometry.value(), "LINESTRING(0 0,1 1)"_wkt);
}

TEST(GeoJsonReading, ReadsAnEmptyCollection) {
    EXPECT_TRUE(parse_geojson(parse_json(R"({"type":"FeatureCollection","features":[]})").value()).value().empty());
}

TEST(GeoJsonReading, SaysThatCollectionsOfGeometriesAreNotRead) {
    const Error error = refusal(R"({"type":"GeometryCollection","geometries":[]})");
    EXPECT_EQ(error.kind, ErrorKind::unsupported);
    EXPECT_THAT(error.sentence, HasSubstr("GeometryCollection"));
}

struct BadGeoJson {
    std::string text;
    std::string named;  ///< a word of the sentence
};

class HostileGeoJson : public testing::TestWithParam<BadGeoJson> {};

TEST_P(HostileGeoJson, IsRefusedWithTheFaultNamed) {
    const Error error = refusal(GetParam().text);
    EXPECT_EQ(error.kind, ErrorKind::corrupt_input) << GetParam().text;
    EXPECT_THAT(error.sentence, HasSubstr(GetParam().named)) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Texts, HostileGeoJson,
    testing::Values(BadGeoJson{"{}", "type"}, BadGeoJson{"[]", "type"}, BadGeoJson{"5", "type"},
                    BadGeoJson{R"({"type":5})", "type"},
                    BadGeoJson{R"({"type":"Circle","coordinates":[0,0]})", "Circle"},
                    BadGeoJson{R"({"type":"Point"})", "coordinates"},
                    BadGeoJson{R"({"type":"Point","coordinates":null})", "position"},
                    BadGeoJson{R"({"type":"Point","coordinates":[]})", "position"},
                    BadGeoJson{R"({"type":"Point","coordinates":[1]})", "position"},
                    BadGeoJson{R"({"type":"Point","coordinates":["1","2"]})", "number"},
                    BadGeoJson{R"({"type":"Point","coordinates":[[1,2]]})", "position"},
                    BadGeoJson{R"({"type":"LineString","coordinates":[[1,2]]})", "2 positions"},
                    BadGeoJson{R"({"type":"Polygon","coordinates":[]})", "ring"},
                    BadGeoJson{R"({"type":"Polygon","coordinates":[[]]})", "positions"},
                    BadGeoJson{R"({"type":"Polygon","coordinates":[[[0,0],[1,1]]]})", "3 positions"},
                    BadGeoJson{R"({"type":"Polygon","coordinates":[[0,0],[1,1],[2,2]]})", "position"},
                    BadGeoJson{R"({"type":"MultiPolygon","coordinates":[]})", "part"},
                    BadGeoJson{R"({"type":"MultiPolygon","coordinates":[[]]})", "ring"},
                    BadGeoJson{R"({"type":"Polygon","coordinates":{"0":[]}})", "ring"},
                    BadGeoJson{R"({"type":"Feature","properties":{}})", "geometry"},
                    BadGeoJson{R"({"type":"Feature","properties":{},"geometry":[]})", "type"},
                    BadGeoJson{R"({"type":"FeatureCollection"})", "features"},
                    BadGeoJson{R"({"type":"FeatureCollection","features":{}})", "features"},
                    BadGeoJson{R"({"type":"FeatureCollection","features":[1]})", "geometry"}));

}  // namespace
}  // namespace ranh::codec
