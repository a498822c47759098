#pragma once

#include "spatial/base/progress.hpp"
#include "spatial/base/units.hpp"
#include "spatial/filter/field_conditions.hpp"
#include "spatial/model/pair.hpp"
#include "spatial/snapshot/packed_layer.hpp"

#include <optional>
#include <vector>

namespace ranh::overlay {

enum class OverlapGeometry { leave_out, include };
enum class OverlapTotalsWanted { leave_out, include };

struct OverlapOptions {
    /// Pairs with a smaller common area are left out, and so are pairs without any when this is above 0. Default: 0,
    /// all pairs.
    SquareMetres min_area{0.0};
    /// Least share of the smaller side, 0..1. Default: 0.
    double min_share = 0.0;
    /// Features up to this far apart are pairs of relation near. Default: 0, only features that meet.
    Metres near{0.0};
    /// Only features of which all these fields have these values take part, numbers compared as numbers. Default: all.
    std::vector<filter::FieldEquals> left_equals = {};
    std::vector<filter::FieldEquals> right_equals = {};
    /// Common geometry in the working plane, by GEOS; areas never come from it. Default: leave_out.
    OverlapGeometry geometry = OverlapGeometry::leave_out;
    /// Sums and unions over the pairs. Default: include.
    OverlapTotalsWanted totals = OverlapTotalsWanted::include;
    /// Pairs after which the search stops (truncated = true). Default: none in practice.
    std::size_t most_pairs = 50'000'000;
    /// Bytes the index of the join may take; above it the join goes band by band. The result does not depend on it.
    std::size_t index_bytes = std::size_t{1} << 30U;
    /// Threads; 0 means as many as the machine has. The result does not depend on it.
    unsigned threads = 0;
    const CancelToken* cancel = nullptr;
    Progress progress = {};
};

/// Common area of one left feature with all right features: as a sum over pairs, and counting ground once.
struct LeftTotal {
    FeatureId left;
    double sum_m2 = 0.0;
    double union_m2 = 0.0;
};

struct OverlapTotals {
    double sum_m2 = 0.0;
    double union_m2 = 0.0;            ///< ground that is common to any left and any right feature, counted once
    std::vector<LeftTotal> per_left;  ///< left features with common area, ascending id
};

/// The features of a pair, as indexes into their layers.
struct PairMembers {
    std::uint32_t left = 0;
    std::uint32_t right = 0;
};

struct OverlapResult {
    std::vector<model::Pair> pairs;    ///< ascending left id, then right id
    std::vector<PairMembers> members;  ///< of each pair
    OverlapTotals totals;
    bool truncated = false;
};

/// All pairs of features of two layers that meet (or are near), with relation, areas and size class. A layer version
/// with itself gives each unordered pair once and no feature with itself.
///
/// Measure    area_m2 by the area kernel in the working plane (equal-area, so ellipsoidal square metres).
/// Relation   decided exactly on the unaltered source doubles when both features have one source Crs, else in the
/// working plane, where
///            contacts nearer than `contact_m` count as touching. Where it is touches, the area is 0 by definition.
/// Sliver     a crossing pair whose area is below that of a square of side s = sliver_width(), or which is elongated
///            (thinness below 0.5: four times as long as wide) and whose mean width (2 * area / perimeter of the common
///            area) is below s. The mean width of a compact shape is half of its width and tells nothing by itself.
/// Invalid    a feature that winds around ground otherwise than once (PackedLayer::crosses_itself): area_m2 is by the
///            product of winding numbers, flagged, beside the area of repaired copies; that pair's relation is told
///            from what is repaired, and no width.
/// Memory     the pairs (some 450 bytes each, at most options.most_pairs), options.index_bytes, and an index of the
/// long
///            outlines that meet others.
/// Stopping   options.cancel is asked in the join, for each candidate and for each few pairs; options.progress is told
///            how many tasks are measured.
/// Guarantees A with B equals B with A (sides exchanged); same bytes for any number of threads and any order of the
/// input. Errors     Failure: cancelled; invalid_argument when the working planes differ or a field does not exist.
[[nodiscard]] OverlapResult find_overlaps(const snapshot::PackedLayer& left, const snapshot::PackedLayer& right,
                                          const OverlapOptions& options = {});

/// Contacts nearer than this count as touching when two source systems meet: chord error of each side (0.1 mm) and the
/// 0.1 mm grid.
inline constexpr double contact_m = 3e-4;

/// Mean width under which common ground lies within the accuracy of both layers: the root of the sum of squares of the
/// declared accuracies (a map scale 1:N counts 0.3 mm on the map), and never less than 1 m, the accuracy of EPSG:6960.
[[nodiscard]] Metres sliver_width(const model::LayerVersion& left, const model::LayerVersion& right);

}  // namespace ranh::overlay
