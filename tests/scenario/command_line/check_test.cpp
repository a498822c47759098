#include "tests/scenario/command_line/small_workspace.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace ranh::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

/// P-1 of the tiny parcels: 1 ha inside Z-1, equal to the parcel.
constexpr auto pasted_rows =
    "STT;X (m);Y (m)\n1;1300200;500100\n2;1300200;500200\n3;1300100;500200\n4;1300100;500100\n";

/// "layer id relation" of every pair.
std::vector<std::string> pairs_of(const codec::Json& answer) {
    std::vector<std::string> pairs;
    for (const codec::Json& pair : array_of(answer, "overlaps")) {
        pairs.push_back(text_of(pair, "right_layer") + " " + text_of(pair, "right_id") + " " +
                        text_of(pair, "relation"));
    }
    return pairs;
}

class CheckOfPastedRows : public testing::Test {
protected:
    [[nodiscard]] ProgramEnd check(const std::string& input, std::vector<std::string> more_words = {}) const {
        more_words.insert(more_words.begin(), {"check", "-"});
        return m_workspace.run(std::move(more_words), {.input = input});
    }
    SmallWorkspace m_workspace;
};

TEST_F(CheckOfPastedRows, FindsWhatTheOutlineMeets) {
    const ProgramEnd end = check(pasted_rows, {"--crs", "EPSG:5899", "--json"});
    ASSERT_EQ(end.exit_code, 0) << end.text();
    EXPECT_THAT(pairs_of(json_of(end.output)), testing::UnorderedElementsAre("parcels P-1 equals", "zones Z-1 within"));
}

