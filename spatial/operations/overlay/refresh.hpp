#pragma once

#include "spatial/operations/overlay/overlaps.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace ranh::overlay {

/// What differs between two versions of a layer, as indexes into them, ascending.
struct LayerChange {
    std::vector<std::uint32_t>
        gone;  ///< of the version before: features that are not in the other, or not as they were
    std::vector<std::uint32_t> made;  ///< of the version after: features that are new, or not as they were

    [[nodiscard]] bool empty() const { return gone.empty() && made.empty(); }
};

/// Compares the features of two versions by id; one is as it was when its source system and its source coordinates are
/// the same bits.
///
/// Cost  O(features).
[[nodiscard]] LayerChange changes_between(const snapshot::PackedLayer& before, const snapshot::PackedLayer& after);

/// One side of a run, and of the run before it.
struct RefreshedSide {
    const snapshot::PackedLayer& before;
    const snapshot::PackedLayer& after;
    const LayerChange& change;
};

/// The pairs of two layers of which versions have been measured before: what find_overlaps() gives for the versions
/// `after`, bit for bit, from what it gave for the versions `before`.
///
/// Only pairs of features that have changed are measured, each against the features around it; a pair depends on its
/// two features alone, so the others are as they were. `previous` must be whole (not truncated) and made with the same
/// options, which must not filter by values, or the work is done from the start. Thresholds and kinds of accuracy in
/// the descriptions of the layers must not have changed.
///
/// Cost    the join of the changed features with their neighbourhoods, and O(previous pairs) to hand over a whole
///         result; totals, where they are wanted, are summed anew. overlaps_of() costs the change alone.
/// Errors  Failure: cancelled; invalid_argument when the working planes differ.
[[nodiscard]] OverlapResult refresh_overlaps(const OverlapResult& previous, const RefreshedSide& left,
                                             const RefreshedSide& right, const OverlapOptions& options = {});

/// The pairs of find_overlaps() that have one of the features named on their left, or one of those named on their right
/// side, bit for bit; no totals. For results that are kept elsewhere, where what goes is known by its ids. The lists
/// are ascending; in a layer with itself the left one is looked at. Features that options filter out take no part.
///
/// Cost    the join of these features with their neighbourhoods.
/// Errors  Failure: cancelled; invalid_argument when the working planes differ.
[[nodiscard]] OverlapResult overlaps_of(const snapshot::PackedLayer& left, std::span<const std::uint32_t> left_made,
                                        const snapshot::PackedLayer& right, std::span<const std::uint32_t> right_made,
                                        const OverlapOptions& options = {});

}  // namespace ranh::overlay
