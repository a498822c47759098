#include "spatial/algorithm/edge_balance.hpp"

#include "spatial/algorithm/area.hpp"
#include "spatial/algorithm/edge_table.hpp"
#include "spatial/algorithm/simple_ring.hpp"
#include "spatial/base/task_pool.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <numeric>
#include <optional>

namespace ranh::algorithm {
namespace {

using detail::Edge;
using detail::EdgeTable;
using detail::hash_of;
using detail::hash_of_edge;
using detail::LooseEdge;
using geom::Point;

/// Points of the features matched at one go: their table stays in the cache of a core.
constexpr std::size_t points_per_task = 12288;
constexpr int partition_bits = 6;
constexpr std::size_t partitions = std::size_t{1} << partition_bits;
/// A layer with a larger share of left-over edges is no coverage; balancing it would not pay.
constexpr std::size_t least_edges_per_left_over = 8;

/// What a task of consecutive features leaves over, sorted by partition, and those of its features whose rings might
/// cross themselves.
struct LeftOver {
    std::vector<LooseEdge> edges;
    std::array<std::uint32_t, partitions + 1> ends{};
    std::vector<std::uint32_t> unsure;
};

std::size_t partition_of(std::uint64_t hash) { return (hash >> 24U) & (partitions - 1); }

class EdgeBalance {
public:
    /// Whether to look at each ring for crossings with itself.
    enum class Rings { look_at, leave_alone };
    EdgeBalance(const PolygonsView& layer, unsigned threads, Rings rings, const CancelToken* cancel)
        : m_layer(layer), m_threads(threads), m_rings(rings), m_cancel(cancel) {}

    /// False when too many edges are left over.
    bool balance() {
        share_out();
        m_tasks.resize(m_task_ends.size());
        for_each_index(
            m_tasks.size(), m_threads,
            [&](std::size_t task) {
                LeftOver mine;
                match_features(task == 0 ? 0 : m_task_ends[task - 1], m_task_ends[task], mine);
                m_tasks[task] = std::move(mine);
            },
            m_cancel);
        for (const LeftOver& task : m_tasks) {
            unsure.insert(unsure.end(), task.unsure.begin(), task.unsure.end());
        }
        std::vector<std::vector<Edge>> found(partitions);
        for_each_index(
            partitions, m_threads,
            [&](std::size_t partition) {
                std::vector<Edge> mine;
                match_partition(partition, mine);
                found[partition] = std::move(mine);
            },
            m_cancel);
        for (const std::vector<Edge>& part : found) {
            edges.insert(edges.end(), part.begin(), part.end());
        }
        return edges.size() <= m_layer.points.size() / least_edges_per_left_over;
    }

    std::vector<Edge> edges;            ///< without partner
    std::vector<std::uint32_t> unsure;  ///< features whose rings might cross themselves

private:
    void share_out() {
        std::size_t points = 0;
        for (std::size_t i = 0; i < m_layer.size(); ++i) {
            points += m_layer.point_count(i);
            if (points >= points_per_task || i + 1 == m_layer.size()) {
                m_task_ends.push_back(i + 1);
                points = 0;
            }
        }
    }

    void match_features(std::size_t first, std::size_t end, LeftOver& mine) const {
        thread_local EdgeTable table;
        table.clear_for(m_layer.point_begins[end] - m_layer.point_begins[first]);
        for (std::size_t i = first; i < end; ++i) {
            if (m_layer.point_count(i) == 0) {
                continue;
            }
            const geom::GeometryView feature = m_layer.feature(i);
            for (std::size_t part = 0; part < feature.part_count(); ++part) {
                const auto [shell, paths_end] = feature.part(part);
                for (std::size_t path = shell; path < paths_end; ++path) {
                    add_ring(feature.path(path), path == shell, table);
                }
            }
            // A ring in or beside another one: nothing says yet that they keep apart.
            if (m_rings == Rings::leave_alone) {
                continue;
            }
            if (feature.path_count() > 1 || (feature.path_count() == 1 && !is_simple_ring(feature.path(0)))) {
                mine.unsure.push_back(static_cast<std::uint32_t>(i));
            }
        }
        sort_left_over(table, mine);
    }

    static void add_ring(std::span<const Point> ring, bool shell, EdgeTable& table) {
        if (ring.size() < 3) {
            return;
        }
        const bool as_it_is = is_counter_clockwise(ring) == shell;
        Point from = ring.back();
        std::uint64_t hash_from = hash_of(from);
        for (const Point& to : ring) {
            const std::uint64_t hash_to = hash_of(to);
            if (!(from == to)) {
                table.add({as_it_is ? Edge{from, to} : Edge{to, from}, hash_of_edge(hash_from, hash_to)});
            }
            from = to;
            hash_from = hash_to;
        }
    }

    static void sort_left_over(const EdgeTable& table, LeftOver& mine) {
        thread_local std::vector<LooseEdge> left;
        left.clear();
        table.for_each_left([&](const LooseEdge& edge) { left.push_back(edge); });
        for (const LooseEdge& edge : left) {
            ++mine.ends[partition_of(edge.hash) + 1];
        }
        std::partial_sum(mine.ends.begin(), mine.ends.end(), mine.ends.begin());
        std::array<std::uint32_t, partitions + 1> places = mine.ends;
        mine.edges.resize(left.size());
        for (const LooseEdge& edge : left) {
            mine.edges[places[partition_of(edge.hash)]++] = edge;
        }
    }

