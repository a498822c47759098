#include "tests/scenario/command_line/small_workspace.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr auto layer = "overlaps-parcels-zones";

class SavedOverlaps : public testing::Test {
protected:
    void SetUp() override {
        const ProgramEnd end = m_workspace.run({"overlaps", "parcels", "zones", "--save"});
        ASSERT_EQ(end.exit_code, 0) << end.text();
        EXPECT_THAT(end.error, HasSubstr("overlaps-parcels-zones@1"));
    }
    SmallWorkspace m_workspace;
};

TEST_F(SavedOverlaps, AreALayerOfTheWorkspace) {
    const codec::Json row = m_workspace.version(layer, 1);
    EXPECT_EQ(text_of(row, "kind"), "other");
    EXPECT_EQ(text_of(row, "status"), "unknown");
    EXPECT_EQ(number_of(row, "features"), 8.0);
    EXPECT_EQ(lines_of(row, "crs"), "EPSG:5899\n");
}

TEST_F(SavedOverlaps, KnowTheVersionsAndTheMethodTheyComeFrom) {
    const codec::Json row = json_of(m_workspace.run({"layers", "show", std::string(layer) + "@1"}).output);
    EXPECT_EQ(lines_of(row, "inputs"), "parcels@1\nzones@1\n");
    EXPECT_THAT(lines_of(row, "notes"), AllOf(HasSubstr("measure"), HasSubstr("relation")));
}

TEST_F(SavedOverlaps, CanBeExportedWithTheMeasuredAreas) {
    const std::string file = m_workspace.path("saved.csv");
    ASSERT_EQ(m_workspace.run({"export", layer, "-o", file}).exit_code, 0);
    const CsvTable table = read_csv(file);
    ASSERT_EQ(table.rows.size(), 8U);
    const codec::Json answer = m_workspace.json({"overlaps", "parcels", "zones"});
    for (const codec::Json& pair : array_of(answer, "overlaps")) {
        const auto& row = table.row("fid", text_of(pair, "left_id") + ":" + text_of(pair, "right_id"));
        EXPECT_EQ(number_in(row, "area_m2"), number_of(pair, "area_m2"));
        EXPECT_EQ(row.at("relation"), text_of(pair, "relation"));
    }
}

TEST_F(SavedOverlaps, AreStaleOnceAnInputHasANewerVersion) {
    EXPECT_EQ(member(m_workspace.version(layer, 1), "stale").boolean(), false);
    ASSERT_EQ(m_workspace.import(sample("tiny/zones.geojson"), "zones").exit_code, 0);
    EXPECT_EQ(member(m_workspace.version(layer, 1), "stale").boolean(), true);
    EXPECT_THAT(m_workspace.run({"layers"}).output, HasSubstr("dữ liệu vào đã đổi"));
    ASSERT_EQ(m_workspace.run({"overlaps", "parcels", "zones", "--save"}).exit_code, 0);
    EXPECT_EQ(member(m_workspace.version(layer, 2), "stale").boolean(), false);
}

/// The rows of the saved layer, "left right relation m²", sorted.
std::vector<std::string> saved_rows(const SmallWorkspace& workspace) {
    const std::string file = workspace.path("rows.csv");
    EXPECT_EQ(workspace.run({"export", layer, "-o", file}).exit_code, 0);
    std::vector<std::string> rows;
    for (const auto& row : read_csv(file).rows) {
        rows.push_back(row.at("left_id") + " " + row.at("right_id") + " " + row.at("relation") + " " +
                       row.at("area_m2"));
    }
    std::ranges::sort(rows);
    return rows;
}

