#include "services/app/validation_profile.hpp"

#include "spatial/codec/json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace ranh::app {
namespace {

using testing::HasSubstr;
using validation::IssueCode;
using validation::Parameter;
using validation::Severity;

TEST(ValidationProfile, SwitchesRulesAndSetsNumbers) {
    const auto read = parse_profile(
        "name: town sheets\n"
        "rules: {self_touch: warning, short_edge: off, spike: on}\n"
        "parameters: {least_angle_deg: 2.5}\n",
        "town.yaml");
    ASSERT_TRUE(read.ok()) << read.error().text();
    const validation::Profile& profile = read.value();
    EXPECT_EQ(profile.name(), "town sheets");
    EXPECT_EQ(profile.severity(IssueCode::self_touch), Severity::warning);
    EXPECT_FALSE(profile.holds(IssueCode::short_edge));
    EXPECT_EQ(profile.severity(IssueCode::spike), Severity::error);
    EXPECT_EQ(profile.severity(IssueCode::hole_outside), Severity::error);
    EXPECT_EQ(profile.value(Parameter::least_angle_deg), 2.5);
    EXPECT_EQ(profile.value(Parameter::least_edge_m), validation::Profile().value(Parameter::least_edge_m));
}

TEST(ValidationProfile, NamesFileLineValueAndTheNamesThereAre) {
    const auto rule = parse_profile("name: x\nrules:\n  bow_tie: error\n", "town.yaml");
    ASSERT_FALSE(rule.ok());
    EXPECT_EQ(rule.error().context, "town.yaml, line 3");
    EXPECT_THAT(rule.error().sentence, HasSubstr("unknown rule 'bow_tie'; rules are not_finite, ring_not_closed"));

    const auto parameter = parse_profile("parameters:\n  epsilon: 1\n", "town.yaml");
    ASSERT_FALSE(parameter.ok());
    EXPECT_EQ(parameter.error().text(),
              "town.yaml, line 2: unknown parameter 'epsilon'; parameters are grid_m, least_edge_m, least_angle_deg, "
              "least_area_m2, map_scale, geohash_distance_m, purposes_area_m2");

    const auto severity = parse_profile("rules: {spike: fatal}", "town.yaml");
    ASSERT_FALSE(severity.ok());
    EXPECT_THAT(severity.error().sentence, HasSubstr("'spike' is 'fatal', which is none of on, off, error"));

    const auto twice = parse_profile("rules:\n  spike: off\n  spike: on\n", "town.yaml");
    ASSERT_FALSE(twice.ok());
    EXPECT_THAT(twice.error().text(), HasSubstr("line 3: 'spike' stands twice"));

    const auto limit = parse_profile("parameters: {least_edge_m: -1}", "town.yaml");
    ASSERT_FALSE(limit.ok());
    EXPECT_THAT(limit.error().sentence, HasSubstr("'least_edge_m' is -1, which is not between 0 and 10"));

    const auto no_yaml = parse_profile("rules: {", "town.yaml");
    ASSERT_FALSE(no_yaml.ok());
    EXPECT_THAT(no_yaml.error().sentence, HasSubstr("this is not YAML"));
}

std::size_t count_cases(const std::string& folder, bool good) {
    std::size_t count = 0;
    const std::filesystem::path cases = std::filesystem::path(RANH_SOURCE_DIR) / "tests/unit/services/app/profiles";
    for (const auto& entry : std::filesystem::directory_iterator(cases / folder)) {
        EXPECT_EQ(read_profile_file(entry.path().string()).ok(), good) << entry.path();
        ++count;
    }
    return count;
}

/// profile_schema_test.py holds the JSON Schema to the same cases.
TEST(ValidationProfile, SaysOfEachCaseWhatTheSchemaSays) {
    EXPECT_GE(count_cases("good", true), 3U);
    EXPECT_GE(count_cases("bad", false), 10U);
    EXPECT_EQ(read_profile_file("no-such-file.yaml").error().kind, ErrorKind::io);
}

TEST(ValidationProfile, SchemaKnowsEveryRuleAndParameterOfTheTables) {
    std::ifstream stream(std::filesystem::path(RANH_SOURCE_DIR) / "services/app/validation_profile.schema.json");
    const std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    const codec::Json schema = codec::parse_json(text).value();
    const codec::Json& properties = *schema.find("properties");
    std::vector<std::string> names;
    for (const codec::Json& name : *properties.find("rules")->find("propertyNames")->find("enum")->array()) {
        names.emplace_back(*name.string());
    }
    std::vector<std::string> expected;
    for (const validation::Rule& rule : validation::rule_table()) {
        expected.emplace_back(rule.name);
    }
    EXPECT_EQ(names, expected);

    const codec::Json& parameters = *properties.find("parameters")->find("properties");
    EXPECT_EQ(parameters.object()->size(), validation::parameter_count);
    for (const validation::ParameterRow& row : validation::parameter_table()) {
        const codec::Json* const known = parameters.find(row.name);
        ASSERT_NE(known, nullptr) << row.name;
        EXPECT_EQ(known->find("minimum")->number(), row.least);
        EXPECT_EQ(known->find("maximum")->number(), row.most);
    }
}

}  // namespace
}  // namespace ranh::app
