#pragma once

#include "spatial/algorithm/cell_area.hpp"
#include "spatial/algorithm/cell_lattice.hpp"
#include "spatial/geom/geometry.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace ranh::algorithm {

/// A cell in which a feature has stretches of its boundary.
struct CutCell {
    std::int32_t row = 0;
    std::int32_t column = 0;
    std::int32_t winding = 0;  ///< of the feature just below the upper left corner
    std::uint32_t part_begin = 0;
    std::uint32_t part_end = 0;
    double area_m2 = 0.0;  ///< of the feature in the cell
};

/// Cells [column_begin, column_end) of a row without boundary and with a winding number other than 0.
struct CellRun {
    std::int32_t row = 0;
    std::int32_t column_begin = 0;
    std::int32_t column_end = 0;
    std::int32_t winding = 0;
};

/// Cuts polygons at the lines of a lattice: which cells lie inside, which hold boundary, and the stretches in those.
///
/// Rings may wind either way; shells are taken counter-clockwise and holes clockwise by their signed area. Only cells
/// of the window are kept; what lies to the left of it still counts for the winding numbers.
/// Cost        O(stretches) for a feature whose box has few cells, O(stretches log stretches) for a long thin one.
/// Threads     one cutter per thread; the results live until the next cut.
/// Bad input   a ring that crosses itself keeps its winding numbers; odd_winding() says so where a corner shows it.
class CellCutter {
public:
    void cut(const geom::GeometryView& feature, const CellLattice& lattice, const CellWindow& window);

    /// An edge by itself, walked from `from` to `to`; for sums over many features.
    struct Edge {
        geom::Point from;
        geom::Point to;
    };
    /// The edges of a feature as cut() walks them: shells counter-clockwise, holes clockwise.
    static void append_edges(const geom::GeometryView& feature, std::vector<Edge>& edges);
    void cut_edges(std::span<const Edge> edges, const CellLattice& lattice, const CellWindow& window);

    [[nodiscard]] std::span<const CutCell> cells() const { return m_cells; }  ///< by row, then column
    [[nodiscard]] std::span<const CellRun> runs() const { return m_runs; }    ///< by row, then column
    /// A winding number other than 0 and 1 was met at the corner of a cell.
    [[nodiscard]] bool odd_winding() const { return m_odd_winding; }

    [[nodiscard]] std::span<const CellPart> parts(const CutCell& cell) const {
        return std::span(m_parts).subspan(cell.part_begin, cell.part_end - cell.part_begin);
    }
    [[nodiscard]] CellView view(const CutCell& cell) const { return {cell.winding, cell.area_m2, parts(cell)}; }

private:
    struct Piece {
        CellPart part;
        std::uint64_t place;  // of the cell in the window, row by row; one more column stands for all to the left of it
        std::int32_t turn;    // of a crossing of the top side, else 0
    };
    void start(const CellLattice& lattice, const CellWindow& window, std::size_t edges);
    void finish();
    void add_edge(geom::Point from, geom::Point to, std::int32_t turn);
    void add_rising_edge(geom::Point low, geom::Point high, std::int32_t turn, std::int32_t row_low,
                         std::int32_t row_high);
    void add_stretch(std::int32_t row, geom::Point left, geom::Point right, std::int32_t sign);
    void add_upright(std::int32_t row, double x, double ya, double yb);
    void add_crossing(std::int32_t row, double x, std::int32_t turn);
    void keep(std::int32_t row, std::int32_t column, const CellPart& part, std::int32_t turn);
    void finish_dense();
    void finish_sparse();
    void begin_row(std::int32_t row);
    void end_row();
    void close_cell(std::int32_t column, std::uint32_t part_begin, std::uint32_t part_end, std::int32_t turns);

    CellLattice m_lattice;
    CellWindow m_window;
    std::uint64_t m_stride = 1;
    std::vector<Piece> m_pieces;  // the first m_piece_count are in use
    std::size_t m_piece_count = 0;
    std::vector<CutCell> m_cells;
    std::vector<CellRun> m_runs;
    std::vector<CellPart> m_parts;  // likewise
    bool m_odd_winding = false;
    bool m_dense = false;                // few cells: one counter for each
    std::vector<std::uint32_t> m_ends;   // of the parts of each cell, when dense
    std::vector<std::int32_t> m_turns;   // of the crossings of each cell, when dense
    std::vector<std::uint32_t> m_order;  // of the pieces, when not
    // of the row that is being closed
    std::int32_t m_row = 0;
    std::int32_t m_winding = 0;
    std::int32_t m_run_begin = 0;
};

/// Edges of one feature, gathered by the rows for which they are wanted.
struct RowEdges {
    std::vector<std::int32_t> rows;  ///< wanted, ascending; to be set before fill()
    std::vector<std::size_t> begins;
    std::vector<CellCutter::Edge> edges;

    /// An edge stands in every wanted row that it reaches.
    void fill(std::span<const CellCutter::Edge> all, const CellLattice& lattice);
    /// Precondition: the row is wanted.
    [[nodiscard]] std::span<const CellCutter::Edge> of_row(std::int32_t row) const;
};

}  // namespace ranh::algorithm
