#pragma once

#include "importers/pipeline/source_record.hpp"

#include <filesystem>
#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace ranh::pipeline {

/// What stands between the cells of a text table; `spaces` is any run of blanks.
enum class Delimiter : char { tab = '\t', semicolon = ';', bar = '|', comma = ',', spaces = ' ' };

/// The delimiter that gives the most rows the same number of cells (at least two); tab, ; and | go before the comma,
/// which is often a decimal mark. A comma that would leave cells like "51 500000" (two numbers) is none: then blanks
/// part the cells. comma when nothing fits.
[[nodiscard]] Delimiter find_delimiter(std::string_view sample);

/// Rows of delimited text as they stand: RFC 4180 quotes (also around line ends), delimiter found from the first 64
/// KiB, byte order mark dropped, UTF-16 with a byte order mark recoded to UTF-8. Cells are verbatim but for blanks
/// around them; numbers stay text. The row number is that of the line a row starts on.
///
/// Cost     one row in memory.
/// Errors   corrupt_input naming the line for a quote that is never closed or a cell beyond 1 MiB.
[[nodiscard]] std::unique_ptr<TableReader> read_delimited(std::unique_ptr<std::istream> input, std::string name);
/// The same for a file; io when it cannot be opened.
[[nodiscard]] std::unique_ptr<TableReader> open_delimited(const std::filesystem::path& file);

}  // namespace ranh::pipeline
