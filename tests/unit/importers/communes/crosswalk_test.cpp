#include "importers/communes/crosswalk.hpp"

#include "spatial/base/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <sstream>

namespace ranh::communes {
namespace {

using testing::HasSubstr;

const std::string header =
    "level,old_province,old_district,old_name,also_written,old_code,new_code,new_name,new_province,extent,share_of_old,"
    "share_of_new\n";

std::vector<FormerUnit> read(const std::string& rows) {
    return read_crosswalk(std::make_unique<std::istringstream>(header + rows), "table.csv");
}

std::string sentence_of(const std::string& rows) {
    try {
        static_cast<void>(read(rows));
    } catch (const Failure& failure) {
        return failure.what();
    }
    return {};
}

std::vector<FormerUnit> shipped() {
    return open_crosswalk(RANH_SOURCE_DIR "/data-samples/lamdong/commune-history/crosswalk.csv");
}

TEST(Crosswalk, KeepsUnknownSharesEmpty) {
    const auto units = read(
        "commune,Bình Thuận,Huyện Bắc Bình,Xã Hòa Thắng,,23053,23041,Xã Hồng Thái,Lâm Đồng,part,,\n"
        "district,Bình Thuận,Huyện Phú Quí,Huyện Phú Quí,,,23272,Đặc khu Phú Quý,Lâm Đồng,whole,1.00,0.97\n");
    ASSERT_EQ(units.size(), 2U);
    EXPECT_FALSE(units[0].share_of_old || units[0].share_of_new);
    EXPECT_FALSE(units[0].whole);
    EXPECT_TRUE(units[1].whole);
    EXPECT_EQ(units[1].share_of_new, 0.97);
    EXPECT_EQ(units[1].level, UnitLevel::district);
}

TEST(Crosswalk, RefusesWhatItDoesNotKnowByRowAndValue) {
    EXPECT_THAT(sentence_of("ward,a,b,c,,,1,d,e,part,,\n"), testing::AllOf(HasSubstr("row 2"), HasSubstr("'ward'")));
    EXPECT_THAT(sentence_of("commune,a,b,c,,,1,d,e,half,,\n"), HasSubstr("'half'"));
    EXPECT_THAT(sentence_of("commune,a,b,c,,,1,d,e,part,1.5,\n"), HasSubstr("'1.5'"));
    EXPECT_THAT(sentence_of("commune,a,b,,,,1,d,e,part,,\n"), HasSubstr("'old_name' is empty"));
    EXPECT_THROW(static_cast<void>(read_crosswalk(std::make_unique<std::istringstream>("a,b\n"), "x")), Failure);
}

TEST(TheShippedCrosswalk, LeadsFromThreeProvincesTo124Communes) {
    std::set<std::string> communes;
    std::map<std::string, std::set<std::string>> of_province;
    std::set<std::string> former;
    std::set<std::string> divided;
    for (const FormerUnit& unit : shipped()) {
        communes.insert(unit.commune_code);
        if (unit.level == UnitLevel::province) {
            of_province[unit.name].insert(unit.commune_code);
        } else if (unit.level == UnitLevel::commune) {
            former.insert(unit.code);
            if (!unit.whole) {
                divided.insert(unit.name);
            }
        }
    }
    EXPECT_EQ(communes.size(), 124U);
    EXPECT_EQ(of_province["Tỉnh Lâm Đồng"].size(), 51U);
    EXPECT_EQ(of_province["Tỉnh Bình Thuận"].size(), 45U);
    EXPECT_EQ(of_province["Tỉnh Đắk Nông"].size(), 28U);
    EXPECT_EQ(former.size(), 329U);
    EXPECT_THAT(divided, testing::ElementsAre("Xã Hòa Thắng", "Xã Phong Phú"));
}

TEST(TheShippedCrosswalk, GivesSharesOfAreaOnlyWhereBoundariesAreKnown) {
    std::map<std::string, double> of_old;
    for (const FormerUnit& unit : shipped()) {
        EXPECT_EQ(unit.share_of_old.has_value(), unit.level != UnitLevel::commune) << unit.name;
        EXPECT_EQ(unit.share_of_new.has_value(), unit.level != UnitLevel::commune) << unit.name;
        of_old[unit.name] += unit.share_of_old.value_or(0.0);
    }
    for (const auto& [name, sum] : of_old) {
        EXPECT_TRUE(sum == 0.0 || std::abs(sum - 1.0) < 0.04) << name << " " << sum;  // pieces rounded to 0.01
    }
}

TEST(TheShippedCrosswalk, HasACommuneRowForEveryCommune) {
    std::set<std::string> communes;
    for (const FormerUnit& unit : shipped()) {
        if (unit.level == UnitLevel::commune) {
            communes.insert(unit.commune_code);
            EXPECT_FALSE(unit.district.empty()) << unit.name;
            EXPECT_EQ(unit.code.size(), 5U) << unit.name;
        }
    }
    EXPECT_EQ(communes.size(), 124U);
}

}  // namespace
}  // namespace ranh::communes
