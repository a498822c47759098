#include "importers/corners/column_roles.hpp"

#include "importers/pipeline/field_text.hpp"
#include "importers/pipeline/number_style.hpp"
#include "importers/pipeline/text_check.hpp"
#include "importers/text/unicode.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <span>
#include <string_view>

namespace ranh::corners {

namespace {

using Words = std::span<const std::string_view>;

constexpr std::array<std::string_view, 9> north_words = {"x",   "n",        "bac", "north", "northing",
                                                         "lat", "latitude", "vi",  "b"};
constexpr std::array<std::string_view, 10> east_words = {"y",   "e",   "dong",      "east", "easting",
                                                         "lon", "lng", "longitude", "kinh", "l"};
/// Words that stand beside the axis and say nothing about it.
constexpr std::array<std::string_view, 15> filler_words = {"toa",   "do",     "m",     "met",        "vn",
                                                           "2000",  "vn2000", "he",    "wgs",        "84",
                                                           "wgs84", "point",  "coord", "coordinate", "truc"};
constexpr std::array<std::string_view, 19> label_keys = {
    "point",  "diem",  "sohieudiem", "sohieu", "tendiem", "diemgoc", "tengoc",     "goc",       "somoc",    "moc",
    "tenmoc", "label", "sohieugoc",  "diemso", "sodiem",  "corner",  "kyhieudiem", "sohieumoc", "diemgocso"};
constexpr std::array<std::string_view, 7> running_keys = {"stt", "tt", "sothutu", "no", "id", "so", "sttdiem"};
constexpr std::array<std::string_view, 16> area_keys = {
    "areaid",    "makhuvuc", "code", "ma",   "mamo",    "projectid", "area", "khuvuc",
    "tenkhuvuc", "tenmo",    "mo",   "duan", "tenduan", "project",   "name", "ten"};
/// Beside a column of point labels this names the area; without one it is a running number of the points.
constexpr std::array<std::string_view, 1> id_keys = {"id"};
constexpr std::array<std::string_view, 7> part_keys = {"part", "phan", "vong", "ring", "manh", "polygon", "khoanh"};
constexpr std::array<std::string_view, 8> commune_keys = {"maxa", "communecode", "madvhc",   "commune",
                                                          "xa",   "tenxa",       "xaphuong", "phuongxa"};
constexpr std::array<std::string_view, 12> side_keys = {"s",           "sm",           "canh",          "chieudai",
                                                        "chieudaim",   "chieudaicanh", "chieudaicanhm", "khoangcach",
                                                        "khoangcachm", "dodai",        "side",          "length"};

bool is_one_of(std::string_view word, Words words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// "Tọa độ X (m)" -> {"x"}: the words of a heading without fillers.
std::vector<std::string> axis_words(const std::string& heading) {
    std::vector<std::string> words;
    std::string word;
    const auto end_word = [&] {
        if (!word.empty() && !is_one_of(word, filler_words)) {
            words.push_back(word);
        }
        word.clear();
    };
    for (const char c : text::fold_for_search(pipeline::printable_text(heading))) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            word += c;
        } else {
            end_word();
        }
    }
    end_word();
    return words;
}

bool names_axis(const std::string& heading, Words axis) {
    const auto words = axis_words(heading);
    return !words.empty() &&
           std::all_of(words.begin(), words.end(), [axis](const auto& word) { return is_one_of(word, axis); });
}

std::vector<std::size_t> columns_of_axis(const pipeline::TableRow& row, Words axis) {
    std::vector<std::size_t> columns;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        if (names_axis(row.cells[i], axis)) {
            columns.push_back(i);
        }
    }
    return columns;
}

/// First column whose heading is one of `keys`, in the order of the keys; a column that has a role already is passed
/// over.
std::optional<std::size_t> column_named(const std::vector<std::string>& header, Words keys,
                                        std::set<std::size_t>& taken) {
    for (const auto key : keys) {
        for (std::size_t i = 0; i < header.size(); ++i) {
            if (!taken.contains(i) && pipeline::header_key(header[i]) == key) {
                taken.insert(i);
                return i;
            }
        }
    }
    return std::nullopt;
}

/// Headings of one row; where it has none, those of the row above (a heading over two rows).
std::vector<std::string> joined_header(const std::vector<pipeline::TableRow>& rows, std::size_t row) {
    std::vector<std::string> header = rows[row].cells;
    if (row > 0) {
        const auto& above = rows[row - 1].cells;
        header.resize(std::max(header.size(), above.size()));
        for (std::size_t i = 0; i < above.size(); ++i) {
            header[i] = header[i].empty() ? above[i] : header[i];
        }
    }
    return header;
}

