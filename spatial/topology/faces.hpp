#pragma once

#include "spatial/base/error.hpp"
#include "spatial/geom/geometry.hpp"

#include <span>
#include <vector>

namespace ranh::topology {

/// What lines enclose, and what is left of them.
struct LineFaces {
    std::vector<geom::Geometry> faces;  ///< Polygon each, islands cut out; they do not overlap
    /// Lines with a free end, as long as they go without meeting another one.
    std::vector<geom::Geometry> dangles;
    std::vector<geom::Geometry> cuts;  ///< lines between two boundaries, with the same face on both sides
    /// Points of the lines that are not where they were: GEOS moves them, by less than a micrometre in metres, only
    /// where lines that nearly coincide leave it no other way.
    std::size_t moved_points = 0;
};

/// The faces of a plane cut up by lines: every crossing becomes a corner, equal stretches count once, then the rings
/// are walked (GEOSPolygonize_full).
///
/// Guarantees  no tolerance: corners stay where they are, bit for bit, or moved_points counts them.
/// Input       LineString or MultiLineString; closed lines are rings.
/// Threads     one GEOS context per thread, safe from any thread.
/// Errors      corrupt_input for a coordinate that is not finite and when GEOS refuses the lines.
[[nodiscard]] Result<LineFaces> faces_of_lines(std::span<const geom::Geometry> lines);

}  // namespace ranh::topology
