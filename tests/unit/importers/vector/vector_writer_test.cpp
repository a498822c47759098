#include "importers/vector/vector_writer.hpp"

#include "tests/support/wkt.hpp"
#include "tests/unit/importers/vector/vector_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::vector {
namespace {

using model::FieldType;
using model::Value;
using test::error_of;
using test::from_wkt;
using test::VectorFolder;
using testing::HasSubstr;

const model::Schema fields{
    {{"name", FieldType::text}, {"mw", FieldType::real}, {"count", FieldType::integer}, {"day", FieldType::date}}};

std::vector<model::Feature> two_features(int epsg) {
    std::vector<model::Feature> features;
    for (const auto& [id, wkt] : {std::pair("A", "POLYGON((107.1 11.1,107.2000000000001 11.1,107.2 11.2,107.1 11.1))"),
                                  std::pair("B",
                                            "POLYGON((107.3 11.1,107.4 11.1,107.4 11.2,107.3 11.1),"
                                            "(107.36 11.12,107.38 11.12,107.38 11.14,107.36 11.12))")}) {
        model::Feature feature;
        feature.id = FeatureId(id);
        feature.crs = crs::Crs::from_epsg(epsg).value();
        feature.geometry = from_wkt(wkt);
        feature.values = {std::string("Đắk Nông"), 0.1 + 0.2, std::int64_t{9000000000},
                          Date::parse("2026-03-01").value()};
        features.push_back(std::move(feature));
    }
    return features;
}

OutputLayer layer_of(std::vector<model::Feature> features, int epsg = 4326) {
    OutputLayer layer;
    layer.name = "zones";
    layer.schema = fields;
    layer.crs = crs::Crs::from_epsg(epsg).value();
    auto shared = std::make_shared<std::vector<model::Feature>>(std::move(features));
    layer.next = [shared, position = std::size_t{0}]() mutable {
        return position < shared->size() ? std::optional((*shared)[position++]) : std::nullopt;
    };
    return layer;
}

std::size_t entries_of(const std::filesystem::path& folder) {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
}

TEST(WriteVectorFile, IsReadBackWithEveryBitInEachFormat) {
    for (const std::string ending : {".gpkg", ".fgb", ".geojson", ".json", ".geojsonl"}) {
        const VectorFolder folder;
        const auto file = folder.file("zones" + ending);
        static_cast<void>(write_vector_file(file, {layer_of(two_features(4326))}));
        const auto reader = open_vector(file, {});
        const auto& schema = reader->describe().schema;
        EXPECT_EQ(reader->describe().declared_crs, crs::wgs84()) << ending;
        std::size_t count = 0;
        while (const auto record = reader->next()) {
            const auto id = model::to_text(record->values[schema.find("id").value()]);
            EXPECT_EQ(record->geometry, two_features(4326)[id == "A" ? 0 : 1].geometry) << ending;
            EXPECT_EQ(record->values[schema.find("name").value()], Value(std::string("Đắk Nông"))) << ending;
            EXPECT_EQ(record->values[schema.find("mw").value()], Value(0.1 + 0.2)) << ending;
            EXPECT_EQ(record->values[schema.find("count").value()], Value(std::int64_t{9000000000})) << ending;
            ++count;
        }
        EXPECT_EQ(count, 2U) << ending;
        EXPECT_EQ(entries_of(folder.path()), 1U) << ending;
    }
}

TEST(WriteVectorFile, WritesTheOtherFormatsWithTheirCounts) {
    for (const std::string ending : {".shp", ".kml", ".gml", ".dxf"}) {
        const VectorFolder folder;
        const auto file = folder.file("zones" + ending);
        static_cast<void>(write_vector_file(file, {layer_of(two_features(4326))}));
        pipeline::ReadOptions options;
        options.crs = crs::wgs84();
        EXPECT_EQ(test::read_all(file, options).size(), 2U) << ending;
    }
}

TEST(WriteVectorFile, KeepsAVn2000System) {
    const VectorFolder folder;
    for (const std::string ending : {".gpkg", ".fgb", ".shp", ".gml"}) {
        const auto file = folder.file("z" + ending);
        static_cast<void>(write_vector_file(file, {layer_of(two_features(5899), 5899)}));
        const auto reader = open_vector(file, {});
        ASSERT_TRUE(reader->describe().declared_crs) << ending << reader->describe().crs_reason;
        EXPECT_EQ(reader->describe().declared_crs->epsg(), 5899) << ending;
    }
}

TEST(WriteVectorFile, HoldsSeveralLayersInAGeoPackage) {
    const VectorFolder folder;
    auto other = layer_of(two_features(4326));
    other.name = "others";
    static_cast<void>(write_vector_file(folder.file("z.gpkg"), {layer_of(two_features(4326)), other}));
    EXPECT_THAT(vector_layer_names(folder.file("z.gpkg")), testing::ElementsAre("zones", "others"));
    EXPECT_EQ(test::read_all(folder.file("z.gpkg")).size(), 4U);
    EXPECT_EQ(error_of([&] {
                  static_cast<void>(write_vector_file(folder.file("z.fgb"), {layer_of({}), layer_of({})}));
              }).kind,
              ErrorKind::unsupported);
}

TEST(WriteVectorFile, TakesSingleFormsIntoADeclaredMultiType) {
    const VectorFolder folder;
    auto layer = layer_of(two_features(4326));
    layer.type = geom::GeometryType::multi_polygon;
    static_cast<void>(write_vector_file(folder.file("z.gpkg"), {layer}));
    EXPECT_EQ(test::read_all(folder.file("z.gpkg")).at(0).geometry->type(), geom::GeometryType::multi_polygon);
}

TEST(WriteVectorFile, LeavesTheOldFileWhenWritingFails) {
    const VectorFolder folder;
    const auto file = folder.write("z.gpkg", "old");
    auto layer = layer_of(two_features(4326));
    layer.next = [first = true]() mutable -> std::optional<model::Feature> {
        if (!std::exchange(first, false)) {
            throw Failure(ErrorKind::cancelled, "stopped");
        }
        return two_features(4326).front();
    };
    EXPECT_EQ(error_of([&] { static_cast<void>(write_vector_file(file, {layer})); }).kind, ErrorKind::cancelled);
    EXPECT_EQ(std::filesystem::file_size(file), 3U);
    EXPECT_EQ(entries_of(folder.path()), 1U);
}

TEST(WriteVectorFile, ReplacesTheOldFileWhole) {
    const VectorFolder folder;
    const auto file = folder.write("z.geojson", "old");
    static_cast<void>(write_vector_file(file, {layer_of(two_features(4326))}));
    EXPECT_EQ(test::read_all(file).size(), 2U);
}

TEST(WriteVectorFile, WritesALayerWithoutFeatures) {
    const VectorFolder folder;
    static_cast<void>(write_vector_file(folder.file("z.gpkg"), {layer_of({})}));
    EXPECT_EQ(test::read_all(folder.file("z.gpkg")).size(), 0U);
}

TEST(WriteVectorFile, RefusesUnknownEndingsAndOtherSystemsInGeoJson) {
    const VectorFolder folder;
    EXPECT_THAT(error_of([&] { static_cast<void>(write_vector_file(folder.file("z.xyz"), {layer_of({})})); }).sentence,
                HasSubstr(".gpkg .fgb .geojson"));
    EXPECT_THAT(error_of([&] {
                    static_cast<void>(write_vector_file(folder.file("z.geojson"), {layer_of({}, 5899)}));
                }).sentence,
                HasSubstr("EPSG:5899"));
    EXPECT_EQ(
        error_of([&] { static_cast<void>(write_vector_file(folder.file("absent/z.gpkg"), {layer_of({})})); }).kind,
        ErrorKind::io);
}

}  // namespace
}  // namespace ranh::vector
