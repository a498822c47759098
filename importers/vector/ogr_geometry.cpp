#include "importers/vector/ogr_geometry.hpp"

#include "importers/vector/gdal_support.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

namespace ranh::vector::detail {

namespace {

std::vector<geom::Point> points_of(OGRGeometryH path) {
    std::vector<geom::Point> points(static_cast<std::size_t>(std::max(OGR_G_GetPointCount(path), 0)));
    if (!points.empty()) {
        OGR_G_GetPoints(path, &points.front().x, sizeof(geom::Point), &points.front().y, sizeof(geom::Point), nullptr,
                        0);
    }
    return points;
}

/// Largest radius of the arcs in a geometry; 0 when it has none.
double largest_radius(OGRGeometryH geometry) {
    double radius = 0.0;
    for (int i = 0; i < OGR_G_GetGeometryCount(geometry); ++i) {
        radius = std::max(radius, largest_radius(OGR_G_GetGeometryRef(geometry, i)));
    }
    if (wkbFlatten(OGR_G_GetGeometryType(geometry)) != wkbCircularString) {
        return radius;
    }
    const auto points = points_of(geometry);
    for (std::size_t i = 0; i + 2 < points.size(); i += 2) {
        const auto& a = points[i];
        const double ux = points[i + 1].x - a.x;
        const double uy = points[i + 1].y - a.y;
        const double vx = points[i + 2].x - a.x;
        const double vy = points[i + 2].y - a.y;
        const double cross = 2.0 * (ux * vy - uy * vx);
        // A full circle repeats its first point at the end: its middle point is the other end of a diameter.
        const double product = std::hypot(ux, uy) * std::hypot(vx, vy) * std::hypot(vx - ux, vy - uy);
        radius = std::max(radius, cross == 0.0 ? std::hypot(ux, uy) / 2.0 : std::abs(product / cross));
    }
    return radius;
}

geom::GeometryType multi_form(geom::GeometryType type) {
    constexpr std::array forms = {geom::GeometryType::multi_point, geom::GeometryType::multi_line_string,
                                  geom::GeometryType::multi_polygon};
    return forms[static_cast<std::size_t>(geom::dimension(type))];
}

class Reading {
public:
    explicit Reading(bool geographic) : m_geographic(geographic) {}

    OgrReading read(OGRGeometryH geometry) {
        if (geometry == nullptr || OGR_G_IsEmpty(geometry) != 0) {
            return std::move(m_result);
        }
        m_result.had_z = OGR_G_Is3D(geometry) != 0 || OGR_G_IsMeasured(geometry) != 0;
        GeometryPointer linear;
        if (OGR_G_HasCurveGeometry(geometry, 0) != 0) {
            m_result.had_curves = OGR_G_HasCurveGeometry(geometry, 1) != 0;
            linear.reset(OGR_G_GetLinearGeometry(geometry, stroke_angle(geometry), nullptr));
            geometry = linear.get();
        }
        m_result.was_collection = wkbFlatten(OGR_G_GetGeometryType(geometry)) == wkbGeometryCollection;
        read_linear(geometry);
        if (m_result.problem.empty()) {
            hand_on();
        }
        return std::move(m_result);
    }

private:
    /// Degrees of arc between points for which the sagitta r(1 - cos(angle/2)) is the chord error.
    double stroke_angle(OGRGeometryH geometry) const {
        const double chord_error = m_geographic ? 1e-8 : 1e-3;
        const double radius = largest_radius(geometry);
        if (radius <= chord_error) {
            return 0.0;
        }
        // GDAL takes the next whole number of steps for the angle, which may be a few seconds of arc more: a tenth is
        // kept in hand.
        return 0.9 * 2.0 * std::acos(1.0 - chord_error / radius) * 180.0 / std::numbers::pi;
    }

    void read_linear(OGRGeometryH geometry) {
        switch (wkbFlatten(OGR_G_GetGeometryType(geometry))) {
            case wkbPoint: read_parts(geometry, geom::GeometryType::point, false); break;
            case wkbLineString: read_parts(geometry, geom::GeometryType::line_string, false); break;
            case wkbPolygon:
            case wkbTriangle: read_parts(geometry, geom::GeometryType::polygon, false); break;
            case wkbMultiPoint: read_parts(geometry, geom::GeometryType::multi_point, true); break;
            case wkbMultiLineString: read_parts(geometry, geom::GeometryType::multi_line_string, true); break;
            case wkbMultiPolygon:
            case wkbTIN:
            case wkbPolyhedralSurface: read_parts(geometry, geom::GeometryType::multi_polygon, true); break;
            case wkbGeometryCollection:
                for (int i = 0; i < OGR_G_GetGeometryCount(geometry); ++i) {
                    read_linear(OGR_G_GetGeometryRef(geometry, i));
                }
                break;
            default:
                m_result.problem =
                    fmt::format("geometries of type {} are not read; convert it to points, lines or areas",
                                OGR_G_GetGeometryName(geometry));
        }
    }

