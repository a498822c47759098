#include "importers/pipeline/number_style.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace ranh::pipeline {

namespace {

constexpr std::string_view no_break_space = "\xC2\xA0";
constexpr std::string_view narrow_no_break_space = "\xE2\x80\xAF";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string with_plain_spaces(std::string_view cell) {
    std::string text;
    for (std::size_t i = 0; i < cell.size();) {
        if (cell.substr(i).starts_with(no_break_space)) {
            text += ' ';
            i += no_break_space.size();
        } else if (cell.substr(i).starts_with(narrow_no_break_space)) {
            text += ' ';
            i += narrow_no_break_space.size();
        } else {
            text += cell[i] == '\t' || cell[i] == '\r' || cell[i] == '\n' ? ' ' : cell[i];
            ++i;
        }
    }
    const auto first = text.find_first_not_of(' ');
    const auto last = text.find_last_not_of(' ');
    return first == std::string::npos ? std::string() : text.substr(first, last - first + 1);
}

std::optional<double> finite_number(const std::string& text) {
    double value = 0.0;
    const char* begin = text.data() + (text.starts_with('+') ? 1 : 0);
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(begin, end, value);
    if (error != std::errc{} || stop != end || begin == end || !std::isfinite(value)) {
        return std::nullopt;
    }
    return value;
}

/// The whole part without its group marks, or nothing when the groups are not 1-3, 3, 3, … digits.
std::optional<std::string> ungrouped(std::string_view whole, char mark) {
    std::string digits;
    std::size_t group = 0;
    bool first = true;
    for (const char c : whole) {
        if (c == mark) {
            if (group == 0 || group > 3 || (!first && group != 3)) {
                return std::nullopt;
            }
            first = false;
            group = 0;
        } else if (is_digit(c)) {
            digits += c;
            ++group;
        } else {
            return std::nullopt;
        }
    }
    const bool fits = first ? group >= 1 && group <= 3 : group == 3;
    return fits ? std::optional(digits) : std::nullopt;
}

std::optional<double> grouped_number(std::string_view text, char mark, std::string_view decimal_marks) {
    std::string sign;
    if (text.starts_with('-') || text.starts_with('+')) {
        sign = text.substr(0, 1) == "-" ? "-" : "";
        text.remove_prefix(1);
    }
    const auto decimal = text.find_first_of(decimal_marks);
    const auto digits = ungrouped(text.substr(0, decimal), mark);
    if (!digits) {
        return std::nullopt;
    }
    std::string_view fraction = decimal == std::string_view::npos ? std::string_view() : text.substr(decimal + 1);
    if (!std::all_of(fraction.begin(), fraction.end(), is_digit)) {
        return std::nullopt;
    }
    return finite_number(sign + *digits + "." + std::string(fraction) + "0");
}

std::optional<double> decimal_comma_number(std::string text) {
    if (text.find('.') != std::string::npos || std::count(text.begin(), text.end(), ',') > 1) {
        return std::nullopt;
    }
    std::replace(text.begin(), text.end(), ',', '.');
    return finite_number(text);
}

constexpr std::array all_styles = {NumberStyle::plain, NumberStyle::decimal_comma, NumberStyle::dot_thousands,
                                   NumberStyle::comma_thousands, NumberStyle::space_thousands};

ColumnReading reading_in(NumberStyle style, std::span<const std::string> cells) {
    ColumnReading reading;
    reading.style = style;
    reading.values.reserve(cells.size());
    for (const auto& cell : cells) {
        reading.values.push_back(parse_number(cell, style));
        if (!reading.values.back() && !with_plain_spaces(cell).empty()) {
            ++reading.unreadable;
        }
    }
    return reading;
}

}  // namespace

std::string_view to_string(NumberStyle style) {
    switch (style) {
        case NumberStyle::plain: return "1255172.51";
        case NumberStyle::decimal_comma: return "1255172,51";
        case NumberStyle::dot_thousands: return "1.255.172,51";
        case NumberStyle::comma_thousands: return "1,255,172.51";
        case NumberStyle::space_thousands: break;
    }
    return "1 255 172,51";
}

std::optional<double> parse_number(std::string_view cell, NumberStyle style) {
    const std::string text = with_plain_spaces(cell);
    if (text.empty()) {
        return std::nullopt;
    }
    switch (style) {
        case NumberStyle::plain: return finite_number(text);
        case NumberStyle::decimal_comma: return decimal_comma_number(text);
        case NumberStyle::dot_thousands: return grouped_number(text, '.', ",");
        case NumberStyle::comma_thousands: return grouped_number(text, ',', ".");
        case NumberStyle::space_thousands: break;
    }
    return grouped_number(text, ' ', ".,");
}

std::vector<ColumnReading> column_readings(std::span<const std::string> cells) {
    std::vector<ColumnReading> readings;
    for (const NumberStyle style : all_styles) {
        ColumnReading reading = reading_in(style, cells);
        const auto same_values = [&](const ColumnReading& other) { return other.values == reading.values; };
        const bool reads_something = std::any_of(reading.values.begin(), reading.values.end(),
                                                 [](const auto& value) { return value.has_value(); });
        if (reads_something && std::none_of(readings.begin(), readings.end(), same_values)) {
            readings.push_back(std::move(reading));
        }
    }
    std::size_t fewest = cells.size();
    for (const auto& reading : readings) {
        fewest = std::min(fewest, reading.unreadable);
    }
    std::erase_if(readings, [fewest](const ColumnReading& reading) { return reading.unreadable > fewest; });
    return readings;
}

std::optional<double> parse_sexagesimal(std::string_view cell) {
    std::array<double, 3> parts{};
    std::size_t count = 0;
    bool negative = false;
    bool marked = false;
    std::string number;
    const auto end_number = [&]() {
        if (number.empty()) {
            return true;
        }
        std::replace(number.begin(), number.end(), ',', '.');
        const auto value = finite_number(number);
        number.clear();
        if (!value || count == parts.size()) {
            return false;
        }
        parts[count++] = *value;
        return true;
    };
    for (const char c : with_plain_spaces(cell)) {
        if (is_digit(c) || c == '.' || c == ',') {
            number += c;
            continue;
        }
        const bool ascii = static_cast<unsigned char>(c) < 0x80U;
        if (!end_number() || (ascii && std::string_view(" -'\"dmsNSEWB").find(c) == std::string_view::npos)) {
            return std::nullopt;
        }
        negative = negative || c == '-' || c == 'S' || c == 'W';
        marked = marked || !ascii || c == '\'' || c == 'd';
    }
    if (!end_number() || !marked || count < 2 || parts[1] >= 60.0 || parts[2] >= 60.0) {
        return std::nullopt;
    }
    const double degrees = parts[0] + parts[1] / 60.0 + parts[2] / 3600.0;
    return negative ? -degrees : degrees;
}

}  // namespace ranh::pipeline
