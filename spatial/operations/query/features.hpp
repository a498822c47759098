#pragma once

#include "spatial/snapshot/packed_layer.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ranh::query {

/// Which features of a layer, in ascending order of id.
struct FeatureQuery {
    /// The geometry meets the box; features without geometry match every box (OGC 17-069r4, 7.15.3).
    std::optional<geom::Box> lonlat_box = {};
    /// The second half of a box across the antimeridian; only beside lonlat_box.
    std::optional<geom::Box> other_lonlat_box = {};
    /// Field name, value as text; numbers are compared as numbers, null equals nothing.
    std::vector<std::pair<std::string, std::string>> equals = {};
    std::optional<FeatureId> after = {};  ///< cursor: only ids greater than this
    std::size_t limit = 10;
};

struct FeaturePage {
    std::vector<std::uint32_t> features;  ///< indexes in the layer, by ascending id
    std::size_t matched = 0;              ///< of the whole query, without cursor and limit
    std::optional<FeatureId> next;        ///< cursor of the next page
};

/// Cost    without conditions that of the page alone; a box costs its candidates, a condition on a field one look at
///         each feature.
/// Errors  invalid_argument naming the fields there are when a field of `equals` does not exist or is personal.
[[nodiscard]] Result<FeaturePage> find_features(const snapshot::PackedLayer& layer, const FeatureQuery& query);

}  // namespace ranh::query
