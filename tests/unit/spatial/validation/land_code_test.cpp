#include "spatial/validation/land_code.hpp"

#include <gtest/gtest.h>

namespace ranh::validation {
namespace {

const Date before = Date::parse("2024-07-31").value();
const Date after = Date::parse("2024-08-01").value();

TEST(LandCode, IsAskedForOnADay) {
    EXPECT_EQ(land_code_state("ONT", before), LandCodeState::in_force);
    EXPECT_EQ(land_code_state("ONT", after), LandCodeState::in_force);
    EXPECT_EQ(land_code_state("BHK", before), LandCodeState::in_force);
    EXPECT_EQ(land_code_state("BHK", after), LandCodeState::no_longer);
    EXPECT_EQ(land_code_state("CNT", before), LandCodeState::not_yet);
    EXPECT_EQ(land_code_state("CNT", after), LandCodeState::in_force);
    EXPECT_EQ(last_day_of_old_land_codes(), before);
}

TEST(LandCode, KnowsSubtypesOfForestOfTheOldList) {
    EXPECT_EQ(land_code_state("RPN", after), LandCodeState::no_longer);
    EXPECT_EQ(land_code_state("RDT", before), LandCodeState::in_force);
    EXPECT_EQ(land_code_state("RPH", after), LandCodeState::in_force);
    EXPECT_EQ(land_code_state("RDD", after), LandCodeState::in_force);
}

TEST(LandCode, TellsGroupsAndWhatIsInNoList) {
    EXPECT_EQ(land_code_state("NNP", after), LandCodeState::group);
    EXPECT_EQ(land_code_state("OTC", before), LandCodeState::group);
    EXPECT_EQ(land_code_state("XYZ", after), LandCodeState::unknown);
    EXPECT_EQ(land_code_state("ont", after), LandCodeState::unknown);
    EXPECT_EQ(land_code_state("", after), LandCodeState::unknown);
}

}  // namespace
}  // namespace ranh::validation
