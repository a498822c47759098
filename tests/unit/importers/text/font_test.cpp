#include "importers/text/font.hpp"

#include <gtest/gtest.h>

namespace ranh::text {
namespace {

constexpr FontText abc{Encoding::tcvn3, false};
constexpr FontText abc_capitals{Encoding::tcvn3, true};

TEST(TextOfFont, KnowsTheOldFontsByTheirNames) {
    EXPECT_EQ(text_of_font(".VnTime"), abc);
    EXPECT_EQ(text_of_font(".VnTimeH"), abc_capitals);
    EXPECT_EQ(text_of_font(".vnarialh.ttf"), abc_capitals);
    EXPECT_EQ(text_of_font(".VnArial Narrow"), abc);
    EXPECT_EQ(text_of_font("VNI-Times"), (FontText{Encoding::vni, false}));
    for (const char* font : {"Arial", "Times New Roman", "txt.shx", "TimeH", "", "Vn"}) {
        EXPECT_EQ(text_of_font(font), std::nullopt) << font;
    }
}

TEST(ReadInFont, RaisesEveryLetterOfACapitalFont) {
    EXPECT_EQ(read_in_font("l\xA9m \xAE\xE5ng", abc_capitals).value(), "LÂM ĐỒNG");
    EXPECT_EQ(read_in_font("l\xA9m \xAE\xE5ng", abc).value(), "lâm đồng");
    EXPECT_EQ(read_in_font("\xEB", abc_capitals).value(), "Ở") << "a word that no rule tells from a small one";
    EXPECT_EQ(read_in_font("thua 12a", abc_capitals).value(), "THUA 12A");
}

TEST(ReadInFont, TakesTextThatAProgramRecodedFromWindows1252) {
    EXPECT_EQ(read_in_font("l©m ®ång", abc_capitals).value(), "LÂM ĐỒNG");
    EXPECT_EQ(read_in_font("Lâm Đồng", abc_capitals).value(), "LÂM ĐỒNG") << "put right before";
}

TEST(ReadInFont, LeavesUnicodeThatNoOldProgramCanHaveWritten) { EXPECT_EQ(read_in_font("漢字", abc).value(), "漢字"); }

}  // namespace
}  // namespace ranh::text
