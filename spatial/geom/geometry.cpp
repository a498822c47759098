#include "spatial/geom/geometry.hpp"

#include "spatial/base/assert.hpp"

#include <algorithm>
#include <cmath>

namespace ranh::geom {

Box grown(const Box& box, double margin) {
    return {{box.min.x - margin, box.min.y - margin}, {box.max.x + margin, box.max.y + margin}};
}

Box united(const Box& a, const Box& b) {
    return {{std::min(a.min.x, b.min.x), std::min(a.min.y, b.min.y)},
            {std::max(a.max.x, b.max.x), std::max(a.max.y, b.max.y)}};
}

std::optional<Box> box_of(std::span<const Point> points) {
    if (points.empty()) {
        return std::nullopt;
    }
    Box box{points.front(), points.front()};
    for (const Point& p : points) {
        box.min.x = std::min(box.min.x, p.x);
        box.min.y = std::min(box.min.y, p.y);
        box.max.x = std::max(box.max.x, p.x);
        box.max.y = std::max(box.max.y, p.y);
    }
    return box;
}

std::string_view to_string(GeometryType type) {
    switch (type) {
        case GeometryType::point: return "Point";
        case GeometryType::line_string: return "LineString";
        case GeometryType::polygon: return "Polygon";
        case GeometryType::multi_point: return "MultiPoint";
        case GeometryType::multi_line_string: return "MultiLineString";
        case GeometryType::multi_polygon: return "MultiPolygon";
    }
    return "Point";
}

std::span<const Point> GeometryView::path(std::size_t i) const {
    RANH_ASSERT(i < path_ends.size());
    const std::size_t begin = i == 0 ? 0 : path_ends[i - 1];
    return points.subspan(begin, path_ends[i] - begin);
}

GeometryView::PathRange GeometryView::part(std::size_t i) const {
    RANH_ASSERT(i < part_ends.size());
    return {i == 0 ? 0 : part_ends[i - 1], part_ends[i]};
}

Geometry Geometry::point(Point p) {
    Geometry geometry(GeometryType::point);
    geometry.add_point(p);
    geometry.end_path();
    geometry.end_part();
    return geometry;
}

Geometry Geometry::line_string(std::vector<Point> points) {
    Geometry geometry(GeometryType::line_string);
    geometry.m_points = std::move(points);
    geometry.end_path();
    geometry.end_part();
    return geometry;
}

Geometry Geometry::polygon(std::vector<Point> shell) {
    Geometry geometry(GeometryType::polygon);
    geometry.m_points = std::move(shell);
    if (!geometry.m_points.empty() && geometry.m_points.front() != geometry.m_points.back()) {
        const Point first = geometry.m_points.front();
        geometry.m_points.push_back(first);
    }
    geometry.end_path();
    geometry.end_part();
    return geometry;
}

Geometry Geometry::copy_of(const GeometryView& view) {
    Geometry geometry(view.type);
    geometry.m_points.assign(view.points.begin(), view.points.end());
    geometry.m_path_ends.assign(view.path_ends.begin(), view.path_ends.end());
    geometry.m_part_ends.assign(view.part_ends.begin(), view.part_ends.end());
    return geometry;
}

void Geometry::add_path(std::span<const Point> points) {
    m_points.insert(m_points.end(), points.begin(), points.end());
    end_path();
}

Geometry to_multi(const GeometryView& geometry) {
    Geometry result = Geometry::copy_of(geometry);
    switch (geometry.type) {
        case GeometryType::point: result.set_type(GeometryType::multi_point); break;
        case GeometryType::line_string: result.set_type(GeometryType::multi_line_string); break;
        case GeometryType::polygon: result.set_type(GeometryType::multi_polygon); break;
        default: break;
    }
    return result;
}

Geometry single_part(const GeometryView& geometry, std::size_t part) {
    GeometryType type = GeometryType::polygon;
    if (dimension(geometry.type) == 0) {
        type = GeometryType::point;
    } else if (dimension(geometry.type) == 1) {
        type = GeometryType::line_string;
    }
    Geometry result(type);
    const auto [first, end] = geometry.part(part);
    for (std::size_t i = first; i < end; ++i) {
        result.add_path(geometry.path(i));
    }
    result.end_part();
    return result;
}

bool all_finite(const GeometryView& geometry) {
    return std::all_of(geometry.points.begin(), geometry.points.end(),
                       [](const Point& p) { return std::isfinite(p.x) && std::isfinite(p.y); });
}

}  // namespace ranh::geom
