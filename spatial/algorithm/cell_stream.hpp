#pragma once

#include "spatial/algorithm/cell_cut.hpp"
#include "spatial/algorithm/cell_join.hpp"

#include <deque>
#include <span>
#include <vector>

namespace ranh::algorithm {

/// The pairs of a feature that reaches into more than one band, as one band sees them.
struct BandPair {
    std::uint32_t streamed = 0;
    std::uint32_t indexed = 0;
    std::uint32_t bands = 1;    ///< in how many bands the streamed feature's box lies
    bool inside = false;        ///< in this band
    bool boundary = false;      ///< met in this band, or wound around otherwise than once
    bool measured_here = true;  ///< else the pair is measured from the other side, unless it is inside in all bands
    bool odd_winding = false;
    SquareMicrometres area_um2 = 0;
};

/// Whether a pair belongs into the result: `inside` it is wholly, else its boundaries come near each other (or ground
/// is wound around otherwise than once) or not.
[[nodiscard]] bool is_wanted(const CellJoinOptions& options, SquareMicrometres area_um2, bool inside, bool boundary);

/// Streams features past an index and writes down their pairs. One per thread and chunk.
class CellStream {
public:
    /// What to measure. In a layer with itself a pair is measured once, from the side that comes first by its box.
    struct Sides {
        const PolygonsView* streamed = nullptr;
        const PolygonsView* indexed = nullptr;
        bool self = false;
        bool streamed_left = true;
    };
    /// `bands` are the row bounds of all bands, ascending; the index holds the rows of one of them. `options` must
    /// outlive the stream.
    CellStream(const Sides& sides, const CellIndex& index, std::span<const std::int32_t> bands,
               const CellJoinOptions& options);

    void add(std::uint32_t streamed, CellJoinResult::Chunk& chunk, std::vector<BandPair>& band_pairs);

private:
    /// An indexed feature near the streamed one.
    struct Met {
        std::uint32_t indexed = 0;
        bool boundary = false;     ///< its boundary enters the box of the streamed feature
        std::int32_t winding = 0;  ///< where not: its winding number all over that box
        SquareMicrometres area_um2 = 0;
    };
    bool meet_boundary(std::uint32_t streamed, const CellIndex& index, const CellWindow& block);
    void meet_finer(std::uint32_t streamed, const CellIndex& index);
    void meet_entry(std::uint32_t streamed, const CellIndex& index, const CellIndex::Entry& entry, const CellBox& box);
    [[nodiscard]] bool may_meet(std::uint32_t streamed, std::uint32_t indexed) const;
    void meet_covers(std::uint32_t streamed, std::span<const CellIndex::Cover> covers);
    [[nodiscard]] CellBox box_in_cell(const CellLattice& lattice, std::int32_t row, std::int32_t column) const;
    void add_run(std::uint32_t streamed, std::span<const CellIndex::Cover> covers, CellJoinResult::Chunk& chunk);
    void measure(std::uint32_t streamed, const CellWindow& block);
    void add_cut(const CellIndex& index, std::size_t depth);
    void add_cell(const CellIndex& index, const CutCell& cell, std::size_t depth);
    void add_finer(const CellIndex& finer, std::size_t depth);
    void add_entries(const CellIndex& index, const CellIndex::Segment& segment, const CutCell& cell,
                     const CellView& streamed);
    void add_cells(const CellIndex& index, const CellRun& run);
    void gather_row_edges();
    void write_bands(std::uint32_t streamed, std::uint32_t bands, std::vector<BandPair>& band_pairs) const;
    void add_area(std::uint32_t indexed, SquareMicrometres area);
    Met& meet(std::uint32_t indexed);
    void write(std::uint32_t streamed, CellJoinResult::Chunk& chunk) const;
    [[nodiscard]] bool measured_from(std::uint32_t streamed, std::uint32_t indexed) const;
    [[nodiscard]] bool odd(std::uint32_t indexed) const;
    [[nodiscard]] std::uint32_t bands_of(const geom::Box& box) const;
    CellPair pair_of(std::uint32_t streamed, std::uint32_t indexed, SquareMicrometres area, bool inside) const;

    Sides m_sides;
    const CellIndex& m_index;
    std::span<const std::int32_t> m_bands;
    const CellJoinOptions& m_options;
    std::deque<CellCutter> m_cutters{1};  // one for each depth of split cells
    RowEdges m_row_edges;
    std::vector<CellCutter::Edge> m_edges;
    std::vector<Met> m_met;
    std::vector<std::uint32_t> m_place;  // of an indexed feature in m_met, plus 1; 0 when it is not met
    geom::Box m_box;                     // of the streamed feature, grown by the margin
    geom::GeometryView m_feature;        // the streamed feature itself
    std::int32_t m_base_row = 0;         // of the cell of the coarsest lattice that is being measured
    bool m_row_edges_ready = false;
    bool m_cut_needed = false;  // some feature is not simply inside or outside
};

}  // namespace ranh::algorithm
