#include "spatial/validation/profile.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace ranh::validation {
namespace {

TEST(Profile, HoldsEveryRuleAsTheTableHasItUnlessTold) {
    const Profile profile;
    for (const Rule& rule : rule_table()) {
        EXPECT_EQ(profile.severity(rule.code), rule.severity);
    }
    EXPECT_EQ(profile.value(Parameter::grid_m), row_of(Parameter::grid_m).usual);
    EXPECT_EQ(profile.name(), "default");
}

TEST(Profile, SwitchesOneRuleAndLeavesTheOthers) {
    Profile profile;
    profile.set_severity(IssueCode::short_edge, std::nullopt);
    profile.set_severity(IssueCode::self_touch, Severity::info);
    EXPECT_FALSE(profile.holds(IssueCode::short_edge));
    EXPECT_EQ(profile.severity(IssueCode::self_touch), Severity::info);
    EXPECT_TRUE(profile.holds(IssueCode::spike));
}

TEST(Profile, TakesNumbersInsideTheirLimitsOnly) {
    Profile profile;
    ASSERT_TRUE(profile.set_value(Parameter::least_edge_m, 0.05));
    EXPECT_EQ(profile.value(Parameter::least_edge_m), 0.05);
    const auto negative = profile.set_value(Parameter::least_edge_m, -1.0);
    ASSERT_FALSE(negative);
    EXPECT_EQ(negative.error().kind, ErrorKind::invalid_argument);
    EXPECT_NE(negative.error().sentence.find("'least_edge_m' is -1"), std::string::npos) << negative.error().sentence;
    EXPECT_FALSE(profile.set_value(Parameter::least_angle_deg, 91.0));
    EXPECT_FALSE(profile.set_value(Parameter::grid_m, std::nan("")));
    EXPECT_EQ(profile.value(Parameter::least_edge_m), 0.05);
}

}  // namespace
}  // namespace ranh::validation
