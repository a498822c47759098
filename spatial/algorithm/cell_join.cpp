#include "spatial/algorithm/cell_join.hpp"

#include "spatial/algorithm/cell_stream.hpp"
#include "spatial/algorithm/edge_balance.hpp"
#include "spatial/base/task_pool.hpp"

#include <algorithm>
#include <atomic>
#include <bit>
#include <optional>
#include <tuple>

namespace ranh::algorithm {
namespace {

constexpr std::size_t features_per_chunk = 4096;
/// Bytes of the index for a point of its layer, building included; measured on parcels of ten points in cells of 1.5
/// times their side.
constexpr std::size_t index_bytes_per_point = 160;

struct SideSize {
    std::size_t points = 0;
    std::size_t features = 0;
    std::optional<geom::Box> extent;

    /// An order of sides that depends neither on the order of their features nor on which is called left.
    [[nodiscard]] auto key() const {
        const geom::Box box = extent.value_or(geom::Box{});
        return std::tuple(points, features, box.min.x, box.min.y, box.max.x, box.max.y);
    }
    [[nodiscard]] CellWindow window(const CellLattice& lattice, double margin_m) const {
        return extent ? lattice.window_of(geom::grown(*extent, margin_m)) : CellWindow{};
    }
};

SideSize size_of(const JoinSide& side) {
    SideSize size;
    for (std::size_t i = 0; i < side.count(); ++i) {
        const std::uint32_t feature = side.feature(i);
        const std::size_t points = side.layer.point_count(feature);
        if (points != 0) {
            const geom::Box& box = side.layer.boxes[feature];
            size.extent = size.extent ? geom::united(*size.extent, box) : box;
            size.points += points;
            ++size.features;
        }
    }
    return size;
}

/// Parts two sides of one size and box: a sum over the features, so that their order does not count.
std::uint64_t content_sum(const JoinSide& side) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < side.count(); ++i) {
        const geom::GeometryView feature = side.layer.feature(side.feature(i));
        std::uint64_t hash = 0x9e3779b97f4a7c15U;
        const auto add = [&](std::uint64_t value) {
            hash = (hash ^ value) * 0xff51afd7ed558ccdU;
            hash ^= hash >> 32U;
        };
        for (const geom::Point& p : feature.points) {
            add(std::bit_cast<std::uint64_t>(p.x));
            add(std::bit_cast<std::uint64_t>(p.y));
        }
        for (const std::uint32_t end : feature.path_ends) {
            add(end);
        }
        sum += hash;
    }
    return sum;
}

/// Whether the left side is the one to stream: the larger one, whatever it is called.
bool streams_left(const JoinSide& left, const SideSize& left_size, const JoinSide& right, const SideSize& right_size) {
    if (left_size.key() != right_size.key()) {
        return right_size.key() < left_size.key();
    }
    return content_sum(right) <= content_sum(left);
}

/// Rows are shared out so that each band holds about the same number of points of the indexed layer.
std::vector<std::int32_t> band_bounds(const JoinSide& side, const CellLattice& lattice, const CellWindow& window,
                                      std::size_t index_bytes) {
    std::vector<double> points_of_row(static_cast<std::size_t>(window.rows()) + 1, 0.0);
    double points = 0.0;
    for (std::size_t i = 0; i < side.count(); ++i) {
        const std::uint32_t feature = side.feature(i);
        const auto count = static_cast<double>(side.layer.point_count(feature));
        if (count == 0.0) {
            continue;
        }
        const CellWindow rows = common_window(lattice.window_of(side.layer.boxes[feature]), window);
        if (!rows.empty()) {
            const double share = count / static_cast<double>(rows.rows());
            points_of_row[static_cast<std::size_t>(rows.row_begin - window.row_begin)] += share;
            points_of_row[static_cast<std::size_t>(rows.row_end - window.row_begin)] -= share;
            points += count;
        }
    }
    const double most = std::max(1.0, static_cast<double>(index_bytes) / static_cast<double>(index_bytes_per_point));
    std::vector<std::int32_t> bounds{window.row_begin};
    if (points > most) {
        double here = 0.0;
        double in_band = 0.0;
        for (std::int32_t row = window.row_begin; row < window.row_end; ++row) {
            here += points_of_row[static_cast<std::size_t>(row - window.row_begin)];
            if (in_band + here > most && bounds.back() < row) {
                bounds.push_back(row);
                in_band = 0.0;
            }
            in_band += here;
        }
    }
    bounds.push_back(window.row_end);
    return bounds;
}

}  // namespace

