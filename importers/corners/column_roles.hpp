#pragma once

#include "importers/pipeline/source_record.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace ranh::corners {

/// What each column of a corner table holds.
struct ColumnRoles {
    std::optional<std::size_t> north;  ///< headed X, N, Bắc, latitude
    std::optional<std::size_t> east;   ///< headed Y, E, Đông, longitude
    std::optional<std::size_t> label;
    std::optional<std::size_t> area;
    std::optional<std::size_t> part;
    std::optional<std::size_t> commune;
    std::vector<std::size_t> extra;  ///< other headed columns; side lengths and running numbers are not among them
};

/// Where the body of a table begins and what its columns are.
struct TableLayout {
    ColumnRoles roles;
    std::size_t first_body_row = 0;
    std::vector<std::string> header;  ///< one name per column; empty without a header
    std::string problem;              ///< why no coordinate columns were found; empty when they were
};

/// By header words (Vietnamese and English, with units and brackets, also over two rows), else by what the cells hold:
/// the two columns of coordinates, the label before them, the area before that.
[[nodiscard]] TableLayout find_layout(const std::vector<pipeline::TableRow>& rows);

/// Whether this row heads coordinate columns.
[[nodiscard]] bool is_header_row(const pipeline::TableRow& row);

/// The cell, or nothing when the row is shorter.
[[nodiscard]] std::string cell_of(const pipeline::TableRow& row, std::optional<std::size_t> column);

}  // namespace ranh::corners
