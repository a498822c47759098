#pragma once

#include "spatial/base/date.hpp"
#include "spatial/base/progress.hpp"
#include "spatial/snapshot/packed_layer.hpp"
#include "spatial/validation/issue.hpp"
#include "spatial/validation/profile.hpp"

#include <string>

namespace ranh::rules {

/// What to check of a layer, and by which rules.
struct LayerCheckOptions {
    validation::Profile profile;
    /// The day that land codes and terms of use are asked for.
    Date day;
    /// Only features of the commune of this code. Default: empty, all features.
    std::string commune;
    /// Default: 0, the hardware's.
    unsigned threads = 0;
    const CancelToken* cancel = nullptr;
};

/// The rules of one feature, over every feature of a layer, and of the layer as a register: keys and identifiers that
/// stand there twice. Layers of kind parcel are held to the rules of what is on paper, others to those of geometry
/// only.
///
/// Coordinates  checked as they stand in the source, bit for bit; issues speak of these.
/// Cost         that of validation::GeometryRules for each feature; threads take blocks of features from a queue.
/// Guarantees   issues in ascending order of feature id, of one feature geometry first, then paper, then register; the
///              same for any number of threads. Rules that could not be held are named in `unchecked`.
/// Not done     what lies between neighbours on the ground.
/// Errors       Failure: not_found naming the fields there are when a commune is asked for and no field holds it;
///              cancelled.
[[nodiscard]] validation::ValidationReport check_layer(const snapshot::PackedLayer& layer,
                                                       const LayerCheckOptions& options);

}  // namespace ranh::rules
