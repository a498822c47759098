#include "importers/linework/parcel_label.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::linework {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

ParcelLabel label_of(const std::vector<std::string>& texts) {
    std::vector<LabelText> roles;
    for (const auto& text : texts) {
        roles.push_back({LabelRole::number, text});
    }
    return read_label(roles);
}

TEST(ParcelLabel, IsReadFromOneLine) {
    for (const char* line : {"123 / ODT / 250.5", "123/ODT/250,5", "ODT 123 / 250.5 m2", "ODT123/250.5",
                             "123\nODT\n250.5", "ODT | 123 | 250.5m\xC2\xB2"}) {
        const auto label = label_of({line});
        EXPECT_THAT(label.numbers, ElementsAre("123")) << line;
        EXPECT_THAT(label.land_codes, ElementsAre("ODT")) << line;
        EXPECT_THAT(label.areas_m2, ElementsAre(250.5)) << line;
        EXPECT_THAT(label.unread, IsEmpty()) << line;
    }
}

TEST(ParcelLabel, IsReadOverSeveralTexts) {
    const auto label = label_of({"123", "/", "ONT+CLN", "/", "250"});
    EXPECT_THAT(label.numbers, ElementsAre("123"));
    EXPECT_THAT(label.land_codes, ElementsAre("ONT+CLN"));
    EXPECT_THAT(label.areas_m2, ElementsAre(250.0)) << "behind a stroke";
}

TEST(ParcelLabel, KnowsTheOldFormOfCodeAndNumber) {
    const auto label = label_of({"1L654/119.3"});
    EXPECT_THAT(label.numbers, ElementsAre("654"));
    EXPECT_THAT(label.land_codes, ElementsAre("1L"));
    EXPECT_THAT(label.areas_m2, ElementsAre(119.3));
}

TEST(ParcelLabel, TakesTheRoleOfTheLevel) {
    const auto label =
        read_label({{LabelRole::number, "659a"}, {LabelRole::land_code, "2L"}, {LabelRole::area, "1250"}});
    EXPECT_THAT(label.numbers, ElementsAre("659a"));
    EXPECT_THAT(label.land_codes, ElementsAre("2L"));
    EXPECT_THAT(label.areas_m2, ElementsAre(1250.0));
}

TEST(ParcelLabel, KeepsDifferentNumbersAndDropsRepeatedOnes) {
    EXPECT_THAT(label_of({"12", "13", "12"}).numbers, ElementsAre("12", "13"));
}

TEST(ParcelLabel, LeavesWordsThatAreNoLabel) {
    for (const char* text : {"Nguyễn Văn A", "đường", "12345678", "-5.0", "1.2.3", "nan", "inf", "ABCDEFGHIJKLMNOPQ"}) {
        const auto label = label_of({text});
        EXPECT_TRUE(label.empty()) << text;
        EXPECT_THAT(label.unread, ElementsAre(0)) << text;
    }
    EXPECT_TRUE(label_of({"", " / "}).empty());
}

TEST(NearestArea, IsThatOfThePaperWhichFits) {
    EXPECT_EQ(nearest_area({100.0, 250.5, 900.0}, 251.0), 250.5);
    EXPECT_EQ(nearest_area({}, 251.0), std::nullopt);
}

}  // namespace
}  // namespace ranh::linework
