#pragma once

#include "spatial/base/error.hpp"
#include "spatial/geom/geometry.hpp"

#include <optional>
#include <span>
#include <string>

namespace ranh::topology {

/// Construction of geometry with GEOS OverlayNG; called only where geometry is asked for, never where an area is
/// enough.
///
/// All functions: coordinates of one plane; `grid_m` is the precision grid of the result (0: floating); Threads: one
/// GEOS context per thread, safe from any thread. Errors: Failure-free, Result with corrupt_input when GEOS refuses the
/// input.

/// Common area of two polygonal geometries (only polygons of the result are kept), or nothing when there is none.
/// Invalid input is repaired on a copy first (structure method).
[[nodiscard]] Result<std::optional<geom::Geometry>> intersection(const geom::GeometryView& a,
                                                                 const geom::GeometryView& b, double grid_m = 0.0);
/// Union of polygonal geometries, or nothing when all are empty.
[[nodiscard]] Result<std::optional<geom::Geometry>> unary_union(std::span<const geom::Geometry> areas,
                                                                double grid_m = 0.0);

/// A copy that is valid by OGC rules, polygons only (GEOSMakeValid, structure method); nothing when no area is left.
[[nodiscard]] Result<std::optional<geom::Geometry>> make_valid(const geom::GeometryView& area);

/// Why and where a geometry is not valid; empty when it is.
struct Invalidity {
    std::string reason;
    geom::Point place;
};
[[nodiscard]] std::optional<Invalidity> invalidity(const geom::GeometryView& geometry);

/// Diameter of the largest circle inside an area, to `tolerance_m`: the greatest width of a sliver.
[[nodiscard]] Result<double> largest_inner_width(const geom::GeometryView& area, double tolerance_m);

}  // namespace ranh::topology
