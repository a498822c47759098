#pragma once

#include "spatial/snapshot/packed_layer.hpp"

#include <string>

namespace ranh::present {

/// Name of a feature for people: the first open text field among full_name, name, ten, title, ten_du_an; else its id.
[[nodiscard]] std::string display_name(const snapshot::PackedLayer& layer, const FeatureId& id);

}  // namespace ranh::present
