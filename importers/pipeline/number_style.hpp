#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ranh::pipeline {

/// How a column of a table writes its numbers.
enum class NumberStyle {
    plain,            ///< 1255172.51, also 1.25517251E6
    decimal_comma,    ///< 1255172,51
    dot_thousands,    ///< 1.255.172,51
    comma_thousands,  ///< 1,255,172.51
    space_thousands   ///< 1 255 172,51 or 1 255 172.51, also with no-break spaces
};

[[nodiscard]] std::string_view to_string(NumberStyle style);  // an example of the style

/// The cell as a finite number in this style, or nothing. Blanks around it are ignored; thousands styles accept whole
/// groups of three digits only.
[[nodiscard]] std::optional<double> parse_number(std::string_view cell, NumberStyle style);

/// One way to read a whole column; cells that are empty or do not fit are empty.
struct ColumnReading {
    NumberStyle style = NumberStyle::plain;
    std::vector<std::optional<double>> values;
    std::size_t unreadable = 0;  ///< cells with text that do not fit
};

/// The ways to read a column that leave the fewest cells unreadable; two styles that give the same values everywhere
/// are one way. The style of one cell never counts against that of the column. Empty when no style reads any cell.
[[nodiscard]] std::vector<ColumnReading> column_readings(std::span<const std::string> cells);

/// Degrees, minutes and seconds (11°45'19.1", 11d45m19,1s, with N, S, E, W, B, Đ around) or nothing.
[[nodiscard]] std::optional<double> parse_sexagesimal(std::string_view cell);

}  // namespace ranh::pipeline