class CellJoin {
public:
    struct Sides {
        JoinSide streamed;
        JoinSide indexed;
        bool self = false;
        bool streamed_left = true;
    };
    CellJoin(const Sides& sides, const CellLattice& lattice, const CellJoinOptions& options)
        : m_sides(sides),
          m_lattice(lattice),
          m_options(options),
          m_threads(options.threads == 0 ? default_thread_count() : options.threads) {}

    CellJoinResult run(const CellWindow& window) {
        CellJoinResult result;
        result.m_streamed_areas_m2 = m_sides.streamed.layer.areas_m2;
        result.m_streamed_left = m_sides.streamed_left;
        result.m_chunks.resize((m_sides.streamed.count() + features_per_chunk - 1) / features_per_chunk);
        if (window.empty()) {
            return result;
        }
        m_band_pairs.resize(result.m_chunks.size());
        const JoinSide& indexed = m_sides.indexed;
        const std::vector<std::int32_t> bounds = band_bounds(indexed, m_lattice, window, m_options.index_bytes);
        for (std::size_t band = 0; band + 1 < bounds.size(); ++band) {
            const CellWindow rows{bounds[band], bounds[band + 1], window.column_begin, window.column_end};
            const CellIndex index(indexed.layer, indexed.which, indexed.listed, m_lattice, rows, m_threads,
                                  m_options.cancel);
            stream(index, bounds, result.m_chunks);
        }
        if (bounds.size() > 2) {
            join_bands(result);
        }
        return result;
    }

private:
    void stream(const CellIndex& index, std::span<const std::int32_t> bounds,
                std::vector<CellJoinResult::Chunk>& chunks) {
        const JoinSide& streamed = m_sides.streamed;
        const CellStream::Sides sides{.streamed = &streamed.layer,
                                      .indexed = &m_sides.indexed.layer,
                                      .self = m_sides.self,
                                      .streamed_left = m_sides.streamed_left};
        const std::size_t workers = std::min<std::size_t>(m_threads, std::max<std::size_t>(chunks.size(), 1));
        std::atomic<std::size_t> next{0};
        for_each_index(
            workers, m_threads,
            [&](std::size_t) {
                CellStream mine(sides, index, bounds, m_options);
                for (std::size_t chunk = next.fetch_add(1); chunk < chunks.size(); chunk = next.fetch_add(1)) {
                    if (m_options.cancel != nullptr) {
                        m_options.cancel->check();
                    }
                    CellJoinResult::Chunk pairs = std::move(chunks[chunk]);
                    std::vector<BandPair> band_pairs = std::move(m_band_pairs[chunk]);
                    const std::size_t end = std::min(streamed.count(), (chunk + 1) * features_per_chunk);
                    for (std::size_t i = chunk * features_per_chunk; i < end; ++i) {
                        mine.add(streamed.feature(i), pairs, band_pairs);
                    }
                    chunks[chunk] = std::move(pairs);
                    m_band_pairs[chunk] = std::move(band_pairs);
                }
            },
            m_options.cancel);
    }

    /// Adds up the bands of the features that reach into several, and brings all pairs into order.
    void join_bands(CellJoinResult& result) {
        for_each_index(result.m_chunks.size(), m_threads, [&](std::size_t i) {
            CellJoinResult::Chunk& chunk = result.m_chunks[i];
            add_band_pairs(m_band_pairs[i], chunk);
            std::ranges::sort(chunk.runs, {}, &CellJoinResult::Run::first);
            const bool left = m_sides.streamed_left;
            std::ranges::sort(chunk.pairs, {}, [left](const CellPair& p) {
                return left ? std::pair(p.left, p.right) : std::pair(p.right, p.left);
            });
        });
    }

    void add_band_pairs(std::vector<BandPair>& parts, CellJoinResult::Chunk& chunk) const {
        const auto key = [](const BandPair& p) { return std::pair(p.streamed, p.indexed); };
        std::ranges::sort(parts, {}, key);
        for (std::size_t i = 0; i < parts.size();) {
            BandPair sum = parts[i];
            std::uint32_t bands_inside = sum.inside ? 1U : 0U;
            for (++i; i < parts.size() && key(parts[i]) == key(sum); ++i) {
                sum.area_um2 += parts[i].area_um2;
                bands_inside += parts[i].inside ? 1U : 0U;
                sum.boundary = sum.boundary || parts[i].boundary;
                sum.odd_winding = sum.odd_winding || parts[i].odd_winding;
            }
            const bool inside = bands_inside == sum.bands;
            if (!inside && !sum.measured_here) {
                continue;
            }
            sum.boundary = sum.boundary || bands_inside != 0;
            if (inside) {
                sum.area_um2 = to_square_micrometres(m_sides.streamed.layer.areas_m2[sum.streamed]);
            }
            if (is_wanted(m_options, sum.area_um2, inside, sum.boundary)) {
                chunk.pairs.push_back({.left = m_sides.streamed_left ? sum.streamed : sum.indexed,
                                       .right = m_sides.streamed_left ? sum.indexed : sum.streamed,
                                       .all_inside = inside,
                                       .odd_winding = sum.odd_winding && !inside,
                                       .area_um2 = sum.area_um2});
            }
        }
        parts = {};
    }

