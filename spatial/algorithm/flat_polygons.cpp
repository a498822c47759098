#include "spatial/algorithm/flat_polygons.hpp"

#include "spatial/algorithm/area.hpp"

#include <algorithm>
#include <iterator>
#include <span>

namespace ranh::algorithm {
namespace {

template <typename T>
void append_all(std::vector<T>& to, std::span<const T> more) {
    to.insert(to.end(), more.begin(), more.end());
}

/// Begins counted from the start of the other arrays, the leading 0 left out.
void append_begins(std::vector<std::size_t>& to, const std::vector<std::size_t>& more) {
    const std::size_t before = to.back();
    std::transform(more.begin() + 1, more.end(), std::back_inserter(to),
                   [before](std::size_t begin) { return before + begin; });
}

}  // namespace

void FlatPolygons::reserve(std::size_t features, std::size_t points) {
    m_points.reserve(points);
    m_path_ends.reserve(features);
    m_part_ends.reserve(features);
    for (auto* begins : {&m_point_begins, &m_path_begins, &m_part_begins}) {
        begins->reserve(features + 1);
    }
    m_boxes.reserve(features);
    m_areas_m2.reserve(features);
}

void FlatPolygons::add(const geom::GeometryView& feature) {
    append_all(m_points, feature.points);
    append_all(m_path_ends, feature.path_ends);
    append_all(m_part_ends, feature.part_ends);
    m_point_begins.push_back(m_points.size());
    m_path_begins.push_back(m_path_ends.size());
    m_part_begins.push_back(m_part_ends.size());
}

void FlatPolygons::add(const geom::GeometryView& feature, const geom::Box& box, double area_m2) {
    add(feature);
    m_boxes.push_back(box);
    m_areas_m2.push_back(area_m2);
}

void FlatPolygons::add_features(const geom::GeometryView& parts, std::span<const std::uint32_t> part_ends) {
    const std::size_t points_before = m_points.size();
    append_all(m_points, parts.points);
    std::uint32_t first_point = 0;
    std::uint32_t first_path = 0;
    std::uint32_t part = 0;
    for (const std::uint32_t part_end : part_ends) {
        const std::uint32_t path_end = part_end == 0 ? 0 : parts.part_ends[part_end - 1];
        const std::uint32_t point_end = path_end == 0 ? 0 : parts.path_ends[path_end - 1];
        for (; part < part_end; ++part) {
            m_part_ends.push_back(parts.part_ends[part] - first_path);
        }
        for (std::uint32_t path = first_path; path < path_end; ++path) {
            m_path_ends.push_back(parts.path_ends[path] - first_point);
        }
        first_path = path_end;
        first_point = point_end;
        m_point_begins.push_back(points_before + point_end);
        m_path_begins.push_back(m_path_ends.size());
        m_part_begins.push_back(m_part_ends.size());
    }
}

void FlatPolygons::append(const FlatPolygons& other) {
    append_all<geom::Point>(m_points, other.m_points);
    append_all<std::uint32_t>(m_path_ends, other.m_path_ends);
    append_all<std::uint32_t>(m_part_ends, other.m_part_ends);
    append_begins(m_point_begins, other.m_point_begins);
    append_begins(m_path_begins, other.m_path_begins);
    append_begins(m_part_begins, other.m_part_begins);
    append_all<geom::Box>(m_boxes, other.m_boxes);
    append_all<double>(m_areas_m2, other.m_areas_m2);
}

void FlatPolygons::finish() {
    for (std::size_t i = m_boxes.size(); i < size(); ++i) {
        const geom::GeometryView feature = view().feature(i);
        m_boxes.push_back(feature.box().value_or(geom::Box{}));
        m_areas_m2.push_back(area(feature));
    }
}

double median_area(std::span<const double> areas_m2) {
    std::vector<double> positive;
    positive.reserve(areas_m2.size());
    std::copy_if(areas_m2.begin(), areas_m2.end(), std::back_inserter(positive),
                 [](double area_m2) { return area_m2 > 0.0; });
    if (positive.empty()) {
        return 0.0;
    }
    const auto median = positive.begin() + static_cast<std::ptrdiff_t>(positive.size() / 2);
    std::nth_element(positive.begin(), median, positive.end());
    return *median;
}

}  // namespace ranh::algorithm
