#pragma once

#include "spatial/base/ids.hpp"
#include "spatial/geom/geometry.hpp"

#include <optional>
#include <string_view>

namespace ranh::model {

/// Left to right: `contains` reads "left contains right".
enum class Relation { contains, within, equals, crosses, touches, near };

/// overlap: above the sliver limit; sliver: shares area, yet thin within the accuracy of both layers; none: no common
/// area.
enum class SizeClass { overlap, sliver, none };

[[nodiscard]] std::string_view to_string(Relation relation);
[[nodiscard]] std::string_view to_string(SizeClass size);

/// Two features that meet (or are near) and how.
struct Pair {
    FeatureRef left;
    FeatureRef right;
    Relation relation = Relation::touches;
    SizeClass size_class = SizeClass::none;
    double area_m2 = 0.0;  ///< on the ellipsoid, edges straight in each source plane; 0 when touching or near
    std::optional<double> area_planar_m2 =
        std::nullopt;  ///< in the common source plane, where both have one projected Crs
    std::optional<double> share_left =
        std::nullopt;  ///< area / area of the left feature; absent when left is a point or line
    std::optional<double> share_right = std::nullopt;
    std::optional<double> length_inside_m = std::nullopt;  ///< left or right is a line: its length inside the area
    std::optional<double> width_m = std::nullopt;          ///< mean width of the common area: 2 * area / perimeter
    /// 4π · area / perimeter² of the common area: 1 for a disc, 0.785 for a square, near 0 for a thread.
    std::optional<double> thinness = std::nullopt;
    /// One side winds around ground otherwise than once (crossing rings, parts on parts): area_m2 counts ground as
    /// often as the rings wind around it, and below 0 where they wind around it backwards.
    bool invalid_input = false;
    /// Where invalid_input: the common area of repaired copies, each place counted once.
    std::optional<double> area_repaired_m2 = std::nullopt;
    double distance_m = 0.0;                                ///< > 0 only for near
    geom::Box box = {};                                     ///< of the common boxes of the pair, in lon/lat WGS 84
    std::optional<geom::Geometry> geometry = std::nullopt;  ///< common area in the working plane, only when asked for
    std::optional<double> geometry_area_m2 = std::nullopt;  ///< area of `geometry`, to be held against area_m2
    /// The two differ by more than 1e-6 m² and 1e-9 of the smaller side: the geometry is not to be trusted.
    bool geometry_disagrees = false;
};

/// Common ground as people count it, each place once: of repaired copies where a ring crosses itself, else area_m2.
[[nodiscard]] inline double ground_m2(const Pair& pair) { return pair.area_repaired_m2.value_or(pair.area_m2); }

}  // namespace ranh::model
