#include "importers/text/lines.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::text {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(CleanUtf8, TakesOffTheByteOrderMark) { EXPECT_EQ(clean_utf8("\xEF\xBB\xBFX,Y").value(), "X,Y"); }

TEST(CleanUtf8, BringsLineEndsToOneForm) {
    EXPECT_EQ(clean_utf8("a\r\nb\nc\rd\r\n").value(), "a\nb\nc\nd\n");
    EXPECT_EQ(clean_utf8("a\r\r\nb").value(), "a\n\nb");
}

TEST(CleanUtf8, LeavesAllElseAlone) {
    EXPECT_EQ(clean_utf8("số;\t1.255.172,51  ").value(), "số;\t1.255.172,51  ");
    EXPECT_EQ(clean_utf8("").value(), "");
}

TEST(CleanUtf8, NamesRowAndBytesThatAreNoUtf8) {
    const auto result = clean_utf8("X,Y\r\n1,2\r\nL\xA9m \xA7\xE5ng");
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().kind, ErrorKind::corrupt_input);
    EXPECT_THAT(result.error().sentence, HasSubstr("row 3: bytes A9 6D 20 A7"));
}

TEST(CleanUtf8, NamesUtf16) {
    EXPECT_THAT(clean_utf8(std::string_view("\xFF\xFEX\0", 4)).error().sentence, HasSubstr("UTF-16"));
    EXPECT_THAT(clean_utf8(std::string_view("\xFE\xFF\0X", 4)).error().sentence, HasSubstr("UTF-16"));
}

TEST(LinesOf, SplitsAtLineEnds) {
    EXPECT_THAT(lines_of("a\nb\n"), ElementsAre("a", "b"));
    EXPECT_THAT(lines_of("a\n\nb"), ElementsAre("a", "", "b"));
    EXPECT_THAT(lines_of("\n"), ElementsAre(""));
    EXPECT_THAT(lines_of(""), IsEmpty());
}

}  // namespace
}  // namespace ranh::text
