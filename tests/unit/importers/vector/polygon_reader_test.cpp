#include "importers/vector/polygon_reader.hpp"

#include "importers/vector/gdal_support.hpp"
#include "importers/vector/ogr_crs.hpp"
#include "tests/support/wkt.hpp"
#include "tests/unit/importers/vector/vector_support.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <ogr_srs_api.h>

#include <algorithm>
#include <map>
#include <mutex>

namespace ranh::vector {
namespace {

using test::error_of;
using test::from_wkt;
using test::VectorFolder;
using testing::ElementsAre;
using testing::HasSubstr;

/// A feature to be written; no geometry where the text is empty.
struct Sample {
    std::string wkt = {};
    std::string name = {};
    int number = 0;
};

/// A layer written by GDAL: fields `name` (text), `number` (integer) and `day` (date). Without a code no system is
/// declared.
std::filesystem::path write_layer(const std::filesystem::path& file, const char* driver, int epsg,
                                  const std::vector<Sample>& samples) {
    detail::register_drivers();
    const detail::Dataset dataset(GDALCreate(GDALGetDriverByName(driver), file.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    OGRSpatialReferenceH system = epsg == 0 ? nullptr : detail::make_ogr_crs(crs::Crs::from_epsg(epsg).value());
    OGRLayerH layer = GDALDatasetCreateLayer(dataset.get(), "areas", system, wkbUnknown, nullptr);
    if (system != nullptr) {
        OSRRelease(system);
    }
    for (const auto& [name, type] :
         std::map<const char*, OGRFieldType>{{"name", OFTString}, {"number", OFTInteger}, {"day", OFTDate}}) {
        OGRFieldDefnH field = OGR_Fld_Create(name, type);
        OGR_L_CreateField(layer, field, 0);
        OGR_Fld_Destroy(field);
    }
    EXPECT_EQ(OGR_L_StartTransaction(layer), OGRERR_NONE);
    for (const Sample& sample : samples) {
        const detail::FeaturePointer feature(OGR_F_Create(OGR_L_GetLayerDefn(layer)));
        std::string text = sample.wkt;
        char* cursor = text.data();
        OGRGeometryH geometry = nullptr;
        if (!text.empty()) {
            EXPECT_EQ(OGR_G_CreateFromWkt(&cursor, nullptr, &geometry), OGRERR_NONE) << text;
            OGR_F_SetGeometryDirectly(feature.get(), geometry);
        }
        OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);
        if (!sample.name.empty()) {
            OGR_F_SetFieldString(feature.get(), OGR_FD_GetFieldIndex(definition, "name"), sample.name.c_str());
        }
        OGR_F_SetFieldInteger(feature.get(), OGR_FD_GetFieldIndex(definition, "number"), sample.number);
        EXPECT_EQ(OGR_L_CreateFeature(layer, feature.get()), OGRERR_NONE);
    }
    EXPECT_EQ(OGR_L_CommitTransaction(layer), OGRERR_NONE);
    return file;
}

/// Id and geometry of every feature, in the order of the file; all geometries as Multi forms.
struct Content {
    std::vector<std::string> ids;
    std::vector<geom::Geometry> geometries;
    std::vector<PolygonReader::LeftOut> left_out;
};

Content content_of(const std::filesystem::path& file, const PolygonReadOptions& options = {}) {
    PolygonReader reader(file, options);
    std::mutex mutex;
    std::map<std::size_t, PolygonBlock> blocks;
    Content content;
    content.left_out = reader.read([&](PolygonBlock&& block) {
        const std::lock_guard lock(mutex);
        EXPECT_TRUE(blocks.emplace(block.number, std::move(block)).second);
    });
    for (const auto& [number, block] : blocks) {
        std::uint32_t part = 0;
        for (std::size_t i = 0; i < block.ids.size(); ++i) {
            content.ids.emplace_back(block.ids.at(i));
            geom::Geometry& geometry = content.geometries.emplace_back(geom::GeometryType::multi_polygon);
            for (; part < block.part_ends[i]; ++part) {
                const auto [first, end] = block.areas.view().part(part);
                for (std::size_t path = first; path < end; ++path) {
                    geometry.add_path(block.areas.view().path(path));
                }
                geometry.end_part();
            }
        }
    }
    return content;
}

struct Format {
    const char* driver;
    const char* file;
    std::int64_t first_fid;
};

class ReadPolygons : public testing::TestWithParam<Format> {
protected:
    [[nodiscard]] std::filesystem::path write(const std::vector<Sample>& samples, int epsg = 5899) const {
        return write_layer(m_folder.file(GetParam().file), GetParam().driver, epsg, samples);
    }
    [[nodiscard]] static std::string fid(std::int64_t i) { return std::to_string(GetParam().first_fid + i); }
    VectorFolder m_folder;
};

TEST_P(ReadPolygons, KeepsPartsHolesAndEveryBit) {
    const std::string parts =
        "MULTIPOLYGON(((500000.1 1300000,500009.3 1300000,500009.3 1300009,500000.1 1300000),(500002 1300001,500003 "
        "1300001,500003 1300002,500002 1300001)),((500020 1300000,500021 1300000,500021 1300001,500020 1300000)))";
    const std::string single = "POLYGON((500000 1300000,500001 1300000,500001 1300001,500000 1300000))";
    const auto file = write({{single}, {parts}, {single}});
    PolygonReader reader(file, {});
    EXPECT_EQ(reader.name(), GetParam().file);
    EXPECT_EQ(reader.crs().epsg(), 5899);
    EXPECT_EQ(reader.feature_count(), 3U);
    const Content content = content_of(file);
    ASSERT_EQ(content.geometries.size(), 3U);
    EXPECT_EQ(std::ranges::count(content.geometries, from_wkt(parts)), 1);
    EXPECT_EQ(std::ranges::count(content.geometries, geom::to_multi(from_wkt(single))), 2);
    EXPECT_THAT(content.ids, ElementsAre(fid(0), fid(1), fid(2)));
    EXPECT_TRUE(content.left_out.empty());
}

TEST_P(ReadPolygons, LeavesOutZAndM) {
    const auto file = write({{"POLYGON ZM((0 0 5 1,1 0 5 1,1 1 5 1,0 0 5 1))"}});
    EXPECT_THAT(content_of(file).geometries, ElementsAre(from_wkt("MULTIPOLYGON(((0 0,1 0,1 1,0 0)))")));
}

TEST_P(ReadPolygons, CountsWhatIsNoArea) {
    const auto file = write({{"POLYGON((0 0,1 0,1 1,0 0))"},
                             {"POINT(1 2)"},
                             {"LINESTRING(0 0,1 1)"},
                             {"POINT(3 4)"},
                             {"CURVEPOLYGON(CIRCULARSTRING(100 0,0 100,-100 0,0 -100,100 0))"}});
    const Content content = content_of(file);
    EXPECT_EQ(content.ids.size(), 1U);
    std::map<std::string, std::uint64_t> counts;
    for (const auto& left_out : content.left_out) {
        counts[left_out.kind] = left_out.count;
    }
    EXPECT_THAT(counts, ElementsAre(std::pair("Curve Polygon", 1), std::pair("Line String", 1), std::pair("Point", 2)));
}

TEST_P(ReadPolygons, TakesIdsFromATextOrNumberField) {
    const std::string square = "POLYGON((0 0,1 0,1 1,0 0))";
    const auto file = write({{square, "Lộc Ngãi", 7}, {square, "a,b", 9}});
    EXPECT_THAT(content_of(file, {.id_field = "name"}).ids, testing::UnorderedElementsAre("Lộc Ngãi", "a,b"));
    EXPECT_THAT(content_of(file, {.id_field = "number"}).ids, testing::UnorderedElementsAre("7", "9"));
}

TEST_P(ReadPolygons, NamesAnIdFieldThatCannotBeUsed) {
    const auto file = write({{"POLYGON((0 0,1 0,1 1,0 0))", "", 7}});
    const auto error = [&](const std::string& field) {
        return error_of([&] { static_cast<void>(content_of(file, {.id_field = field})); });
    };
    EXPECT_EQ(error("code").kind, ErrorKind::not_found);
    EXPECT_THAT(error("code").sentence, HasSubstr("number"));
    EXPECT_EQ(error("day").kind, ErrorKind::unsupported);
    EXPECT_THAT(error("name").text(),
                HasSubstr(fmt::format("{}: feature {}: field 'name' is empty", GetParam().file, GetParam().first_fid)));
}

TEST_P(ReadPolygons, GivesTheSameBlocksForAnyNumberOfThreads) {
    std::vector<Sample> samples;
    for (int i = 0; i < 20'000; ++i) {
        const double x = 500'000.0 + i % 100;
        const double y = 1'300'000.0 + i / 100;  // NOLINT(bugprone-integer-division): rows of a hundred
        samples.push_back({fmt::format("POLYGON(({0} {1},{2} {1},{2} {3},{0} {1}))", x, y, x + 1.0, y + 1.0), "", i});
    }
    const auto file = write(samples);
    const Content one = content_of(file, {.id_field = "number", .threads = 1});
    ASSERT_EQ(one.ids.size(), samples.size());
    for (const unsigned threads : {2U, 7U}) {
        const Content many = content_of(file, {.id_field = "number", .threads = threads});
        EXPECT_EQ(many.ids, one.ids);
        EXPECT_EQ(many.geometries, one.geometries);
    }
}

TEST_P(ReadPolygons, NeedsACoordinateSystem) {
    const auto file = write({{"POLYGON((0 0,1 0,1 1,0 0))"}}, 0);
    const auto error = error_of([&] { const PolygonReader reader(file, {}); });
    EXPECT_EQ(error.kind, ErrorKind::invalid_argument);
    EXPECT_THAT(error.text(), HasSubstr(GetParam().file));
    EXPECT_THAT(error.text(), HasSubstr("--crs EPSG:n"));
    EXPECT_THAT(error_of([&] { const PolygonReader reader(file, {.crs_option = "--left-crs"}); }).text(),
                HasSubstr("here --left-crs EPSG:n"));
    const PolygonReader reader(file, {.crs = crs::vn2000()});
    EXPECT_EQ(reader.crs(), crs::vn2000());
}

TEST_P(ReadPolygons, ObeyTheOptionAgainstTheFileAndSaySo) {
    const auto file = write({{"POLYGON((0 0,1 0,1 1,0 0))"}});
    const PolygonReader reader(file, {.crs = crs::vn2000()});
    EXPECT_EQ(reader.crs(), crs::vn2000());
    EXPECT_THAT(reader.crs_note(), HasSubstr("EPSG:4756 is obeyed although the file declares EPSG:5899"));
}

TEST_P(ReadPolygons, NamesTheFirstFeatureWhoseNumbersAreNoDegrees) {
    std::vector<Sample> samples(10'000, {"POLYGON((107 11,107.1 11,107.1 11.1,107 11))"});
    samples[7000].wkt = samples[9000].wkt = "POLYGON((500000 1300000,500001 1300000,500001 1300001,500000 1300000))";
    const auto file = write_layer(m_folder.file("degrees.gpkg"), "GPKG", 4756, samples);
    for (const unsigned threads : {1U, 2U, 7U}) {
        const auto error = error_of([&] { static_cast<void>(content_of(file, {.threads = threads})); });
        EXPECT_EQ(error.kind, ErrorKind::corrupt_input);
        EXPECT_THAT(error.text(), HasSubstr("degrees.gpkg: feature 7001: "));
        EXPECT_THAT(error.text(), HasSubstr("(500000, 1300000)"));
    }
}

TEST_P(ReadPolygons, StopsWhenCancelledOrWhenTheTakerFails) {
    const auto file = write(std::vector<Sample>(100, {"POLYGON((0 0,1 0,1 1,0 0))"}));
    CancelToken cancel;
    cancel.stop();
    for (const unsigned threads : {1U, 2U}) {
        EXPECT_EQ(error_of([&] { static_cast<void>(content_of(file, {.threads = threads, .cancel = &cancel})); }).kind,
                  ErrorKind::cancelled);
        PolygonReader reader(file, {.threads = threads});
        const auto refuse = [](PolygonBlock&& /*block*/) { throw Failure(ErrorKind::io, "no room"); };
        EXPECT_EQ(error_of([&] { static_cast<void>(reader.read(refuse)); }).kind, ErrorKind::io);
    }
}

INSTANTIATE_TEST_SUITE_P(Of, ReadPolygons,
                         testing::Values(Format{"FlatGeobuf", "a.fgb", 0}, Format{"GPKG", "a.gpkg", 1}),
                         [](const auto& tested) { return std::string(tested.param.driver); });

TEST(ReadPolygonsOfAGeoPackage, CountsFeaturesWithoutGeometryAndTakesItsFidColumn) {
    const VectorFolder folder;
    const std::string square = "POLYGON((0 0,1 0,1 1,0 0))";
    const auto file = write_layer(folder.file("a.gpkg"), "GPKG", 5899, {{square}, {""}, {"POLYGON EMPTY"}, {square}});
    const Content content = content_of(file, {.id_field = "fid"});
    EXPECT_THAT(content.ids, ElementsAre("1", "4"));
    ASSERT_EQ(content.left_out.size(), 1U);
    EXPECT_EQ(content.left_out[0].kind, "no geometry");
    EXPECT_EQ(content.left_out[0].count, 2U);
    EXPECT_EQ(content.left_out[0].first, 2);
}

TEST(ReadPolygonsOfGeoJson, ReadsWithoutAFastWay) {
    const VectorFolder folder;
    const auto file = folder.write(
        "a.geojson",
        R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"x"},"geometry":)"
        R"({"type":"Polygon","coordinates":[[[107,11],[107.5,11],[107.5,11.5],[107,11]]]}}]})");
    const Content content = content_of(file, {.id_field = "code"});
    EXPECT_THAT(content.ids, ElementsAre("x"));
    EXPECT_THAT(content.geometries, ElementsAre(from_wkt("MULTIPOLYGON(((107 11,107.5 11,107.5 11.5,107 11)))")));
}

TEST(ReadPolygonsOfATable, IsLeftToTheImport) {
    const VectorFolder folder;
    const auto file = folder.write("a.csv", "x,y\n1,2\n");
    EXPECT_EQ(error_of([&] { const PolygonReader reader(file, {}); }).kind, ErrorKind::unsupported);
}

TEST(ReadPolygonsOfADamagedFile, NamesTheFile) {
    const VectorFolder folder;
    const std::vector<Sample> samples(3000, {"POLYGON((0 0,1 0,1 1,0 0))"});
    const auto file = write_layer(folder.file("cut.fgb"), "FlatGeobuf", 5899, samples);
    std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
    for (const unsigned threads : {1U, 2U}) {
        const auto error = error_of([&] { static_cast<void>(content_of(file, {.threads = threads})); });
        EXPECT_EQ(error.kind, ErrorKind::corrupt_input) << error.text();
        EXPECT_THAT(error.text(), HasSubstr("cut.fgb"));
    }
}

TEST(ReadPolygonsOfSeveralLayers, NamesThem) {
    const VectorFolder folder;
    const auto file = write_layer(folder.file("a.gpkg"), "GPKG", 5899, {{"POLYGON((0 0,1 0,1 1,0 0))"}});
    {
        const detail::Dataset dataset(
            GDALOpenEx(file.c_str(), GDAL_OF_VECTOR | GDAL_OF_UPDATE, nullptr, nullptr, nullptr));
        GDALDatasetCreateLayer(dataset.get(), "zones", nullptr, wkbPolygon, nullptr);
    }
    const auto error = error_of([&] { const PolygonReader reader(file, {}); });
    EXPECT_EQ(error.kind, ErrorKind::invalid_argument);
    EXPECT_THAT(error.sentence, HasSubstr("areas, zones"));
}

}  // namespace
}  // namespace ranh::vector
