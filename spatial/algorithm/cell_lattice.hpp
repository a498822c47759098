#pragma once

#include "spatial/geom/geometry.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace ranh::algorithm {

/// A half-open block of cells: rows [row_begin, row_end), columns [column_begin, column_end).
struct CellWindow {
    std::int32_t row_begin = 0;
    std::int32_t row_end = 0;
    std::int32_t column_begin = 0;
    std::int32_t column_end = 0;

    [[nodiscard]] bool empty() const { return row_begin >= row_end || column_begin >= column_end; }
    [[nodiscard]] std::int64_t rows() const { return std::int64_t{row_end} - row_begin; }
    [[nodiscard]] std::int64_t columns() const { return std::int64_t{column_end} - column_begin; }
    friend bool operator==(const CellWindow&, const CellWindow&) = default;
};

[[nodiscard]] inline CellWindow common_window(const CellWindow& a, const CellWindow& b) {
    return {std::max(a.row_begin, b.row_begin), std::min(a.row_end, b.row_end),
            std::max(a.column_begin, b.column_begin), std::min(a.column_end, b.column_end)};
}

/// The square lattice of side 2^level metres whose cell (0, 0) has its lower left corner in the centre of the working
/// plane, coordinate (0, 0). All lattices share this origin, so each cell of one is a whole number of cells of every
/// finer one.
///
/// A cell holds the points with min_x <= x < min_x + side, likewise in y: what lies on a line belongs to the cell to
/// the right of it or above it.
/// Guarantees  sides and corners are exact numbers, so every thread, tile and machine draws the same lines.
/// Bad input   precondition: |coordinate| < 2^30 sides.
class CellLattice {
public:
    static constexpr int least_level = -6;     ///< 1/64 m
    static constexpr int greatest_level = 14;  ///< 16,384 m

    constexpr explicit CellLattice(int level = 6) : m_level(level), m_side(power(level)), m_inverse(power(-level)) {}

    [[nodiscard]] constexpr int level() const { return m_level; }
    [[nodiscard]] constexpr double side() const { return m_side; }
    [[nodiscard]] std::int32_t index_of(double coordinate) const {
        const double scaled = coordinate * m_inverse;  // exact: a power of two
        const auto towards_zero = static_cast<std::int32_t>(scaled);
        return towards_zero - (scaled < static_cast<double>(towards_zero) ? 1 : 0);
    }
    /// Left side of a column, lower side of a row.
    [[nodiscard]] constexpr double line(std::int32_t index) const { return static_cast<double>(index) * m_side; }
    [[nodiscard]] CellWindow window_of(const geom::Box& box) const {
        return {index_of(box.min.y), index_of(box.max.y) + 1, index_of(box.min.x), index_of(box.max.x) + 1};
    }
    friend constexpr bool operator==(const CellLattice& a, const CellLattice& b) { return a.m_level == b.m_level; }

private:
    static constexpr double power(int level) {
        double value = 1.0;
        for (int i = 0; i < level; ++i) {
            value *= 2.0;
        }
        for (int i = 0; i > level; --i) {
            value *= 0.5;
        }
        return value;
    }
    int m_level;
    double m_side;
    double m_inverse;
};

/// The lattice that suits a layer: the side nearest (by ratio) to 1.5 times the side of its median feature, that is of
/// a square of the median area. It is recorded with the layer version, so that an edit never moves a cell. The cells of
/// a pair of layers are the finer of both.
[[nodiscard]] inline CellLattice lattice_for(double median_area_m2) {
    const double wanted = 1.5 * std::sqrt(std::max(median_area_m2, 0.0));
    if (!(wanted > 0.0)) {
        return CellLattice(CellLattice::least_level);
    }
    const double level = std::round(std::log2(wanted));
    return CellLattice(
        static_cast<int>(std::clamp(level, double{CellLattice::least_level}, double{CellLattice::greatest_level})));
}
[[nodiscard]] inline CellLattice finer_of(const CellLattice& a, const CellLattice& b) {
    return a.level() < b.level() ? a : b;
}

/// The lattice itself, or the finest coarser one in which the window that `window_in` gives has at most 2^18 rows and
/// columns: an index keeps something for each row, however few features there are. Dense cells are split by their own
/// content in any case.
template <typename WindowIn>
[[nodiscard]] CellLattice coarse_enough(CellLattice lattice, WindowIn&& window_in) {
    constexpr std::int64_t most = std::int64_t{1} << 18;
    while (lattice.level() < CellLattice::greatest_level) {
        const CellWindow window = window_in(lattice);
        if (window.empty() || (window.rows() <= most && window.columns() <= most)) {
            break;
        }
        lattice = CellLattice(lattice.level() + 1);
    }
    return lattice;
}

/// Where the edge from `low` to `high` meets the height y: the one function by which every cell, thread and tile
/// decides on which side of a corner an edge passes.
///
/// Preconditions  low.y <= y <= high.y, low.y < high.y. The end points are named by height, not by the order in which
///                the ring visits them, so both features that share an edge get the same bits.
/// Guarantees     within the x-range of the edge.
[[nodiscard]] inline double crossing_x(geom::Point low, geom::Point high, double y) {
    const double x = low.x + (y - low.y) * ((high.x - low.x) / (high.y - low.y));
    return std::min(std::max(std::min(low.x, high.x), x), std::max(low.x, high.x));
}

}  // namespace ranh::algorithm
