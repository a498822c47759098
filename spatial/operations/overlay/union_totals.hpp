#pragma once

#include "spatial/operations/overlay/overlaps.hpp"

namespace ranh::overlay {

/// Sums and unions over pairs that hold common area.
///
/// The union over the right features of one left feature equals the sum where the right features that meet it share no
/// area with each other; only otherwise the common geometries are built and united with GEOS. Likewise over all left
/// features.
[[nodiscard]] OverlapTotals total_of(const std::vector<model::Pair>& pairs, const snapshot::PackedLayer& left,
                                     const snapshot::PackedLayer& right);

/// The same over several right layers, for one left layer; `pairs[i]` belongs to `rights[i]`.
[[nodiscard]] OverlapTotals total_of(const std::vector<const std::vector<model::Pair>*>& pairs,
                                     const snapshot::PackedLayer& left,
                                     const std::vector<const snapshot::PackedLayer*>& rights);

}  // namespace ranh::overlay
