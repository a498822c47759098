#pragma once

#include "spatial/algorithm/polygons_view.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace ranh::algorithm {

/// Polygonal features in flat arrays of their own, in the order they were added: the owner behind a PolygonsView. Add
/// features, then finish().
///
/// Units    metres of one plane; x = easting, y = northing.
/// Threads  one object is for one thread; parts made by several are appended to one another.
class FlatPolygons {
public:
    /// Room for that many, so that adding moves nothing; too little is no fault.
    void reserve(std::size_t features, std::size_t points);
    void add(const geom::GeometryView& feature);
    /// One whose box and area are known. Precondition: finished, as it stays.
    void add(const geom::GeometryView& feature, const geom::Box& box, double area_m2);
    /// Features whose parts stand one behind the other in one multi polygon: those of feature i end with part
    /// part_ends[i].
    void add_features(const geom::GeometryView& parts, std::span<const std::uint32_t> part_ends);
    /// All features of another one, with their boxes and areas. Precondition: both are finished.
    void append(const FlatPolygons& other);
    /// Boxes and areas of what was added since the last call.
    void finish();

    [[nodiscard]] std::size_t size() const { return m_point_begins.size() - 1; }
    [[nodiscard]] std::size_t point_count() const { return m_points.size(); }
    /// Lives until the next change. Precondition: finished.
    [[nodiscard]] PolygonsView view() const {
        return {.points = m_points,
                .path_ends = m_path_ends,
                .part_ends = m_part_ends,
                .point_begins = m_point_begins,
                .path_begins = m_path_begins,
                .part_begins = m_part_begins,
                .boxes = m_boxes,
                .areas_m2 = m_areas_m2};
    }

private:
    std::vector<geom::Point> m_points;
    std::vector<std::uint32_t> m_path_ends;
    std::vector<std::uint32_t> m_part_ends;
    std::vector<std::size_t> m_point_begins{0};
    std::vector<std::size_t> m_path_begins{0};
    std::vector<std::size_t> m_part_begins{0};
    std::vector<geom::Box> m_boxes;
    std::vector<double> m_areas_m2;
};

/// The median of those areas that are above 0, square metres; it decides the lattice of a layer. 0 without any.
[[nodiscard]] double median_area(std::span<const double> areas_m2);

}  // namespace ranh::algorithm
