#include "importers/text/unicode.hpp"

#include <gtest/gtest.h>

namespace ranh::text {
namespace {

TEST(Unicode, ComposesVietnameseLetters) {
    EXPECT_EQ(to_nfc("\x4c\xc3\xa2\x6d \xc4\x90\x6f\xcc\x82\xcc\x80\x6e\x67"), "Lâm Đồng");  // o + circumflex + grave
    EXPECT_EQ(to_nfc("Lâm Đồng"), "Lâm Đồng");
    EXPECT_EQ(to_nfc(""), "");
}

TEST(Unicode, ComposesMarksInEitherOrder) {
    EXPECT_EQ(to_nfc("e\xcc\xa3\xcc\x82"), "ệ");  // dot below, circumflex
    EXPECT_EQ(to_nfc("ê\xcc\xa3"), "ệ");
}

TEST(Unicode, KeepsZeroBytes) { EXPECT_EQ(to_nfc(std::string_view("a\0b", 3)), std::string("a\0b", 3)); }

TEST(Unicode, FindsTheFirstByteThatIsNoUtf8) {
    EXPECT_TRUE(is_valid_utf8("Quảng Sơn – 107°45'"));
    EXPECT_EQ(first_invalid_byte("ab\xFFz"), 2U);
    EXPECT_EQ(first_invalid_byte("L\xA9m"), 1U);        // TCVN3 "â"
    EXPECT_EQ(first_invalid_byte("\xC0\xAF"), 0U);      // overlong
    EXPECT_EQ(first_invalid_byte("\xED\xA0\x80"), 0U);  // surrogate
    EXPECT_EQ(first_invalid_byte("a\xE1\xBB"), 1U);     // cut short
}

TEST(Unicode, FoldsForSearch) {
    EXPECT_EQ(fold_for_search("Đắk Sin - Đắk Ru"), "dak sin dak ru");
    EXPECT_EQ(fold_for_search("dak sin dak ru"), "dak sin dak ru");
    EXPECT_EQ(fold_for_search("  Phường 1 Bảo Lộc\t"), "phuong 1 bao loc");
    EXPECT_EQ(fold_for_search("HÀM-THUẬN – Đa Mi"), "ham thuan da mi");
    EXPECT_EQ(fold_for_search("Krông Nô"), fold_for_search("Kro\xcc\x82ng No\xcc\x82"));
    EXPECT_EQ(fold_for_search(" - "), "");
}

TEST(UnicodeDeathTest, RefusesBytesThatAreNoText) { EXPECT_DEATH(static_cast<void>(to_nfc("\xFF")), "length >= 0"); }

}  // namespace
}  // namespace ranh::text
