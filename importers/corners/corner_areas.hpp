#pragma once

#include "importers/corners/column_roles.hpp"
#include "spatial/geom/geometry.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ranh::corners {

/// One row of the table: x = the column headed Y, y = the column headed X (degrees: x = longitude), as printed.
struct Corner {
    std::int64_t row = 0;
    std::string label;
    std::optional<geom::Point> point;
    std::string text;  ///< the cells, for messages and quarantine
};

/// A boundary ring as printed: not closed, in the order of the rows.
struct Ring {
    std::vector<Corner> corners;
    std::string problem;  ///< why it must be rejected; empty when it need not be
    bool repaired = false;
    [[nodiscard]] std::vector<geom::Point> points() const;
    /// "TT.22-TT.27", or "rows 22-27" without labels.
    [[nodiscard]] std::string name() const;
};

struct Area {
    std::string id;
    std::string commune;
    std::vector<std::string> extras;  ///< one per extra column, the first value that is not empty
    std::vector<Ring> rings;
};

struct CornerAreas {
    std::vector<Area> areas;
    std::vector<std::size_t> extra_columns;  ///< of those in the layout, the ones with one value per area
    std::vector<std::string> notes;
};

/// Sorts the rows of a table into areas and rings. Failure invalid_argument or corrupt_input naming column, row and
/// remedy when the numbers cannot be read at all.
///
/// Areas  by the area column (an empty cell continues the area above), else by one-cell heading rows, else one area
/// `fallback_id`. Rings  by the part column; else a new ring begins after a row that repeats the first point of the
/// ring, where labels start again
///        (at 1, or with the first label of the ring), and, without labels, after an empty line.
/// Rows   Repeated headers, rows of column numbers and footers (tổng, diện tích, ghi chú, …) are skipped with a note.
/// Any other row that
///        is no corner spoils its ring, for a missing corner changes the polygon.
[[nodiscard]] CornerAreas sort_corners(const std::vector<pipeline::TableRow>& rows, const TableLayout& layout,
                                       const std::string& fallback_id);

}  // namespace ranh::corners