    Sides m_sides;
    CellLattice m_lattice;
    const CellJoinOptions& m_options;
    unsigned m_threads;
    std::vector<std::vector<BandPair>> m_band_pairs;
};

CellJoinResult join_cells(const JoinSide& left, const JoinSide& right, const CellLattice& lattice,
                          const CellJoinOptions& options) {
    const SideSize left_size = size_of(left);
    const SideSize right_size = size_of(right);
    const bool stream_left = streams_left(left, left_size, right, right_size);
    const auto window_in = [&](const CellLattice& cells) {
        return common_window(left_size.window(cells, options.margin_m), right_size.window(cells, options.margin_m));
    };
    const CellLattice cells = coarse_enough(lattice, window_in);
    CellJoin join({.streamed = stream_left ? left : right,
                   .indexed = stream_left ? right : left,
                   .self = false,
                   .streamed_left = stream_left},
                  cells, options);
    return join.run(window_in(cells));
}

CellJoinResult self_join_cells(const PolygonsView& layer, const CellLattice& lattice, const CellJoinOptions& options) {
    const unsigned threads = options.threads == 0 ? default_thread_count() : options.threads;
    const bool all = options.contacts == CellJoinOptions::Contacts::list;
    const SideSize whole = size_of(JoinSide(layer));
    const CellLattice cells =
        coarse_enough(lattice, [&](const CellLattice& finer) { return whole.window(finer, options.margin_m); });
    const std::vector<std::uint32_t> suspects =
        all ? std::vector<std::uint32_t>{} : overlap_suspects(layer, cells, threads, options.cancel);
    const JoinSide side = all ? JoinSide(layer) : JoinSide(layer, suspects);
    const CellWindow window = size_of(side).window(cells, options.margin_m);
    CellJoin join({.streamed = side, .indexed = side, .self = true, .streamed_left = true}, cells, options);
    CellJoinResult found = join.run(window);

    // One list: a pair that was seen as "inside" and, from the other side, as a sum of cells is kept as the first.
    CellJoinResult::Chunk chunk;
    found.for_each([&](CellPair pair) {
        if (pair.left > pair.right) {
            std::swap(pair.left, pair.right);
        }
        chunk.pairs.push_back(pair);
    });
    std::ranges::sort(chunk.pairs, {},
                      [](const CellPair& p) { return std::tuple(p.left, p.right, !p.all_inside, p.area_um2); });
    const auto same = [](const CellPair& a, const CellPair& b) { return a.left == b.left && a.right == b.right; };
    chunk.pairs.erase(std::unique(chunk.pairs.begin(), chunk.pairs.end(), same), chunk.pairs.end());
    CellJoinResult result;
    result.m_streamed_areas_m2 = layer.areas_m2;
    result.m_chunks.push_back(std::move(chunk));
    return result;
}

std::uint64_t CellJoinResult::pair_count() const {
    std::uint64_t count = 0;
    for (const Chunk& chunk : m_chunks) {
        count += chunk.pairs.size();
        for (const Run& run : chunk.runs) {
            count += std::uint64_t{run.end - run.first} * run.cover_count;
        }
    }
    return count;
}

SquareMicrometres CellJoinResult::total_um2() const {
    SquareMicrometres total = 0;
    for (const Chunk& chunk : m_chunks) {
        for (const CellPair& pair : chunk.pairs) {
            total += pair.area_um2;
        }
        for (const Run& run : chunk.runs) {
            SquareMicrometres areas = 0;
            for (std::uint32_t i = run.first; i < run.end; ++i) {
                areas += to_square_micrometres(m_streamed_areas_m2[i]);
            }
            total += areas * run.cover_count;
        }
    }
    return total;
}

std::size_t CellJoinResult::byte_count() const {
    std::size_t bytes = 0;
    for (const Chunk& chunk : m_chunks) {
        bytes += chunk.pairs.size() * sizeof(CellPair) + chunk.runs.size() * sizeof(Run) +
                 chunk.covers.size() * sizeof(std::uint32_t);
    }
    return bytes;
}

}  // namespace ranh::algorithm
