#pragma once

#include "spatial/base/sha256.hpp"
#include "spatial/model/layer.hpp"

#include <string>
#include <string_view>

namespace ranh::store {

/// What every backend asks of a feature before it is written: an id, one value of the right type (or null) per field,
/// finite reals and coordinates, a geometry that is not empty, and a planar area in no other plane than the feature's
/// own.
///
/// Errors  Failure invalid_argument naming the feature and the field.
void check_feature(const model::Schema& schema, const model::Feature& feature);

/// Content hash of a feature as all backends compute it; `wkb` is codec::to_wkb of its geometry, empty without one. A
/// feature without geometry has no Crs of its own and is hashed as if it were WGS 84.
[[nodiscard]] Sha256 content_hash(const model::Feature& feature, std::string_view wkb);
[[nodiscard]] Sha256 content_hash(const model::Feature& feature);

}  // namespace ranh::store
