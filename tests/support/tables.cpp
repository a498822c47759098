#include "tests/support/tables.hpp"

#include "spatial/base/error.hpp"
#include "tests/support/program.hpp"

#include <cstdlib>
#include <string>
#include <utility>

namespace ranh::test {
namespace {

/// Cells of all lines.
std::vector<std::vector<std::string>> cells_of(std::string_view text) {
    std::vector<std::vector<std::string>> lines(1, std::vector<std::string>(1));
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        std::string& cell = lines.back().back();
        if (quoted) {
            if (c != '"') {
                cell += c;
            } else if (i + 1 < text.size() && text[i + 1] == '"') {
                cell += text[++i];
            } else {
                quoted = false;
            }
        } else if (c == '"') {
            quoted = true;
        } else if (c == ',') {
            lines.back().emplace_back();
        } else if (c == '\n') {
            lines.emplace_back(1);
        } else if (c != '\r') {
            cell += c;
        }
    }
    if (lines.back().size() == 1 && lines.back().front().empty()) {
        lines.pop_back();
    }
    return lines;
}

Failure missing(std::string_view name, const codec::Json& json) {
    return {ErrorKind::not_found,
            "no '" + std::string(name) + "' as expected in " + codec::to_text(json).substr(0, 300)};
}

}  // namespace

const std::map<std::string, std::string>& CsvTable::row(std::string_view column, std::string_view value) const {
    for (const auto& candidate : rows) {
        const auto cell = candidate.find(std::string(column));
        if (cell != candidate.end() && cell->second == value) {
            return candidate;
        }
    }
    throw Failure(ErrorKind::not_found, "no row with " + std::string(column) + " = " + std::string(value));
}

CsvTable parse_csv(std::string_view text) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.starts_with(byte_order_mark)) {
        text.remove_prefix(byte_order_mark.size());
    }
    const auto lines = cells_of(text);
    CsvTable table;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i == 0) {
            table.header = lines[0];
            continue;
        }
        if (lines[i].size() != table.header.size()) {
            throw Failure(ErrorKind::corrupt_input, "line " + std::to_string(i + 1) + " has " +
                                                        std::to_string(lines[i].size()) + " cells, the header " +
                                                        std::to_string(table.header.size()));
        }
        auto& row = table.rows.emplace_back();
        for (std::size_t k = 0; k < lines[i].size(); ++k) {
            row[table.header[k]] = lines[i][k];
        }
    }
    return table;
}

CsvTable read_csv(const std::string& file) { return parse_csv(read_file(file)); }

double number_in(const std::map<std::string, std::string>& row, const std::string& column) {
    const auto cell = row.find(column);
    if (cell == row.end() || cell->second.empty()) {
        throw Failure(ErrorKind::not_found, "no number in column " + column);
    }
    char* end = nullptr;
    const double number = std::strtod(cell->second.c_str(), &end);
    if (*end != '\0') {
        throw Failure(ErrorKind::corrupt_input, "column " + column + " holds '" + cell->second + "', no number");
    }
    return number;
}

codec::Json json_of(std::string_view text) { return codec::parse_json(text).value(); }

const codec::Json& member(const codec::Json& json, std::string_view name) {
    const codec::Json* found = json.find(name);
    if (found == nullptr) {
        throw missing(name, json);
    }
    return *found;
}

codec::Json member(codec::Json&& json, std::string_view name) { return member(std::as_const(json), name); }

std::string text_of(const codec::Json& json, std::string_view name) {
    const auto text = member(json, name).string();
    if (!text) {
        throw missing(name, json);
    }
    return std::string(*text);
}

double number_of(const codec::Json& json, std::string_view name) {
    const auto number = member(json, name).number();
    if (!number) {
        throw missing(name, json);
    }
    return *number;
}

const codec::JsonArray& array_of(const codec::Json& json, std::string_view name) {
    const codec::JsonArray* array = member(json, name).array();
    if (array == nullptr) {
        throw missing(name, json);
    }
    return *array;
}

codec::JsonArray array_of(codec::Json&& json, std::string_view name) { return array_of(std::as_const(json), name); }

codec::JsonArray rows_of(const codec::Json& json) {
    if (json.array() == nullptr) {
        throw Failure(ErrorKind::not_found, "no array: " + codec::to_text(json).substr(0, 300));
    }
    return *json.array();
}

std::string lines_of(const codec::Json& json, std::string_view name) {
    std::string lines;
    for (const codec::Json& element : array_of(json, name)) {
        lines += std::string(element.string().value_or("")) + "\n";
    }
    return lines;
}

}  // namespace ranh::test
