// The same three parcels in every format people send (data-samples/formats/SOURCE.md): read, decoded, placed and
// measured alike.
#include "services/app/sources.hpp"
#include "spatial/crs/transform.hpp"
#include "tests/scenario/import/import_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>

namespace ranh {
namespace {

using test::error_of;
using test::Imported;
using testing::HasSubstr;

struct Format {
    const char* file;
    const char* driver;   ///< as the report names it
    int epsg;             ///< decided
    bool declares_crs;    ///< else --crs is given
    bool has_attributes;  ///< drawings have none
    double area_m2;       ///< planar sum
    const char* note;     ///< must be in the notes or text reasons; may be empty
};

std::ostream& operator<<(std::ostream& out, const Format& format) { return out << format.file; }

constexpr std::array formats = {
    Format{"parcels.gpkg", "GPKG", 5899, true, true, 39600, "utf-8 as it stands"},
    Format{"parcels.fgb", "FlatGeobuf", 5899, true, true, 39600, ""},
    Format{"utf8.shp", "ESRI Shapefile", 5899, true, true, 39600, "utf-8 as it stands"},
    Format{"tcvn3.shp", "ESRI Shapefile", 5899, true, true, 39600, "converted from tcvn3"},
    Format{"wrong-cpg.shp", "ESRI Shapefile", 5899, true, true, 39600, "converted from windows-1258"},
    Format{"shapefile.zip", "ESRI Shapefile", 5899, true, true, 39600, "converted from tcvn3"},
    Format{"filegdb.zip", "OpenFileGDB", 5899, true, true, 39600, ""},
    Format{"parcels.tab", "MapInfo File", 5899, false, true, 39600, "--crs EPSG:5899 is obeyed"},
    Format{"parcels.mif", "MapInfo File", 5899, false, true, 39600, "--crs EPSG:5899 is obeyed"},
    Format{"parcels.gml", "GML", 5899, true, true, 39600, ""},
    Format{"projected.geojson", "GeoJSON", 5899, true, true, 39600, ""},
    Format{"parcels.geojson", "GeoJSON", 4326, true, true, 39600, ""},
    Format{"parcels.geojsonl", "GeoJSONSeq", 4326, true, true, 39600, ""},
    Format{"parcels.kml", "LIBKML", 4326, true, true, 39600, ""},
    Format{"parcels.kmz", "LIBKML", 4326, true, true, 39600, ""},
    Format{"wkt.csv", "table with WKT", 5899, false, true, 39600, ""},
    Format{"wkt.tsv", "table with WKT", 5899, false, true, 39600, ""},
    Format{"parcels.dxf", "DXF", 5899, false, false, 39600, "stroked every 0.5°"},
    Format{"parcels.dgn", "DGN", 5899, false, false, 40400, "chord error of 1 mm"},
};

std::string sample(const std::string& name) { return test::sample_file("formats/" + name).string(); }

std::unique_ptr<pipeline::FeatureReader> open_sample(const std::string& file, bool declares_crs) {
    pipeline::ReadOptions options;
    if (!declares_crs) {
        options.crs = crs::Crs::from_epsg(5899).value();
    }
    return app::open_source(sample(file), options);
}

/// Once per format.
const Imported& import_sample(const Format& format) {
    static std::map<std::string, Imported> done;
    const auto known = done.find(format.file);
    if (known != done.end()) {
        return known->second;
    }
    std::vector<std::unique_ptr<pipeline::FeatureReader>> sources;
    sources.push_back(open_sample(format.file, format.declares_crs));
    return done.emplace(format.file, test::import_sources(std::move(sources), {})).first->second;
}

/// All coordinates in EPSG:5899.
std::vector<geom::Point> points_in_5899(const model::Feature& feature) {
    const auto to_plane = crs::Transform::between(feature.crs, crs::Crs::from_epsg(5899).value()).value();
    const auto points = feature.geometry->points();
    std::vector<geom::Point> moved(points.begin(), points.end());
    to_plane.apply(moved);
    return moved;
}

class EveryFormat : public testing::TestWithParam<Format> {};

TEST_P(EveryFormat, SaysWhatItIs) {
    const auto reader = open_sample(GetParam().file, GetParam().declares_crs);
    EXPECT_EQ(reader->describe().format, GetParam().driver);
    EXPECT_EQ(reader->describe().sha256.size(), 64U);
    EXPECT_EQ(pipeline::decided_crs(reader->describe()).epsg(), GetParam().epsg);
}

TEST_P(EveryFormat, KeepsAllParcels) {
    const Imported& imported = import_sample(GetParam());
    EXPECT_EQ(imported.report.rejected, 0);
    EXPECT_EQ(imported.report.kept, imported.report.read);
    double area = 0.0;
    for (const auto& [id, feature] : imported.features) {
        area += feature.areas.area_ellipsoid_m2.value();
    }
    // The grid is 0.01 % shorter than the ground; a TAB file stores whole centimetres, a DGN a hole as a shape of its
    // own.
    EXPECT_NEAR(area, GetParam().area_m2 * 1.0002, 3.0);
    EXPECT_THAT(imported.notes() + testing::PrintToString(imported.report.text_reasons), HasSubstr(GetParam().note));
}

TEST_P(EveryFormat, KeepsTextNumbersAndCorners) {
    if (!GetParam().has_attributes) {
        return;
    }
    const Imported& imported = import_sample(GetParam());
    ASSERT_EQ(imported.features.size(), 3U);
    const std::string name = model::to_text(imported.value("T-1", "ten"));
    EXPECT_TRUE(name == "Xã Lâm Hà – Đất ở" || name == "Xã Lâm Hà Đất ở") << name;
    EXPECT_EQ(model::to_text(imported.value("T-2", "ten")), "Phường Bảo Lộc");
    EXPECT_EQ(imported.feature("T-1").areas.area_stated_m2, 10000.5);
    EXPECT_EQ(imported.feature("T-2").geometry->points().size(), 10U) << "a hole";
    EXPECT_EQ(imported.feature("T-3").geometry->view().part_count(), 2U);
    for (const auto& point : points_in_5899(imported.feature("T-1"))) {
        EXPECT_NEAR(point.x, point.x < 500050 ? 500000 : 500100, 0.011);
        EXPECT_NEAR(point.y, point.y < 1300050 ? 1300000 : 1300100, 0.011);
    }
}

TEST(GmlWithoutSchema, LeavesNothingBesideTheSource) {
    const test::ImportFolder folder;
    std::filesystem::copy_file(sample("parcels.gml"), folder.file("a.gml"));
    (void)app::open_source(folder.file("a.gml").string(), {});
    EXPECT_FALSE(std::filesystem::exists(folder.file("a.gfs")));
}

INSTANTIATE_TEST_SUITE_P(Formats, EveryFormat, testing::ValuesIn(formats), [](const auto& test) {
    std::string name = test.param.file;
    std::replace_if(
        name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
    return name;
});

TEST(CornerWorkbook, IsReadLikeTheTableItWasMadeFrom) {
    for (const char* file : {"corners.csv", "corners.xlsx"}) {
        std::vector<std::unique_ptr<pipeline::FeatureReader>> sources;
        sources.push_back(open_sample(file, false));
        const auto imported = test::import_sources(std::move(sources), {});
        EXPECT_NEAR(imported.features.begin()->second.areas.area_planar_m2.value(), 10000.0, 1e-6) << file;
    }
}

/// A file of a few bytes in a folder of its own.
Error refusal_of(const test::ImportFolder& folder, const std::string& name, const std::string& bytes) {
    std::ofstream(folder.file(name), std::ios::binary) << bytes;
    return error_of([&] { (void)app::open_source(folder.file(name).string(), {}); });
}

TEST(ClosedDrawing, IsKnownByItsFirstBytesAndRefusedWithARemedy) {
    const test::ImportFolder folder;
    const std::string ole = std::string("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) + std::string(600, '\0');
    for (const char* name : {"to12.dgn", "to12.dxf"}) {
        const Error error = refusal_of(folder, name, ole);
        EXPECT_EQ(error.kind, ErrorKind::unsupported);
        EXPECT_THAT(error.sentence, HasSubstr("DGN V8"));
        EXPECT_THAT(error.sentence, HasSubstr("gCadas"));
    }
    EXPECT_THAT(refusal_of(folder, "to12.dwg", "AC1027" + std::string(600, '\0')).sentence,
                HasSubstr("ODA File Converter"));
    EXPECT_THAT(refusal_of(folder, "bin.dxf", "AutoCAD Binary DXF\r\n\x1A").sentence, HasSubstr("ASCII"));
}

TEST(Archive, WithSeveralSourcesAsksForOneAndTakesItsName) {
    const std::string zip = sample("two-sources.zip");
    const Error error = error_of([&] { (void)app::open_source(zip, {}); });
    EXPECT_EQ(error.kind, ErrorKind::invalid_argument);
    EXPECT_THAT(error.sentence, HasSubstr("parcels.fgb, parcels.geojson"));
    pipeline::ReadOptions options;
    options.source_layer = "parcels.fgb";
    const auto reader = app::open_source(zip, options);
    EXPECT_EQ(reader->describe().file_name, "two-sources.zip/parcels.fgb");
}

TEST(Archive, ThatIsDamagedIsRefused) {
    const test::ImportFolder folder;
    EXPECT_EQ(refusal_of(folder, "a.zip", "PK\x03\x04 and no more").kind, ErrorKind::corrupt_input);
    std::ifstream whole(sample("shapefile.zip"), std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(whole)), std::istreambuf_iterator<char>());
    for (std::size_t i = 300; i < 500; ++i) {
        bytes[i] = '\x55';
    }
    EXPECT_EQ(refusal_of(folder, "b.zip", bytes).kind, ErrorKind::corrupt_input);
}

}  // namespace
}  // namespace ranh
