#include "services/params/query.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

namespace ranh::params {
namespace {

const std::array<std::string, 2> known{"f", "limit"};

TEST(CheckNames, TakesKnownNamesOnce) {
    EXPECT_TRUE(check_names({{"limit", "1"}, {"f", "json"}}, known).ok());
    EXPECT_FALSE(check_names({{"limit", "1"}, {"limit", "1"}}, known).ok());
}

TEST(CheckNames, NamesTheUnknownOneAndThoseThereAre) {
    const auto refused = check_names({{"LIMIT", "1"}}, known);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().kind, ErrorKind::invalid_argument);
    EXPECT_THAT(refused.error().sentence,
                testing::AllOf(testing::HasSubstr("'LIMIT'"), testing::HasSubstr("f, limit")));
}

TEST(ParseNumber, TakesTheWholeTextOnly) {
    EXPECT_EQ(parse_number("-1.5e2", "x").value(), -150.0);
    EXPECT_EQ(parse_number("+3", "x").value(), 3.0);
    for (const char* text : {"", "1,5", "1 ", " 1", "nan", "inf", "1e999", "0x10", "+"}) {
        EXPECT_FALSE(parse_number(text, "x").ok()) << text;
    }
}

TEST(ParseBoolean, TakesTwoWords) {
    EXPECT_TRUE(parse_boolean("true", "x").value());
    EXPECT_FALSE(parse_boolean("false", "x").value());
    EXPECT_FALSE(parse_boolean("1", "x").ok());
}

TEST(ValueOf, FindsAPair) {
    EXPECT_EQ(value_of({{"a", "1"}}, "a"), "1");
    EXPECT_EQ(value_of({{"a", "1"}}, "b"), std::nullopt);
}

}  // namespace
}  // namespace ranh::params
