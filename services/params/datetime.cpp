#include "services/params/datetime.hpp"

#include <algorithm>
#include <chrono>

namespace ranh::params {
namespace {

using std::chrono::milliseconds;

Error bad(std::string_view text) {
    return {ErrorKind::invalid_argument,
            "'" + std::string(text) +
                "' is no RFC 3339 time or interval; write for example 2026-03-31T00:00:00Z or 2026-01-01/..",
            "datetime"};
}

std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
    if (text.size() < at + count) {
        return std::nullopt;
    }
    int value = 0;
    for (const char c : text.substr(at, count)) {
        if (c < '0' || c > '9') {
            return std::nullopt;
        }
        value = value * 10 + (c - '0');
    }
    return value;
}

/// "Z", "+07:00" or "-03:30" as minutes east of UTC.
std::optional<int> offset_minutes(std::string_view text) {
    if (text == "Z" || text == "z") {
        return 0;
    }
    const auto hours = digits(text, 1, 2);
    const auto minutes = digits(text, 4, 2);
    const bool form = text.size() == 6 && (text[0] == '+' || text[0] == '-') && text[3] == ':';
    if (!form || !hours || !minutes || *hours > 23 || *minutes > 59) {
        return std::nullopt;
    }
    return (*hours * 60 + *minutes) * (text[0] == '-' ? -1 : 1);
}

/// "T08:15:00.25+07:00" after the day, as milliseconds since midnight UTC of that day.
std::optional<milliseconds> time_of_day(std::string_view text) {
    const auto hour = digits(text, 1, 2);
    const auto minute = digits(text, 4, 2);
    const auto second = digits(text, 7, 2);
    const bool form = text.size() > 9 && (text[0] == 'T' || text[0] == 't') && text[3] == ':' && text[6] == ':';
    if (!form || !hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 60) {
        return std::nullopt;
    }
    std::string_view rest = text.substr(9);
    int thousandths = 0;
    if (rest.starts_with('.')) {
        const std::size_t end = std::min(rest.find_first_not_of("0123456789", 1), rest.size());
        if (end == 1) {
            return std::nullopt;
        }
        const std::string padded = std::string(rest.substr(1, std::min<std::size_t>(end - 1, 3))) + "00";
        thousandths = digits(padded, 0, 3).value_or(0);
        rest.remove_prefix(end);
    }
    const auto offset = offset_minutes(rest);
    if (!offset) {
        return std::nullopt;
    }
    return milliseconds(((*hour * 60 + *minute - *offset) * 60 + *second) * 1000 + thousandths);
}

/// One moment; a bare date is its first or its last millisecond.
Result<Timestamp> parse_moment(std::string_view text, milliseconds of_bare_date) {
    const auto day = Date::parse(text.substr(0, 10));
    if (!day) {
        return bad(text);
    }
    const auto time = text.size() == 10 ? std::optional(of_bare_date) : time_of_day(text.substr(10));
    if (!time) {
        return bad(text);
    }
    return Timestamp(Timestamp::Point(day.value().day()) + *time);
}

Result<std::optional<Timestamp>> parse_end(std::string_view text, milliseconds of_bare_date) {
    if (text.empty() || text == "..") {
        return std::optional<Timestamp>();
    }
    const auto moment = parse_moment(text, of_bare_date);
    if (!moment) {
        return moment.error();
    }
    return std::optional(moment.value());
}

}  // namespace

Result<Interval> parse_datetime(std::string_view text) {
    constexpr milliseconds day_begin(0);
    constexpr milliseconds day_end = std::chrono::days(1) - milliseconds(1);
    const std::size_t slash = text.find('/');
    const bool single = slash == std::string_view::npos;
    if (single && (text.empty() || text == "..")) {
        return bad(text);
    }
    const auto begin = parse_end(text.substr(0, slash), day_begin);
    const auto end = parse_end(single ? text : text.substr(slash + 1), day_end);
    if (!begin || !end) {
        return bad(text);
    }
    const Interval interval{begin.value(), end.value()};
    const bool open = !interval.begin && !interval.end;
    if (open || (interval.begin && interval.end && *interval.end < *interval.begin)) {
        return bad(text);
    }
    return interval;
}

}  // namespace ranh::params
