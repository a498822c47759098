#pragma once

#include "spatial/algorithm/relate.hpp"
#include "spatial/geom/geometry.hpp"

#include <optional>
#include <string>

namespace ranh::test {

/// What GEOS says, asked through its C interface without any of our repairs.

[[nodiscard]] bool geos_valid(const geom::GeometryView& geometry);

/// Area of the intersection, on unaltered coordinates or rounded to multiples of `grid`; nothing when GEOS throws.
[[nodiscard]] std::optional<double> geos_overlap_area(const geom::GeometryView& a, const geom::GeometryView& b,
                                                      double grid = 0.0);

/// The nine characters of the intersection matrix (OGC 06-103r4 §6.1.15).
[[nodiscard]] std::string geos_matrix(const geom::GeometryView& a, const geom::GeometryView& b);

/// Our relation read from the matrix of two areas.
[[nodiscard]] algorithm::SpatialRelation relation_of_areas(const std::string& matrix);
/// Our relation read from the matrix of a line and an area.
[[nodiscard]] algorithm::SpatialRelation relation_of_line(const std::string& matrix);

[[nodiscard]] double geos_distance(const geom::GeometryView& a, const geom::GeometryView& b);
[[nodiscard]] double geos_length_inside(const geom::GeometryView& line, const geom::GeometryView& area);

}  // namespace ranh::test
