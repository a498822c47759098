#pragma once

#include "spatial/algorithm/area.hpp"
#include "spatial/algorithm/polygons_view.hpp"
#include "spatial/geom/geometry.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace ranh::test {

/// Polygons in flat arrays as a packed layer keeps them, made in memory: add features, then finish() once.
class FlatLayer {
public:
    FlatLayer() = default;
    explicit FlatLayer(std::span<const geom::Geometry> features) {
        for (const geom::Geometry& feature : features) {
            add(feature);
        }
        finish();
    }

    void add(const geom::GeometryView& feature) {
        m_points.insert(m_points.end(), feature.points.begin(), feature.points.end());
        m_path_ends.insert(m_path_ends.end(), feature.path_ends.begin(), feature.path_ends.end());
        m_part_ends.insert(m_part_ends.end(), feature.part_ends.begin(), feature.part_ends.end());
        m_point_begins.push_back(m_points.size());
        m_path_begins.push_back(m_path_ends.size());
        m_part_begins.push_back(m_part_ends.size());
    }

    /// A polygon of one closed ring.
    void add_ring(std::span<const geom::Point> ring) {
        const auto points = static_cast<std::uint32_t>(ring.size());
        const std::uint32_t one = 1;
        add({geom::GeometryType::polygon, ring, {&points, 1}, {&one, 1}});
    }

    /// Boxes and areas.
    void finish() {
        m_boxes.resize(size());
        m_areas_m2.resize(size());
        for (std::size_t i = 0; i < size(); ++i) {
            const geom::GeometryView feature = view().feature(i);
            m_boxes[i] = feature.box().value_or(geom::Box{});
            m_areas_m2[i] = algorithm::area(feature);
        }
    }

    void reserve(std::size_t features, std::size_t points) {
        m_points.reserve(points);
        for (auto* ends : {&m_path_ends, &m_part_ends}) {
            ends->reserve(features);
        }
        for (auto* begins : {&m_point_begins, &m_path_begins, &m_part_begins}) {
            begins->reserve(features + 1);
        }
    }

    [[nodiscard]] std::size_t size() const { return m_point_begins.size() - 1; }
    [[nodiscard]] std::size_t point_count() const { return m_points.size(); }
    /// Lives until the next add().
    [[nodiscard]] algorithm::PolygonsView view() const {
        return {m_points, m_path_ends, m_part_ends, m_point_begins, m_path_begins, m_part_begins, m_boxes, m_areas_m2};
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

}  // namespace ranh::test
