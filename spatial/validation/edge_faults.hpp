#pragma once

#include "spatial/geom/geometry.hpp"
#include "spatial/validation/issue.hpp"
#include "spatial/validation/plane_scale.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace ranh::validation {

/// What is held against edges and corners; 0 switches a limit off.
struct EdgeLimits {
    double grid_m = 0.0;
    double least_edge_m = 0.0;
    double least_angle_deg = 0.0;
};

/// Points nearer than the grid, short edges, sharp corners of one ring, with vertices as stored. Points that are equal
/// are no edge: clean_ring() tells them. O(n).
/// Precondition: finite coordinates.
void find_edge_faults(std::span<const geom::Point> ring, std::uint32_t number, PlaneScale scale,
                      const EdgeLimits& limits, std::vector<ValidationIssue>& issues);

/// The same as a yes or no, for most rings: whether there may be any, points that are equal among them.
[[nodiscard]] bool may_have_edge_faults(std::span<const geom::Point> ring, PlaneScale scale, const EdgeLimits& limits);

}  // namespace ranh::validation
