#include "tests/support/sample_layers.hpp"
#include "tests/support/tables.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <utility>

namespace ranh::test {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

/// Layers of a workspace, and the same features in files whose field `id` holds their ids.
struct LayersAndFiles {
    SampleWorkspace workspace{{"communes", "parcels"}};

    LayersAndFiles() {
        // In one system: the edges of an exported layer of several are straight in another one.
        const ProgramEnd import = workspace.run({"import", sample("lamdong/projects-illustrative/projects.gpkg"),
                                                 "--layer", "projects", "--kind", "project"});
        EXPECT_EQ(import.exit_code, 0) << import.text();
        for (const std::string layer : {"communes", "parcels", "projects"}) {
            const ProgramEnd end = workspace.run({"export", layer, "-o", file(layer)});
            EXPECT_EQ(end.exit_code, 0) << end.text();
        }
    }
    [[nodiscard]] std::string file(const std::string& layer) const {
        return workspace.folder().file(layer + (layer == "projects" ? ".gpkg" : ".fgb"));
    }
};

const LayersAndFiles& samples() {
    static const LayersAndFiles all;
    return all;
}

struct Row {
    double area_m2 = 0.0;
    double share_left = 0.0;
    double share_right = 0.0;
};
using Rows = std::map<std::pair<std::string, std::string>, Row>;

Rows rows_of_layers(const std::string& left, const std::string& right) {
    Rows rows;
    const codec::Json answer = json_of(samples().workspace.json({"overlaps", left, right, "--min-area", "0.000001"}));
    for (const codec::Json& pair : array_of(answer, "overlaps")) {
        rows[{text_of(pair, "left_id"), text_of(pair, "right_id")}] = {
            number_of(pair, "area_m2"), number_of(pair, "share_left"), number_of(pair, "share_right")};
    }
    return rows;
}

Rows rows_of_files(const std::string& left, const std::string& right) {
    const std::string csv = samples().workspace.folder().file("pairs.csv");
    const ProgramEnd end = run_ranh(
        {"overlaps", samples().file(left), samples().file(right), "--left-id", "id", "--right-id", "id", "-o", csv});
    EXPECT_EQ(end.exit_code, 0) << end.text();
    Rows rows;
    for (const auto& row : read_csv(csv).rows) {
        rows[{row.at("left"), row.at("right")}] = {number_in(row, "area_m2"), number_in(row, "share_left"),
                                                   number_in(row, "share_right")};
    }
    return rows;
}

class OverlapsOfFiles : public testing::TestWithParam<std::pair<std::string, std::string>> {};

TEST_P(OverlapsOfFiles, HaveTheAreasOfTheWorkspace) {
    const auto& [left, right] = GetParam();
    const Rows layers = rows_of_layers(left, right);
    const Rows files = rows_of_files(left, right);
    ASSERT_GT(layers.size(), 5U);
    ASSERT_EQ(files.size(), layers.size());
    for (const auto& [ids, expected] : layers) {
        // A layer with itself: which of the two is called left follows the order of ids there, of the file here.
        const bool exchanged = !files.contains(ids);
        const auto found = exchanged ? files.find({ids.second, ids.first}) : files.find(ids);
        ASSERT_TRUE(found != files.end() && (left == right || !exchanged)) << ids.first << " × " << ids.second;
        const Row& row = found->second;
        EXPECT_NEAR(row.area_m2, expected.area_m2, std::max(1e-6, 1e-9 * expected.area_m2)) << ids.first;
        EXPECT_NEAR(exchanged ? row.share_right : row.share_left, expected.share_left, 1e-9) << ids.first;
        EXPECT_NEAR(exchanged ? row.share_left : row.share_right, expected.share_right, 1e-9) << ids.first;
    }
}

INSTANTIATE_TEST_SUITE_P(OfSamples, OverlapsOfFiles,
                         testing::Values(std::pair("parcels", "projects"), std::pair("projects", "parcels"),
                                         std::pair("projects", "communes"), std::pair("communes", "communes")),
                         [](const auto& tested) { return tested.param.first + "And" + tested.param.second; });

class OverlapsOfTwoFiles : public testing::Test {
protected:
    [[nodiscard]] static ProgramEnd run(std::vector<std::string> words) {
        words.insert(words.begin(), "overlaps");
        return run_ranh(std::move(words));
    }
    [[nodiscard]] std::string output() const { return m_folder.file("pairs.csv"); }
    /// Ends with that code, says this on standard error, leaves no file.
    void expect_refused(const std::vector<std::string>& words, int exit_code, const std::string& text) const {
        const ProgramEnd end = run(words);
        EXPECT_EQ(end.exit_code, exit_code) << end.text();
        EXPECT_THAT(end.error, HasSubstr(text));
        EXPECT_EQ(end.output, "");
        EXPECT_FALSE(std::filesystem::exists(output()));
        EXPECT_FALSE(std::filesystem::exists(output() + ".part"));
    }

