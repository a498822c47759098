#include "importers/vector/vector_reader.hpp"

#include "tests/support/wkt.hpp"
#include "tests/unit/importers/vector/vector_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

namespace ranh::vector {
namespace {

using model::FieldType;
using model::Value;
using test::all_records;
using test::error_of;
using test::notes_of;
using test::operator""_wkt;
using test::read_all;
using test::VectorFolder;
using testing::HasSubstr;

std::string collection(const std::string& features) {
    return R"({"type":"FeatureCollection","features":[)" + features + "]}";
}

std::string feature(const std::string& geometry, const std::string& properties = "{}") {
    return R"({"type":"Feature","properties":)" + properties + R"(,"geometry":)" + geometry + "}";
}

const std::string point = R"({"type":"Point","coordinates":[107.75,11.75]})";

TEST(OpenVector, MapsFieldTypes) {
    const VectorFolder folder;
    const auto file = folder.write(
        "a.geojson",
        collection(feature(
            point, R"({"t":"x","i":7,"big":9000000000,"r":1.5,"b":true,"d":"2026-03-01","list":[1,2],"n":null})")));
    const auto reader = open_vector(file, {});
    const auto& schema = reader->describe().schema;
    const auto type = [&](const char* name) { return schema.fields[schema.find(name).value()].type; };
    EXPECT_EQ(type("t"), FieldType::text);
    EXPECT_EQ(type("i"), FieldType::integer);
    EXPECT_EQ(type("big"), FieldType::integer);
    EXPECT_EQ(type("r"), FieldType::real);
    EXPECT_EQ(type("b"), FieldType::boolean);
    EXPECT_EQ(type("d"), FieldType::date);
    const auto record = reader->next().value();
    const auto value = [&](const char* name) { return record.values[schema.find(name).value()]; };
    EXPECT_EQ(value("big"), Value(std::int64_t{9000000000}));
    EXPECT_EQ(value("b"), Value(true));
    EXPECT_EQ(value("d"), Value(Date::parse("2026-03-01").value()));
    EXPECT_EQ(value("list"), Value(std::string("[1,2]")));
    EXPECT_EQ(value("n"), Value());
}

TEST(OpenVector, TakesTheNumberOfAGeoJsonFeatureAsItsId) {
    const VectorFolder folder;
    const auto file =
        folder.write("a.geojson", collection(R"({"type":"Feature","id":7,"properties":{},"geometry":)" + point + "}"));
    const auto reader = open_vector(file, {});
    ASSERT_TRUE(reader->describe().schema.find("id"));
    EXPECT_EQ(reader->next()->values.at(0), Value(std::int64_t{7}));
}

TEST(OpenVector, DescribesFileFormatSystemAndDigest) {
    const VectorFolder folder;
    const auto file = folder.write("a.geojson", collection(feature(point)));
    const auto reader = open_vector(file, {});
    const auto& source = reader->describe();
    EXPECT_EQ(source.file_name, "a.geojson");
    EXPECT_EQ(source.format, "GeoJSON");
    EXPECT_EQ(source.sha256.size(), 64U);
    EXPECT_EQ(source.declared_crs, crs::wgs84());
    EXPECT_EQ(source.record_count, 1);
}

TEST(OpenVector, ReadsTwiceAfterRewind) {
    const VectorFolder folder;
    const auto reader = open_vector(folder.write("a.geojson", collection(feature(point) + "," + feature(point))), {});
    EXPECT_EQ(all_records(*reader).size(), 2U);
    reader->rewind();
    EXPECT_EQ(all_records(*reader).size(), 2U);
}

TEST(OpenVector, LeavesOutZ) {
    const VectorFolder folder;
    const auto file =
        folder.write("a.geojson", collection(feature(R"({"type":"Point","coordinates":[107.75,11.75,900]})")));
    const auto reader = open_vector(file, {});
    EXPECT_EQ(reader->next()->geometry, "POINT(107.75 11.75)"_wkt);
    EXPECT_THAT(test::notes_of(*reader), HasSubstr("Z and M are left out"));
}

TEST(OpenVector, SplitsACollectionIntoFeaturesByDimension) {
    const VectorFolder folder;
    const std::string line = R"({"type":"LineString","coordinates":[[107.75,11.75],[107.76,11.75]]})";
    const auto file = folder.write(
        "a.geojson", collection(feature(R"({"type":"GeometryCollection","geometries":[)" + point + "," + line + "]}",
                                        R"({"n":7})")));
    const auto records = read_all(file);
    ASSERT_EQ(records.size(), 2U);
    EXPECT_EQ(records[0].geometry->type(), geom::GeometryType::line_string);
    EXPECT_EQ(records[0].id_suffix, "");
    EXPECT_THAT(records[0].notes, testing::ElementsAre(HasSubstr("a geometry collection was split into features: "
                                                                 "LineString, Point (/2)")));
    EXPECT_EQ(records[1].geometry->type(), geom::GeometryType::point);
    EXPECT_EQ(records[1].id_suffix, "/2");
    EXPECT_EQ(records[1].values, records[0].values);
    EXPECT_EQ(records[0].units + records[1].units, 1);
}

TEST(OpenVector, ReadsOneFeaturePerLine) {
    const VectorFolder folder;
    EXPECT_EQ(read_all(folder.write("a.geojsonl", feature(point) + "\n" + feature(point) + "\n")).size(), 2U);
}

TEST(OpenVector, AsksTheCoordinatesOfGeoJsonThatIsNotInDegrees) {
    const VectorFolder folder;
    const auto file =
        folder.write("a.geojson", collection(feature(R"({"type":"Point","coordinates":[773433,1326994]})")));
    const auto reader = open_vector(file, {});
    EXPECT_EQ(reader->describe().found_crs, crs::Crs::from_epsg(3405).value());
    EXPECT_THAT(test::notes_of(*reader), HasSubstr("its numbers are no degrees"));
}

TEST(OpenVector, LeavesTwoMeridiansOpen) {
    const VectorFolder folder;
    const auto file =
        folder.write("a.geojson", collection(feature(R"({"type":"Point","coordinates":[500000,1300000]})")));
    const auto reader = open_vector(file, {});
    EXPECT_FALSE(reader->describe().found_crs);
    EXPECT_THAT(reader->describe().crs_reason, HasSubstr("9218"));
}

TEST(OpenVector, NotesWhatTheDriverWarnsOfInsteadOfPrintingIt) {
    const VectorFolder folder;
    testing::internal::CaptureStderr();
    const auto reader =
        open_vector(folder.write("a.geojson", collection(feature(point, R"({"n":99999999999999999999})"))), {});
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
    EXPECT_THAT(test::notes_of(*reader), HasSubstr("a.geojson: GDAL says: Integer values"));
}

TEST(OpenVector, NotesAWarningOfAFeatureOnceHoweverOftenTheFileIsRead) {
    const VectorFolder folder;
    (void)folder.write("a.mid", "\"7\"\n\"abc\"\n");
    pipeline::ReadOptions options;
    options.crs = crs::Crs::from_epsg(5899).value();
    const auto reader = open_vector(
        folder.write("a.mif", "Version 300\nDelimiter \",\"\nColumns 1\n  n Integer\nData\n\nPoint 1 2\nPoint 3 4\n"),
        options);
    EXPECT_EQ(all_records(*reader).size(), 2U);
    reader->rewind();
    EXPECT_EQ(all_records(*reader).size(), 2U);
    const auto& notes = reader->describe().notes;
    EXPECT_EQ(std::count_if(notes.begin(), notes.end(),
                            [](const std::string& note) { return note.find("Value 'abc'") != std::string::npos; }),
              1);
    EXPECT_THAT(test::notes_of(*reader), HasSubstr("a.mif: feature 2: GDAL says: Value 'abc'"));
}

TEST(OpenVector, TellsOfAnOpenRingInItsOwnWordsOnly) {
    testing::internal::CaptureStderr();
    const auto reader = open_vector(RANH_SOURCE_DIR "/data-samples/invalid/unclosed-ring.geojson", {});
    const auto record = reader->next();
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
    EXPECT_THAT(record->notes, testing::ElementsAre("feature 1: an open ring was closed"));
    EXPECT_THAT(test::notes_of(*reader), testing::Not(HasSubstr("GDAL")));
}

TEST(OpenVector, ReadsTheLayerNamedOrListsThoseThereAre) {
    const VectorFolder folder;
    const auto file =
        folder.write("a.gpx", R"(<gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1">)"
                              R"(<wpt lat="11.75" lon="107.75"><name>A</name></wpt>)"
                              R"(<rte><rtept lat="11.75" lon="107.75"/><rtept lat="11.8" lon="107.8"/></rte></gpx>)");
    EXPECT_THAT(error_of([&] { (void)open_vector(file, {}); }).sentence,
                testing::AllOf(HasSubstr("--source-layer"), HasSubstr("waypoints, routes")));
    pipeline::ReadOptions options;
    options.source_layer = "waypoints";
    EXPECT_EQ(read_all(file, options).size(), 1U);
    options.source_layer = "rivers";
    const Error error = error_of([&] { (void)open_vector(file, options); });
    EXPECT_EQ(error.kind, ErrorKind::not_found);
    EXPECT_THAT(error.sentence, testing::AllOf(HasSubstr("'rivers'"), HasSubstr("waypoints, routes")));
}

TEST(OpenVector, ObeysTheOptionAndSaysSo) {
    const VectorFolder folder;
    pipeline::ReadOptions options;
    options.crs = crs::Crs::from_epsg(4756).value();
    const auto reader = open_vector(folder.write("a.geojson", collection(feature(point))), options);
    EXPECT_EQ(pipeline::decided_crs(reader->describe()).epsg(), 4756);
    EXPECT_THAT(test::notes_of(*reader), HasSubstr("--crs EPSG:4756 is obeyed although the file declares EPSG:4326"));
}

TEST(OpenVector, RefusesWhatIsNoVectorFile) {
    const VectorFolder folder;
    EXPECT_EQ(error_of([&] { (void)open_vector(folder.write("a.bin", "nothing"), {}); }).kind, ErrorKind::unsupported);
    EXPECT_EQ(error_of([&] { (void)open_vector(folder.file("absent.gpkg"), {}); }).kind, ErrorKind::not_found);
    EXPECT_THAT(error_of([&] {
                    (void)open_vector(folder.write("a.dgn", std::string("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8)), {});
                }).sentence,
                HasSubstr("DGN V8"));
}

TEST(OpenVector, DoesNotFollowAFileThatNamesAnother) {
    const VectorFolder folder;
    const auto target = folder.write("a.geojson", collection(feature(point)));
    const auto file = folder.write("a.vrt", "<OGRVRTDataSource><OGRVRTLayer name=\"a\"><SrcDataSource>" +
                                                target.string() + "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>");
    EXPECT_EQ(error_of([&] { (void)open_vector(file, {}); }).kind, ErrorKind::unsupported);
}

/// A TM-3 grid as an ESRI .prj writes it.
std::string prj(const std::string& datum) {
    return R"(PROJCS["grid",GEOGCS["GCS",)" + datum +
           R"(,PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],)"
           R"(PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",107.75],)"
           R"(PARAMETER["Scale_Factor",0.9999],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]])";
}

/// A MapInfo file of one point; its CoordSys clause is `coord_sys`.
std::filesystem::path mif(const VectorFolder& folder, const std::string& coord_sys) {
    (void)folder.write("a.mid", "\"x\"\n");
    return folder.write("a.mif", "Version 300\nCharset \"Neutral\"\nDelimiter \",\"\n" + coord_sys +
                                     "\nColumns 1\n  name Char(10)\nData\n\nPoint 500000 1300000\n");
}

TEST(DeclaredSystem, OfMapInfoWithTheSevenParametersIsVn2000) {
    const VectorFolder folder;
    const auto reader = open_vector(mif(folder,
                                        "CoordSys Earth Projection 8, 9999, 28, -191.90441429, -39.30318279, "
                                        "-111.45032835, -0.00928836, 0.01975479, "
                                        "-0.00427372, 0.252906278, 0, 7, 107.75, 0, 0.9999, 500000, 0"),
                                    {});
    ASSERT_TRUE(reader->describe().declared_crs);
    EXPECT_EQ(reader->describe().declared_crs->epsg(), 5899);
    EXPECT_THAT(reader->describe().crs_reason, HasSubstr("seven parameters of VN-2000"));
}

TEST(DeclaredSystem, OfMapInfoUnderWgs84IsAskedFor) {
    const VectorFolder folder;
    const auto reader =
        open_vector(mif(folder, "CoordSys Earth Projection 8, 104, 7, 107.75, 0, 0.9999, 500000, 0"), {});
    EXPECT_FALSE(reader->describe().declared_crs);
    EXPECT_FALSE(reader->describe().found_crs);
    EXPECT_THAT(reader->describe().crs_reason, HasSubstr("nội bộ"));
    EXPECT_THAT(reader->describe().crs_reason, HasSubstr("--crs EPSG:5899"));
}

class ShapefileSystem : public testing::Test {
protected:
    std::unique_ptr<pipeline::FeatureReader> reader_with(const std::string& text) {
        // A Shapefile of one point, by hand: header, record; no attribute table is needed to read it.
        std::string shp(128, '\0');
        const auto big = [&](std::size_t at, unsigned value) {
            for (std::size_t i = 0; i < 4; ++i) {
                shp[at + i] = static_cast<char>(static_cast<unsigned char>(value >> (24U - 8U * i)));
            }
        };
        const auto real = [&](std::size_t at, double value) { std::memcpy(&shp[at], &value, sizeof value); };
        big(0, 9994);
        big(24, 64);
        shp[28] = static_cast<char>(0xE8);
        shp[29] = 3;
        shp[32] = 1;
        for (const std::size_t at : {36U, 52U, 112U}) {
            real(at, 500000.0);
            real(at + 8U, 1300000.0);
        }
        big(100, 1);
        big(104, 10);
        shp[108] = 1;
        (void)m_folder.write("a.shp", shp);
        std::string shx = shp.substr(0, 100) + std::string("\0\0\0\x32\0\0\0\x0A", 8);
        shx[27] = 54;
        (void)m_folder.write("a.shx", shx);
        (void)m_folder.write("a.prj", text);
        return open_vector(m_folder.file("a.shp"), {});
    }
    VectorFolder m_folder;
};

TEST_F(ShapefileSystem, NamedVietnam2000IsTheRegisteredOne) {
    const auto reader = reader_with(prj(R"(DATUM["D_Vietnam_2000",SPHEROID["WGS_1984",6378137.0,298.257223563]])"));
    ASSERT_TRUE(reader->describe().declared_crs);
    EXPECT_EQ(reader->describe().declared_crs->epsg(), 5899);
    EXPECT_EQ(reader->next()->geometry, "POINT(500000 1300000)"_wkt);
}

TEST_F(ShapefileSystem, UnderWgs84IsNeverTakenForWgs84) {
    const auto reader = reader_with(prj(R"(DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]])"));
    EXPECT_FALSE(reader->describe().declared_crs);
    EXPECT_THAT(reader->describe().crs_reason, HasSubstr("nội bộ"));
}

TEST_F(ShapefileSystem, WithAnUnknownDatumIsAskedFor) {
    const auto reader = reader_with(prj(R"(DATUM["VN2000",SPHEROID["WGS_1984",6378137.0,298.257223563]])"));
    EXPECT_FALSE(reader->describe().declared_crs);
    EXPECT_THAT(reader->describe().crs_reason, HasSubstr("--crs"));
}

TEST(ReadCommunes, GivesTheOutlinesInWgs84) {
    const auto communes = read_communes(RANH_SOURCE_DIR "/data-samples/lamdong/communes/communes.fgb");
    EXPECT_EQ(communes.size(), 124U);
    EXPECT_FALSE(communes.front().code.empty());
    EXPECT_GT(communes.front().lonlat.box()->min.x, 107.0);
}

/// A drawing with the same bytes twice: in a style that names its font, as CAD programs do (group 1001 of the style),
/// and in one that does not.
std::string drawing_in_fonts(const std::string& font, const std::string& bytes) {
    const auto text = [&](const char* style) {
        return "0\nTEXT\n8\n0\n10\n500000\n20\n1300000\n40\n2\n1\n" + bytes + "\n7\n" + style + "\n";
    };
    const auto style = [](const std::string& name, const std::string& data) {
        return "0\nSTYLE\n100\nAcDbSymbolTableRecord\n100\nAcDbTextStyleTableRecord\n2\n" + name +
               "\n70\n0\n40\n0\n41\n1\n3\n\n" + data;
    };
    return "0\nSECTION\n2\nHEADER\n9\n$ACADVER\n1\nAC1015\n9\n$DWGCODEPAGE\n3\nANSI_1252\n0\nENDSEC\n"
           "0\nSECTION\n2\nTABLES\n0\nTABLE\n2\nSTYLE\n70\n2\n" +
           style("OLD", "1001\nACAD\n1000\n" + font + "\n1071\n34\n") + style("NONE", "") +
           "0\nENDTAB\n0\nENDSEC\n0\nSECTION\n2\nENTITIES\n" + text("OLD") + text("NONE") + "0\nENDSEC\n0\nEOF\n";
}

TEST(DrawingText, IsReadAsItsFontShowsIt) {
    const VectorFolder folder;
    const auto file = folder.write("fonts.dxf", drawing_in_fonts(".VnTimeH", "l\xA9m \xAE\xE5ng"));
    pipeline::ReadOptions options;
    options.crs = crs::Crs::from_epsg(5899).value();
    const auto reader = vector::open_vector(file, options);
    const auto text = reader->describe().schema.find("Text");
    ASSERT_TRUE(text.has_value());
    const auto records = all_records(*reader);
    ASSERT_EQ(records.size(), 2U);
    EXPECT_EQ(model::to_text(records[0].values[*text]), "LÂM ĐỒNG");
    EXPECT_EQ(model::to_text(records[1].values[*text]), "l©m ®ång") << "left to the column, as no font is known";
    EXPECT_THAT(notes_of(*reader), testing::HasSubstr("1 texts are read as their fonts show them"));
}

}  // namespace
}  // namespace ranh::vector
