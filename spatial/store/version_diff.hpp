#pragma once

#include "spatial/store/workspace.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace ranh::store {

/// A feature that is not the same in two versions of a layer, told by its id.
struct FeatureDifference {
    std::optional<model::Feature> before;  ///< absent: added
    std::optional<model::Feature> after;   ///< absent: removed
    bool geometry = false;                 ///< coordinates or their system differ; false for what was added or removed
    std::vector<std::string> fields;       ///< whose values differ; a field that one version lacks is null in it

    [[nodiscard]] const FeatureId& id() const { return before ? before->id : after->id; }
};

/// Hands out what differs between two versions of one layer, in ascending order of id; features that differ only in
/// what was computed from them (areas) are left out.
///
/// Cost    that of the rows the versions do not share, looked up in batches.
/// Errors  not_found (Failure) for a version that is not there.
void read_differences(const Workspace& workspace, const model::LayerVersion& before, const model::LayerVersion& after,
                      const std::function<void(FeatureDifference)>& visit);

}  // namespace ranh::store
