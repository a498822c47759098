#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace ranh::geom {

/// A position. x = easting or longitude, y = northing or latitude, always in this order; the unit is that of the Crs
/// beside it.
struct Point {
    double x = 0.0;
    double y = 0.0;
    friend bool operator==(const Point&, const Point&) = default;
};

/// Smallest axis-parallel rectangle around something; min <= max on both axes. The box of nothing is an empty optional.
struct Box {
    Point min;
    Point max;
    friend bool operator==(const Box&, const Box&) = default;
};

[[nodiscard]] constexpr bool boxes_meet(const Box& a, const Box& b) {
    return a.min.x <= b.max.x && b.min.x <= a.max.x && a.min.y <= b.max.y && b.min.y <= a.max.y;
}
[[nodiscard]] constexpr bool box_contains(const Box& box, Point p) {
    return box.min.x <= p.x && p.x <= box.max.x && box.min.y <= p.y && p.y <= box.max.y;
}
/// The box moved outwards by `margin` on each side.
[[nodiscard]] Box grown(const Box& box, double margin);
/// The smallest box around both.
[[nodiscard]] Box united(const Box& a, const Box& b);
[[nodiscard]] std::optional<Box> box_of(std::span<const Point> points);

enum class GeometryType : std::uint8_t { point, line_string, polygon, multi_point, multi_line_string, multi_polygon };

[[nodiscard]] std::string_view to_string(GeometryType type);  // "Point", "LineString", "Polygon", …

/// 0 for points, 1 for lines, 2 for areas.
[[nodiscard]] constexpr int dimension(GeometryType type) {
    switch (type) {
        case GeometryType::point:
        case GeometryType::multi_point: return 0;
        case GeometryType::line_string:
        case GeometryType::multi_line_string: return 1;
        case GeometryType::polygon:
        case GeometryType::multi_polygon: break;
    }
    return 2;
}

class Geometry;

/// Looks at the flat arrays of a Geometry or of a packed layer; costs nothing and lives no longer than its owner.
///
/// All coordinates stand in `points`. A path is a ring of a polygon, a line, or one point of a multi point; `path_ends`
/// holds the end of each path in `points`. A part is one polygon (its first path is the shell, the others are holes),
/// one line or one point; `part_ends` holds the end of each part in `path_ends`. Rings are closed (first point repeated
/// at the end) when they come from a codec; algorithms take a ring that is not as if it were.
struct GeometryView {
    GeometryType type = GeometryType::point;
    std::span<const Point> points;
    std::span<const std::uint32_t> path_ends;
    std::span<const std::uint32_t> part_ends;

    [[nodiscard]] std::size_t path_count() const { return path_ends.size(); }
    [[nodiscard]] std::size_t part_count() const { return part_ends.size(); }
    /// Points of path i, counted over all parts.
    [[nodiscard]] std::span<const Point> path(std::size_t i) const;
    /// Paths [first, end) of part i.
    struct PathRange {
        std::size_t first;
        std::size_t end;
    };
    [[nodiscard]] PathRange part(std::size_t i) const;
    [[nodiscard]] std::optional<Box> box() const { return box_of(points); }
};

/// Form of a feature, a value: a type and flat coordinate arrays, as described at GeometryView. Never empty once handed
/// on (readers use std::optional for "no geometry"), no Crs inside, no algorithm methods.
class Geometry {
public:
    Geometry() = default;
    explicit Geometry(GeometryType type) : m_type(type) {}

    [[nodiscard]] static Geometry point(Point p);
    [[nodiscard]] static Geometry line_string(std::vector<Point> points);
    /// A polygon of one ring; the first point is repeated at the end when it is not yet.
    [[nodiscard]] static Geometry polygon(std::vector<Point> shell);
    /// A deep copy of what the view shows.
    [[nodiscard]] static Geometry copy_of(const GeometryView& view);

    // Building, in order: add the points of a path, end_path(); after the last path of a part, end_part().
    void add_point(Point p) { m_points.push_back(p); }
    /// Takes back the points after the first `kept`, none of which belongs to a path yet.
    void drop_points(std::size_t kept) { m_points.resize(kept); }
    void end_path() { m_path_ends.push_back(static_cast<std::uint32_t>(m_points.size())); }
    void end_part() { m_part_ends.push_back(static_cast<std::uint32_t>(m_path_ends.size())); }
    void add_path(std::span<const Point> points);

    [[nodiscard]] GeometryType type() const { return m_type; }
    void set_type(GeometryType type) { m_type = type; }
    [[nodiscard]] bool empty() const { return m_points.empty(); }
    [[nodiscard]] GeometryView view() const { return {m_type, m_points, m_path_ends, m_part_ends}; }
    // NOLINTNEXTLINE(google-explicit-constructor): a Geometry may stand wherever a view is read
    operator GeometryView() const { return view(); }
    [[nodiscard]] std::span<Point> mutable_points() { return m_points; }
    [[nodiscard]] std::span<const Point> points() const { return m_points; }
    [[nodiscard]] std::optional<Box> box() const { return box_of(m_points); }

    friend bool operator==(const Geometry&, const Geometry&) = default;

private:
    GeometryType m_type = GeometryType::point;
    std::vector<Point> m_points;
    std::vector<std::uint32_t> m_path_ends;
    std::vector<std::uint32_t> m_part_ends;
};

/// The same parts as a Multi form; a Multi form is returned as it is.
[[nodiscard]] Geometry to_multi(const GeometryView& geometry);
/// Part i alone, as the single form.
[[nodiscard]] Geometry single_part(const GeometryView& geometry, std::size_t part);
/// All coordinates are finite numbers.
[[nodiscard]] bool all_finite(const GeometryView& geometry);

}  // namespace ranh::geom
