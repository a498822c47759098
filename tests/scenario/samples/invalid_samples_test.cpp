// Every file of data-samples/invalid, imported: what its SOURCE.md promises is what the program says.
#include "tests/support/program.hpp"
#include "tests/support/tables.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <ostream>
#include <set>

namespace ranh::test {
namespace {

using testing::HasSubstr;

struct InvalidSample {
    std::string file;
    int exit_code;
    int kept;                        ///< -1: nothing was imported
    int rejected;                    ///< likewise
    std::vector<std::string> words;  ///< that must stand in what the program says
};

std::vector<InvalidSample> samples() {
    return {
        {"two-meridians.csv", 3, -1, -1, {"EPSG:5899", "EPSG:9218", "--crs"}},
        {"wrong-commune.csv", 3, -1, -1, {"EPSG:5899", "23272"}},
        {"unknown-commune.csv", 3, -1, -1, {"EPSG:5899", "EPSG:9218", "99999"}},
        {"swapped-axes.csv", 0, 1, 0, {"X/Y đảo", "EPSG:5899"}},
        {"degrees.csv", 3, -1, -1, {"degrees", "EPSG:4326", "EPSG:4756"}},
        {"zone-prefix.csv", 3, -1, -1, {"zone number 48"}},
        {"out-of-range.csv", 3, -1, -1, {"2,300,100", "--crs"}},
        {"deprecated-crs.geojson", 3, -1, -1, {"6959", "EPSG:5899"}},
        {"mixed-number-styles.csv", 3, -1, -1, {"column X"}},
        {"not-numbers.csv", 1, 1, 1, {"A-1", "không rõ", "row 4"}},
        {"missing-value.csv", 1, 1, 1, {"A-1", "row 3"}},
        {"missing-column.csv", 3, -1, -1, {"column Y"}},
        {"no-rows.csv", 3, -1, -1, {"no-rows.csv"}},
        {"short-ring.csv", 1, 1, 1, {"A-1", "fewer than three"}},
        {"bow-tie.csv", 0, 2, 0, {"A-1", "500050.000 1300050.000"}},
        {"repeated-point.csv", 0, 1, 0, {"A-1", "point 3", "repeats"}},
        {"repeated-ring.csv", 1, 1, 1, {"A-1", "repeats"}},
        {"ring-in-ring.csv", 3, -1, -1, {"A-1", "hole", "part", "ignore"}},
        {"repeated-id.geojson", 0, 2, 0, {"A-1"}},
        {"no-geometry.geojson", 1, 1, 1, {"feature 1", "no geometry"}},
        {"unclosed-ring.geojson", 0, 2, 0, {"feature 1", "ring was closed"}},
        {"truncated.geojson", 3, -1, -1, {"truncated.geojson"}},
    };
}

void PrintTo(const InvalidSample& tested, std::ostream* stream) {
    *stream << tested.file;
}  // NOLINT(readability-identifier-naming)

class InvalidSamples : public testing::TestWithParam<InvalidSample> {
protected:
    TemporaryFolder m_folder;
    std::string m_workspace = m_folder.file("w.gpkg");

