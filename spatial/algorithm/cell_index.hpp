#pragma once

#include "spatial/algorithm/cell_area.hpp"
#include "spatial/algorithm/cell_lattice.hpp"
#include "spatial/algorithm/polygons_view.hpp"
#include "spatial/base/progress.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace ranh::algorithm {

namespace detail {
class CellIndexAssembly;
}

/// Cells of the polygons of one layer, or of some of them, inside a window of a lattice.
///
/// Each row of cells is a list of segments from left to right. A segment is either one cell that holds boundary of at
/// least one feature, or a run of cells without any; it knows which features cover it wholly. So the size follows the
/// length of the boundaries, not the ground they enclose.
///
/// A cell with more than 64 stretches of the layer is split into 2^k by 2^k finer cells, decided by its own content
/// alone, and again where that is not enough, as long as the finer cells leave less than half of its pairs of stretches
/// (boundaries on one line no cell can part); its entries stay, for those who need only areas.
///
/// Cost        built in O(stretches log) on all threads; locate() in O(1) on average; about 60 bytes per edge.
/// Guarantees  the same bytes for any number of threads.
/// Threads     const after construction; any number of readers.
/// Errors      Failure: cancelled.
class CellIndex {
public:
    /// A feature that covers every cell of a segment, with its winding number (1 for a valid polygon).
    struct Cover {
        std::uint32_t feature = 0;
        std::int32_t winding = 0;
        friend bool operator==(const Cover&, const Cover&) = default;
    };
    /// A feature with boundary in a cell.
    struct Entry {
        std::uint32_t feature = 0;
        std::int32_t winding = 0;  ///< just below the upper left corner
        double area_m2 = 0.0;      ///< of the feature in the cell
        std::uint32_t task = 0;    ///< which list of blocks holds the stretches
        std::uint32_t block_begin = 0;
        std::uint32_t block_count = 0;
        std::uint32_t part_count = 0;
    };
    /// Cells from `column` up to the column of the next segment; one cell wide when it has entries.
    struct Segment {
        std::int32_t column = 0;
        std::uint32_t cover_count = 0;
        std::uint64_t cover_begin = 0;
        std::uint64_t entry_begin = 0;
        std::uint32_t entry_count = 0;
        std::uint32_t finer = 0;  ///< number of the finer index of the cell, plus 1; 0 when it is not split
    };

    CellIndex() = default;
    /// `features` lists the features to index, ascending; every one when it is empty and `all` is said.
    enum class Features { all, listed };
    CellIndex(const PolygonsView& layer, Features which, std::span<const std::uint32_t> features,
              const CellLattice& lattice, const CellWindow& window, unsigned threads,
              const CancelToken* cancel = nullptr);

    [[nodiscard]] const CellLattice& lattice() const { return m_lattice; }
    /// Outside of it the index knows nothing.
    [[nodiscard]] const CellWindow& window() const { return m_window; }
    /// The segment that holds a cell of the window; the segments of a row follow each other in memory, and the last one
    /// is followed by one that starts beyond every column.
    [[nodiscard]] const Segment* locate(std::int32_t row, std::int32_t column) const {
        const auto line = static_cast<std::size_t>(row - m_window.row_begin) * m_strides;
        const auto stride = static_cast<std::size_t>(column - m_window.column_begin) >> m_stride_shift;
        const Segment* segment = m_segments.data() + m_directory[line + stride];
        while (segment[1].column <= column) {
            ++segment;
        }
        return segment;
    }
    [[nodiscard]] std::span<const Cover> covers(const Segment& s) const {
        return std::span(m_covers).subspan(s.cover_begin, s.cover_count);
    }
    [[nodiscard]] std::span<const Entry> entries(const Segment& s) const {
        return std::span(m_entries).subspan(s.entry_begin, s.entry_count);
    }
    [[nodiscard]] CellBlockView view(const Entry& entry) const {
        return {entry.winding, entry.area_m2,
                std::span(m_blocks[entry.task]).subspan(entry.block_begin, entry.block_count)};
    }
    /// The finer cells of a segment with `finer`; they hold the features that have entries in it, not its covers.
    [[nodiscard]] const CellIndex& finer(const Segment& s) const { return m_finer[s.finer - 1]; }
    /// Features with a winding number other than 0 and 1 at the corner of some cell, ascending.
    [[nodiscard]] std::span<const std::uint32_t> odd_features() const { return m_odd_features; }
    [[nodiscard]] std::size_t byte_count() const;

private:
    friend class CellIndexBuilder;
    friend class detail::CellIndexAssembly;
    CellLattice m_lattice;
    CellWindow m_window;
    std::size_t m_strides = 0;  // strides of 2^m_stride_shift columns in a row
    int m_stride_shift = 0;
    std::vector<std::uint32_t> m_directory;  // first segment of each stride
    std::vector<Segment> m_segments;
    std::vector<Entry> m_entries;
    std::vector<Cover> m_covers;
    std::vector<std::vector<CellPartBlock>> m_blocks;  // one list for each task of the building, never moved
    std::vector<std::uint32_t> m_odd_features;
    std::vector<CellIndex> m_finer;
};

}  // namespace ranh::algorithm
