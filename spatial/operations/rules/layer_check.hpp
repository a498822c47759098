#pragma once

#include "spatial/base/progress.hpp"
#include "spatial/snapshot/packed_layer.hpp"
#include "spatial/validation/issue.hpp"
#include "spatial/validation/profile.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace ranh::rules {

/// What to check of a layer, and by which rules.
struct LayerCheckOptions {
    validation::Profile profile;
    /// Only features of the commune of this code. Default: empty, all features.
    std::string commune;
    /// Default: 0, the hardware's.
    unsigned threads = 0;
    const CancelToken* cancel = nullptr;
};

/// Name of the field of a schema that holds the code of the commune ("commune_code", "commune", "maXa"), or nothing.
[[nodiscard]] std::optional<std::size_t> commune_field(const model::Schema& schema);

/// The rules of one feature, over every feature of a layer.
///
/// Coordinates  checked as they stand in the source, bit for bit; issues speak of these.
/// Cost         that of validation::GeometryRules for each feature; threads take blocks of features from a queue.
/// Guarantees   issues in ascending order of feature id, of one feature in the order of GeometryRules; the same for any
///              number of threads.
/// Not done     what lies between features: neighbours, repeated keys.
/// Errors       Failure: not_found naming the fields there are when a commune is asked for and no field holds it;
///              cancelled.
[[nodiscard]] validation::ValidationReport check_layer(const snapshot::PackedLayer& layer,
                                                       const LayerCheckOptions& options);

}  // namespace ranh::rules
