#include "spatial/operations/overlay/overlaps.hpp"

#include "spatial/base/task_pool.hpp"
#include "spatial/operations/overlay/candidates.hpp"
#include "spatial/operations/overlay/pair_measure.hpp"
#include "spatial/operations/overlay/union_totals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <iterator>

namespace ranh::overlay {
namespace {

/// Pairs measured by one task; large enough that the counter costs nothing, small enough to spread uneven work.
constexpr std::size_t task_size = 64;

bool is_self_join(const snapshot::PackedLayer& left, const snapshot::PackedLayer& right) {
    return left.version().layer == right.version().layer && left.version().number == right.version().number;
}

std::optional<double> declared_accuracy_m(const model::Provenance& provenance) {
    if (provenance.accuracy_m) {
        return provenance.accuracy_m;
    }
    if (provenance.map_scale) {
        constexpr double drawing_accuracy_m = 0.0003;  // 0.3 mm on the map
        return drawing_accuracy_m * static_cast<double>(*provenance.map_scale);
    }
    return std::nullopt;
}

struct FoundPairs {
    std::vector<model::Pair> pairs;
    std::vector<PairMembers> members;
};

}  // namespace

Metres sliver_width(const model::LayerVersion& left, const model::LayerVersion& right) {
    constexpr double datum_accuracy_m = 1.0;  // EPSG:6960
    const auto a = declared_accuracy_m(left.description.provenance);
    const auto b = declared_accuracy_m(right.description.provenance);
    return Metres(std::max(datum_accuracy_m, std::hypot(a.value_or(0.0), b.value_or(0.0))));
}

OverlapResult find_overlaps(const snapshot::PackedLayer& left, const snapshot::PackedLayer& right,
                            const OverlapOptions& options) {
    if (left.plane().centre() != right.plane().centre()) {
        throw Failure(
            ErrorKind::invalid_argument,
            fmt::format("{} and {} stand in working planes of different centres; import both into one workspace",
                        left.version().name(), right.version().name()));
    }
    const unsigned threads = options.threads == 0 ? default_thread_count() : options.threads;
    const Candidates candidates = find_candidates(left, right, is_self_join(left, right), options);
    const PairOutlines left_outlines(left, candidates.left_boundaries, threads);
    const PairOutlines right_outlines(right, candidates.right_boundaries, threads);
    const PairMeasure measure(left, right, left_outlines, right_outlines, options);

    const std::size_t tasks = (candidates.pairs.size() + task_size - 1) / task_size;
    std::vector<FoundPairs> found(tasks);
    std::atomic<std::uint64_t> done{0};
    for_each_index(
        tasks, threads,
        [&](std::size_t task) {
            FoundPairs mine;
            const std::size_t end = std::min(candidates.pairs.size(), (task + 1) * task_size);
            for (std::size_t i = task * task_size; i < end; ++i) {
                const Candidate& candidate = candidates.pairs[i];
                const CellPair& cells = candidate.cells;
                std::optional<model::Pair> pair;
                if (candidate.source != Candidate::Source::near) {
                    pair = measure.measure(cells.left, cells.right,
                                           candidate.source == Candidate::Source::cells ? &cells : nullptr);
                }
                if (!pair) {
                    pair = measure.measure_near(cells.left, cells.right);
                }
                if (pair) {
                    mine.pairs.push_back(std::move(*pair));
                    mine.members.push_back({cells.left, cells.right});
                }
            }
            found[task] = std::move(mine);
            if (options.progress) {
                options.progress(++done, tasks);
            }
        },
        options.cancel);

    OverlapResult result;
    for (FoundPairs& some : found) {
        std::ranges::move(some.pairs, std::back_inserter(result.pairs));
        result.members.insert(result.members.end(), some.members.begin(), some.members.end());
    }
    if (result.pairs.size() > options.most_pairs) {
        result.pairs.erase(result.pairs.begin() + static_cast<std::ptrdiff_t>(options.most_pairs), result.pairs.end());
        result.members.resize(options.most_pairs);
        result.truncated = true;
    }
    result.totals = total_of(left, {{&result, &right}});
    return result;
}

}  // namespace ranh::overlay