    void read_parts(OGRGeometryH geometry, geom::GeometryType type, bool multi) {
        geom::Geometry& target = m_by_dimension[static_cast<std::size_t>(geom::dimension(type))];
        // Several members of a collection become one Multi form.
        target.set_type(target.empty() && !m_result.was_collection ? type : multi_form(type));
        const int parts = multi ? OGR_G_GetGeometryCount(geometry) : 1;
        for (int i = 0; i < parts; ++i) {
            const OGRGeometryH part = multi ? OGR_G_GetGeometryRef(geometry, i) : geometry;
            if (OGR_G_IsEmpty(part) == 0) {
                geom::dimension(type) == 2 ? add_polygon(part, target) : target.add_path(points_of(part));
                target.end_part();
            }
        }
    }

    /// The geometry of the highest dimension, then the others.
    void hand_on() {
        for (auto geometry = m_by_dimension.rbegin(); geometry != m_by_dimension.rend(); ++geometry) {
            if (geometry->empty()) {
                continue;
            }
            if (m_result.was_collection && geometry->view().part_count() == 1) {
                *geometry = geom::single_part(*geometry, 0);
            }
            if (m_result.geometry) {
                m_result.others.push_back(std::move(*geometry));
            } else {
                m_result.geometry = std::move(*geometry);
            }
        }
    }

    void add_polygon(OGRGeometryH polygon, geom::Geometry& target) {
        for (int i = 0; i < OGR_G_GetGeometryCount(polygon); ++i) {
            auto ring = points_of(OGR_G_GetGeometryRef(polygon, i));
            if (ring.empty()) {
                continue;
            }
            if (ring.front() != ring.back()) {
                m_result.had_open_ring = true;
                ring.push_back(ring.front());
            }
            target.add_path(ring);
        }
    }

    bool m_geographic;
    std::array<geom::Geometry, 3> m_by_dimension;
    OgrReading m_result;
};

OGRGeometryH make_path(OGRwkbGeometryType type, std::span<const geom::Point> points) {
    OGRGeometryH path = OGR_G_CreateGeometry(type);
    OGR_G_SetPointCount(path, static_cast<int>(points.size()));
    OGR_G_SetPoints(path, static_cast<int>(points.size()), &points.front().x, sizeof(geom::Point), &points.front().y,
                    sizeof(geom::Point), nullptr, 0);
    return path;
}

OGRGeometryH make_part(const geom::GeometryView& geometry, std::size_t index) {
    const auto paths = geometry.part(index);
    switch (geom::dimension(geometry.type)) {
        case 0: {
            OGRGeometryH point = OGR_G_CreateGeometry(wkbPoint);
            const auto place = geometry.path(paths.first).front();
            OGR_G_SetPoint_2D(point, 0, place.x, place.y);
            return point;
        }
        case 1: return make_path(wkbLineString, geometry.path(paths.first));
        default: break;
    }
    OGRGeometryH polygon = OGR_G_CreateGeometry(wkbPolygon);
    for (std::size_t path = paths.first; path < paths.end; ++path) {
        OGR_G_AddGeometryDirectly(polygon, make_path(wkbLinearRing, geometry.path(path)));
    }
    return polygon;
}

}  // namespace

OgrReading read_ogr_geometry(OGRGeometryH geometry, bool geographic) { return Reading(geographic).read(geometry); }

OGRwkbGeometryType ogr_type(geom::GeometryType type) {
    switch (type) {
        case geom::GeometryType::point: return wkbPoint;
        case geom::GeometryType::line_string: return wkbLineString;
        case geom::GeometryType::polygon: return wkbPolygon;
        case geom::GeometryType::multi_point: return wkbMultiPoint;
        case geom::GeometryType::multi_line_string: return wkbMultiLineString;
        case geom::GeometryType::multi_polygon: break;
    }
    return wkbMultiPolygon;
}

OGRGeometryH make_ogr_geometry(const geom::GeometryView& geometry, bool force_multi) {
    const auto multi = multi_form(geometry.type);
    if (geometry.type != multi && !force_multi) {
        return make_part(geometry, 0);
    }
    OGRGeometryH result = OGR_G_CreateGeometry(ogr_type(multi));
    for (std::size_t i = 0; i < geometry.part_count(); ++i) {
        OGR_G_AddGeometryDirectly(result, make_part(geometry, i));
    }
    return result;
}

}  // namespace ranh::vector::detail
