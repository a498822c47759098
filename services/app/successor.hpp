#pragma once

#include "spatial/model/layer.hpp"

#include <string>
#include <vector>

namespace ranh::app {

/// The layer (and version) that `--superseded-by` names must be in the workspace and be another layer. Failure
/// not_found naming the layers there are, or invalid_argument for a layer that would replace itself. An empty text is
/// passed.
void check_successor(const std::vector<model::LayerVersion>& versions, const LayerId& layer,
                     const std::string& superseded_by);

}  // namespace ranh::app
