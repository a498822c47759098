#pragma once

#include "spatial/snapshot/packed_layer.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ranh::test {

/// A feature as a test writes it.
struct DrawnFeature {
    std::string id;
    std::string wkt;         ///< empty: without geometry
    std::string name = {};   ///< field `name`
    std::string owner = {};  ///< field `owner`, which is personal
};

/// A layer version as a test writes it. Coordinates are metres east and north of a corner, E 500000 N 1300000, so that
/// they can be read; with `corner` off they stand as they are.
struct DrawnLayer {
    std::string id = "left";
    std::vector<DrawnFeature> features;
    int epsg = 5899;
    bool corner = true;
    std::int64_t version = 1;
    model::LayerDescription description = {};
};

[[nodiscard]] std::shared_ptr<const snapshot::PackedLayer> packed(const DrawnLayer& drawn,
                                                                  const crs::WorkingPlane& plane = crs::WorkingPlane());

/// A feature of its own, with areas measured.
[[nodiscard]] model::Feature feature_of(const DrawnFeature& drawn, int epsg,
                                        const crs::WorkingPlane& plane = crs::WorkingPlane(), bool corner = true);

}  // namespace ranh::test
