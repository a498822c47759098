#pragma once

#include "spatial/snapshot/packed_layer.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace ranh::bench {

/// Checks `projects` outlines of 5,000 corners and up to 25 km² each, drawn at random places of the first layer,
/// against all layers, one after the other, and prints one line of JSON: how long a check takes (`seconds`: 99 of
/// 100 take no longer) and what it meets.
int run_what_if(const std::string& work, const std::vector<std::shared_ptr<const snapshot::PackedLayer>>& layers,
                std::size_t projects, std::uint64_t seed);

/// The pairs of 1, 100 and 10,000 changed parcels with the other layer, drawn at random (overlay::overlaps_of), and
/// prints one line of JSON: `seconds` is what 10,000 take, the median of five.
int run_change(const snapshot::PackedLayer& parcels, const snapshot::PackedLayer& others, std::uint64_t seed);

}  // namespace ranh::bench
