// Parcels from the lines and labels of a drawing (data-samples/formats/linework.*), and what a file holds held against
// what its driver delivers.
#include "importers/mapping/mapping.hpp"
#include "services/app/sources.hpp"
#include "tests/scenario/import/import_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace ranh {
namespace {

using test::error_of;
using test::Imported;
using testing::HasSubstr;

std::string sample(const std::string& name) { return test::sample_file("formats/" + name).string(); }

pipeline::ReadOptions in_5899() {
    pipeline::ReadOptions options;
    options.crs = crs::Crs::from_epsg(5899).value();
    return options;
}

Imported import_drawing(const std::string& file, const pipeline::ReadOptions& options = in_5899()) {
    std::vector<std::unique_ptr<pipeline::FeatureReader>> sources;
    sources.push_back(app::open_source(file, options));
    return test::import_sources(std::move(sources), {});
}

std::string reasons_of(const Imported& imported) {
    std::string all;
    for (const auto& record : imported.report.quarantine) {
        all += record.place + ": " + record.reason + "\n";
    }
    return all;
}

class Linework : public testing::TestWithParam<const char*> {};

TEST_P(Linework, BecomesParcelsWithTheirLabels) {
    const Imported imported = import_drawing(sample(GetParam()));
    const auto text = [&](const char* id, const char* field) { return model::to_text(imported.value(id, field)); };
    EXPECT_EQ(text("12", "land_code"), "ODT");
    EXPECT_EQ(text("13", "land_code"), "CLN") << "number, land code and area on levels of their own";
    EXPECT_EQ(text("16", "land_code"), "ONT+CLN") << "a label line over five texts";
    EXPECT_EQ(imported.feature("13").areas.area_stated_m2, 9000.0);
    EXPECT_NEAR(imported.feature("12").areas.area_planar_m2.value(), 10000.0, 1.0);
    EXPECT_NEAR(imported.feature("16").areas.area_planar_m2.value(), 9100.0, 1.0) << "an island cut out";
    EXPECT_NEAR(imported.feature("17").areas.area_planar_m2.value(), 900.0, 1e-6);
    EXPECT_TRUE(model::is_null(imported.value("17", "land_code")));
}

TEST_P(Linework, QuarantinesWhatIsNoParcelWithItsReason) {
    const Imported imported = import_drawing(sample(GetParam()));
    EXPECT_EQ(imported.report.rejected, 4);
    const std::string reasons = reasons_of(imported);
    EXPECT_THAT(reasons, HasSubstr("several parcel numbers lie inside this face: 15, 14"));
    EXPECT_THAT(reasons, HasSubstr("no label lies inside this face"));
    EXPECT_THAT(reasons, HasSubstr("label '99'"));
    EXPECT_THAT(reasons, HasSubstr("boundary line at 500099.500 1300150.000: the line ends 0.500 m from the next one"));
    const auto& faces = imported.report.quarantine;
    EXPECT_TRUE(std::all_of(faces.begin(), faces.end(), [](const auto& record) { return !record.original.empty(); }));
}

TEST_P(Linework, SaysHowItWasReadInItsProvenance) {
    const Imported imported = import_drawing(sample(GetParam()));
    const std::string notes = imported.notes();
    EXPECT_THAT(notes, HasSubstr("on the boundary levels 10, 23, 31"));
    EXPECT_THAT(notes, HasSubstr("corners and ends within 0.01 m are one"));
    EXPECT_THAT(notes,
                HasSubstr("1 elements lie far from the rest of the drawing and are left out (at 20.000 20.000)"));
    EXPECT_THAT(notes, HasSubstr("13: 9000 on paper"));
    const auto& kept = imported.report.version->description.provenance.notes;
    EXPECT_THAT(testing::PrintToString(kept), HasSubstr("on the boundary levels 10, 23, 31"));
}

TEST_P(Linework, IsReadAsElementsWhenThatIsWanted) {
    pipeline::ReadOptions options = in_5899();
    options.linework = pipeline::LineworkUse::no;
    const Imported imported = import_drawing(sample(GetParam()), options);
    const bool named = std::any_of(imported.features.begin(), imported.features.end(), [&](const auto& feature) {
        return model::to_text(imported.value(feature.first, "Text")) == "Đường Trần Phú";
    });
    EXPECT_TRUE(named) << "the street name is stored in TCVN3";
}

INSTANTIATE_TEST_SUITE_P(Drawings, Linework, testing::Values("linework.dgn", "linework.dxf"),
                         [](const auto& test) { return std::string(test.param).substr(9); });

TEST(LineworkOfADxf, HoldsArcsAndBlocks) {
    const Imported imported = import_drawing(sample("linework.dxf"));
    EXPECT_NEAR(imported.feature("18").areas.area_planar_m2.value(), 3926.99, 0.3)
        << "behind a half circle whose end went 4 mm to a neighbour";
    EXPECT_NEAR(imported.feature("19").areas.area_planar_m2.value(), 2000.0, 1.0) << "a block, turned";
    EXPECT_EQ(model::to_text(imported.value("19", "land_code")), "LUC");
    EXPECT_THAT(imported.notes(), HasSubstr("1 elements of sheets made for printing are left out"));
}

TEST(LineworkOptions, NameOtherLevels) {
    pipeline::ReadOptions options = in_5899();
    options.levels.boundary = {"23"};
    const Error error = error_of([&] { (void)import_drawing(sample("linework.dgn"), options); });
    EXPECT_THAT(error.sentence, HasSubstr("lies in no face")) << "an open line encloses nothing";
    const auto mapping =
        mapping::read_mapping("linework: {boundary: [10], snap: 0.6}\nfields: {sheet: {constant: \"5\"}}", "m.yaml")
            .value();
    options.levels = mapping::filled({}, mapping.linework);
    std::vector<std::unique_ptr<pipeline::FeatureReader>> sources;
    sources.push_back(app::open_source(sample("linework.dgn"), options));
    pipeline::ImportOptions importing;
    importing.mapping = &mapping;
    const Imported imported = test::import_sources(std::move(sources), importing);
    EXPECT_TRUE(imported.features.contains("14")) << "the gap of half a metre is closed";
    EXPECT_TRUE(imported.features.contains("15"));
    EXPECT_EQ(model::to_text(imported.value("14", "sheet")), "5");
}

std::string bytes_of(const std::string& file) {
    std::ifstream input(file, std::ios::binary);
    return {(std::istreambuf_iterator<char>(input)), std::istreambuf_iterator<char>()};
}

Imported import_bytes(const std::string& name, const std::string& bytes, pipeline::ReadOptions options = in_5899()) {
    const test::ImportFolder folder;
    std::ofstream(folder.file(name), std::ios::binary) << bytes;
    return import_drawing(folder.file(name).string(), options);
}

/// Offset of the n-th element of a design file.
std::size_t offset_of(const std::string& bytes, int n) {
    std::size_t offset = 0;
    const auto at = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(bytes[i])); };
    for (; n > 0; --n) {
        offset += 4 + 2 * (at(offset + 2) + 256 * at(offset + 3));
    }
    return offset;
}

