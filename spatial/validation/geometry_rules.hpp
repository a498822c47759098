#pragma once

#include "spatial/geom/geometry.hpp"
#include "spatial/validation/edge_faults.hpp"
#include "spatial/validation/issue.hpp"
#include "spatial/validation/plane_scale.hpp"
#include "spatial/validation/profile.hpp"

#include <vector>

namespace ranh::validation {

/// The rules of one area: its rings, each by itself and among each other.
///
/// Units, axes  coordinates of any plane, x = easting or longitude; measures in metres and square metres by `scale`.
/// Cost         O(n) for an area of one ring whose edges are all seen from its middle (most parcels); else
///              O(n log n + pairs of edges whose boxes meet), and for h holes h² comparisons of boxes.
/// Guarantees   all faults, not the first: every place where a ring meets itself, every spike, every pair of rings.
/// What
///              breaks an area is decided by exact predicates, without any tolerance: an issue with Rule::breaks_area
///              is found if and only if the area is no valid one of OGC 06-103r4 §6.1.11 and §6.1.14 (the verdict of
///              GEOS, which reads no open rings).
/// Order        by ring, vertex, code; the same for every run.
/// Not done     what hangs on a spike is not looked at further: it is gone when the spike is.
/// Threads      const; any number at a time.
class GeometryRules {
public:
    explicit GeometryRules(Profile profile);

    /// Appends the issues of an area, without feature id; of points and lines there are none.
    void check(const geom::GeometryView& area, PlaneScale scale, std::vector<ValidationIssue>& issues) const;

private:
    [[nodiscard]] bool is_surely_clean(const geom::GeometryView& area, PlaneScale scale) const;
    [[nodiscard]] double limit(IssueCode code) const;

    Profile m_profile;
    EdgeLimits m_limits;
};

/// No ring breaks the rules of a valid area. Cost and guarantees as above.
[[nodiscard]] bool is_valid_area(const geom::GeometryView& area);

}  // namespace ranh::validation
