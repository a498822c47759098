// The process overlap-check: the same answer over HTTP as on the command line.
#include "tests/scenario/clients/demo_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr auto execution = "/processes/overlap-check/execution";

/// Rows of one area of a corner table, header first.
std::string rows_of(const std::string& table, const std::string& area) {
    const std::string all = read_file(sample("lamdong/planning-areas/" + table));
    std::string rows = "area_id,part,point,X,Y\n";
    for (std::size_t at = 0; at < all.size(); at = all.find('\n', at) + 1) {
        const std::string line = all.substr(at, all.find('\n', at) - at + 1);
        if (line.starts_with(area + ",")) {
            rows += line;
        }
    }
    return rows;
}

HttpAnswer execute(const codec::Json& inputs) {
    codec::Json body;
    body.add("inputs", inputs);
    return demo().server.post(execution, codec::to_text(body));
}

TEST(OverlapCheckProcess, AnswersAsTheCommandLineDoesForPastedCorners) {
    const std::string rows = rows_of("bauxite-corners.csv", "BX-DN");
    codec::Json inputs;
    inputs.add("corners", rows).add("geometry_of_overlaps", true);
    const HttpAnswer answer = execute(inputs);
    ASSERT_EQ(answer.status, 200) << answer.body;
    const ProgramEnd end = demo().workspace.run({"check", "-", "--json"}, {.input = rows});
    ASSERT_EQ(end.exit_code, 0) << end.text();
    const codec::Json over_http = json_of(answer.body);
    const codec::Json on_the_line = json_of(end.output);
    for (const std::string part : {"overlaps", "totals", "projects", "versions", "method"}) {
        EXPECT_EQ(codec::to_text(member(over_http, part)), codec::to_text(member(on_the_line, part))) << part;
    }
    EXPECT_GT(array_of(over_http, "overlaps").size(), 2U);
}

TEST(OverlapCheckProcess, TakesGeoJson) {
    codec::Json inputs;
    inputs.add(
        "geometry",
        json_of(
            R"({"type":"Polygon","coordinates":[[[107.55,12.05],[107.6,12.05],[107.6,12.1],[107.55,12.1],[107.55,12.05]]]})"));
    inputs.add("layers", codec::JsonArray{codec::Json("bauxite")});
    const HttpAnswer answer = execute(inputs);
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(text_of(array_of(json_of(answer.body), "overlaps").at(0), "right_id"), "BX-GN");
    EXPECT_EQ(text_of(array_of(json_of(answer.body), "overlaps").at(0), "status"), "draft");
}

TEST(OverlapCheckProcess, TakesAFeatureOfACollection) {
    codec::Json inputs;
    inputs.add("feature", codec::Json().add("collection", "projects").add("id", "DA-01"))
        .add("layers", codec::JsonArray{codec::Json("bauxite")});
    const HttpAnswer answer = execute(inputs);
    ASSERT_EQ(answer.status, 200) << answer.body;
    const codec::Json result = json_of(answer.body);
    ASSERT_EQ(array_of(result, "overlaps").size(), 1U);
    EXPECT_EQ(text_of(array_of(result, "overlaps")[0], "relation"), "within");
    EXPECT_EQ(text_of(array_of(result, "overlaps")[0], "right_id"), "BX-TD");
}

TEST(OverlapCheckProcess, AsksAboutARingInARingWithTheSentenceOfTheCommandLine) {
    const std::string rows = rows_of("bauxite-corners.csv", "BX-TT");
    codec::Json inputs;
    inputs.add("corners", rows);
    const HttpAnswer answer = execute(inputs);
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.media_type(), "application/problem+json");
    const std::string detail = text_of(json_of(answer.body), "detail");
    EXPECT_THAT(detail, AllOf(HasSubstr("BX-TT"), HasSubstr("hole"), HasSubstr("part"), HasSubstr("ignore")));
    const ProgramEnd end = demo().workspace.run({"check", "-"}, {.input = rows});
    EXPECT_EQ(end.exit_code, 3);
    EXPECT_THAT(end.error, HasSubstr(detail));
    inputs.add("inner_ring", "hole");
    EXPECT_EQ(execute(inputs).status, 200);
}

TEST(OverlapCheckProcess, NamesTheCandidatesOfAnUndecidedSystem) {
    codec::Json inputs;
    inputs.add("corners", read_file(sample("invalid/two-meridians.csv")));
    const HttpAnswer answer = execute(inputs);
    EXPECT_EQ(answer.status, 400);
    EXPECT_THAT(text_of(json_of(answer.body), "detail"), AllOf(HasSubstr("EPSG:5899"), HasSubstr("EPSG:9218")));
}

TEST(OverlapCheckProcess, TellsBothDates) {
    codec::Json inputs;
    inputs.add("feature", codec::Json().add("collection", "projects").add("id", "DA-01")).add("at", "2026-04-01");
    const HttpAnswer answer = execute(inputs);
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(text_of(json_of(answer.body), "at"), "2026-04-01");
    EXPECT_FALSE(text_of(json_of(answer.body), "known_at").empty());
}

}  // namespace
}  // namespace ranh::test
