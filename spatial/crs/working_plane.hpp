#pragma once

#include "spatial/base/units.hpp"
#include "spatial/crs/crs.hpp"
#include "spatial/crs/geodesic.hpp"
#include "spatial/geom/geometry.hpp"

#include <memory>
#include <string>

namespace ranh::crs {

/// Centre of the working plane, degrees on VN-2000. It is stored in a workspace at its creation and never changes
/// there.
struct WorkingPlaneCentre {
    double latitude_deg = 11.6;
    double longitude_deg = 107.9;
    friend bool operator==(const WorkingPlaneCentre&, const WorkingPlaneCentre&) = default;
};

/// The one plane in which all layers meet: Lambert azimuthal equal-area (Snyder 1987, §24) on the VN-2000 ellipsoid.
/// Its planar area is the ellipsoidal area.
///
/// An edge is straight in its source system. project() first divides each edge, in the source system, into 2^k equal
/// pieces until the chord error in the plane is under 0.1 mm; the division runs from the lower end point to the higher
/// one (order by y, then x), so that two features which share an edge share every inserted point bit for bit.
///
/// Threads  one object may be used by many threads.
class WorkingPlane {
public:
    static constexpr double chord_error_m = 1e-4;

    explicit WorkingPlane(WorkingPlaneCentre centre = {});
    WorkingPlane(const WorkingPlane&);
    WorkingPlane& operator=(const WorkingPlane&);
    ~WorkingPlane();

    [[nodiscard]] const WorkingPlaneCentre& centre() const { return m_centre; }
    /// Densified and projected: x east, y north of the centre, metres. Repeated points of the source stay repeated.
    /// Points are projected without densification. corrupt_input when a point cannot be projected.
    [[nodiscard]] geom::Geometry project(const geom::GeometryView& source, const Crs& source_crs) const;
    [[nodiscard]] geom::Point project(geom::Point point, const Crs& source_crs) const;
    /// From the plane back to `target`, vertex by vertex, without densification (for geometry built in the plane).
    /// Exact to the rounding of coordinates (about 1e-8 m); costs three projections a point.
    [[nodiscard]] geom::Geometry unproject(const geom::GeometryView& geometry, const Crs& target) const;
    [[nodiscard]] geom::Point unproject(geom::Point point, const Crs& target) const;
    /// Text for records: "LAEA 11.6N 107.9E on VN-2000 (EPSG:4756)".
    [[nodiscard]] std::string name() const;

private:
    struct State;
    WorkingPlaneCentre m_centre;
    std::shared_ptr<const State> m_state;
};

}  // namespace ranh::crs
