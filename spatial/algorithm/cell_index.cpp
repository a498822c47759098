#include "spatial/algorithm/cell_index.hpp"

#include "spatial/algorithm/cell_index_assembly.hpp"
#include "spatial/base/task_pool.hpp"

#include <algorithm>
#include <functional>

namespace ranh::algorithm {
namespace {

using detail::CutFeatures;
using Edge = CellCutter::Edge;

/// Points of the features of one task: large enough that a task costs more than starting it, small enough to share out.
constexpr std::size_t points_per_task = 16384;
/// A cell with more stretches than this is split, into cells of about as many stretches as the second number.
constexpr std::size_t most_parts = 64;
constexpr std::size_t wanted_parts = 16;
constexpr int greatest_split = 8;  // 2^8 by 2^8 cells at once; the split goes on where that is not enough

/// A cell that holds too many stretches, and the edges from which its finer cells are made.
struct DenseCell {
    std::int32_t row;
    std::int32_t column;
    std::size_t segment;
    std::size_t parts;
    int levels;
    struct Source {
        std::uint32_t feature;
        std::span<const Edge> edges;  // of the feature, in the row of the cell
    };
    std::vector<Source> sources;
};

}  // namespace

class CellIndexBuilder {
public:
    CellIndexBuilder(const PolygonsView& layer, std::span<const std::uint32_t> features, bool all, unsigned threads,
                     const CancelToken* cancel)
        : m_layer(layer), m_features(features), m_all(all), m_threads(threads), m_cancel(cancel) {}

    void build(CellIndex& index) {
        share_out();
        std::vector<CutFeatures> cut(m_task_ends.size());
        for_each_index(
            cut.size(), m_threads,
            [&](std::size_t task) {
                CutFeatures mine;
                cut_features(index, task == 0 ? 0 : m_task_ends[task - 1], m_task_ends[task], mine);
                cut[task] = std::move(mine);
            },
            m_cancel);
        detail::CellIndexAssembly assembly(index, m_threads, m_cancel);
        assembly.assemble(cut);
        const auto edges_of = [&](std::uint32_t feature, std::vector<Edge>& edges) {
            CellCutter::append_edges(m_layer.feature(feature), edges);
        };
        split(index, assembly.row_ends(), edges_of, m_threads);
    }

private:
    [[nodiscard]] std::size_t feature_count() const { return m_all ? m_layer.size() : m_features.size(); }
    [[nodiscard]] std::uint32_t feature(std::size_t i) const {
        return m_all ? static_cast<std::uint32_t>(i) : m_features[i];
    }

    void share_out() {
        std::size_t points = 0;
        for (std::size_t i = 0; i < feature_count(); ++i) {
            points += m_layer.point_count(feature(i)) + 16;
            if (points >= points_per_task || i + 1 == feature_count()) {
                m_task_ends.push_back(i + 1);
                points = 0;
            }
        }
    }

    void cut_features(const CellIndex& index, std::size_t first, std::size_t end, CutFeatures& mine) const {
        thread_local CellCutter cutter;
        for (std::size_t i = first; i < end; ++i) {
            const std::uint32_t name = feature(i);
            if (m_layer.point_count(name) == 0) {
                continue;
            }
            const CellWindow window = common_window(index.m_window, index.m_lattice.window_of(m_layer.boxes[name]));
            if (!window.empty()) {
                cutter.cut(m_layer.feature(name), index.m_lattice, window);
                mine.add(name, cutter);
            }
        }
    }

    /// The edges of a feature, shells counter-clockwise.
    using EdgesOf = std::function<void(std::uint32_t, std::vector<Edge>&)>;

    /// Gives every cell with too many stretches an index of its own, in finer cells.
    void split(CellIndex& index, std::span<const std::size_t> row_ends, const EdgesOf& edges_of,
               unsigned threads) const {
        std::vector<DenseCell> dense = dense_cells(index, row_ends);
        if (dense.empty()) {
            return;
        }
        std::vector<std::pair<std::uint32_t, std::size_t>> wanted;  // feature, dense cell
        for (std::size_t i = 0; i < dense.size(); ++i) {
            for (const CellIndex::Entry& entry : index.entries(index.m_segments[dense[i].segment])) {
                wanted.emplace_back(entry.feature, i);
            }
        }
        std::ranges::sort(wanted);
        std::vector<std::size_t> feature_begins;
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            if (i == 0 || wanted[i].first != wanted[i - 1].first) {
                feature_begins.push_back(i);
            }
        }
        feature_begins.push_back(wanted.size());
        std::vector<RowEdges> row_edges(feature_begins.size() - 1);
        for_each_index(
            row_edges.size(), threads,
            [&](std::size_t i) {
                RowEdges mine;
                for (std::size_t w = feature_begins[i]; w < feature_begins[i + 1]; ++w) {
                    mine.rows.push_back(dense[wanted[w].second].row);
                }
                std::ranges::sort(mine.rows);
                mine.rows.erase(std::unique(mine.rows.begin(), mine.rows.end()), mine.rows.end());
                std::vector<Edge> edges;
                edges_of(wanted[feature_begins[i]].first, edges);
                mine.fill(edges, index.m_lattice);
                row_edges[i] = std::move(mine);
            },
            m_cancel);
        for (std::size_t i = 0; i < row_edges.size(); ++i) {
            for (std::size_t w = feature_begins[i]; w < feature_begins[i + 1]; ++w) {
                DenseCell& cell = dense[wanted[w].second];
                cell.sources.push_back({wanted[w].first, row_edges[i].of_row(cell.row)});
            }
        }
        index.m_finer.resize(dense.size());
        for_each_index(
            dense.size(), threads, [&](std::size_t i) { build_finer(index, dense[i], index.m_finer[i]); }, m_cancel);
        for (std::size_t i = 0; i < dense.size(); ++i) {
            if (!index.m_finer[i].m_segments.empty()) {
                index.m_segments[dense[i].segment].finer = static_cast<std::uint32_t>(i + 1);
            }
        }
    }

