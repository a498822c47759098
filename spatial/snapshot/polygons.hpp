#pragma once

#include "spatial/algorithm/polygons_view.hpp"
#include "spatial/snapshot/geometry_column.hpp"

#include <span>

namespace ranh::snapshot {

/// A column in the working plane as the kernels of algorithm read it; boxes in metres, areas in square metres, one for
/// each feature. Lives no longer than what it looks at.
[[nodiscard]] inline algorithm::PolygonsView polygons_of(const GeometryColumnView& column,
                                                         std::span<const geom::Box> boxes,
                                                         std::span<const double> areas_m2) {
    return {.points = column.points,
            .path_ends = column.path_ends,
            .part_ends = column.part_ends,
            .point_begins = column.point_begins,
            .path_begins = column.path_begins,
            .part_begins = column.part_begins,
            .boxes = boxes,
            .areas_m2 = areas_m2,
            .types = column.types};
}

}  // namespace ranh::snapshot
