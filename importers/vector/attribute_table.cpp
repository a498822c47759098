#include "importers/pipeline/decoded_table.hpp"
#include "importers/pipeline/number_style.hpp"
#include "importers/pipeline/text_check.hpp"
#include "importers/vector/vector_reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace ranh::vector {

namespace {

using Cells = std::vector<std::string>;

/// "01234" and "+84…" are codes, not numbers.
bool is_code(const std::string& cell) {
    return (cell.size() > 1 && cell[0] == '0' && cell[1] != '.' && cell[1] != ',') || cell.starts_with('+');
}

struct TypedColumn {
    model::FieldType type = model::FieldType::text;
    std::vector<model::Value> values;
};

TypedColumn text_column(const Cells& cells) {
    TypedColumn column;
    for (const auto& cell : cells) {
        column.values.push_back(cell.empty() ? model::Value() : model::Value(cell));
    }
    return column;
}

/// A column is of numbers when all its filled cells read in one way only; anything in doubt stays text.
TypedColumn typed_column(const Cells& cells) {
    const auto readings = pipeline::column_readings(cells);
    if (readings.size() != 1 || readings.front().unreadable > 0 || std::any_of(cells.begin(), cells.end(), is_code)) {
        return text_column(cells);
    }
    const auto& numbers = readings.front().values;
    const bool whole = std::none_of(cells.begin(), cells.end(), [](const std::string& cell) {
        return cell.size() > 18 || cell.find_first_of(".,eE") != std::string::npos;
    });
    TypedColumn column{whole ? model::FieldType::integer : model::FieldType::real, {}};
    for (const auto& number : numbers) {
        if (!number) {
            column.values.emplace_back();
        } else {
            column.values.push_back(whole ? model::Value(static_cast<std::int64_t>(*number)) : model::Value(*number));
        }
    }
    return column;
}

Cells header_with(pipeline::TableReader& table, const std::string& key) {
    Cells first;
    while (const auto row = table.next()) {
        if (std::find(row->cells.begin(), row->cells.end(), key) != row->cells.end()) {
            return row->cells;
        }
        first = first.empty() ? row->cells : first;
    }
    throw Failure(
        ErrorKind::conflict,
        fmt::format("the table has no column '{}' (--key); its first row is: {}", key, fmt::join(first, ", ")),
        table.name());
}

/// The cells below the header, column by column.
std::vector<Cells> columns_below(pipeline::TableReader& table, std::size_t width) {
    std::vector<Cells> columns(width);
    while (const auto row = table.next()) {
        for (std::size_t i = width; i < row->cells.size(); ++i) {
            if (!row->cells[i].empty()) {
                throw Failure(ErrorKind::corrupt_input,
                              fmt::format("the row has {} cells under {} headings; quote cells that hold the delimiter",
                                          row->cells.size(), width),
                              fmt::format("{}, row {}", table.name(), row->number));
            }
        }
        for (std::size_t i = 0; i < width; ++i) {
            const std::string cell = i < row->cells.size() ? row->cells[i] : std::string();
            auto composed = pipeline::composed_text(cell);
            if (!composed) {
                throw Failure(composed.error().kind, composed.error().sentence,
                              fmt::format("{}, row {}", table.name(), row->number));
            }
            columns[i].push_back(std::move(composed).value());
        }
    }
    return columns;
}

}  // namespace

pipeline::AttributeTable read_attributes(const std::filesystem::path& file, const std::string& key,
                                         std::optional<text::Encoding> encoding) {
    const auto reader = pipeline::decode_table(open_table(file), encoding);
    const Cells header = header_with(*reader, key);
    const auto columns = columns_below(*reader, header.size());
    const auto key_column = static_cast<std::size_t>(std::find(header.begin(), header.end(), key) - header.begin());
    const auto source = pipeline::describe_file(file);
    pipeline::AttributeTable table{source.file_name, source.sha256, key, {}, {}, reader->notes()};
    std::vector<TypedColumn> typed;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (i != key_column && !header[i].empty()) {
            typed.push_back(typed_column(columns[i]));
            table.schema.fields.push_back({header[i], typed.back().type, model::Privacy::open});
        }
    }
    for (std::size_t row = 0; row < columns[key_column].size(); ++row) {
        std::vector<model::Value> values;
        values.reserve(typed.size());
        for (const auto& column : typed) {
            values.push_back(column.values[row]);
        }
        const std::string& name = columns[key_column][row];
        if (!name.empty() && !table.rows.emplace(name, std::move(values)).second) {
            throw Failure(ErrorKind::conflict,
                          fmt::format("the key '{}' stands in two rows; give each record one row", name),
                          table.file_name);
        }
    }
    return table;
}

}  // namespace ranh::vector