    void match_partition(std::size_t partition, std::vector<Edge>& mine) const {
        thread_local EdgeTable table;
        std::size_t count = 0;
        for (const LeftOver& task : m_tasks) {
            count += task.ends[partition + 1] - task.ends[partition];
        }
        table.clear_for(count);
        for (const LeftOver& task : m_tasks) {
            for (std::uint32_t i = task.ends[partition]; i < task.ends[partition + 1]; ++i) {
                table.add(task.edges[i]);
            }
        }
        table.for_each_left([&](const LooseEdge& edge) { mine.push_back(edge.edge); });
    }

    const PolygonsView& m_layer;
    unsigned m_threads;
    Rings m_rings;
    const CancelToken* m_cancel;
    std::vector<std::size_t> m_task_ends;
    std::vector<LeftOver> m_tasks;
};

/// Marks of cells, or of square blocks of cells where the window has very many.
class CellMarks {
public:
    explicit CellMarks(const CellWindow& window) : m_window(window) {
        constexpr std::int64_t most_marks = std::int64_t{1} << 30;
        while (rows() * columns() > most_marks) {
            ++m_shift;
        }
        m_marks.assign(static_cast<std::size_t>(rows() * columns()), false);
    }
    void mark(const CellWindow& cells) {
        for_each(cells, [&](std::size_t place) {
            m_marks[place] = true;
            return true;
        });
    }
    [[nodiscard]] bool any(const CellWindow& cells) const {
        bool found = false;
        for_each(cells, [&](std::size_t place) {
            found = m_marks[place];
            return !found;
        });
        return found;
    }

private:
    [[nodiscard]] std::int64_t rows() const { return ((m_window.rows() - 1) >> m_shift) + 1; }
    [[nodiscard]] std::int64_t columns() const { return ((m_window.columns() - 1) >> m_shift) + 1; }

    template <typename Visit>
    void for_each(const CellWindow& cells, Visit&& visit) const {
        const CellWindow inside = common_window(cells, m_window);
        if (inside.empty()) {
            return;
        }
        const auto place = [&](std::int32_t index, std::int32_t begin) {
            return (std::int64_t{index} - begin) >> m_shift;
        };
        for (std::int64_t row = place(inside.row_begin, m_window.row_begin);
             row <= place(inside.row_end - 1, m_window.row_begin); ++row) {
            for (std::int64_t column = place(inside.column_begin, m_window.column_begin);
                 column <= place(inside.column_end - 1, m_window.column_begin); ++column) {
                if (!visit(static_cast<std::size_t>(row * columns() + column))) {
                    return;
                }
            }
        }
    }

    CellWindow m_window;
    int m_shift = 0;
    std::vector<bool> m_marks;
};

std::vector<std::uint32_t> every_feature(const PolygonsView& layer) {
    std::vector<std::uint32_t> all(layer.size());
    std::iota(all.begin(), all.end(), 0U);
    return all;
}

}  // namespace

std::vector<DirectedEdge> edges_without_partner(const PolygonsView& layer, unsigned threads,
                                                const CancelToken* cancel) {
    EdgeBalance balance(layer, threads, EdgeBalance::Rings::leave_alone, cancel);
    balance.balance();
    std::vector<DirectedEdge> left;
    left.reserve(balance.edges.size());
    for (const Edge& edge : balance.edges) {
        left.push_back({edge.from, edge.to});
    }
    return left;
}

std::vector<std::uint32_t> overlap_suspects(const PolygonsView& layer, const CellLattice& lattice, unsigned threads,
                                            const CancelToken* cancel) {
    EdgeBalance balance(layer, threads, EdgeBalance::Rings::look_at, cancel);
    if (!balance.balance()) {
        return every_feature(layer);
    }
    std::optional<geom::Box> extent;
    for (std::size_t i = 0; i < layer.size(); ++i) {
        if (layer.point_count(i) != 0) {
            extent = extent ? geom::united(*extent, layer.boxes[i]) : layer.boxes[i];
        }
    }
    if (!extent) {
        return {};
    }
    const CellWindow window = lattice.window_of(*extent);
    CellMarks marks(window);
    CellCutter cutter;
    cutter.cut_edges(balance.edges, lattice, window);
    for (const CutCell& cell : cutter.cells()) {
        marks.mark({cell.row, cell.row + 1, cell.column, cell.column + 1});
    }
    for (const CellRun& run : cutter.runs()) {
        if (run.winding != 1) {
            marks.mark({run.row, run.row + 1, run.column_begin, run.column_end});
        }
    }
    for (const std::uint32_t i : balance.unsure) {
        marks.mark(lattice.window_of(layer.boxes[i]));
    }
    std::vector<std::uint32_t> suspects;
    for (std::size_t i = 0; i < layer.size(); ++i) {
        if (layer.point_count(i) != 0 && marks.any(lattice.window_of(layer.boxes[i]))) {
            suspects.push_back(static_cast<std::uint32_t>(i));
        }
    }
    return suspects;
}

}  // namespace ranh::algorithm
