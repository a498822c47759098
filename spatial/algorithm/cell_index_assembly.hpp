#pragma once

#include "spatial/algorithm/cell_cut.hpp"
#include "spatial/algorithm/cell_index.hpp"

#include <cstddef>
#include <vector>

namespace ranh::algorithm::detail {

struct CutEntry {
    std::int32_t row;
    std::int32_t column;
    CellIndex::Entry entry;
};
struct CutRun {
    CellRun run;
    std::uint32_t feature;
};

/// What one task has cut out of its features; Its blocks stay where they are.
struct CutFeatures {
    std::vector<CutEntry> entries;
    std::vector<CutRun> runs;
    std::vector<CellPartBlock> blocks;
    std::vector<std::uint32_t> odd_features;

    /// Takes over what the cutter has cut last.
    void add(std::uint32_t feature, const CellCutter& cutter);
};

/// The rows of one task, ready to be joined to those before it.
struct BuiltRows {
    std::vector<CellIndex::Segment> segments;
    std::vector<std::size_t> row_ends;  // in segments
    std::vector<CellIndex::Entry> entries;
    std::vector<CellIndex::Cover> covers;
};

/// Makes the rows of an index from the cut features, task by task in order; `cut` is used up.
class CellIndexAssembly {
public:
    CellIndexAssembly(CellIndex& index, unsigned threads, const CancelToken* cancel)
        : m_index(index), m_threads(threads), m_cancel(cancel) {}

    void assemble(std::vector<CutFeatures>& cut);

    /// Where the segments of each row of the window end.
    [[nodiscard]] std::span<const std::size_t> row_ends() const { return m_row_ends; }

private:
    void take_blocks(std::vector<CutFeatures>& cut);
    void gather_rows(const std::vector<CutFeatures>& cut);
    void build_rows(std::size_t first, BuiltRows& mine);
    void join_rows(std::vector<BuiltRows>& built);
    void fill_directory();

    CellIndex& m_index;
    unsigned m_threads;
    const CancelToken* m_cancel;
    std::vector<CutEntry> m_entries;
    std::vector<CutRun> m_runs;
    std::vector<std::size_t> m_entry_ends;
    std::vector<std::size_t> m_run_ends;
    std::vector<std::size_t> m_row_ends;
};

}  // namespace ranh::algorithm::detail