TableLayout layout_by_header(const std::vector<pipeline::TableRow>& rows, std::size_t row) {
    TableLayout layout;
    layout.header = joined_header(rows, row);
    layout.first_body_row = row + 1;
    const auto north = columns_of_axis(rows[row], north_words);
    const auto east = columns_of_axis(rows[row], east_words);
    if (north.size() > 1 || east.size() > 1) {
        layout.problem =
            "the header names the same axis twice (two systems side by side?); leave one pair of coordinate columns";
        return layout;
    }
    layout.roles.north = north.front();
    layout.roles.east = east.front();
    std::set<std::size_t> taken = {north.front(), east.front()};
    layout.roles.label = column_named(layout.header, label_keys, taken);
    layout.roles.part = column_named(layout.header, part_keys, taken);
    layout.roles.commune = column_named(layout.header, commune_keys, taken);
    layout.roles.area = column_named(layout.header, area_keys, taken);
    if (!layout.roles.area && layout.roles.label) {
        layout.roles.area = column_named(layout.header, id_keys, taken);
    }
    const auto running = column_named(layout.header, running_keys, taken);
    layout.roles.label = layout.roles.label ? layout.roles.label : running;
    for (std::size_t i = 0; i < layout.header.size(); ++i) {
        const std::string key = pipeline::header_key(layout.header[i]);
        if (!taken.contains(i) && !key.empty() && !is_one_of(key, side_keys) && !is_one_of(key, running_keys)) {
            layout.roles.extra.push_back(i);
        }
    }
    return layout;
}

enum class Scale { metres, degrees };

/// In any number style: metres of VN-2000 or WGS 84 UTM in Việt Nam, or degrees there.
bool may_be_coordinate(const std::string& cell, Scale scale) {
    const auto fits = [scale](double value) {
        const bool metres = value >= 5e4 && value <= 2.8e6;
        const bool degrees = (value >= 6.0 && value <= 24.0) || (value >= 102.0 && value <= 118.0);
        return scale == Scale::metres ? metres : degrees;
    };
    constexpr std::array styles = {pipeline::NumberStyle::plain, pipeline::NumberStyle::decimal_comma,
                                   pipeline::NumberStyle::dot_thousands, pipeline::NumberStyle::comma_thousands,
                                   pipeline::NumberStyle::space_thousands};
    for (const auto style : styles) {
        if (const auto value = pipeline::parse_number(cell, style); value && fits(*value)) {
            return true;
        }
    }
    return scale == Scale::degrees && pipeline::parse_sexagesimal(cell).has_value();
}

std::vector<std::size_t> columns_of_scale(const std::vector<pipeline::TableRow>& rows, Scale scale) {
    std::vector<std::size_t> hits;
    for (const auto& row : rows) {
        hits.resize(std::max(hits.size(), row.cells.size()), 0);
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            hits[i] += may_be_coordinate(row.cells[i], scale) ? 1U : 0U;
        }
    }
    const std::size_t most = hits.empty() ? 0 : *std::max_element(hits.begin(), hits.end());
    std::vector<std::size_t> columns;
    for (std::size_t i = 0; i < hits.size(); ++i) {
        if (hits[i] > 0 && hits[i] * 10 >= most * 7) {
            columns.push_back(i);
        }
    }
    return columns;
}

/// Degrees look like side lengths and numbers of corners, so metres come first, and degrees are the last two such
/// columns.
std::vector<std::size_t> coordinate_columns(const std::vector<pipeline::TableRow>& rows) {
    auto columns = columns_of_scale(rows, Scale::metres);
    if (columns.size() < 2) {
        columns = columns_of_scale(rows, Scale::degrees);
        columns.erase(columns.begin(), columns.end() - std::min<std::ptrdiff_t>(2, std::ssize(columns)));
    }
    return columns;
}

/// A column of names that repeat names areas; one where each row differs does not.
bool repeats(const std::vector<pipeline::TableRow>& rows, std::size_t column) {
    std::set<std::string> values;
    for (const auto& row : rows) {
        values.insert(cell_of(row, column));
    }
    return values.size() >= 2 && values.size() * 3 <= rows.size();
}

/// Which column of coordinates a heading leaves out.
std::string missing_column(const std::vector<pipeline::TableRow>& rows) {
    for (const auto& row : rows) {
        const bool north = !columns_of_axis(row, north_words).empty();
        const bool east = !columns_of_axis(row, east_words).empty();
        if (north != east) {
            return fmt::format("row {} heads a column {} but there is no column {}; add it", row.number,
                               north ? "X (northing)" : "Y (easting)", north ? "Y (easting)" : "X (northing)");
        }
    }
    return "no two columns of coordinates were found; head them X and Y";
}

TableLayout layout_by_content(const std::vector<pipeline::TableRow>& rows) {
    TableLayout layout;
    const auto columns = coordinate_columns(rows);
    if (columns.size() != 2) {
        layout.problem = columns.size() < 2
                             ? missing_column(rows)
                             : "more than two columns look like coordinates; head the right ones X and Y";
        return layout;
    }
    layout.roles.north = columns[0];
    layout.roles.east = columns[1];
    if (columns[0] > 0) {
        layout.roles.label = columns[0] - 1;
    }
    if (columns[0] > 1 && repeats(rows, 0)) {
        layout.roles.area = 0;
    }
    return layout;
}

}  // namespace

bool is_header_row(const pipeline::TableRow& row) {
    return !columns_of_axis(row, north_words).empty() && !columns_of_axis(row, east_words).empty();
}

std::string cell_of(const pipeline::TableRow& row, std::optional<std::size_t> column) {
    return column && *column < row.cells.size() ? row.cells[*column] : std::string();
}

TableLayout find_layout(const std::vector<pipeline::TableRow>& rows) {
    constexpr std::size_t most_title_rows = 30;
    for (std::size_t i = 0; i < std::min(rows.size(), most_title_rows); ++i) {
        if (is_header_row(rows[i])) {
            return layout_by_header(rows, i);
        }
    }
    return layout_by_content(rows);
}

}  // namespace ranh::corners
