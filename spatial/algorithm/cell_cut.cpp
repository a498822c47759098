// An edge is followed from its lower end to its higher one. Where it meets the line between two rows, crossing_x()
// gives the place: the crossing counts for the cell below the line, in the column that holds the place, and both
// stretches of the edge begin or end there. Each place is computed from the end points of the edge in the frame of the
// lattice and only then moved to the corner of the cell, so whoever cuts the edge sees it pass a corner on the same
// side.
#include "spatial/algorithm/cell_cut.hpp"

#include "spatial/algorithm/area.hpp"

#include <algorithm>
#include <numeric>

namespace ranh::algorithm {
namespace {

using geom::Point;

/// Narrower stretches weigh nothing, and their slope would not be a number.
constexpr double least_width_m = 1e-100;

/// Calls visit(from, to, turn) for each edge; `turn` is -1 when the ring has to be walked backwards.
template <typename Visit>
void for_each_edge(const geom::GeometryView& feature, Visit&& visit) {
    for (std::size_t part = 0; part < feature.part_count(); ++part) {
        const auto [first, end] = feature.part(part);
        for (std::size_t path = first; path < end; ++path) {
            const std::span<const Point> ring = feature.path(path);
            if (ring.size() < 3) {
                continue;
            }
            const std::int32_t turn = is_counter_clockwise(ring) == (path == first) ? 1 : -1;
            for (std::size_t i = 1; i < ring.size(); ++i) {
                visit(ring[i - 1], ring[i], turn);
            }
            visit(ring.back(), ring.front(), turn);
        }
    }
}

}  // namespace

void CellCutter::start(const CellLattice& lattice, const CellWindow& window, std::size_t edges) {
    m_lattice = lattice;
    m_window = window;
    m_stride = static_cast<std::uint64_t>(window.columns()) + 1;
    m_piece_count = 0;
    m_cells.clear();
    m_runs.clear();
    m_odd_winding = false;
    const std::uint64_t places = m_stride * static_cast<std::uint64_t>(window.rows());
    m_dense = places <= 64 + 8 * static_cast<std::uint64_t>(edges);
    if (m_dense) {
        m_ends.assign(places, 0);
        m_turns.assign(places, 0);
    }
}

void CellCutter::cut(const geom::GeometryView& feature, const CellLattice& lattice, const CellWindow& window) {
    start(lattice, window, feature.points.size());
    for_each_edge(feature, [this](Point from, Point to, std::int32_t turn) { add_edge(from, to, turn); });
    finish();
}

void CellCutter::append_edges(const geom::GeometryView& feature, std::vector<Edge>& edges) {
    for_each_edge(feature, [&](Point from, Point to, std::int32_t turn) {
        edges.push_back(turn > 0 ? Edge{from, to} : Edge{to, from});
    });
}

void CellCutter::cut_edges(std::span<const Edge> edges, const CellLattice& lattice, const CellWindow& window) {
    start(lattice, window, edges.size());
    for (const Edge& edge : edges) {
        add_edge(edge.from, edge.to, 1);
    }
    finish();
}

/// `turn` is -1 when the ring has to be walked backwards.
void CellCutter::add_edge(Point from, Point to, std::int32_t turn) {
    const std::int32_t row_from = m_lattice.index_of(from.y);
    const std::int32_t row_to = m_lattice.index_of(to.y);
    if (row_from == row_to) {
        if (from.x < to.x) {
            add_stretch(row_from, from, to, -turn);
        } else {
            add_stretch(row_from, to, from, turn);
        }
    } else if (row_from < row_to) {
        add_rising_edge(from, to, -turn, row_from, row_to);
    } else {
        add_rising_edge(to, from, turn, row_to, row_from);
    }
}

/// `turn` is the turn of its crossings: -1 when it is walked upwards.
void CellCutter::add_rising_edge(Point low, Point high, std::int32_t turn, std::int32_t row_low,
                                 std::int32_t row_high) {
    if (row_high < m_window.row_begin || row_low >= m_window.row_end) {
        return;
    }
    const bool to_the_right = low.x < high.x;
    const std::int32_t sign = to_the_right ? turn : -turn;  // of a stretch named from left to right
    std::int32_t row = row_low;
    Point begin = low;
    if (row_low < m_window.row_begin) {
        row = m_window.row_begin;
        begin = {crossing_x(low, high, m_lattice.line(row)), m_lattice.line(row)};
    }
    const std::int32_t last = std::min(row_high, m_window.row_end - 1);
    for (; row <= last; ++row) {
        Point end = high;
        if (row < row_high) {
            const double top = m_lattice.line(row + 1);
            end = {crossing_x(low, high, top), top};
            add_crossing(row, end.x, turn);
        }
        if (to_the_right) {
            add_stretch(row, begin, end, sign);
        } else {
            add_stretch(row, end, begin, sign);
        }
        begin = end;
    }
}

void CellCutter::add_crossing(std::int32_t row, double x, std::int32_t turn) {
    const std::int32_t column = m_lattice.index_of(x);
    if (column >= m_window.column_end) {
        return;
    }
    const double side = m_lattice.side();
    const CellPart part{x - m_lattice.line(column), side, side, 0.0, static_cast<double>(turn)};
    keep(row, std::max(column, m_window.column_begin - 1), part, turn);
}

/// A stretch within one row, left end first; cut at the lines between columns.
void CellCutter::add_stretch(std::int32_t row, Point left, Point right, std::int32_t sign) {
    if (row < m_window.row_begin || row >= m_window.row_end) {
        return;
    }
    const double side = m_lattice.side();
    const double bottom = m_lattice.line(row);
    const double y0 = left.y - bottom;
    if (!(right.x - left.x > least_width_m)) {
        add_upright(row, left.x, y0, right.y - bottom);
        return;
    }
    const double slope = (right.y - left.y) / (right.x - left.x);
    const auto weight = static_cast<double>(sign);
    const std::int32_t first = m_lattice.index_of(left.x);
    const std::int32_t last = m_lattice.index_of(right.x);
    if (first == last) {
        const double x = m_lattice.line(first);
        if (first >= m_window.column_begin && first < m_window.column_end) {
            keep(row, first, {left.x - x, right.x - x, y0, slope, weight}, 0);
        }
        return;
    }
    const std::int32_t end = std::min(last, m_window.column_end - 1);
    for (std::int32_t column = std::max(first, m_window.column_begin); column <= end; ++column) {
        const double x = m_lattice.line(column);
        const double x0 = column == first ? left.x - x : 0.0;
        const double x1 = column == last ? right.x - x : side;
        const double height = column == first ? y0 : y0 + (x - left.x) * slope;
        if (x1 - x0 > least_width_m) {
            keep(row, column, {x0, x1, std::min(std::max(height, 0.0), side), slope, weight}, 0);
        }
    }
}

void CellCutter::add_upright(std::int32_t row, double x, double ya, double yb) {
    const std::int32_t column = m_lattice.index_of(x);
    if (ya != yb && column >= m_window.column_begin && column < m_window.column_end) {
        const double local = x - m_lattice.line(column);
        keep(row, column, {local, local, std::min(ya, yb), std::max(ya, yb), 0.0}, 0);
    }
}

void CellCutter::keep(std::int32_t row, std::int32_t column, const CellPart& part, std::int32_t turn) {
    const auto down = static_cast<std::uint64_t>(row - m_window.row_begin);
    const auto along = static_cast<std::uint64_t>(column - m_window.column_begin + 1);
    const std::uint64_t place = down * m_stride + along;
    if (m_piece_count == m_pieces.size()) {
        m_pieces.resize(2 * m_pieces.size() + 64);
    }
    m_pieces[m_piece_count++] = {part, place, turn};
    if (m_dense) {
        ++m_ends[place];
        m_turns[place] += turn;
    }
}

void CellCutter::finish() {
    if (m_piece_count == 0) {
        return;
    }
    if (m_parts.size() < m_piece_count) {
        m_parts.resize(m_pieces.size());
    }
    if (m_dense) {
        finish_dense();
    } else {
        finish_sparse();
    }
}

/// A sort by counting: the parts of a cell end where m_ends says, in the order in which the ring visits them.
void CellCutter::finish_dense() {
    std::uint32_t begin = 0;
    for (std::uint32_t& end : m_ends) {
        const std::uint32_t count = end;
        end = begin;
        begin += count;
    }
    for (const Piece& piece : std::span(m_pieces).first(m_piece_count)) {
        m_parts[m_ends[piece.place]++] = piece.part;
    }
    std::size_t place = 0;
    std::uint32_t part_begin = 0;
    for (std::int32_t row = m_window.row_begin; row < m_window.row_end; ++row) {
        begin_row(row);
        for (std::uint64_t along = 0; along < m_stride; ++along, ++place) {
            if (m_ends[place] != part_begin) {
                const auto column =
                    static_cast<std::int32_t>(m_window.column_begin + static_cast<std::int64_t>(along) - 1);
                const std::uint32_t part_end = m_ends[place];
                close_cell(column, part_begin, part_end, m_turns[place]);
                part_begin = part_end;
            }
        }
        end_row();
    }
}

void CellCutter::finish_sparse() {
    m_order.resize(m_piece_count);
    std::iota(m_order.begin(), m_order.end(), 0U);
    std::sort(m_order.begin(), m_order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return m_pieces[a].place != m_pieces[b].place ? m_pieces[a].place < m_pieces[b].place : a < b;
    });
    std::uint32_t i = 0;
    const auto count = static_cast<std::uint32_t>(m_order.size());
    while (i < count) {
        const std::uint64_t down = m_pieces[m_order[i]].place / m_stride;
        begin_row(static_cast<std::int32_t>(m_window.row_begin + static_cast<std::int64_t>(down)));
        while (i < count && m_pieces[m_order[i]].place < (down + 1) * m_stride) {
            const std::uint64_t place = m_pieces[m_order[i]].place;
            const std::uint32_t part_begin = i;
            std::int32_t turns = 0;
            for (; i < count && m_pieces[m_order[i]].place == place; ++i) {
                m_parts[i] = m_pieces[m_order[i]].part;
                turns += m_pieces[m_order[i]].turn;
            }
            const auto along = static_cast<std::int64_t>(place - down * m_stride);
            close_cell(static_cast<std::int32_t>(m_window.column_begin + along - 1), part_begin, i, turns);
        }
        end_row();
    }
}

