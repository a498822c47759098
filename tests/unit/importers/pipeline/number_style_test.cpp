#include "importers/pipeline/number_style.hpp"

#include <gtest/gtest.h>

namespace ranh::pipeline {
namespace {

using Cells = std::vector<std::string>;

TEST(ParseNumber, ReadsEachStyle) {
    EXPECT_EQ(parse_number("1255172.51", NumberStyle::plain), 1255172.51);
    EXPECT_EQ(parse_number("1255172,51", NumberStyle::decimal_comma), 1255172.51);
    EXPECT_EQ(parse_number("1.255.172,51", NumberStyle::dot_thousands), 1255172.51);
    EXPECT_EQ(parse_number("1,255,172.51", NumberStyle::comma_thousands), 1255172.51);
    EXPECT_EQ(parse_number("1 255 172,51", NumberStyle::space_thousands), 1255172.51);
    EXPECT_EQ(parse_number("1\xC2\xA0"
                           "255\xC2\xA0"
                           "172.51",
                           NumberStyle::space_thousands),
              1255172.51);
    EXPECT_EQ(parse_number(" -12 ", NumberStyle::plain), -12.0);
    EXPECT_EQ(parse_number("1.255E6", NumberStyle::plain), 1255000.0);
}

TEST(ParseNumber, RefusesBrokenGroups) {
    EXPECT_FALSE(parse_number("1.25.172", NumberStyle::dot_thousands));
    EXPECT_FALSE(parse_number("1255.172", NumberStyle::dot_thousands));
    EXPECT_FALSE(parse_number(".255", NumberStyle::dot_thousands));
    EXPECT_FALSE(parse_number("1.255.", NumberStyle::dot_thousands));
    EXPECT_FALSE(parse_number("12a", NumberStyle::plain));
    EXPECT_FALSE(parse_number("", NumberStyle::plain));
    EXPECT_FALSE(parse_number("nan", NumberStyle::plain));
}

TEST(ColumnReadings, AreOneForPlainWholeNumbers) {
    const Cells cells = {"1326994", "1325086", ""};
    const auto readings = column_readings(cells);
    ASSERT_EQ(readings.size(), 1U);
    EXPECT_EQ(readings[0].values[0], 1326994.0);
    EXPECT_FALSE(readings[0].values[2]);
    EXPECT_EQ(readings[0].unreadable, 0U);
}

TEST(ColumnReadings, AreTwoForGroupsThatMayBeDecimals) {
    const Cells cells = {"773.433", "773.150"};
    EXPECT_EQ(column_readings(cells).size(), 2U);
}

TEST(ColumnReadings, OneClearCellDecidesForItsColumn) {
    const Cells cells = {"773.433", "1.773.150"};
    const auto readings = column_readings(cells);
    ASSERT_EQ(readings.size(), 1U);
    EXPECT_EQ(readings[0].style, NumberStyle::dot_thousands);
    EXPECT_EQ(readings[0].values[0], 773433.0);
}

TEST(ColumnReadings, NeverMixStyles) {
    const Cells cells = {"1.300.100,25", "1300100.25"};
    const auto readings = column_readings(cells);
    ASSERT_EQ(readings.size(), 2U);
    EXPECT_EQ(readings[0].unreadable, 1U);
}

TEST(ParseSexagesimal, ReadsDegreesMinutesAndSeconds) {
    EXPECT_DOUBLE_EQ(parse_sexagesimal("11°45'18\"").value(), 11.755);
    EXPECT_DOUBLE_EQ(parse_sexagesimal("11°45′18,0″N").value(), 11.755);
    EXPECT_DOUBLE_EQ(parse_sexagesimal("107d45m0s").value(), 107.75);
    EXPECT_FALSE(parse_sexagesimal("11.755"));
    EXPECT_FALSE(parse_sexagesimal("11°75'00\""));
    EXPECT_FALSE(parse_sexagesimal("NC1 2"));
}

}  // namespace
}  // namespace ranh::pipeline
