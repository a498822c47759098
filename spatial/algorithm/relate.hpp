#pragma once

#include "spatial/algorithm/distance.hpp"
#include "spatial/geom/geometry.hpp"

#include <optional>

namespace ranh::algorithm {

/// How two geometries of one plane lie to each other. For areas: contains / within / equals / crosses mean that the
/// interiors meet; touches means that only boundaries meet. For a point or line on the left and an area on the right:
/// within when no part lies outside the closed area and some part inside its interior, crosses when some part lies
/// inside and some outside, touches when only the boundary is met; with the area on the left contains stands for
/// within. Two geometries neither of which is an area: touches when they share a point, else disjoint.
enum class SpatialRelation { disjoint, touches, contains, within, equals, crosses };

/// Where a point lies relative to a polygonal geometry.
enum class PointPlace { outside, boundary, inside };

/// Exact (orientation() decides); holes and multi-parts respected; a point on a shared edge of two parts counts as
/// boundary. Cost O(n).
[[nodiscard]] PointPlace locate(geom::Point point, const geom::GeometryView& area);

struct RelateOptions {
    /// Contacts nearer than this count as touching: vertices this close to the other's edge are taken as lying on it.
    /// Default: 0, exact. In the working plane callers pass grid + chord error.
    double contact_m = 0.0;
    /// a (b) is known to reach beyond the box of the other; for outlines cut to the neighbourhood of the pair
    /// (near_outline.hpp), which may have lost the rings that show it. Default: read from the geometries.
    bool a_reaches_beyond = false;
    bool b_reaches_beyond = false;
    /// Areas of the whole features and the area they share, where `a` and `b` are cut; asked for only with contact_m.
    struct Measured {
        double area_a_m2;
        double area_b_m2;
        double common_m2;
    };
    std::optional<Measured> measured = std::nullopt;
};

/// Relation of a to b, decided exactly on the given doubles when contact_m is 0.
///
/// Units    both in one plane, metres or (for geographic sources) degrees.
/// Cost     O((n + m) log(n + m) + meeting edge pairs).
/// Bad input a self-crossing ring is read by the even-odd rule; a border that two parts of one geometry share vertex by
/// vertex
///          bounds nothing.
/// Threads  pure.
[[nodiscard]] SpatialRelation relate(const geom::GeometryView& a, const geom::GeometryView& b,
                                     const RelateOptions& options = {});

}  // namespace ranh::algorithm
