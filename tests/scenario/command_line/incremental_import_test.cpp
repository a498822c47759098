// Imports that change a layer instead of replacing it.
#include "tests/scenario/command_line/small_workspace.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

/// `zones` in version 2 has the features Z-1 to Z-5 with names.
class IncrementalImport : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_EQ(m_workspace
                      .import(sample("tiny/zones.geojson"), "zones",
                              {"--title", "Khu vực", "--status", "in_force", "--valid-from", "2026-01-01"})
                      .exit_code,
                  0);
        write_file(m_workspace.path("change.geojson"),
                   R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"Z-2","name":"sửa"},"geometry":{"type":"Polygon","coordinates":[[[107.755,11.758],[107.755,11.755],[107.758,11.755],[107.755,11.758]]]}},
{"type":"Feature","properties":{"id":"Z-9","name":"thêm"},"geometry":{"type":"Polygon","coordinates":[[[107.765,11.758],[107.765,11.755],[107.768,11.755],[107.765,11.758]]]}}]})");
    }
    /// Without --kind, as a person types it who changes a layer.
    [[nodiscard]] ProgramEnd change(const std::string& file, std::vector<std::string> words) const {
        words.insert(words.begin(), {"import", file, "--layer", "zones", "--json"});
        return m_workspace.run(std::move(words));
    }
    [[nodiscard]] std::vector<std::string> names() const {
        EXPECT_EQ(m_workspace.run({"export", "zones", "-o", m_workspace.path("out.csv")}).exit_code, 0);
        std::vector<std::string> names;
        for (const auto& row : read_csv(m_workspace.path("out.csv")).rows) {
            names.push_back(row.at("fid") + " " + row.at("name"));
        }
        return names;
    }
    SmallWorkspace m_workspace;
};

TEST_F(IncrementalImport, ChangesAndAddsFeaturesByTheirIds) {
    const ProgramEnd end = change(m_workspace.path("change.geojson"), {"--mode", "upsert"});
    ASSERT_EQ(end.exit_code, 0) << end.text();
    const codec::Json counts = member(json_of(end.output), "change");
    EXPECT_EQ(text_of(counts, "base"), "zones@2");
    EXPECT_EQ(number_of(counts, "added"), 1.0);
    EXPECT_EQ(number_of(counts, "changed"), 1.0);
    const codec::Json version = m_workspace.version("zones", 3);
    EXPECT_EQ(number_of(version, "features"), 6.0);
    EXPECT_EQ(text_of(version, "title"), "Khu vực");
    EXPECT_EQ(text_of(version, "status"), "in_force");
    EXPECT_THAT(names(), testing::ElementsAre("Z-1 Khu vực một", "Z-2 sửa", "Z-3 Khu vực ba, hai phần",
                                              "Z-4 Khu vực bốn, tam giác", "Z-5 Khu vực năm, có lỗ", "Z-9 thêm"));
}

TEST_F(IncrementalImport, SaysForPeopleWhatItChanged) {
    EXPECT_THAT(
        m_workspace.run({"import", m_workspace.path("change.geojson"), "--layer", "zones", "--mode", "upsert"}).output,
        AllOf(HasSubstr("zones@2"), HasSubstr("thêm / added 1"), HasSubstr("sửa / changed 1")));
}

TEST_F(IncrementalImport, DeletesByAListOfIds) {
    write_file(m_workspace.path("gone.csv"), "id;ly_do\nZ-2;thu hồi\nZ-7;?\n");
    const ProgramEnd end = change(m_workspace.path("gone.csv"), {"--mode", "delete"});
    EXPECT_EQ(end.exit_code, 1) << end.text();  // Z-7 is not there
    EXPECT_THAT(end.output, HasSubstr("there is no feature 'Z-7' in zones@2"));
    EXPECT_THAT(names(), testing::Not(testing::Contains(HasSubstr("Z-2"))));
    EXPECT_EQ(number_of(m_workspace.version("zones", 3), "features"), 4.0);
}

TEST_F(IncrementalImport, DoesWhatTheSentenceForQgisSays) {
    const std::string more = m_workspace.path("more.gpkg");
    ASSERT_EQ(run_program({"ogr2ogr", more, m_workspace.path("change.geojson"), "-nln", "zones"}).exit_code, 0);
    const ProgramEnd appended = run_program({"ogr2ogr", "-update", "-append", m_workspace.file(), more, "zones_4326"});
    EXPECT_NE(appended.exit_code, 0);
    const ProgramEnd edited = run_program({"ogrinfo", m_workspace.file(), "-sql", "UPDATE zones_4326 SET name = 'x'"});
    EXPECT_THAT(edited.error, HasSubstr("ranh import FILE --layer zones --mode upsert"));
    EXPECT_EQ(change(more, {"--mode", "upsert"}).exit_code, 0);
    EXPECT_EQ(number_of(m_workspace.version("zones", 3), "features"), 6.0);
}

TEST_F(IncrementalImport, WithinACommuneReplacesWhatLiesThere) {
    const ProgramEnd commune = m_workspace.run(
        {"import", m_workspace.path("change.geojson"), "--layer", "zones", "--within-commune", "00000"});
    EXPECT_EQ(commune.exit_code, 3) << commune.text();
    EXPECT_THAT(commune.error, HasSubstr("no commune 00000"));
    const ProgramEnd end = change(m_workspace.path("change.geojson"), {"--within-commune", "25063"});  // Bảo Lâm 4
    ASSERT_EQ(end.exit_code, 0) << end.text();
    EXPECT_EQ(number_of(member(json_of(end.output), "change"), "removed"), 4.0);
    EXPECT_THAT(names(), testing::ElementsAre("Z-2 sửa", "Z-9 thêm"));
}

TEST_F(IncrementalImport, IsToldApartFromAWholeOne) {
    const std::string file = m_workspace.path("change.geojson");
    EXPECT_EQ(m_workspace.run({"import", file, "--layer", "zones"}).exit_code, 2) << "needs --kind";
    EXPECT_EQ(change(file, {"--mode", "upsert", "--within-commune", "24736"}).exit_code, 2);
    EXPECT_EQ(change(file, {"--mode", "merge"}).exit_code, 2);
    EXPECT_EQ(m_workspace.run({"import", file, "--layer", "unknown", "--mode", "upsert"}).exit_code, 3);
    EXPECT_EQ(m_workspace.run({"import", file, "--layer", "unknown", "--mode", "delete", "--kind", "other"}).exit_code,
              3);
}

}  // namespace
}  // namespace ranh::test
