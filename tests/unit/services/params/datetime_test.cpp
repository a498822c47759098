#include "services/params/datetime.hpp"

#include <gtest/gtest.h>

namespace ranh::params {
namespace {

std::string both(std::string_view text) {
    const auto interval = parse_datetime(text);
    if (!interval) {
        return "refused";
    }
    const auto shown = [](const std::optional<Timestamp>& end) { return end ? end->to_string() : std::string(".."); };
    return shown(interval.value().begin) + "/" + shown(interval.value().end);
}

TEST(ParseDatetime, TakesMomentsWithAnyOffset) {
    EXPECT_EQ(both("2026-03-31T08:15:00Z"), "2026-03-31T08:15:00.000Z/2026-03-31T08:15:00.000Z");
    EXPECT_EQ(both("2026-03-31T08:15:00.25+07:00"), "2026-03-31T01:15:00.250Z/2026-03-31T01:15:00.250Z");
    EXPECT_EQ(both("2026-03-31t23:59:60z"), "2026-04-01T00:00:00.000Z/2026-04-01T00:00:00.000Z");
}

TEST(ParseDatetime, ADateIsItsWholeDay) {
    EXPECT_EQ(both("2026-03-31"), "2026-03-31T00:00:00.000Z/2026-03-31T23:59:59.999Z");
}

TEST(ParseDatetime, TakesIntervalsOpenAtOneEnd) {
    EXPECT_EQ(both("2026-01-01/2026-01-02"), "2026-01-01T00:00:00.000Z/2026-01-02T23:59:59.999Z");
    EXPECT_EQ(both("2026-01-01T00:00:00Z/.."), "2026-01-01T00:00:00.000Z/..");
    EXPECT_EQ(both("/2026-01-01"), "../2026-01-01T23:59:59.999Z");
}

TEST(ParseDatetime, RefusesAnythingElse) {
    for (const char* text :
         {"", "..", "../..", "/", "today", "2026-02-30", "2026-1-1", "2026-01-01T", "2026-01-01T00:00",
          "2026-01-01T00:00:00", "2026-01-01T25:00:00Z", "2026-01-01T00:61:00Z", "2026-01-01T00:00:00.Z",
          "2026-01-01T00:00:00+7", "2026-01-02/2026-01-01", "2026-01-01/2026-01-02/2026-01-03"}) {
        EXPECT_EQ(both(text), "refused") << text;
    }
}

}  // namespace
}  // namespace ranh::params
