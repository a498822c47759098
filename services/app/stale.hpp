#pragma once

#include "spatial/model/layer.hpp"

#include <vector>

namespace ranh::app {

/// A saved result whose input layers have a newer published version than the one it was computed from.
[[nodiscard]] bool is_stale(const model::LayerVersion& version, const std::vector<model::LayerVersion>& all);

}  // namespace ranh::app
