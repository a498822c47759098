#include "importers/pipeline/geometry_check.hpp"

#include <fmt/format.h>

#include <cmath>

namespace ranh::pipeline {

namespace {

/// Three different points are enough: no ring is kept with fewer.
bool has_three_points(std::span<const geom::Point> ring) {
    std::optional<geom::Point> second;
    for (const auto& point : ring) {
        if (point == ring.front()) {
            continue;
        }
        if (second && point != *second) {
            return true;
        }
        second = second ? second : std::optional(point);
    }
    return false;
}

std::optional<std::string> why_not_path(std::span<const geom::Point> path, int dimension, std::size_t number) {
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (!std::isfinite(path[i].x) || !std::isfinite(path[i].y)) {
            return fmt::format(
                "point {} of ring or line {} is not finite ({}, {}); correct the coordinate in the source", i + 1,
                number, path[i].x, path[i].y);
        }
    }
    if (dimension == 2 && (path.empty() || !has_three_points(path))) {
        return fmt::format("ring {} has fewer than three different points; a boundary needs three", number);
    }
    if (dimension == 1 && path.size() < 2) {
        return fmt::format("line {} has fewer than two points", number);
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::string> why_not_kept(const geom::GeometryView& geometry) {
    if (geometry.points.empty()) {
        return "the geometry is empty; draw it, or leave the record out";
    }
    for (std::size_t i = 0; i < geometry.path_count(); ++i) {
        if (auto reason = why_not_path(geometry.path(i), geom::dimension(geometry.type), i + 1)) {
            return reason;
        }
    }
    return std::nullopt;
}

PlausiblePlace::PlausiblePlace(const crs::Crs& crs) : m_to_wgs84(crs::Transform::between(crs, crs::wgs84()).value()) {}

bool PlausiblePlace::holds(const geom::GeometryView& geometry) const {
    // South of 14.5° the country and its islands begin at Thổ Chu, 103.4° E; further north at 102.1° E.
    constexpr geom::Box south{{103.3, 6.0}, {118.0, 14.5}};
    constexpr geom::Box north{{102.0, 14.5}, {118.0, 24.0}};
    const auto box = geometry.box();
    if (!box) {
        return false;
    }
    geom::Point middle{(box->min.x + box->max.x) / 2.0, (box->min.y + box->max.y) / 2.0};
    try {
        m_to_wgs84.apply_interpolated(std::span(&middle, 1));
    } catch (const Failure&) {
        return false;  // where no place of the earth is
    }
    return geom::box_contains(south, middle) || geom::box_contains(north, middle);
}

}  // namespace ranh::pipeline
