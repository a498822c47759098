#include "spatial/base/date.hpp"

#include <fmt/format.h>

#include <charconv>

namespace ranh {
namespace {

namespace chr = std::chrono;

std::optional<int> digits(std::string_view text, std::size_t begin, std::size_t count) {
    if (begin + count > text.size()) {
        return std::nullopt;
    }
    int value = 0;
    const char* first = text.data() + begin;
    const char* last = first + count;
    if (*first == '-' || *first == '+') {
        return std::nullopt;
    }
    const auto [end, status] = std::from_chars(first, last, value);
    if (status != std::errc() || end != last) {
        return std::nullopt;
    }
    return value;
}

std::optional<Date> parse_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
        return std::nullopt;
    }
    const auto year = digits(text, 0, 4);
    const auto month = digits(text, 5, 2);
    const auto day = digits(text, 8, 2);
    if (!year || !month || !day) {
        return std::nullopt;
    }
    const chr::year_month_day date{chr::year(*year), chr::month(static_cast<unsigned>(*month)),
                                   chr::day(static_cast<unsigned>(*day))};
    if (!date.ok()) {
        return std::nullopt;
    }
    return Date(chr::sys_days(date));
}

/// "hh:mm:ss" or "hh:mm:ss.mmm" -> time since midnight.
std::optional<chr::milliseconds> parse_clock(std::string_view text) {
    const bool with_milliseconds = text.size() == 12;
    if ((text.size() != 8 && !with_milliseconds) || text[2] != ':' || text[5] != ':' ||
        (with_milliseconds && text[8] != '.')) {
        return std::nullopt;
    }
    const auto hour = digits(text, 0, 2);
    const auto minute = digits(text, 3, 2);
    const auto second = digits(text, 6, 2);
    const auto milli = with_milliseconds ? digits(text, 9, 3) : std::optional<int>(0);
    if (!hour || !minute || !second || !milli || *hour > 23 || *minute > 59 || *second > 59) {
        return std::nullopt;
    }
    return chr::hours(*hour) + chr::minutes(*minute) + chr::seconds(*second) + chr::milliseconds(*milli);
}

}  // namespace

Result<Date> Date::parse(std::string_view text) {
    if (const auto date = parse_day(text)) {
        return *date;
    }
    return Error{ErrorKind::invalid_argument,
                 fmt::format("'{}' is not a date; write year-month-day, for example 2026-03-31", text),
                 {}};
}

Date Date::today() {
    const auto vietnam = chr::system_clock::now() + chr::hours(7);
    return Date(chr::floor<chr::days>(vietnam));
}

std::string Date::to_string() const {
    const chr::year_month_day date(m_day);
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

Result<Timestamp> Timestamp::parse(std::string_view text) {
    if (const auto date = parse_day(text)) {
        return Timestamp(Point(date->day()) + chr::hours(17) - chr::milliseconds(1));
    }
    if (text.size() >= 20 && text[10] == 'T' && text.back() == 'Z') {
        const auto date = parse_day(text.substr(0, 10));
        const auto clock = parse_clock(text.substr(11, text.size() - 12));
        if (date && clock) {
            return Timestamp(Point(date->day()) + *clock);
        }
    }
    return Error{ErrorKind::invalid_argument,
                 fmt::format("'{}' is not a moment; write 2026-03-31T08:15:00Z or a date such as 2026-03-31", text),
                 {}};
}

Timestamp Timestamp::now() { return Timestamp(chr::floor<chr::milliseconds>(chr::system_clock::now())); }

std::string Timestamp::to_string() const {
    const auto day = chr::floor<chr::days>(m_point);
    const chr::hh_mm_ss clock(m_point - day);
    return fmt::format("{}T{:02}:{:02}:{:02}.{:03}Z", Date(day).to_string(), clock.hours().count(),
                       clock.minutes().count(), clock.seconds().count(), clock.subseconds().count());
}

Result<DateRange> DateRange::from_inclusive(std::optional<Date> from, std::optional<Date> last) {
    if (from && last && *last < *from) {
        return Error{ErrorKind::invalid_argument,
                     fmt::format("the last day {} lies before the first day {}; give them in order", last->to_string(),
                                 from->to_string()),
                     {}};
    }
    DateRange range;
    range.m_from = from;
    if (last) {
        range.m_until = last->next();
    }
    return range;
}

bool DateRange::contains(Date day) const { return (!m_from || *m_from <= day) && (!m_until || day < *m_until); }

std::optional<Date> DateRange::last() const {
    if (!m_until) {
        return std::nullopt;
    }
    return Date(m_until->day() - std::chrono::days(1));
}

}  // namespace ranh
