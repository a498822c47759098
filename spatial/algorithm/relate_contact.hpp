#pragma once

#include "spatial/algorithm/relate_exact.hpp"

namespace ranh::algorithm {

/// What walking along `boundary` sees of `other` when everything within `contact` of the other's boundary counts as
/// lying on it: inside and outside are set only by stretches farther away than that. Sides of shared stretches are not
/// told. `is_area`: of `boundary`.
struct NearEncounter {
    Encounter seen;
    double length_on = 0.0;  // length of the boundary that counts as lying on the other's
};
[[nodiscard]] NearEncounter encounter_within(const Boundary& boundary, bool is_area, const Boundary& other,
                                             double contact);

/// Shortest distance of a point to the segments of a boundary.
[[nodiscard]] double distance_to(const Boundary& boundary, geom::Point p);

/// Shortest distance of a point to a segment.
[[nodiscard]] double distance_to(const Segment& segment, geom::Point p);

}  // namespace ranh::algorithm
