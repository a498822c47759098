#include "spatial/operations/overlay/found_pairs.hpp"

#include "spatial/base/task_pool.hpp"
#include "spatial/operations/overlay/pair_measure.hpp"

#include <algorithm>
#include <atomic>
#include <iterator>

namespace ranh::overlay {
namespace {

/// Pairs measured by one task; large enough that the counter costs nothing, small enough to spread uneven work.
constexpr std::size_t task_size = 64;

std::optional<model::Pair> measured(const PairMeasure& measure, const Candidate& candidate) {
    const CellPair& cells = candidate.cells;
    std::optional<model::Pair> pair;
    if (candidate.source != Candidate::Source::near) {
        pair = measure.measure(cells.left, cells.right,
                               cells.all_inside ? PairMeasure::Clear::inside : PairMeasure::Clear::unknown);
    }
    return pair ? std::move(pair) : measure.measure_near(cells.left, cells.right);
}

}  // namespace

FoundPairs measure_candidates(const snapshot::PackedLayer& left, const snapshot::PackedLayer& right,
                              const Candidates& candidates, const OverlapOptions& options) {
    const unsigned threads = options.threads == 0 ? default_thread_count() : options.threads;
    const PairOutlines left_outlines(left, candidates.left_boundaries, threads);
    const PairOutlines right_outlines(right, candidates.right_boundaries, threads);
    const PairMeasure measure(left, right, left_outlines, right_outlines, options);

    const std::size_t tasks = (candidates.pairs.size() + task_size - 1) / task_size;
    std::vector<FoundPairs> parts(tasks);
    std::atomic<std::uint64_t> done{0};
    for_each_index(
        tasks, threads,
        [&](std::size_t task) {
            FoundPairs mine;
            const std::size_t end = std::min(candidates.pairs.size(), (task + 1) * task_size);
            for (std::size_t i = task * task_size; i < end; ++i) {
                const Candidate& candidate = candidates.pairs[i];
                if (auto pair = measured(measure, candidate)) {
                    mine.pairs.push_back(std::move(*pair));
                    mine.members.push_back({candidate.cells.left, candidate.cells.right});
                }
            }
            parts[task] = std::move(mine);
            if (options.progress) {
                options.progress(++done, tasks);
            }
        },
        options.cancel);

    FoundPairs found;
    for (FoundPairs& part : parts) {
        std::ranges::move(part.pairs, std::back_inserter(found.pairs));
        found.members.insert(found.members.end(), part.members.begin(), part.members.end());
        part = {};
    }
    return found;
}

}  // namespace ranh::overlay
