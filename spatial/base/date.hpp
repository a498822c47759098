#pragma once

#include "spatial/base/error.hpp"

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace ranh {

/// A calendar day (proleptic Gregorian), without time zone. ISO 8601 "2026-03-31" in text.
class Date {
public:
    constexpr Date() = default;
    constexpr explicit Date(std::chrono::sys_days day) : m_day(day) {}

    /// Accepts exactly YYYY-MM-DD of an existing day; anything else is invalid_argument naming the value.
    [[nodiscard]] static Result<Date> parse(std::string_view text);
    /// The day it is in Việt Nam (UTC+7) at this moment of the system clock.
    [[nodiscard]] static Date today();

    [[nodiscard]] std::string to_string() const;
    [[nodiscard]] constexpr std::chrono::sys_days day() const { return m_day; }
    [[nodiscard]] constexpr Date next() const { return Date(m_day + std::chrono::days(1)); }
    friend constexpr auto operator<=>(Date, Date) = default;

private:
    std::chrono::sys_days m_day{};
};

/// A moment, UTC, to the millisecond: "2026-03-31T08:15:00.123Z".
class Timestamp {
public:
    using Point = std::chrono::sys_time<std::chrono::milliseconds>;
    constexpr Timestamp() = default;
    constexpr explicit Timestamp(Point point) : m_point(point) {}

    /// Accepts YYYY-MM-DDThh:mm:ss[.mmm]Z, and YYYY-MM-DD meaning the end of that day in Việt Nam (23:59:59.999+07:00).
    [[nodiscard]] static Result<Timestamp> parse(std::string_view text);
    [[nodiscard]] static Timestamp now();

    [[nodiscard]] std::string to_string() const;
    [[nodiscard]] constexpr Point point() const { return m_point; }
    friend constexpr auto operator<=>(Timestamp, Timestamp) = default;

private:
    Point m_point{};
};

/// Days from `from` up to but not including `until`; either side may be open.
///
/// People, files and JSON write both ends inclusive, as the law does; from_inclusive() and last() are the one place
/// where the two forms meet.
class DateRange {
public:
    constexpr DateRange() = default;
    /// [from, last] inclusive days. invalid_argument when last < from.
    [[nodiscard]] static Result<DateRange> from_inclusive(std::optional<Date> from, std::optional<Date> last);

    [[nodiscard]] bool contains(Date day) const;
    [[nodiscard]] std::optional<Date> from() const { return m_from; }
    /// The last day inside, inclusive.
    [[nodiscard]] std::optional<Date> last() const;
    friend bool operator==(const DateRange&, const DateRange&) = default;

private:
    std::optional<Date> m_from;
    std::optional<Date> m_until;
};

}  // namespace ranh
