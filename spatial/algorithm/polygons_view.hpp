#pragma once

#include "spatial/geom/geometry.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace ranh::algorithm {

/// Many polygonal features in flat arrays, as a packed layer keeps them: looks at memory of others and lives no longer
/// than its owner.
///
/// Feature i has the points [point_begins[i], point_begins[i + 1]), likewise its paths and parts. The path ends of a
/// feature count from its own first point, the part ends from its own first path, as in a GeometryView. Features
/// without geometry have no points. Units: metres of the working plane; x = easting, y = northing.
struct PolygonsView {
    std::span<const geom::Point> points;
    std::span<const std::uint32_t> path_ends;
    std::span<const std::uint32_t> part_ends;
    std::span<const std::size_t> point_begins;
    std::span<const std::size_t> path_begins;
    std::span<const std::size_t> part_begins;
    /// Box of each feature; not looked at where the feature has no points.
    std::span<const geom::Box> boxes;
    /// Area of each feature, shells minus holes, square metres.
    std::span<const double> areas_m2;
    /// Form of each feature; one that is no area counts as having no points. Empty: all are areas.
    std::span<const geom::GeometryType> types = {};

    [[nodiscard]] std::size_t size() const { return point_begins.empty() ? 0 : point_begins.size() - 1; }
    [[nodiscard]] std::size_t point_count(std::size_t i) const {
        const bool is_area = types.empty() || geom::dimension(types[i]) == 2;
        return is_area ? point_begins[i + 1] - point_begins[i] : 0;
    }
    [[nodiscard]] geom::GeometryView feature(std::size_t i) const {
        return {.type = geom::GeometryType::multi_polygon,
                .points = points.subspan(point_begins[i], point_begins[i + 1] - point_begins[i]),
                .path_ends = path_ends.subspan(path_begins[i], path_begins[i + 1] - path_begins[i]),
                .part_ends = part_ends.subspan(part_begins[i], part_begins[i + 1] - part_begins[i])};
    }
};

}  // namespace ranh::algorithm
