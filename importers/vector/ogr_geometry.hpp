#pragma once

#include "spatial/base/error.hpp"
#include "spatial/geom/geometry.hpp"

#include <ogr_api.h>

#include <optional>
#include <string>
#include <vector>

namespace ranh::vector::detail {

/// What a source geometry was, besides its form.
struct OgrReading {
    std::optional<geom::Geometry> geometry;  ///< absent: there is none, or `problem` says why it cannot be read
    std::string problem;
    /// What a collection of areas, lines and points holds besides `geometry`, which is that of the highest dimension:
    /// lines before points.
    std::vector<geom::Geometry> others;
    bool was_collection = false;
    bool had_z = false;
    bool had_curves = false;
    bool had_open_ring = false;  ///< closed by repeating its first point
};

/// Flat arrays of an OGR geometry, x and y bit for bit; Z and M are left out. Empty parts are left out. Arcs are
/// stroked with a chord error of 1 mm (1e-8 degrees when `geographic`), also inside collections. A collection, however
/// deep, is one geometry per dimension: its areas as one MultiPolygon (a Polygon when there is one), and so on.
[[nodiscard]] OgrReading read_ogr_geometry(OGRGeometryH geometry, bool geographic);

/// The OGR form of a geometry, for writers; the caller owns it. `force_multi`: a single form becomes its Multi form.
[[nodiscard]] OGRGeometryH make_ogr_geometry(const geom::GeometryView& geometry, bool force_multi);
[[nodiscard]] OGRwkbGeometryType ogr_type(geom::GeometryType type);

}  // namespace ranh::vector::detail