TEST(ReadCheck, FindsNothingMissingInWholeDrawings) {
    for (const char* file : {"linework.dgn", "linework.dxf", "parcels.dgn", "parcels.dxf", "utf8.shp", "parcels.fgb"}) {
        EXPECT_THAT(import_drawing(sample(file)).notes(), testing::Not(HasSubstr("not all was read"))) << file;
    }
}

TEST(ReadCheck, FindsTheHalfOfADesignBehindAFalseEnd) {
    std::string bytes = bytes_of(sample("linework.dgn"));
    const std::size_t text = offset_of(bytes, 24);
    bytes[text] = '\xFF';
    bytes[text + 1] = '\xFF';
    const Imported imported = import_bytes("false-end.dgn", bytes);
    EXPECT_THAT(reasons_of(imported), HasSubstr("elements are found behind that, which were not read"));
    EXPECT_THAT(imported.notes(), HasSubstr("warning: false-end.dgn: not all was read: bytes"));
}

TEST(ReadCheck, FindsThatADesignWasCutOff) {
    const std::string bytes = bytes_of(sample("linework.dgn"));
    const Imported imported = import_bytes("cut.dgn", bytes.substr(0, offset_of(bytes, 30) + 20));
    EXPECT_THAT(reasons_of(imported), HasSubstr("the file was cut off"));
}

TEST(ReadCheck, CountsElementsThatTheDriverDoesNotRead) {
    std::string bytes = bytes_of(sample("linework.dgn"));
    bytes[offset_of(bytes, 30) + 1] = 35;
    EXPECT_THAT(reasons_of(import_bytes("shared.dgn", bytes)),
                HasSubstr("elements of type 35 (shared cell): not read: 1 of them were not delivered"));
}

TEST(ReadCheck, CountsEntitiesThatTheDriverDoesNotRead) {
    std::string text = bytes_of(sample("linework.dxf"));
    const std::size_t arc = text.find("\nARC\n");
    ASSERT_NE(arc, std::string::npos);
    text.replace(arc, 5, "\nREGION\n");
    EXPECT_THAT(reasons_of(import_bytes("region.dxf", text)),
                HasSubstr("entities REGION: not read: 1 of them were not delivered"));
}

TEST(ReadCheck, HoldsTheFilesOfAShapefileAgainstEachOther) {
    const test::ImportFolder folder;
    for (const char* ending : {".shp", ".shx", ".dbf", ".prj", ".cpg"}) {
        std::filesystem::copy_file(sample(std::string("utf8") + ending), folder.file(std::string("a") + ending));
    }
    const auto change = [&](std::size_t at, char byte) {
        std::fstream file(folder.file("a.dbf"), std::ios::binary | std::ios::in | std::ios::out);
        file.seekp(static_cast<std::streamoff>(at));
        file.put(byte);
    };
    const std::string dbf = bytes_of(sample("utf8.dbf"));
    const auto header = static_cast<std::size_t>(static_cast<unsigned char>(dbf[8])) +
                        256 * static_cast<std::size_t>(static_cast<unsigned char>(dbf[9]));
    change(header, '*');
    const Imported deleted = import_drawing(folder.file("a.shp").string(), {});
    EXPECT_EQ(deleted.report.kept, 2);
    EXPECT_EQ(deleted.report.rejected, 0);
    EXPECT_THAT(deleted.notes(), HasSubstr("1 rows are marked as deleted"));
    change(4, 9);  // rows by the header
    const Imported short_of = import_drawing(folder.file("a.shp").string(), {});
    EXPECT_THAT(reasons_of(short_of), HasSubstr("its header states 9 rows and 3 are there"));
}

}  // namespace
}  // namespace ranh
