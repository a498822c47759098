#include "spatial/base/date.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace ranh {
namespace {

Date day(std::string_view text) { return Date::parse(text).value(); }

TEST(Date, ReadsAndWritesIso8601) {
    EXPECT_EQ(day("2026-03-31").to_string(), "2026-03-31");
    EXPECT_EQ(day("2024-02-29").to_string(), "2024-02-29");
    EXPECT_EQ(day("0001-01-01").to_string(), "0001-01-01");
}

class NoDate : public testing::TestWithParam<std::string_view> {};

TEST_P(NoDate, IsRefusedNamingTheValue) {
    const auto result = Date::parse(GetParam());
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().kind, ErrorKind::invalid_argument);
    EXPECT_THAT(result.error().sentence, testing::HasSubstr("'" + std::string(GetParam()) + "'"));
}

INSTANTIATE_TEST_SUITE_P(Texts, NoDate,
                         testing::Values("", "2026-02-29", "2026-13-01", "2026-00-10", "2026-01-32", "26-01-01",
                                         "2026/01/01", "2026-1-1", "2026-01-01 ", "2026-01-01T00:00:00Z", "-026-01-01",
                                         "2026-+1-01", "2026-01-0x", "31-03-2026"));

TEST(Date, KnowsTheNextDayAndItsOrder) {
    EXPECT_EQ(day("2024-02-28").next(), day("2024-02-29"));
    EXPECT_EQ(day("2025-12-31").next(), day("2026-01-01"));
    EXPECT_LT(day("2025-12-31"), day("2026-01-01"));
}

TEST(Timestamp, ReadsAndWritesMilliseconds) {
    EXPECT_EQ(Timestamp::parse("2026-03-31T08:15:00Z").value().to_string(), "2026-03-31T08:15:00.000Z");
    EXPECT_EQ(Timestamp::parse("2026-03-31T08:15:00.123Z").value().to_string(), "2026-03-31T08:15:00.123Z");
}

TEST(Timestamp, OfADateIsTheEndOfThatDayInVietNam) {
    EXPECT_EQ(Timestamp::parse("2026-03-31").value().to_string(), "2026-03-31T16:59:59.999Z");
}

class NoMoment : public testing::TestWithParam<std::string_view> {};

TEST_P(NoMoment, IsRefused) { EXPECT_FALSE(Timestamp::parse(GetParam()).ok()); }

INSTANTIATE_TEST_SUITE_P(Texts, NoMoment,
                         testing::Values("", "2026-03-31T08:15:00", "2026-03-31 08:15:00Z", "2026-03-31T24:00:00Z",
                                         "2026-03-31T08:60:00Z", "2026-03-31T08:15:60Z", "2026-03-31T08:15:00.1Z",
                                         "2026-03-31T08:15:00,123Z", "2026-03-31T08:15:00+07:00",
                                         "2026-02-30T08:15:00Z"));

TEST(Timestamp, NowIsLaterThanThisProgramWasWritten) {
    EXPECT_GT(Timestamp::now(), Timestamp::parse("2026-01-01").value());
    EXPECT_GT(Date::today(), day("2026-01-01"));
}

TEST(DateRange, HoldsBothInclusiveEnds) {
    const DateRange range = DateRange::from_inclusive(day("2026-01-01"), day("2026-12-31")).value();
    EXPECT_TRUE(range.contains(day("2026-01-01")));
    EXPECT_TRUE(range.contains(day("2026-12-31")));
    EXPECT_FALSE(range.contains(day("2025-12-31")));
    EXPECT_FALSE(range.contains(day("2027-01-01")));
    EXPECT_EQ(range.from(), day("2026-01-01"));
    EXPECT_EQ(range.last(), day("2026-12-31"));
}

TEST(DateRange, OfOneDayHoldsThatDay) {
    const DateRange range = DateRange::from_inclusive(day("2026-03-31"), day("2026-03-31")).value();
    EXPECT_TRUE(range.contains(day("2026-03-31")));
    EXPECT_FALSE(range.contains(day("2026-04-01")));
}

TEST(DateRange, MayBeOpenOnEitherSide) {
    EXPECT_TRUE(DateRange().contains(day("1900-01-01")));
    const DateRange since = DateRange::from_inclusive(day("2026-01-01"), std::nullopt).value();
    EXPECT_TRUE(since.contains(day("2999-01-01")));
    EXPECT_FALSE(since.contains(day("2025-12-31")));
    EXPECT_FALSE(since.last().has_value());
    const DateRange until = DateRange::from_inclusive(std::nullopt, day("2026-01-01")).value();
    EXPECT_TRUE(until.contains(day("1900-01-01")));
    EXPECT_FALSE(until.contains(day("2026-01-02")));
}

TEST(DateRange, BackwardsIsRefusedNamingBothDays) {
    const auto result = DateRange::from_inclusive(day("2026-02-01"), day("2026-01-01"));
    ASSERT_FALSE(result.ok());
    EXPECT_THAT(result.error().sentence,
                testing::AllOf(testing::HasSubstr("2026-01-01"), testing::HasSubstr("2026-02-01")));
}

}  // namespace
}  // namespace ranh
