#pragma once

#include "services/app/options.hpp"
#include "spatial/engine/engine.hpp"
#include "spatial/store/workspace.hpp"

#include <string>
#include <vector>

namespace ranh::app {

/// The one system all features of both sides stand in, else VN-2000 longitude and latitude: that of geometry handed
/// out.
[[nodiscard]] crs::Crs common_system(const engine::OverlapAnswer& answer);

/// Publishes the pairs as a new version of the layer "overlaps-LEFT-RIGHT". The thresholds are kept with it, so that a
/// change of one side can bring it up to date.
model::LayerVersion save_overlaps(store::Workspace& workspace, const engine::OverlapAnswer& answer,
                                  const ThresholdOptions& thresholds);

/// Brings every saved result up to date that was computed from `base`, after a change of that layer was published:
/// pairs of features that the versions do not share are measured anew, the others stay as they are.
///
/// Returns  one sentence for each result, also for one that has to be computed from the start and why.
/// Cost     the join of the changed features with their neighbourhoods, and one look at the ids of the saved pairs.
/// Errors   Failure of the workspace; what was brought up to date before stays.
[[nodiscard]] std::vector<std::string> refresh_saved_overlaps(store::Workspace& workspace,
                                                              const model::LayerVersion& base);

}  // namespace ranh::app