    static std::vector<DenseCell> dense_cells(const CellIndex& index, std::span<const std::size_t> row_ends) {
        std::vector<DenseCell> dense;
        std::size_t segment = 0;
        for (std::size_t row = 0; row < row_ends.size(); ++row) {
            for (; segment < row_ends[row]; ++segment) {
                std::size_t parts = 0;
                for (const CellIndex::Entry& entry : index.entries(index.m_segments[segment])) {
                    parts += entry.part_count;
                }
                const int levels = levels_of(parts, index.m_lattice);
                if (levels > 0) {
                    dense.push_back({index.m_window.row_begin + static_cast<std::int32_t>(row),
                                     index.m_segments[segment].column,
                                     segment,
                                     parts,
                                     levels,
                                     {}});
                }
            }
        }
        return dense;
    }

    /// By how many levels a cell is split; its own content decides.
    static int levels_of(std::size_t parts, const CellLattice& lattice) {
        if (parts <= most_parts) {
            return 0;
        }
        int levels = 1;
        while (levels < greatest_split && (parts >> static_cast<unsigned>(levels)) > wanted_parts) {
            ++levels;
        }
        return std::min(levels, lattice.level() - CellLattice::least_level);
    }

    /// Boundaries on one line are not parted by any cell: split, each of them becomes a trail of cells with all the
    /// others in every one. The finer cells must leave less than half of the pairs of stretches, or gather them in one
    /// or two cells, which are then split again.
    static bool is_worth_it(const CellIndex& finer, std::size_t parts) {
        double pairs = 0.0;
        std::size_t dense = 0;
        for (const CellIndex::Segment& segment : finer.m_segments) {
            double in_cell = 0.0;
            for (const CellIndex::Entry& entry : finer.entries(segment)) {
                in_cell += static_cast<double>(entry.part_count);
            }
            pairs += in_cell * in_cell;
            dense += in_cell > static_cast<double>(most_parts) ? 1 : 0;
        }
        return dense <= 2 || 2.0 * pairs < static_cast<double>(parts) * static_cast<double>(parts);
    }

    void build_finer(const CellIndex& coarse, const DenseCell& cell, CellIndex& finer) const {
        finer.m_lattice = CellLattice(coarse.m_lattice.level() - cell.levels);
        const std::int32_t count = std::int32_t{1} << cell.levels;
        finer.m_window = {cell.row * count, (cell.row + 1) * count, cell.column * count, (cell.column + 1) * count};
        CellCutter cutter;
        std::vector<CutFeatures> cut(1);
        for (const DenseCell::Source& source : cell.sources) {
            cutter.cut_edges(source.edges, finer.m_lattice, finer.m_window);
            cut[0].add(source.feature, cutter);
        }
        detail::CellIndexAssembly assembly(finer, 1, m_cancel);
        assembly.assemble(cut);
        if (!is_worth_it(finer, cell.parts)) {
            finer = CellIndex();
            return;
        }
        const auto edges_of = [&](std::uint32_t feature, std::vector<Edge>& edges) {
            const auto source = std::ranges::lower_bound(cell.sources, feature, {}, &DenseCell::Source::feature);
            edges.assign(source->edges.begin(), source->edges.end());
        };
        split(finer, assembly.row_ends(), edges_of, 1);
    }

    const PolygonsView& m_layer;
    std::span<const std::uint32_t> m_features;
    bool m_all;
    unsigned m_threads;
    const CancelToken* m_cancel;
    std::vector<std::size_t> m_task_ends;
};

CellIndex::CellIndex(const PolygonsView& layer, Features which, std::span<const std::uint32_t> features,
                     const CellLattice& lattice, const CellWindow& window, unsigned threads, const CancelToken* cancel)
    : m_lattice(lattice), m_window(window) {
    if (!window.empty()) {
        CellIndexBuilder(layer, features, which == Features::all, threads, cancel).build(*this);
    }
}

std::size_t CellIndex::byte_count() const {
    std::size_t bytes = m_directory.size() * sizeof(std::uint32_t) + m_segments.size() * sizeof(Segment) +
                        m_entries.size() * sizeof(Entry) + m_covers.size() * sizeof(Cover);
    for (const std::vector<CellPartBlock>& blocks : m_blocks) {
        bytes += blocks.capacity() * sizeof(CellPartBlock);
    }
    for (const CellIndex& finer : m_finer) {
        bytes += sizeof(CellIndex) + finer.byte_count();
    }
    return bytes;
}

}  // namespace ranh::algorithm
