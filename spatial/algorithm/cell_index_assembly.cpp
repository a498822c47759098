#include "spatial/algorithm/cell_index_assembly.hpp"

#include "spatial/base/assert.hpp"
#include "spatial/base/task_pool.hpp"

#include <algorithm>
#include <limits>

namespace ranh::algorithm::detail {
namespace {

constexpr std::size_t rows_per_task = 8;
constexpr std::int32_t beyond_every_column = std::numeric_limits<std::int32_t>::max();

/// Makes the segments of one row after the other from its entries and runs.
class RowBuilder {
public:
    explicit RowBuilder(BuiltRows& built) : m_built(built) {}

    void add_row(std::span<CutEntry> entries, std::span<CutRun> runs) {
        std::sort(entries.begin(), entries.end(), [](const CutEntry& a, const CutEntry& b) {
            return a.column != b.column ? a.column < b.column : a.entry.feature < b.entry.feature;
        });
        std::sort(runs.begin(), runs.end(), [](const CutRun& a, const CutRun& b) {
            return a.run.column_begin != b.run.column_begin ? a.run.column_begin < b.run.column_begin
                                                            : a.feature < b.feature;
        });
        m_open.clear();
        m_covers_changed = true;
        add_segment(std::numeric_limits<std::int32_t>::min());
        std::size_t next_entry = 0;
        std::size_t next_run = 0;
        while (next_entry < entries.size() || next_run < runs.size() || !m_open.empty() || m_last_had_entries) {
            const std::int32_t column = next_column(entries.subspan(next_entry), runs.subspan(next_run));
            close_runs(column);
            for (; next_run < runs.size() && runs[next_run].run.column_begin == column; ++next_run) {
                open_run(runs[next_run]);
            }
            CellIndex::Segment& segment = add_segment(column);
            segment.entry_begin = m_built.entries.size();
            for (; next_entry < entries.size() && entries[next_entry].column == column; ++next_entry) {
                m_built.entries.push_back(entries[next_entry].entry);
            }
            segment.entry_count = static_cast<std::uint32_t>(m_built.entries.size() - segment.entry_begin);
            m_last_had_entries = segment.entry_count > 0;
            m_last_column = column;
        }
        add_segment(beyond_every_column);
        m_last_had_entries = false;
        m_built.row_ends.push_back(m_built.segments.size());
    }

private:
    struct OpenRun {
        CellIndex::Cover cover;
        std::int32_t column_end;
    };

    /// The next column where something changes.
    std::int32_t next_column(std::span<const CutEntry> entries, std::span<const CutRun> runs) const {
        if (m_last_had_entries) {
            return m_last_column + 1;
        }
        std::int32_t column = beyond_every_column;
        if (!entries.empty()) {
            column = std::min(column, entries.front().column);
        }
        if (!runs.empty()) {
            column = std::min(column, runs.front().run.column_begin);
        }
        for (const OpenRun& open : m_open) {
            column = std::min(column, open.column_end);
        }
        return column;
    }

    void close_runs(std::int32_t column) {
        const auto ended = [&](const OpenRun& open) { return open.column_end <= column; };
        m_covers_changed = std::erase_if(m_open, ended) > 0 || m_covers_changed;
    }

    void open_run(const CutRun& run) {
        const OpenRun open{{run.feature, run.run.winding}, run.run.column_end};
        const auto after = [](const OpenRun& a, const OpenRun& b) { return a.cover.feature < b.cover.feature; };
        m_open.insert(std::upper_bound(m_open.begin(), m_open.end(), open, after), open);
        m_covers_changed = true;
    }

    CellIndex::Segment& add_segment(std::int32_t column) {
        if (m_covers_changed) {
            m_cover_begin = m_built.covers.size();
            for (const OpenRun& open : m_open) {
                m_built.covers.push_back(open.cover);
            }
            m_covers_changed = false;
        }
        m_built.segments.push_back({.column = column,
                                    .cover_count = static_cast<std::uint32_t>(m_open.size()),
                                    .cover_begin = m_cover_begin,
                                    .entry_begin = 0,
                                    .entry_count = 0});
        return m_built.segments.back();
    }

