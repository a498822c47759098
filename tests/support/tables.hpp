#pragma once

#include "spatial/codec/json.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ranh::test {

/// A table as text, header first; written apart from the readers of the product, which it checks.
struct CsvTable {
    std::vector<std::string> header;
    std::vector<std::map<std::string, std::string>> rows;
    /// The first row whose `column` holds `value`; Failure not_found otherwise.
    [[nodiscard]] const std::map<std::string, std::string>& row(std::string_view column, std::string_view value) const;
};

/// RFC 4180; a byte order mark at the start is dropped.
[[nodiscard]] CsvTable parse_csv(std::string_view text);
[[nodiscard]] CsvTable read_csv(const std::string& file);
/// A cell that must be a number.
[[nodiscard]] double number_in(const std::map<std::string, std::string>& row, const std::string& column);

/// JSON that must be well formed.
[[nodiscard]] codec::Json json_of(std::string_view text);
/// Members that must be there and of that kind; Failure names the path otherwise.
[[nodiscard]] const codec::Json& member(const codec::Json& json, std::string_view name);
[[nodiscard]] codec::Json member(codec::Json&& json, std::string_view name);
[[nodiscard]] std::string text_of(const codec::Json& json, std::string_view name);
[[nodiscard]] double number_of(const codec::Json& json, std::string_view name);
[[nodiscard]] const codec::JsonArray& array_of(const codec::Json& json, std::string_view name);
[[nodiscard]] codec::JsonArray array_of(codec::Json&& json, std::string_view name);
/// The elements of JSON that is an array as a whole.
[[nodiscard]] codec::JsonArray rows_of(const codec::Json& json);
/// All strings of an array, one a line: for HasSubstr.
[[nodiscard]] std::string lines_of(const codec::Json& json, std::string_view name);

}  // namespace ranh::test
