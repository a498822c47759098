#include "spatial/validation/attribute_rules.hpp"

#include "tests/support/wkt.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::validation {
namespace {

using test::operator""_wkt;
using testing::ElementsAre;
using testing::IsEmpty;

const Date today = Date::parse("2026-11-22").value();
const geom::Geometry ground =
    "POLYGON((107.7517 11.7552,107.7519 11.7552,107.7519 11.7554,107.7517 11.7554,107.7517 "
    "11.7552))"_wkt;

/// Nothing wrong with it.
ParcelRecord good_record() {
    return {.commune = "24778",
            .sheet = "54",
            .parcel = "42",
            .land_code = "ONT+CLN",
            .geohash = "w6hdggyrwsv7",
            .has_registered_area = true,
            .registered_area_m2 = 300.0,
            .computed_area_m2 = 301.5,
            .purposes = {{"ONT", 100.0, ""}, {"CLN", 200.0, "2070-12-31"}},
            .purposes_unreadable = false,
            .lonlat = ground.view()};
}

std::vector<ValidationIssue> check(const ParcelRecord& record, const Profile& profile = Profile(),
                                   std::optional<int> scale = 1000) {
    std::vector<ValidationIssue> issues;
    AttributeRules(profile, today, scale).check(record, issues);
    return issues;
}

std::vector<std::string> told(const ParcelRecord& record) {
    std::vector<std::string> lines;
    for (const auto& issue : check(record)) {
        lines.push_back(std::string(to_string(issue.code)) + " " + issue.found);
    }
    return lines;
}

TEST(AttributeRules, HaveNothingToSayOfAGoodParcel) { EXPECT_THAT(told(good_record()), IsEmpty()); }

TEST(AttributeRules, SayNothingOfFieldsTheLayerDoesNotHave) { EXPECT_THAT(told(ParcelRecord{}), IsEmpty()); }

TEST(AttributeRules, NameThePartsOfTheKeyThatAreMissing) {
    ParcelRecord record = good_record();
    record.sheet = "";
    record.parcel = "";
    const auto issues = check(record);
    ASSERT_EQ(issues.size(), 1U);
    EXPECT_EQ(issues[0].code, IssueCode::key_missing);
    EXPECT_EQ(issues[0].field, "sheet, parcel");
}

TEST(AttributeRules, JudgeEachLandCodeByTheDay) {
    ParcelRecord record = good_record();
    record.land_code = "ONT+BHK+XYZ+NNP";
    EXPECT_THAT(told(record),
                ElementsAre("land_code_not_in_force BHK", "land_code_unknown XYZ", "land_code_not_in_force NNP"));
    record.land_code = "";
    EXPECT_THAT(told(record), ElementsAre("land_code_missing "));
    std::vector<ValidationIssue> issues;
    record.land_code = "BHK";
    AttributeRules(Profile(), Date::parse("2020-01-01").value(), 1000).check(record, issues);
    EXPECT_THAT(issues, IsEmpty());
}

TEST(AttributeRules, HoldTheRegisteredAreaAgainstTheLimitOfTheScale) {
    ParcelRecord record = good_record();
    record.purposes.clear();
    record.registered_area_m2 = 297.5;
    record.computed_area_m2 = 300.0;  // the limit at 1:1000 is 2.43
    const auto issues = check(record);
    ASSERT_EQ(issues.size(), 1U);
    EXPECT_EQ(issues[0].code, IssueCode::area_differs);
    EXPECT_NEAR(*issues[0].measure, 2.5, 1e-9);
    EXPECT_NEAR(*issues[0].tolerance, 2.43, 1e-9);
    EXPECT_EQ(issues[0].found, "297.5");
    EXPECT_EQ(issues[0].expected, "300.00");

    record.registered_area_m2 = 297.6;
    EXPECT_THAT(told(record), IsEmpty());
    record.registered_area_m2 = std::nullopt;
    EXPECT_THAT(told(record), ElementsAre("registered_area_missing "));
}

TEST(AttributeRules, TakeTheScaleOfTheProfileBeforeThatOfTheLayer) {
    ParcelRecord record = good_record();
    record.purposes.clear();
    record.registered_area_m2 = 298.0;
    record.computed_area_m2 = 300.0;  // the limit at 1:500 is 1.81
    Profile profile;
    ASSERT_TRUE(profile.set_value(Parameter::map_scale, 500));
    EXPECT_EQ(check(record, profile).size(), 1U);
    EXPECT_THAT(check(record), IsEmpty());
    EXPECT_THAT(check(record, Profile(), 750), IsEmpty());
    EXPECT_EQ(AttributeRules(Profile(), today, 750).map_scale(), std::nullopt);
    EXPECT_EQ(AttributeRules(profile, today, 2000).map_scale(), 500);
}

TEST(AttributeRules, TellAnIdentifierThatIsMissingMalformedOrElsewhere) {
    ParcelRecord record = good_record();
    record.geohash = "";
    EXPECT_THAT(told(record), ElementsAre("geohash_missing "));
    record.geohash = "w6hdggyrwsv";
    EXPECT_THAT(told(record), ElementsAre("geohash_malformed w6hdggyrwsv"));
    record.geohash = "w6hdgujjsgz6";  // computed without the shift of datum
    const auto issues = check(record);
    ASSERT_EQ(issues.size(), 1U);
    EXPECT_EQ(issues[0].code, IssueCode::geohash_misplaced);
    EXPECT_GT(*issues[0].measure, 100.0);
    EXPECT_LT(*issues[0].measure, 400.0);
}

TEST(AttributeRules, AddUpPurposesAndReadTheirTerms) {
    ParcelRecord record = good_record();
    record.purposes = {{"ONT", 100.0, "31/12/2020"}, {"CLN", 190.5, "soon"}};
    EXPECT_THAT(told(record), ElementsAre("term_ended 31/12/2020", "term_no_date soon", "purposes_area 290.50"));
    const auto issues = check(record);
    EXPECT_NEAR(*issues[2].measure, 9.5, 1e-9);
    record.purposes = {{"ONT", std::nullopt, ""}, {"CLN", 190.5, ""}};
    EXPECT_THAT(told(record), IsEmpty());
    record.purposes_unreadable = true;
    EXPECT_THAT(told(record), ElementsAre("purposes_unreadable "));
}

TEST(AttributeRules, FollowTheProfile) {
    ParcelRecord record = good_record();
    record.land_code = "XYZ";
    record.geohash = "w6hdgujjsgz6";
    Profile profile;
    profile.set_severity(IssueCode::land_code_unknown, Severity::error);
    profile.set_severity(IssueCode::geohash_misplaced, std::nullopt);
    const auto issues = check(record, profile);
    ASSERT_EQ(issues.size(), 1U);
    EXPECT_EQ(issues[0].severity, Severity::error);
}

}  // namespace
}  // namespace ranh::validation
