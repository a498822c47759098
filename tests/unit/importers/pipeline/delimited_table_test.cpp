#include "importers/pipeline/delimited_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace ranh::pipeline {
namespace {

using testing::ElementsAre;

std::vector<TableRow> rows_of(std::string text) {
    const auto table = read_delimited(std::make_unique<std::istringstream>(std::move(text)), "t.csv");
    std::vector<TableRow> rows;
    while (auto row = table->next()) {
        rows.push_back(std::move(*row));
    }
    return rows;
}

TEST(FindDelimiter, KnowsTheFive) {
    EXPECT_EQ(find_delimiter("a,b\n1,2\n"), Delimiter::comma);
    EXPECT_EQ(find_delimiter("a;b\n1,5;2,5\n"), Delimiter::semicolon);
    EXPECT_EQ(find_delimiter("a\tb\n1\t2\n"), Delimiter::tab);
    EXPECT_EQ(find_delimiter("a|b\n1|2\n"), Delimiter::bar);
    EXPECT_EQ(find_delimiter("1 1300000 500000\n2 1300000 500100\n"), Delimiter::spaces);
}

TEST(FindDelimiter, DoesNotTakeDecimalCommasForOne) {
    EXPECT_EQ(find_delimiter("1 1300000,51 500000,25\n2 1300000,51 500100,25\n"), Delimiter::spaces);
    EXPECT_EQ(find_delimiter("1300000,51 500000,25\n1300000,51 500100,25\n"), Delimiter::spaces);
}

TEST(DelimitedTable, ReadsQuotesByRfc4180) {
    const auto rows = rows_of("a,b\n\"x, \"\"y\"\"\",2\n\"two\nlines\",3\nz,4\n");
    ASSERT_EQ(rows.size(), 4U);
    EXPECT_THAT(rows[1].cells, ElementsAre("x, \"y\"", "2"));
    EXPECT_THAT(rows[2].cells, ElementsAre("two\nlines", "3"));
    EXPECT_EQ(rows[3].number, 5);
}

TEST(DelimitedTable, DropsByteOrderMarkCarriageReturnsAndBlankRows) {
    const auto rows = rows_of("\xEF\xBB\xBFX;Y\r\n\r\n;\r\n1;2\r\n");
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_THAT(rows[0].cells, ElementsAre("X", "Y"));
    EXPECT_EQ(rows[1].number, 4);
}

TEST(DelimitedTable, ReadsUtf16OfSpreadsheets) {
    const std::string text(
        "\xFF\xFE"
        "X\0\t\0Y\0\n\0"
        "\x10\x01\t\0"
        "2\0",
        16);
    const auto rows = rows_of(text);
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_THAT(rows[1].cells, ElementsAre("Đ", "2"));
}

TEST(DelimitedTable, KeepsEmptyCellsBetweenAndAtTheEnd) {
    EXPECT_THAT(rows_of("a,b,c\n1,,3\n4,5,\n")[2].cells, ElementsAre("4", "5", ""));
}

TEST(DelimitedTable, NamesTheLineOfAnOpenQuote) {
    try {
        (void)rows_of("a,b\n1,\"2\n3,4\n");
        FAIL();
    } catch (const Failure& failure) {
        EXPECT_EQ(failure.error().kind, ErrorKind::corrupt_input);
        EXPECT_EQ(failure.error().context, "t.csv, line 2");
    }
}

}  // namespace
}  // namespace ranh::pipeline