    TemporaryFolder m_folder;
    std::string m_parcels = sample("lamdong/parcels-synthetic/parcels.fgb");
    std::string m_projects = sample("lamdong/projects-illustrative/projects.gpkg");
};

TEST_F(OverlapsOfTwoFiles, AreRowsInTheOrderOfTheFilesAndALineForPeople) {
    const ProgramEnd end = run({m_parcels, m_projects, "-o", output()});
    EXPECT_EQ(end.exit_code, 0);
    EXPECT_THAT(end.output, HasSubstr("892 cặp / pairs; tổng / sum 1.325.797,2 m²"));
    EXPECT_THAT(end.error, HasSubstr("projects.gpkg: bỏ qua 1"));
    EXPECT_THAT(end.error, HasSubstr("left out 1 features that are no polygons (Line String), the first is feature 5"));
    EXPECT_THAT(end.error, HasSubstr("areas only; import the files for relations, geometry and dates"));
    const std::string bytes = read_file(output());
    EXPECT_THAT(bytes, StartsWith("\xEF\xBB\xBFleft,right,area_m2,share_left,share_right\r\n"));
    const CsvTable table = parse_csv(bytes);
    EXPECT_EQ(table.rows.size(), 892U);
    EXPECT_TRUE(std::ranges::is_sorted(
        table.rows, {}, [](const auto& row) { return std::pair(number_in(row, "left"), number_in(row, "right")); }));
}

TEST_F(OverlapsOfTwoFiles, LeaveNothingBesideTheResult) {
    ASSERT_EQ(run({m_parcels, m_projects, "-o", output()}).exit_code, 0);
    EXPECT_EQ(
        std::distance(std::filesystem::directory_iterator(m_folder.path()), std::filesystem::directory_iterator()), 1);
    EXPECT_FALSE(std::filesystem::exists("ranh.gpkg"));
}

TEST_F(OverlapsOfTwoFiles, AreSummedUpAsJson) {
    const ProgramEnd end = run({m_parcels, m_projects, "-o", output(), "--json"});
    const codec::Json summary = json_of(end.output);
    double sum_m2 = 0.0;
    const CsvTable table = read_csv(output());
    for (const auto& row : table.rows) {
        sum_m2 += number_in(row, "area_m2");
    }
    EXPECT_EQ(number_of(summary, "pairs"), static_cast<double>(table.rows.size()));
    EXPECT_NEAR(number_of(summary, "area_m2"), sum_m2, 1e-6);
    EXPECT_EQ(number_of(summary, "left_features"), 5202);
    EXPECT_EQ(number_of(summary, "right_features"), 10);
}

TEST_F(OverlapsOfTwoFiles, TakeThresholds) {
    const auto rows = [&](const std::string& option, const std::string& value) {
        EXPECT_EQ(run({m_parcels, m_projects, "-o", output(), option, value}).exit_code, 0);
        return read_csv(output()).rows;
    };
    const auto large = rows("--min-area", "1000");
    const auto inside = rows("--min-share", "1");
    EXPECT_GT(large.size(), 100U);
    EXPECT_GT(inside.size(), 100U);
    EXPECT_TRUE(std::ranges::all_of(large, [](const auto& row) { return number_in(row, "area_m2") >= 1000.0; }));
    EXPECT_TRUE(std::ranges::all_of(inside, [](const auto& row) { return row.at("share_left") == "1"; }));
}

TEST_F(OverlapsOfTwoFiles, TakeTheCoordinateSystemFromAnOption) {
    const std::string text =
        R"({"type":"FeatureCollection","crs":null,"features":[{"type":"Feature","properties":{},)"
        R"("geometry":{"type":"Polygon","coordinates":[[[0,0],[100,0],[100,100],[0,100],[0,0]]]}}]})";
    const std::string west = m_folder.file("west.geojson");
    write_file(west, text);
    ASSERT_EQ(run_program({"ogr2ogr", "-a_srs", "None", m_folder.file("none.fgb"), west}).exit_code, 0);
    const std::string none = m_folder.file("none.fgb");
    expect_refused({none, none, "-o", output()}, 3, "none.fgb: the file declares no coordinate system");
    expect_refused({none, none, "-o", output()}, 3, "--left-crs EPSG:n");
    expect_refused({m_parcels, none, "-o", output()}, 3, "--right-crs EPSG:n");
    EXPECT_EQ(run({m_parcels, none, "--right-crs", "EPSG:9218", "-o", output()}).exit_code, 0);
}

TEST_F(OverlapsOfTwoFiles, AreRefusedWithTheReason) {
    expect_refused({m_parcels, "projects", "-o", output()}, 2, "both sides are layers or both are files");
    expect_refused({m_parcels, m_folder.file("nowhere.fgb"), "-o", output()}, 2, "no file of that name either");
    expect_refused({m_parcels, m_projects}, 2, "-o FILE.csv");
    expect_refused({m_parcels, m_projects, "-o", m_folder.file("pairs.gpkg")}, 2, "-o FILE.csv");
    expect_refused({m_parcels, m_projects, "-o", output(), "--near", "5"}, 2, "--near");
    expect_refused({m_parcels, m_projects, "-o", output(), "--at", "2026-01-01"}, 2, "imported layers only");
    expect_refused({m_parcels, m_projects, "-o", output(), "--left-id", "code"}, 3, "no field 'code'");
    expect_refused({m_parcels, m_projects, "-o", m_folder.file("no/pairs.csv")}, 3, "no/pairs.csv cannot be written");
    expect_refused({"parcels", "projects", "--left-id", "id"}, 2, "is for files only");
    const std::string text = m_folder.file("a.txt.fgb");
    write_file(text, "no vector file");
    expect_refused({m_parcels, text, "-o", output()}, 3, "a.txt.fgb");
    const std::string cut = m_folder.file("cut.fgb");
    write_file(cut, read_file(m_parcels).substr(0, 900'000));
    expect_refused({cut, m_projects, "-o", output()}, 3, "cut.fgb: reading stopped after feature");
}

TEST(HelpOfOverlaps, SaysWhatFilesDoNotGive) {
    const ProgramEnd end = run_ranh({"overlaps", "--help"});
    EXPECT_THAT(end.output, HasSubstr("no relations, no geometry, no repair, no dates"));
    EXPECT_THAT(end.output, HasSubstr("--right-crs"));
}

}  // namespace
}  // namespace ranh::test
