#include "spatial/operations/overlay/found_pairs.hpp"

#include "spatial/base/task_pool.hpp"
#include "spatial/operations/overlay/pair_measure.hpp"

#include <algorithm>
#include <atomic>
#include <iterator>

namespace ranh::overlay {
namespace {

/// Pairs measured by one task: so many that the counter costs nothing, so few that two long outlines do not stand in
/// one task while the other threads have none.
std::size_t task_size_for(std::size_t pairs, unsigned threads) {
    return std::clamp<std::size_t>(pairs / (std::size_t{32} * threads), 1, 64);
}

bool measured(const PairMeasure& measure, const Candidate& candidate, model::Pair& pair) {
    const CellPair& cells = candidate.cells;
    const auto clear = cells.all_inside ? PairMeasure::Clear::inside : PairMeasure::Clear::unknown;
    return (candidate.source != Candidate::Source::near && measure.measure(cells.left, cells.right, clear, pair)) ||
           measure.measure_near(cells.left, cells.right, pair);
}

}  // namespace

FoundPairs measure_candidates(const snapshot::PackedLayer& left, const snapshot::PackedLayer& right,
                              const Candidates& candidates, const OverlapOptions& options) {
    const unsigned threads = options.threads == 0 ? default_thread_count() : options.threads;
    const PairOutlines left_outlines(left, candidates.left_boundaries, threads);
    const PairOutlines right_outlines(right, candidates.right_boundaries, threads);
    const PairMeasure measure(left, right, left_outlines, right_outlines, options);

    const std::size_t task_size = task_size_for(candidates.pairs.size(), threads);
    const std::size_t tasks = (candidates.pairs.size() + task_size - 1) / task_size;
    std::vector<FoundPairs> parts(tasks);
    std::atomic<std::uint64_t> done{0};
    for_each_index(
        tasks, threads,
        [&](std::size_t task) {
            FoundPairs mine;
            const std::size_t end = std::min(candidates.pairs.size(), (task + 1) * task_size);
            mine.pairs.reserve(end - task * task_size);
            mine.members.reserve(end - task * task_size);
            for (std::size_t i = task * task_size; i < end; ++i) {
                const Candidate& candidate = candidates.pairs[i];
                mine.pairs.push_back({.left = measure.left_ref(candidate.cells.left),
                                      .right = measure.right_ref(candidate.cells.right)});
                if (!measured(measure, candidate, mine.pairs.back())) {
                    mine.pairs.pop_back();
                } else {
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
    found.pairs.reserve(candidates.pairs.size());
    found.members.reserve(candidates.pairs.size());
    for (FoundPairs& part : parts) {
        std::ranges::move(part.pairs, std::back_inserter(found.pairs));
        found.members.insert(found.members.end(), part.members.begin(), part.members.end());
        part = {};
    }
    return found;
}

}  // namespace ranh::overlay
