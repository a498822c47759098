#include "services/app/geojson_text_reader.hpp"

#include "tests/support/wkt.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::app {
namespace {

using test::operator""_wkt;

constexpr auto two_features = R"({"type":"FeatureCollection","features":[
    {"type":"Feature","id":"A","properties":{"name":"Một","mw":50},"geometry":{"type":"Point","coordinates":[107.7,11.7]}},
    {"type":"Feature","properties":{"id":"B","name":null,"more":[1]},"geometry":null}]})";

TEST(GeoJsonTextReader, GathersTheMembersOfAllFeatures) {
    const auto reader = open_geojson_text(two_features, {});
    std::vector<std::string> names;
    for (const model::Field& field : reader->describe().schema.fields) {
        names.push_back(field.name);
    }
    EXPECT_THAT(names, testing::ElementsAre("id", "name", "mw", "more"));
    EXPECT_EQ(reader->describe().record_count, 2);
}

TEST(GeoJsonTextReader, ReadsRecordsInOrderWithTheirIds) {
    const auto reader = open_geojson_text(two_features, {});
    const auto first = reader->next();
    ASSERT_TRUE(first);
    EXPECT_EQ(first->geometry, "POINT(107.7 11.7)"_wkt);
    EXPECT_EQ(first->values,
              (std::vector<model::Value>{std::string("A"), std::string("Một"), std::string("50"), model::Value()}));
    const auto second = reader->next();
    ASSERT_TRUE(second);
    EXPECT_FALSE(second->geometry);
    EXPECT_EQ(second->values,
              (std::vector<model::Value>{std::string("B"), model::Value(), model::Value(), std::string("[1]")}));
    EXPECT_FALSE(reader->next());
}

TEST(GeoJsonTextReader, BeginsAgainWhenRewound) {
    const auto reader = open_geojson_text(two_features, {});
    const auto first = reader->next();
    reader->rewind();
    EXPECT_EQ(reader->next()->values, first->values);
}

TEST(GeoJsonTextReader, IsInWgs84UnlessToldOtherwise) {
    EXPECT_EQ(open_geojson_text(two_features, {})->describe().declared_crs, crs::wgs84());
    pipeline::ReadOptions options;
    options.crs = crs::Crs::from_epsg(5899).value();
    const auto told = open_geojson_text(two_features, options);
    EXPECT_EQ(told->describe().found_crs->epsg(), 5899);
}

TEST(GeoJsonTextReader, RefusesWhatIsNoGeoJson) {
    for (const std::string text : {"{", "{}", R"({"type":"Feature"})"}) {
        EXPECT_THROW(static_cast<void>(open_geojson_text(text, {})), Failure) << text;
    }
}

}  // namespace
}  // namespace ranh::app
