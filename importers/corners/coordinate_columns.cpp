#include "importers/corners/coordinate_columns.hpp"

#include "importers/pipeline/number_style.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ranh::corners {

namespace {

using pipeline::ColumnReading;

bool is_northing(double value) { return value >= 8e5 && value <= 2.8e6; }
bool is_easting(double value) { return value >= 5e4 && value < 1e6; }
bool is_latitude(double value) { return value >= 6.0 && value <= 24.0; }
bool is_longitude(double value) { return value >= 102.0 && value <= 118.0; }

/// Metres or degrees, in either order; the larger metre value is the northing.
bool is_position(double first, double second) {
    const bool metres = (is_northing(first) && is_easting(second) && first > second) ||
                        (is_northing(second) && is_easting(first) && second > first);
    return metres || (is_latitude(first) && is_longitude(second)) || (is_latitude(second) && is_longitude(first));
}

struct PairReading {
    const ColumnReading* north;
    const ColumnReading* east;
    std::size_t positions;
};

std::size_t count_positions(const ColumnReading& north, const ColumnReading& east) {
    std::size_t positions = 0;
    for (std::size_t i = 0; i < north.values.size(); ++i) {
        positions += north.values[i] && east.values[i] && is_position(*north.values[i], *east.values[i]) ? 1U : 0U;
    }
    return positions;
}

/// The readings of a column, that by degrees, minutes and seconds included when it reads more.
std::vector<ColumnReading> readings_of(std::span<const std::string> cells) {
    auto readings = pipeline::column_readings(cells);
    ColumnReading sexagesimal;
    for (const auto& cell : cells) {
        sexagesimal.values.push_back(pipeline::parse_sexagesimal(cell));
        sexagesimal.unreadable += !sexagesimal.values.back() && !cell.empty() ? 1U : 0U;
    }
    if (readings.empty() || sexagesimal.unreadable < readings.front().unreadable) {
        readings = {std::move(sexagesimal)};
    }
    return readings;
}

Error ambiguous(const PairReading& one, const PairReading& other) {
    const bool north_differs = one.north != other.north;
    const auto& first = north_differs ? *one.north : *one.east;
    const auto& second = north_differs ? *other.north : *other.east;
    return {ErrorKind::invalid_argument,
            fmt::format("the numbers of column {} can be read as {} and as {}; write them in one clear style, for "
                        "example 1255172.51",
                        north_differs ? "X" : "Y", pipeline::to_string(first.style), pipeline::to_string(second.style)),
            {}};
}

/// Empties numbers that are no position, where most others are one: they are slips of the pen.
void drop_slips(CoordinateColumns& columns, std::size_t positions) {
    std::size_t numbers = 0;
    for (std::size_t i = 0; i < columns.north.size(); ++i) {
        numbers += columns.north[i] && columns.east[i] ? 1U : 0U;
    }
    if (positions * 2 < numbers) {
        return;
    }
    for (std::size_t i = 0; i < columns.north.size(); ++i) {
        if (columns.north[i] && columns.east[i] && !is_position(*columns.north[i], *columns.east[i])) {
            columns.north[i].reset();
            columns.east[i].reset();
        }
    }
}

std::string style_note(const PairReading& pair) {
    const auto plain = [](const ColumnReading& reading) { return reading.style == pipeline::NumberStyle::plain; };
    if (plain(*pair.north) && plain(*pair.east)) {
        return {};
    }
    return fmt::format("numbers are written as {} in column X and as {} in column Y",
                       pipeline::to_string(pair.north->style), pipeline::to_string(pair.east->style));
}

}  // namespace

Result<CoordinateColumns> read_coordinates(std::span<const std::string> north, std::span<const std::string> east) {
    if (north.empty()) {
        return Error{ErrorKind::corrupt_input, "the table has no row of coordinates; give each corner a row", {}};
    }
    const auto north_readings = readings_of(north);
    const auto east_readings = readings_of(east);
    std::vector<PairReading> pairs;
    for (const auto& x : north_readings) {
        for (const auto& y : east_readings) {
            pairs.push_back({&x, &y, count_positions(x, y)});
        }
    }
    std::stable_sort(pairs.begin(), pairs.end(),
                     [](const auto& a, const auto& b) { return a.positions > b.positions; });
    if (pairs.size() > 1 && pairs[0].positions == pairs[1].positions) {
        return ambiguous(pairs[0], pairs[1]);
    }
    CoordinateColumns columns{pairs[0].north->values, pairs[0].east->values, style_note(pairs[0])};
    drop_slips(columns, pairs[0].positions);
    return columns;
}

}  // namespace ranh::corners
