#pragma once

#include "spatial/base/error.hpp"
#include "spatial/geom/geometry.hpp"
#include "spatial/model/value.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ranh::codec {

/// One layer of a Mapbox Vector Tile 2.1. Coordinates given to add() are already in tile units (x right, y down), whole
/// numbers.
struct MvtFeature {
    geom::Geometry geometry;
    std::vector<std::pair<std::string, model::Value>> attributes;  ///< null values are left out
};

struct MvtLayer {
    std::string name;
    std::uint32_t extent = 4096;
    std::vector<MvtFeature> features;
};

/// Specification 2.1; rings are written with the winding §4.3.4.4 asks for, rings of zero area are left out, a feature
/// without any geometry left is dropped. Equal input gives equal bytes.
[[nodiscard]] std::string to_mvt(const std::vector<MvtLayer>& layers);

/// For tests and checks: reads a tile back. corrupt_input for anything out of the specification.
[[nodiscard]] Result<std::vector<MvtLayer>> parse_mvt(std::string_view bytes);

}  // namespace ranh::codec
