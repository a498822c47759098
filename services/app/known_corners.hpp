#pragma once

#include "spatial/geom/geometry.hpp"
#include "spatial/store/workspace.hpp"

#include <cstddef>
#include <functional>
#include <span>

namespace ranh::app {

/// Counts how many of some places (WGS 84) lie within pipeline::known_corner_reach_m of a corner of a published feature
/// of the workspace. Outlines of more than 2,000 corners and layers saved from results are not looked at.
///
/// Cost      opens the packed layers when first called (packing them where they are stale); then some microseconds a
///           place.
/// Lifetime  `workspace` must outlive it. For one thread.
[[nodiscard]] std::function<std::size_t(std::span<const geom::Point>)> known_corners_of(
    const store::Workspace& workspace);

}  // namespace ranh::app
