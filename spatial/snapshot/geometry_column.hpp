#pragma once

#include "spatial/geom/geometry.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace ranh::snapshot {

/// Geometries of many features in flat arrays of others: feature i is a GeometryView without a copy.
///
/// Feature i has the points [point_begins[i], point_begins[i + 1]), likewise its paths and parts; path ends count from
/// its own first point, part ends from its own first path, as in a GeometryView. A feature without geometry has none.
struct GeometryColumnView {
    std::span<const geom::GeometryType> types;
    std::span<const geom::Point> points;
    std::span<const std::uint32_t> path_ends;
    std::span<const std::uint32_t> part_ends;
    std::span<const std::size_t> point_begins;
    std::span<const std::size_t> path_begins;
    std::span<const std::size_t> part_begins;

    /// Empty view (no points) for a feature without geometry. Errors  corrupt_input (Failure) when the bytes lead
    /// nowhere.
    [[nodiscard]] geom::GeometryView at(std::size_t i) const;
};

/// Geometries while they are gathered.
class GeometryColumn {
public:
    void append(const geom::GeometryView& geometry);
    void append_nothing() { append(geom::GeometryView{}); }
    /// All geometries of another column behind those of this one.
    void append(const GeometryColumn& other);
    void reserve(std::size_t features);
    [[nodiscard]] std::size_t size() const { return m_types.size(); }
    /// Lives as long as the column is not appended to.
    [[nodiscard]] GeometryColumnView view() const;
    [[nodiscard]] geom::GeometryView at(std::size_t i) const { return view().at(i); }

private:
    std::vector<geom::GeometryType> m_types;
    std::vector<geom::Point> m_points;
    std::vector<std::uint32_t> m_path_ends;
    std::vector<std::uint32_t> m_part_ends;
    std::vector<std::size_t> m_point_begins{0};
    std::vector<std::size_t> m_path_begins{0};
    std::vector<std::size_t> m_part_begins{0};
};

}  // namespace ranh::snapshot
