#include "spatial/operations/overlay/overlaps.hpp"

#include "spatial/base/task_pool.hpp"
#include "spatial/operations/overlay/pair_measure.hpp"
#include "spatial/operations/overlay/union_totals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>

namespace ranh::overlay {
namespace {

/// Left features taken by one task; large enough that the counter costs nothing, small enough to spread uneven work.
constexpr std::size_t task_size = 8;

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

/// Pairs of some left features, in order.
class PairSearch {
public:
    PairSearch(const snapshot::PackedLayer& left, const snapshot::PackedLayer& right, const OverlapOptions& options)
        : m_left(left),
          m_right(right),
          m_options(options),
          m_measure(left, right, options),
          m_self(is_self_join(left, right)) {}

    [[nodiscard]] std::vector<model::Pair> pairs_of(std::size_t first, std::size_t end) const {
        std::vector<model::Pair> pairs;
        for (std::size_t i = first; i < end; ++i) {
            if (m_left.has_geometry(i)) {
                add_pairs_of(i, pairs);
            }
        }
        return pairs;
    }

private:
    void add_pairs_of(std::size_t i, std::vector<model::Pair>& pairs) const {
        const geom::Box reach = geom::grown(m_left.working_box(i), m_options.near.value() + contact_m);
        for (const std::uint32_t k : m_right.in_working_box(reach)) {
            if (m_self && k <= i) {
                continue;
            }
            if (m_options.cancel != nullptr) {
                m_options.cancel->check();
            }
            if (auto pair = m_measure.measure(i, k)) {
                pairs.push_back(std::move(*pair));
            }
        }
    }

    const snapshot::PackedLayer& m_left;
    const snapshot::PackedLayer& m_right;
    const OverlapOptions& m_options;
    PairMeasure m_measure;
    bool m_self;
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
    const PairSearch search(left, right, options);
    const std::size_t tasks = (left.size() + task_size - 1) / task_size;
    std::vector<std::vector<model::Pair>> found(tasks);
    std::atomic<std::uint64_t> done{0};
    const unsigned threads = options.threads == 0 ? default_thread_count() : options.threads;
    for_each_index(
        tasks, threads,
        [&](std::size_t task) {
            const std::size_t first = task * task_size;
            std::vector<model::Pair> pairs = search.pairs_of(first, std::min(left.size(), first + task_size));
            found[task] = std::move(pairs);
            if (options.progress) {
                options.progress(++done, tasks);
            }
        },
        options.cancel);

    OverlapResult result;
    for (std::vector<model::Pair>& pairs : found) {
        result.pairs.insert(result.pairs.end(), std::make_move_iterator(pairs.begin()),
                            std::make_move_iterator(pairs.end()));
    }
    if (result.pairs.size() > options.most_pairs) {
        result.pairs.erase(result.pairs.begin() + static_cast<std::ptrdiff_t>(options.most_pairs), result.pairs.end());
        result.truncated = true;
    }
    result.totals = total_of(result.pairs, left, right);
    return result;
}

}  // namespace ranh::overlay