TEST_F(CheckOfPastedRows, GivesTheAreasOfTheProject) {
    const ProgramEnd end = check(pasted_rows, {"--crs", "EPSG:5899", "--json"});
    const codec::Json answer = json_of(end.output);
    ASSERT_EQ(array_of(answer, "projects").size(), 1U);
    const codec::Json& project = array_of(answer, "projects")[0];
    EXPECT_EQ(text_of(project, "crs"), "EPSG:5899");
    EXPECT_NEAR(number_of(member(project, "areas"), "area_planar_m2"), 10'000.0, 1e-6);
    EXPECT_NEAR(number_of(member(project, "areas"), "area_ellipsoid_m2"), 10'002.0, 0.1);
}

TEST_F(CheckOfPastedRows, CountsGroundOfAllLayersOnce) {
    const codec::Json answer = json_of(check(pasted_rows, {"--crs", "EPSG:5899", "--json"}).output);
    EXPECT_NEAR(number_of(member(answer, "totals"), "sum_m2"), 20'004.0, 0.2);
    EXPECT_NEAR(number_of(member(answer, "totals"), "union_m2"), 10'002.0, 0.1);
}

TEST_F(CheckOfPastedRows, TellsPeopleInVietnamese) {
    const ProgramEnd end = check(pasted_rows, {"--crs", "EPSG:5899"});
    EXPECT_THAT(end.output, AllOf(HasSubstr("zones@1"), HasSubstr("Z-1"), HasSubstr("10.002,0 m²"),
                                  HasSubstr("chưa rõ hiệu lực"), HasSubstr("Cảnh báo")));
}

TEST_F(CheckOfPastedRows, TakesTheSystemThatPutsCornersOnKnownOnes) {
    const codec::Json answer = json_of(check(pasted_rows, {"--json"}).output);
    EXPECT_THAT(codec::to_text(answer), AllOf(HasSubstr("EPSG:5899 alone puts corners (4 of 4)")));
}

TEST_F(CheckOfPastedRows, AsksForTheSystemWhenTwoMeridiansFit) {
    const ProgramEnd end = check("X,Y\n1300010,500010\n1300010,500050\n1300050,500050\n");
    EXPECT_EQ(end.exit_code, 3) << end.text();
    EXPECT_THAT(end.error, AllOf(HasSubstr("EPSG:5899"), HasSubstr("EPSG:9218")));
}

TEST_F(CheckOfPastedRows, TakesTabsAndVietnameseNumbers) {
    const std::string rows =
        "1\t1.300.200,0\t500.100,0\n2\t1.300.200,0\t500.200,0\n3\t1.300.100,0\t500.200,0\n4\t1.300.100,0\t500.100,0\n";
    const ProgramEnd end = check(rows, {"--crs", "EPSG:5899", "--json"});
    ASSERT_EQ(end.exit_code, 0) << end.text();
    EXPECT_THAT(pairs_of(json_of(end.output)), testing::UnorderedElementsAre("parcels P-1 equals", "zones Z-1 within"));
}

TEST_F(CheckOfPastedRows, NeedsACommandForARingInARing) {
    const std::string rows =
        "1;1300300;500000\n2;1300300;500400\n3;1300000;500400\n4;1300000;500000\n\n"
        "1;1300200;500100\n2;1300200;500200\n3;1300100;500200\n4;1300100;500100\n";
    const ProgramEnd undecided = check(rows, {"--crs", "EPSG:5899"});
    EXPECT_EQ(undecided.exit_code, 3) << undecided.text();
    EXPECT_THAT(undecided.error, AllOf(HasSubstr("hole"), HasSubstr("part"), HasSubstr("ignore")));
    const ProgramEnd hole = check(rows, {"--crs", "EPSG:5899", "--inner-ring", "hole", "--json"});
    ASSERT_EQ(hole.exit_code, 0) << hole.text();
    EXPECT_NEAR(number_of(member(array_of(json_of(hole.output), "projects").at(0), "areas"), "area_planar_m2"),
                110'000.0, 1e-6);
}

TEST_F(CheckOfPastedRows, ReadsGeoJsonFromStandardInput) {
    const std::string feature =
        R"({"type":"Feature","id":"DA","properties":{"name":"Dự án"},"geometry":{"type":"Polygon","coordinates":)"
        R"([[[107.7527,11.7562],[107.7536,11.7562],[107.7536,11.7571],[107.7527,11.7571],[107.7527,11.7562]]]}})";
    const ProgramEnd end = check(feature, {"--json", "--layers", "zones"});
    ASSERT_EQ(end.exit_code, 0) << end.text();
    EXPECT_THAT(pairs_of(json_of(end.output)), testing::ElementsAre("zones Z-1 within"));
    EXPECT_EQ(text_of(array_of(json_of(end.output), "projects").at(0), "name"), "Dự án");
}

TEST_F(CheckOfPastedRows, EndsWithThreeForTextItCannotRead) {
    for (const std::string text : {"", "hello", "{", "{\"type\":\"Polygon\"}", "1;2\n", "\xff\xfe\xfd"}) {
        const ProgramEnd end = check(text, {"--crs", "EPSG:5899"});
        EXPECT_EQ(end.exit_code, 3) << text << end.text();
        EXPECT_NE(end.error, "");
        EXPECT_EQ(end.output, "");
    }
}

TEST(CheckOfAFile, TakesAnyVectorFile) {
    const SmallWorkspace workspace;
    const codec::Json answer =
        workspace.json({"check", sample("tiny/points.geojson"), "--layers", "zones", "--near", "60"});
    EXPECT_THAT(pairs_of(answer),
                testing::UnorderedElementsAre("zones Z-1 within", "zones Z-2 near", "zones Z-3 within"));
}

TEST(CheckOfAFile, NeverEndsWithOne) {
    const SmallWorkspace workspace;
    EXPECT_EQ(workspace.run({"check", sample("tiny/parcels.csv")}).exit_code, 0);
    EXPECT_EQ(workspace.run({"check", sample("tiny/parcels.csv"), "--min-area", "1e12"}).exit_code, 0);
}

TEST(CheckOfAFile, NamesALayerThatIsNotThere) {
    const SmallWorkspace workspace;
    const ProgramEnd end = workspace.run({"check", sample("tiny/parcels.csv"), "--layers", "zones,forests"});
    EXPECT_EQ(end.exit_code, 3) << end.text();
    EXPECT_THAT(end.error, AllOf(HasSubstr("forests"), HasSubstr("zones")));
}

TEST(CheckOfAFile, DoesNotChangeTheWorkspace) {
    const SmallWorkspace workspace;
    const std::string before = read_file(workspace.file());
    EXPECT_EQ(workspace.run({"check", sample("tiny/parcels.csv")}).exit_code, 0);
    EXPECT_TRUE(read_file(workspace.file()) == before);
}

class CheckOfInvalidSample : public testing::TestWithParam<std::string> {};

TEST_P(CheckOfInvalidSample, EndsWithAReasonOrAResult) {
    const SmallWorkspace workspace;
    for (const std::string ring : {"ignore", "part", "hole"}) {
        const ProgramEnd end = workspace.run({"check", sample("invalid/" + GetParam()), "--inner-ring", ring});
        EXPECT_TRUE(end.exit_code == 0 || end.exit_code == 3) << end.text();
        EXPECT_NE(end.output + end.error, "");
    }
}

INSTANTIATE_TEST_SUITE_P(OfEveryKind, CheckOfInvalidSample,
                         testing::Values("short-ring.csv", "repeated-ring.csv", "not-numbers.csv", "missing-value.csv",
                                         "ring-in-ring.csv", "bow-tie.csv", "mixed-number-styles.csv",
                                         "repeated-id.geojson", "no-geometry.geojson", "unclosed-ring.geojson",
                                         "truncated.geojson"),
                         [](const auto& tested) {
                             std::string name = tested.param.substr(0, tested.param.find('.'));
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });

TEST(Check, SaysThatASelfCrossingOutlineGivesNoResult) {
    const SmallWorkspace workspace;
    const ProgramEnd end = workspace.run({"check", sample("invalid/bow-tie.csv")});
    EXPECT_THAT(end.output, AllOf(HasSubstr("Self-intersection"), HasSubstr("đường bao tự cắt")));
}

TEST(Check, NamesTheRingItLeftOut) {
    const SmallWorkspace workspace;
    const ProgramEnd end = workspace.run({"check", sample("invalid/short-ring.csv")});
    EXPECT_EQ(end.exit_code, 0) << end.text();
    EXPECT_THAT(end.output, AllOf(HasSubstr("left out"), HasSubstr("A-2")));
}

TEST(Import, RefusesASuccessorThatIsNotThere) {
    const SmallWorkspace workspace;
    for (const std::string successor : {"nobody", "zones@9", "later"}) {
        const ProgramEnd end =
            workspace.run({"import", sample("tiny/zones.csv"), "--layer", "later", "--kind", "plan_area", "--crs",
                           "EPSG:5899", "--status", "superseded", "--superseded-by", successor});
        EXPECT_EQ(end.exit_code, 3) << successor << end.text();
    }
}

}  // namespace
}  // namespace ranh::test