/// A row is walked from left to right with the winding number just below its upper side.
void CellCutter::begin_row(std::int32_t row) {
    m_row = row;
    m_winding = 0;
    m_run_begin = m_window.column_begin;
}

void CellCutter::close_cell(std::int32_t column, std::uint32_t part_begin, std::uint32_t part_end, std::int32_t turns) {
    if (column >= m_window.column_begin) {
        if (m_winding != 0 && m_run_begin < column) {
            m_runs.push_back({m_row, m_run_begin, column, m_winding});
        }
        const double area =
            area_in_cell(m_winding, std::span(m_parts).subspan(part_begin, part_end - part_begin), m_lattice.side());
        m_cells.push_back({m_row, column, m_winding, part_begin, part_end, area});
        m_run_begin = column + 1;
    }
    m_winding += turns;
    m_odd_winding = m_odd_winding || m_winding < 0 || m_winding > 1;
}

void CellCutter::end_row() {
    if (m_winding != 0 && m_run_begin < m_window.column_end) {
        m_runs.push_back({m_row, m_run_begin, m_window.column_end, m_winding});
    }
}

void RowEdges::fill(std::span<const CellCutter::Edge> all, const CellLattice& lattice) {
    const auto for_each_place = [&](auto&& visit) {
        for (const CellCutter::Edge& edge : all) {
            const std::int32_t low = lattice.index_of(std::min(edge.from.y, edge.to.y));
            const std::int32_t high = lattice.index_of(std::max(edge.from.y, edge.to.y));
            for (auto row = std::ranges::lower_bound(rows, low); row != rows.end() && *row <= high; ++row) {
                visit(edge, static_cast<std::size_t>(row - rows.begin()));
            }
        }
    };
    begins.assign(rows.size() + 1, 0);
    for_each_place([&](const CellCutter::Edge&, std::size_t row) { ++begins[row + 1]; });
    std::partial_sum(begins.begin(), begins.end(), begins.begin());
    edges.resize(begins.back());
    std::vector<std::size_t> places(begins.begin(), begins.end() - 1);
    for_each_place([&](const CellCutter::Edge& edge, std::size_t row) { edges[places[row]++] = edge; });
}

std::span<const CellCutter::Edge> RowEdges::of_row(std::int32_t row) const {
    const auto i = static_cast<std::size_t>(std::ranges::lower_bound(rows, row) - rows.begin());
    return std::span(edges).subspan(begins[i], begins[i + 1] - begins[i]);
}

}  // namespace ranh::algorithm