    [[nodiscard]] ProgramEnd import(const std::vector<std::string>& more_words = {}) const {
        std::vector<std::string> words = {
            "import",   sample("invalid/" + GetParam().file), "--layer", "faulty", "--kind", "plan_area", "-w",
            m_workspace};
        words.insert(words.end(), more_words.begin(), more_words.end());
        return run_ranh(words);
    }
};

TEST_P(InvalidSamples, EndAndSayWhatIsWrong) {
    const ProgramEnd end = import();
    EXPECT_EQ(end.exit_code, GetParam().exit_code) << end.text();
    for (const std::string& word : GetParam().words) {
        EXPECT_THAT(end.output + end.error, HasSubstr(word));
    }
}

TEST_P(InvalidSamples, AreCountedAsReadKeptAndRejected) {
    const ProgramEnd end = import({"--json"});
    if (GetParam().kept < 0) {
        EXPECT_EQ(end.output, "");
        EXPECT_FALSE(end.error.empty());
        return;
    }
    const codec::Json report = json_of(end.output);
    EXPECT_EQ(number_of(report, "kept"), GetParam().kept) << end.text();
    EXPECT_EQ(number_of(report, "rejected"), GetParam().rejected) << end.text();
    EXPECT_EQ(number_of(report, "read"), GetParam().kept + GetParam().rejected) << end.text();
}

TEST_P(InvalidSamples, LeaveNoVersionBehindWhenNothingWasImported) {
    const ProgramEnd end = import();
    const ProgramEnd layers = run_ranh({"layers", "--json", "-w", m_workspace});
    if (GetParam().exit_code == 3) {
        EXPECT_TRUE(layers.exit_code == 3 || json_of(layers.output).array()->empty()) << layers.text();
    } else {
        EXPECT_EQ(json_of(layers.output).array()->size(), 1U) << end.text();
    }
}

INSTANTIATE_TEST_SUITE_P(OfTheFolder, InvalidSamples, testing::ValuesIn(samples()), [](const auto& tested) {
    std::string name = tested.param.file;
    std::replace_if(
        name.begin(), name.end(), [](char c) { return c == '-' || c == '.'; }, '_');
    return name;
});

TEST(InvalidSamplesOfTheFolder, AreAllTested) {
    std::set<std::string> tested;
    for (const InvalidSample& each : samples()) {
        tested.insert(each.file);
    }
    std::set<std::string> present;
    for (const auto& entry : std::filesystem::directory_iterator(sample("invalid"))) {
        if (entry.path().filename() != "SOURCE.md") {
            present.insert(entry.path().filename().string());
        }
    }
    EXPECT_THAT(tested, testing::ContainerEq(present));
}

/// Shapes by id after an import of a file.
std::map<std::string, std::string> shapes_of(const std::string& file) {
    const TemporaryFolder folder;
    const std::string workspace = folder.file("w.gpkg");
    EXPECT_EQ(run_ranh({"import", file, "--layer", "twice", "--kind", "other", "-w", workspace}).exit_code, 0);
    EXPECT_EQ(run_ranh({"export", "twice", "-o", folder.file("out.csv"), "-w", workspace}).exit_code, 0);
    std::map<std::string, std::string> shapes;
    for (const auto& row : read_csv(folder.file("out.csv")).rows) {
        shapes[row.at("fid")] = row.at("wkt");
    }
    return shapes;
}

TEST(InvalidSamplesOfTheFolder, KeepARepeatedIdWithANumberBehindItWhateverTheOrderOfTheFile) {
    const std::string text = read_file(sample("invalid/repeated-id.geojson"));
    const auto shapes = shapes_of(sample("invalid/repeated-id.geojson"));
    EXPECT_THAT(shapes, testing::UnorderedElementsAre(testing::Key("A-1"), testing::Key("A-1~2")));
    EXPECT_NE(shapes.at("A-1"), shapes.at("A-1~2"));
    const std::size_t first = text.find("{\"type\":\"Feature\",");
    const std::size_t second = text.find("{\"type\":\"Feature\",", first + 1);
    const std::string one = text.substr(first, text.find('\n', first) - first - 1);
    const std::string other = text.substr(second, text.find('\n', second) - second);
    const TemporaryFolder folder;
    write_file(folder.file("turned.geojson"), text.substr(0, first) + other + ",\n" + one + "\n]}\n");
    EXPECT_EQ(shapes_of(folder.file("turned.geojson")), shapes);
}

TEST(InvalidSamplesOfTheFolder, CountARepeatedPointAsRepaired) {
    const TemporaryFolder folder;
    const ProgramEnd end = run_ranh({"import", sample("invalid/repeated-point.csv"), "--layer", "a", "--kind", "other",
                                     "--json", "-w", folder.file("w.gpkg")});
    EXPECT_EQ(number_of(json_of(end.output), "repaired"), 1.0) << end.text();
}

TEST(InvalidSamplesOfTheFolder, KeepTheOriginalOfARejectedRing) {
    const TemporaryFolder folder;
    const ProgramEnd end = run_ranh({"import", sample("invalid/not-numbers.csv"), "--layer", "a", "--kind", "other",
                                     "--json", "-w", folder.file("w.gpkg")});
    const codec::Json report = json_of(end.output);
    ASSERT_EQ(array_of(report, "quarantine").size(), 1U);
    EXPECT_THAT(text_of(array_of(report, "quarantine")[0], "original"), HasSubstr("không rõ"));
    EXPECT_FALSE(text_of(array_of(report, "quarantine")[0], "reason").empty());
}

TEST(InvalidSamplesOfTheFolder, TakeASystemGivenByHand) {
    const TemporaryFolder folder;
    const ProgramEnd end = run_ranh({"import", sample("invalid/two-meridians.csv"), "--layer", "a", "--kind", "other",
                                     "--crs", "EPSG:9218", "--json", "-w", folder.file("w.gpkg")});
    EXPECT_EQ(end.exit_code, 0) << end.text();
    EXPECT_EQ(array_of(json_of(end.output), "crs").at(0).string(), "EPSG:9218");
}

}  // namespace
}  // namespace ranh::test
