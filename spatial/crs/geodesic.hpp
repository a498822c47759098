#pragma once

#include "spatial/base/units.hpp"
#include "spatial/crs/crs.hpp"
#include "spatial/geom/geometry.hpp"

#include <span>

namespace ranh::crs {

/// Areal scale of a projected system relative to its ellipsoid (grid area / ellipsoidal area) at a point of that
/// system.
///
/// Cost          a few microseconds.
/// Precondition  !crs.is_geographic() (asserted): degrees have no areal scale.
/// Errors        corrupt_input when the point lies outside of the projection.
/// Source        Snyder 1987, §4, by proj_factors.
[[nodiscard]] double areal_scale(const Crs& crs, geom::Point point);

/// Area on the VN-2000 ellipsoid by geodesic edges (Karney 2013), for checks in tests: the working plane keeps edges
/// straight in their source system and differs from this by up to 0.04 ha on a mine. Ring in `crs`, closed or not;
/// always >= 0.
[[nodiscard]] SquareMetres geodesic_area(std::span<const geom::Point> ring, const Crs& crs);

/// The geodesic from one place to another on the ellipsoid of WGS 84, which is also that of VN-2000.
struct GeodesicLine {
    Metres length;
    Degrees azimuth;  // at the start, clockwise from north, 0 <= azimuth < 360
};

/// Both ends in longitude and latitude, degrees, of one datum. Source: Karney 2013.
[[nodiscard]] GeodesicLine geodesic_line(geom::Point from, geom::Point to);

/// The place where a geodesic from `start` ends. Source: Karney 2013.
[[nodiscard]] geom::Point geodesic_end(geom::Point start, const GeodesicLine& line);

}  // namespace ranh::crs