TEST_F(SavedOverlaps, AreBroughtUpToDateByAChangeOfOneSide) {
    // P-1 moves into Z-2, P-2 goes, P-9 comes.
    write_file(m_workspace.path("moved.csv"),
               "id;wkt\nP-1;POLYGON((500450 1300100,500550 1300100,500550 1300200,500450 1300200,500450 1300100))\n"
               "P-9;POLYGON((500010 1300010,500020 1300010,500020 1300020,500010 1300020,500010 1300010))\n");
    const ProgramEnd moved = m_workspace.import(m_workspace.path("moved.csv"), "parcels",
                                                {"--mode", "upsert", "--crs", "EPSG:5899", "--id", "id"});
    ASSERT_EQ(moved.exit_code, 0) << moved.text();
    EXPECT_THAT(moved.error, HasSubstr("overlaps-parcels-zones@2"));
    EXPECT_EQ(member(m_workspace.version(layer, 2), "stale").boolean(), false);
    write_file(m_workspace.path("gone.csv"), "id\nP-2\n");
    const ProgramEnd gone =
        m_workspace.import(m_workspace.path("gone.csv"), "parcels", {"--mode", "delete", "--id", "id"});
    ASSERT_EQ(gone.exit_code, 0) << gone.text();
    const auto refreshed = saved_rows(m_workspace);
    EXPECT_EQ(member(m_workspace.version(layer, 3), "stale").boolean(), false);
    ASSERT_EQ(m_workspace.run({"overlaps", "parcels", "zones", "--save"}).exit_code, 0);
    EXPECT_EQ(refreshed, saved_rows(m_workspace));
}

TEST_F(SavedOverlaps, KeepTheThresholdsTheyWereSavedWith) {
    ASSERT_EQ(m_workspace.run({"overlaps", "parcels", "zones", "--save", "--min-area", "5000"}).exit_code, 0);
    const auto before = saved_rows(m_workspace);
    write_file(m_workspace.path("small.csv"),
               "id;wkt\nP-9;POLYGON((500010 1300010,500020 1300010,500020 1300020,500010 1300020,500010 1300010))\n");
    const ProgramEnd end = m_workspace.import(m_workspace.path("small.csv"), "parcels",
                                              {"--mode", "upsert", "--crs", "EPSG:5899", "--id", "id"});
    ASSERT_EQ(end.exit_code, 0) << end.text();
    EXPECT_THAT(end.error, HasSubstr("overlaps-parcels-zones@3"));
    EXPECT_EQ(saved_rows(m_workspace), before);
}

TEST_F(SavedOverlaps, AreNotStaleForAVersionThatIsHeld) {
    ASSERT_EQ(m_workspace.import(sample("tiny/zones.geojson"), "zones", {"--hold"}).exit_code, 0);
    EXPECT_EQ(member(m_workspace.version(layer, 1), "stale").boolean(), false);
}

TEST_F(SavedOverlaps, StandInVn2000WhereTheSidesHaveDifferentSystems) {
    ASSERT_EQ(m_workspace.import(sample("tiny/zones.geojson"), "zones").exit_code, 0);
    ASSERT_EQ(m_workspace.run({"overlaps", "parcels", "zones", "--save"}).exit_code, 0);
    EXPECT_EQ(lines_of(m_workspace.version(layer, 2), "crs"), "EPSG:4756\n");
}

TEST_F(SavedOverlaps, AreDraftsWhereASideIs) {
    ASSERT_EQ(m_workspace.import(sample("tiny/zones.csv"), "drafts", {"--status", "draft"}).exit_code, 0);
    ASSERT_EQ(m_workspace.run({"overlaps", "parcels", "drafts", "--save"}).exit_code, 0);
    EXPECT_EQ(text_of(m_workspace.version("overlaps-parcels-drafts", 1), "status"), "draft");
}

TEST_F(SavedOverlaps, TakeNoPartInACheckOfAProject) {
    const codec::Json answer = m_workspace.json({"check", sample("tiny/parcels.csv")});
    for (const codec::Json& version : array_of(answer, "versions")) {
        EXPECT_NE(text_of(version, "layer"), layer);
    }
}

TEST_F(SavedOverlaps, OpenInGdal) { EXPECT_EQ(gdal_feature_count(m_workspace.file(), layer), 8U); }

}  // namespace
}  // namespace ranh::test
