#include "spatial/engine/engine.hpp"

#include "spatial/base/task_pool.hpp"
#include "spatial/operations/overlay/refresh.hpp"
#include "spatial/operations/overlay/union_totals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <numeric>
#include <set>

namespace ranh::engine {
namespace {

using snapshot::PackedLayer;

Method method_of(const crs::WorkingPlane& plane) {
    return {
        "signed integral of the lower edge over common x-ranges, in the working plane (equal-area: ellipsoidal square "
        "metres)",
        plane.name(),
        fmt::format(
            "exact on source coordinates where both features have one source system; else in the working plane, "
            "contacts under {} m count as touching",
            overlay::contact_m),
        "GEOS OverlayNG in the working plane, floating precision (no grid); its area is held against area_m2",
        "ranh " RANH_VERSION};
}

void require_within_limits(const CheckRequest& request, const Limits& limits) {
    if (request.projects.empty()) {
        throw Failure(ErrorKind::invalid_argument, "there is no feature to check; send at least one outline");
    }
    if (request.projects.size() > limits.most_projects) {
        throw Failure(ErrorKind::limit_exceeded,
                      fmt::format("{} features to check, at most {} at once; send them in parts",
                                  request.projects.size(), limits.most_projects));
    }
    std::size_t points = 0;
    for (const model::Feature& project : request.projects) {
        points += project.geometry ? project.geometry->points().size() : 0;
    }
    if (points > limits.most_project_points) {
        throw Failure(ErrorKind::limit_exceeded,
                      fmt::format("{} corners to check, at most {} at once; send them in parts", points,
                                  limits.most_project_points));
    }
}

std::shared_ptr<const PackedLayer> pack_projects(const CheckRequest& request, const crs::WorkingPlane& plane) {
    std::set<crs::Crs> systems;
    for (const model::Feature& project : request.projects) {
        systems.insert(project.crs);
    }
    model::LayerVersion version{
        .layer = LayerId::parse("check").value(),
        .number = VersionNumber(1),
        .description = {},
        .systems = {systems.begin(), systems.end()},
        .feature_count = static_cast<std::int64_t>(request.projects.size()),
        .held = false,
        .withdrawn = false,
        .known_from = {},
        .content_hash = {},
    };
    version.description.kind = model::LayerKind::project;
    version.description.schema = request.schema;
    snapshot::PackedLayerBuilder builder(std::move(version), plane);
    for (const model::Feature& project : request.projects) {
        builder.add(project);
    }
    return builder.finish();
}

/// Layers a check runs against: those named, else all but results saved by earlier runs.
std::vector<std::shared_ptr<const PackedLayer>> layers_to_check(const snapshot::SnapshotView& view,
                                                                const CheckRequest& request) {
    std::vector<std::shared_ptr<const PackedLayer>> layers;
    if (request.layers.empty()) {
        for (const auto& layer : view.layers()) {
            if (layer->version().description.provenance.inputs.empty()) {
                layers.push_back(layer);
            }
        }
        return layers;
    }
    std::set<LayerId> wanted(request.layers.begin(), request.layers.end());
    for (const LayerId& id : wanted) {
        layers.push_back(view.layer(id));
    }
    return layers;
}

/// Two layers are measured beside each other, the largest first: much of a single one runs on one thread only. Each may
/// use all threads, so at most twice as many are alive as asked for, and half of the bytes of the index.
void measure_layers(const std::vector<std::shared_ptr<const PackedLayer>>& layers,
                    const overlay::OverlapOptions& options, CheckAnswer& answer) {
    std::vector<std::size_t> largest_first(layers.size());
    std::iota(largest_first.begin(), largest_first.end(), std::size_t{0});
    std::ranges::stable_sort(largest_first, std::ranges::greater{}, [&](std::size_t i) { return layers[i]->size(); });
    answer.overlaps.resize(layers.size());
    constexpr unsigned layers_at_once = 2;
    const unsigned threads = options.threads == 0 ? default_thread_count() : options.threads;
    overlay::OverlapOptions of_layer = options;
    of_layer.index_bytes = std::max<std::size_t>(1, options.index_bytes / layers_at_once);
    of_layer.progress = {};
    std::atomic<std::uint64_t> done{0};
    for_each_index(
        layers.size(), std::min(threads, layers_at_once),
        [&](std::size_t k) {
            const std::size_t i = largest_first[k];
            answer.overlaps[i] = measure_overlaps(answer.projects, layers[i], answer.at, answer.known_at, of_layer);
            if (options.progress) {
                options.progress(++done, layers.size());
            }
        },
        options.cancel);
}

}  // namespace

bool OverlapAnswer::is_draft() const { return left->version().is_draft() || right->version().is_draft(); }

Engine::Engine(std::shared_ptr<const snapshot::Catalog> catalog, Limits limits)
    : m_catalog(std::move(catalog)), m_limits(limits) {}

snapshot::SnapshotView Engine::view() const { return snapshot::SnapshotView(m_catalog->current()); }

CheckAnswer Engine::check(const snapshot::SnapshotView& view, const CheckRequest& request) const {
    require_within_limits(request, m_limits);
    const auto layers = layers_to_check(view, request);
    if (layers.empty()) {
        throw Failure(ErrorKind::not_found,
                      "the workspace has no layer to check against; bring one in with 'ranh import'");
    }
    CheckAnswer answer;
    answer.projects = pack_projects(request, layers.front()->plane());
    answer.crs_decisions = request.crs_decisions;
    answer.notes = request.notes;
    answer.at = view.snapshot().at();
    answer.known_at = view.snapshot().known_at();
    answer.method = method_of(layers.front()->plane());

    measure_layers(layers, request.options, answer);
    std::vector<overlay::PairsOfLayer> pairs;
    for (const OverlapAnswer& overlaps : answer.overlaps) {
        pairs.push_back({&overlaps.result, overlaps.right.get()});
    }
    answer.totals = overlay::total_of(*answer.projects, pairs, request.options.cancel);
    return answer;
}

namespace {

OverlapAnswer answer_of(std::shared_ptr<const PackedLayer> left, std::shared_ptr<const PackedLayer> right, Date at,
                        Timestamp known_at, overlay::OverlapResult result) {
    OverlapAnswer answer;
    answer.result = std::move(result);
    answer.method = method_of(left->plane());
    answer.left = std::move(left);
    answer.right = std::move(right);
    answer.at = at;
    answer.known_at = known_at;
    return answer;
}

}  // namespace

OverlapAnswer measure_changes(std::shared_ptr<const PackedLayer> left, const std::vector<std::uint32_t>& left_made,
                              std::shared_ptr<const PackedLayer> right, const std::vector<std::uint32_t>& right_made,
                              Date at, Timestamp known_at, const overlay::OverlapOptions& options) {
    overlay::OverlapResult result = overlay::overlaps_of(*left, left_made, *right, right_made, options);
    return answer_of(std::move(left), std::move(right), at, known_at, std::move(result));
}

OverlapAnswer measure_overlaps(std::shared_ptr<const PackedLayer> left, std::shared_ptr<const PackedLayer> right,
                               Date at, Timestamp known_at, const overlay::OverlapOptions& options) {
    overlay::OverlapResult result = overlay::find_overlaps(*left, *right, options);
    return answer_of(std::move(left), std::move(right), at, known_at, std::move(result));
}

}  // namespace ranh::engine
