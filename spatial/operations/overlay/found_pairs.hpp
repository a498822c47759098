#pragma once

#include "spatial/operations/overlay/candidates.hpp"
#include "spatial/operations/overlay/overlaps.hpp"

#include <vector>

namespace ranh::overlay {

/// Pairs and the features that make them, in the order of the candidates.
struct FoundPairs {
    std::vector<model::Pair> pairs;
    std::vector<PairMembers> members;
};

/// Measures every candidate. Errors  Failure: cancelled.
[[nodiscard]] FoundPairs measure_candidates(const snapshot::PackedLayer& left, const snapshot::PackedLayer& right,
                                            const Candidates& candidates, const OverlapOptions& options);

/// Those of some features that have the values asked for, in the order given. Failure invalid_argument for a field that
/// the layer does not have.
[[nodiscard]] std::vector<std::uint32_t> features_where(const snapshot::PackedLayer& layer,
                                                        const std::vector<filter::FieldEquals>& equals,
                                                        std::vector<std::uint32_t> features);

/// The result of a run: pairs up to options.most_pairs, with their totals where they are wanted.
[[nodiscard]] OverlapResult result_of(const snapshot::PackedLayer& left, const snapshot::PackedLayer& right,
                                      FoundPairs found, const OverlapOptions& options);

/// Failure invalid_argument when the layers stand in different working planes.
void require_one_plane(const snapshot::PackedLayer& left, const snapshot::PackedLayer& right);
/// Both are the same version of one layer.
[[nodiscard]] bool is_self_join(const snapshot::PackedLayer& left, const snapshot::PackedLayer& right);

}  // namespace ranh::overlay