    BuiltRows& m_built;
    std::vector<OpenRun> m_open;
    std::uint64_t m_cover_begin = 0;
    bool m_covers_changed = true;
    bool m_last_had_entries = false;
    std::int32_t m_last_column = 0;
};

}  // namespace

void CutFeatures::add(std::uint32_t feature, const CellCutter& cutter) {
    for (const CutCell& cell : cutter.cells()) {
        const std::size_t block_begin = blocks.size();
        append_blocks(cutter.parts(cell), blocks);
        entries.push_back({cell.row,
                           cell.column,
                           {.feature = feature,
                            .winding = cell.winding,
                            .area_m2 = cell.area_m2,
                            .task = 0,
                            .block_begin = static_cast<std::uint32_t>(block_begin),
                            .block_count = static_cast<std::uint32_t>(blocks.size() - block_begin),
                            .part_count = cell.part_end - cell.part_begin}});
    }
    for (const CellRun& run : cutter.runs()) {
        runs.push_back({run, feature});
    }
    if (cutter.odd_winding()) {
        odd_features.push_back(feature);
    }
}

void CellIndexAssembly::assemble(std::vector<CutFeatures>& cut) {
    take_blocks(cut);
    gather_rows(cut);
    cut.clear();
    const auto rows = static_cast<std::size_t>(m_index.m_window.rows());
    std::vector<BuiltRows> built((rows + rows_per_task - 1) / rows_per_task);
    for_each_index(
        built.size(), m_threads,
        [&](std::size_t task) {
            BuiltRows mine;
            build_rows(task * rows_per_task, mine);
            built[task] = std::move(mine);
        },
        m_cancel);
    m_entries = {};
    m_runs = {};
    join_rows(built);
    fill_directory();
}

void CellIndexAssembly::take_blocks(std::vector<CutFeatures>& cut) {
    m_index.m_blocks.resize(cut.size());
    for (std::size_t task = 0; task < cut.size(); ++task) {
        m_index.m_blocks[task] = std::move(cut[task].blocks);
        m_index.m_odd_features.insert(m_index.m_odd_features.end(), cut[task].odd_features.begin(),
                                      cut[task].odd_features.end());
        for (CutEntry& entry : cut[task].entries) {
            entry.entry.task = static_cast<std::uint32_t>(task);
        }
    }
}

/// Sorts entries and runs by row, keeping the order of the features within a row.
void CellIndexAssembly::gather_rows(const std::vector<CutFeatures>& cut) {
    const auto rows = static_cast<std::size_t>(m_index.m_window.rows());
    const auto row_of = [&](std::int32_t row) { return static_cast<std::size_t>(row - m_index.m_window.row_begin); };
    m_entry_ends.assign(rows + 1, 0);
    m_run_ends.assign(rows + 1, 0);
    for (const CutFeatures& task : cut) {
        for (const CutEntry& entry : task.entries) {
            ++m_entry_ends[row_of(entry.row) + 1];
        }
        for (const CutRun& run : task.runs) {
            ++m_run_ends[row_of(run.run.row) + 1];
        }
    }
    for (std::size_t row = 0; row < rows; ++row) {
        m_entry_ends[row + 1] += m_entry_ends[row];
        m_run_ends[row + 1] += m_run_ends[row];
    }
    m_entries.resize(m_entry_ends.back());
    m_runs.resize(m_run_ends.back());
    // Filling moves the begin of each row to its end, that is one row back.
    for (const CutFeatures& task : cut) {
        for (const CutEntry& entry : task.entries) {
            m_entries[m_entry_ends[row_of(entry.row)]++] = entry;
        }
        for (const CutRun& run : task.runs) {
            m_runs[m_run_ends[row_of(run.run.row)]++] = run;
        }
    }
}

void CellIndexAssembly::build_rows(std::size_t first, BuiltRows& mine) {
    RowBuilder builder(mine);
    const auto end = std::min<std::size_t>(first + rows_per_task, static_cast<std::size_t>(m_index.m_window.rows()));
    for (auto row = first; row < end; ++row) {
        const std::size_t entry_begin = row == 0 ? 0 : m_entry_ends[row - 1];
        const std::size_t run_begin = row == 0 ? 0 : m_run_ends[row - 1];
        builder.add_row(std::span(m_entries).subspan(entry_begin, m_entry_ends[row] - entry_begin),
                        std::span(m_runs).subspan(run_begin, m_run_ends[row] - run_begin));
    }
}

void CellIndexAssembly::join_rows(std::vector<BuiltRows>& built) {
    struct Begin {
        std::size_t segment = 0;
        std::size_t entry = 0;
        std::size_t cover = 0;
    };
    std::vector<Begin> begins(built.size() + 1);
    for (std::size_t task = 0; task < built.size(); ++task) {
        begins[task + 1] = {begins[task].segment + built[task].segments.size(),
                            begins[task].entry + built[task].entries.size(),
                            begins[task].cover + built[task].covers.size()};
        for (const std::size_t end : built[task].row_ends) {
            m_row_ends.push_back(begins[task].segment + end);
        }
    }
    RANH_ASSERT(begins.back().segment < std::numeric_limits<std::uint32_t>::max());
    m_index.m_segments.resize(begins.back().segment);
    m_index.m_entries.resize(begins.back().entry);
    m_index.m_covers.resize(begins.back().cover);
    for_each_index(built.size(), m_threads, [&](std::size_t task) {
        const Begin& begin = begins[task];
        auto segment = m_index.m_segments.begin() + static_cast<std::ptrdiff_t>(begin.segment);
        for (CellIndex::Segment copy : built[task].segments) {
            copy.entry_begin += begin.entry;
            copy.cover_begin += begin.cover;
            *segment++ = copy;
        }
        std::copy(built[task].entries.begin(), built[task].entries.end(),
                  m_index.m_entries.begin() + static_cast<std::ptrdiff_t>(begin.entry));
        std::copy(built[task].covers.begin(), built[task].covers.end(),
                  m_index.m_covers.begin() + static_cast<std::ptrdiff_t>(begin.cover));
    });
}

/// Strides as narrow as they can be while the directory stays no longer than the list of segments.
void CellIndexAssembly::fill_directory() {
    constexpr std::int64_t always_affordable = 1 << 16;
    const CellWindow& window = m_index.m_window;
    const auto segments = static_cast<std::int64_t>(m_index.m_segments.size());
    const auto strides = [&](int shift) { return ((window.columns() - 1) >> shift) + 1; };
    int shift = 0;
    while (strides(shift) > 1 && strides(shift) * window.rows() > std::max(always_affordable, segments)) {
        ++shift;
    }
    m_index.m_stride_shift = shift;
    m_index.m_strides = static_cast<std::size_t>(strides(shift));
    m_index.m_directory.resize(m_index.m_strides * static_cast<std::size_t>(window.rows()));
    for_each_index(static_cast<std::size_t>(window.rows()), m_threads, [&](std::size_t row) {
        std::size_t segment = row == 0 ? 0 : m_row_ends[row - 1];
        for (std::size_t stride = 0; stride < m_index.m_strides; ++stride) {
            const std::int64_t column = window.column_begin + (static_cast<std::int64_t>(stride) << shift);
            while (m_index.m_segments[segment + 1].column <= column) {
                ++segment;
            }
            m_index.m_directory[row * m_index.m_strides + stride] = static_cast<std::uint32_t>(segment);
        }
    });
}

}  // namespace ranh::algorithm::detail
