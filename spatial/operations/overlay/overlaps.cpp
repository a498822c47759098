#include "spatial/operations/overlay/overlaps.hpp"

#include "spatial/operations/overlay/candidates.hpp"
#include "spatial/operations/overlay/found_pairs.hpp"
#include "spatial/operations/overlay/union_totals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace ranh::overlay {
namespace {

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

std::vector<std::uint32_t> all_of(const snapshot::PackedLayer& layer) {
    std::vector<std::uint32_t> features;
    features.reserve(layer.places());
    for (std::uint32_t i = 0; i < layer.places(); ++i) {
        if (layer.holds_feature(i)) {
            features.push_back(i);
        }
    }
    return features;
}

/// Both sides are listed when one of them is: in a layer with itself a pair may then be found from either side.
Listed listed_where(const snapshot::PackedLayer& left, const snapshot::PackedLayer& right,
                    const OverlapOptions& options) {
    if (options.left_equals.empty() && options.right_equals.empty()) {
        return {};
    }
    return {features_where(left, options.left_equals, all_of(left)),
            features_where(right, options.right_equals, all_of(right))};
}

}  // namespace

Metres sliver_width(const model::LayerVersion& left, const model::LayerVersion& right) {
    constexpr double datum_accuracy_m = 1.0;  // EPSG:6960
    const auto a = declared_accuracy_m(left.description.provenance);
    const auto b = declared_accuracy_m(right.description.provenance);
    return Metres(std::max(datum_accuracy_m, std::hypot(a.value_or(0.0), b.value_or(0.0))));
}

OverlapResult find_overlaps(const snapshot::PackedLayer& left, const snapshot::PackedLayer& right,
                            const OverlapOptions& options) {
    require_one_plane(left, right);
    const Candidates candidates =
        find_candidates(left, right, is_self_join(left, right), options, listed_where(left, right, options));
    FoundPairs found = measure_candidates(left, right, candidates, options);
    return result_of(left, right, std::move(found), options);
}

std::vector<std::uint32_t> features_where(const snapshot::PackedLayer& layer,
                                          const std::vector<filter::FieldEquals>& equals,
                                          std::vector<std::uint32_t> features) {
    if (equals.empty()) {
        return features;
    }
    const auto conditions = filter::FieldConditions::of(layer.version().description.schema, equals);
    if (!conditions.ok()) {
        throw Failure(conditions.error());
    }
    std::erase_if(features, [&](std::uint32_t i) {
        return !conditions.value().hold([&](std::size_t field) { return layer.value(i, field); });
    });
    return features;
}

OverlapResult result_of(const snapshot::PackedLayer& left, const snapshot::PackedLayer& right, FoundPairs found,
                        const OverlapOptions& options) {
    OverlapResult result{.pairs = std::move(found.pairs), .members = std::move(found.members), .totals = {}};
    if (result.pairs.size() > options.most_pairs) {
        result.pairs.erase(result.pairs.begin() + static_cast<std::ptrdiff_t>(options.most_pairs), result.pairs.end());
        result.members.resize(options.most_pairs);
        result.truncated = true;
    }
    if (options.totals == OverlapTotalsWanted::include) {
        result.totals = total_of(left, {{&result, &right}}, options.cancel);
    }
    return result;
}

void require_one_plane(const snapshot::PackedLayer& left, const snapshot::PackedLayer& right) {
    if (left.plane().centre() != right.plane().centre()) {
        throw Failure(
            ErrorKind::invalid_argument,
            fmt::format("{} and {} stand in working planes of different centres; import both into one workspace",
                        left.version().name(), right.version().name()));
    }
}

bool is_self_join(const snapshot::PackedLayer& left, const snapshot::PackedLayer& right) {
    return left.version().layer == right.version().layer && left.version().number == right.version().number;
}

}  // namespace ranh::overlay
