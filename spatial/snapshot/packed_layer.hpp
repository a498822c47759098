#pragma once

#include "spatial/crs/working_plane.hpp"
#include "spatial/geom/geometry.hpp"
#include "spatial/index/packed_rtree.hpp"
#include "spatial/model/layer.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ranh::snapshot {

struct GeometryColumnView {
    std::span<const geom::GeometryType> types;
    std::span<const geom::Point> points;
    std::span<const std::uint32_t> path_ends;
    std::span<const std::uint32_t> part_ends;
    std::span<const std::size_t> point_begins;
    std::span<const std::size_t> path_begins;
    std::span<const std::size_t> part_begins;
};

/// Geometries of many features in flat arrays; feature i is a GeometryView without a copy.
class GeometryColumn {
public:
    void append(const geom::GeometryView& geometry);
    void append_nothing();
    [[nodiscard]] std::size_t size() const { return m_types.size(); }
    /// Empty view (no points) for a feature without geometry. Lives as long as the column is not appended to.
    [[nodiscard]] geom::GeometryView at(std::size_t i) const;
    [[nodiscard]] GeometryColumnView view() const {
        return {m_types, m_points, m_path_ends, m_part_ends, m_point_begins, m_path_begins, m_part_begins};
    }

private:
    std::vector<geom::GeometryType> m_types;
    std::vector<geom::Point> m_points;
    std::vector<std::uint32_t> m_path_ends;  // relative to the feature's first point
    std::vector<std::uint32_t> m_part_ends;  // relative to the feature's first path
    std::vector<std::size_t> m_point_begins{0};
    std::vector<std::size_t> m_path_begins{0};
    std::vector<std::size_t> m_part_begins{0};
};

/// One layer version as an operation reads it: source coordinates bit for bit, working-plane coordinates (densified),
/// longitude and latitude (WGS 84) for serving, boxes, trees, areas and attributes. Features stand in ascending order
/// of id, whatever the order of the source.
///
/// Lifetime  shared and const once made; views into it live as long as the shared pointer is held.
/// Threads   any number of readers.
class PackedLayer {
public:
    [[nodiscard]] const model::LayerVersion& version() const { return m_version; }
    [[nodiscard]] const crs::WorkingPlane& plane() const { return m_plane; }
    [[nodiscard]] std::size_t size() const { return m_ids.size(); }

    [[nodiscard]] const FeatureId& id(std::size_t i) const { return m_ids[i]; }
    [[nodiscard]] std::optional<std::size_t> find(const FeatureId& id) const;
    [[nodiscard]] const crs::Crs& source_crs(std::size_t i) const { return m_version.systems[m_system[i]]; }
    [[nodiscard]] bool has_geometry(std::size_t i) const { return m_has_geometry[i]; }
    [[nodiscard]] geom::GeometryView source(std::size_t i) const { return m_source.at(i); }
    [[nodiscard]] geom::GeometryView working(std::size_t i) const { return m_working.at(i); }
    [[nodiscard]] geom::GeometryView lonlat(std::size_t i) const { return m_lonlat.at(i); }
    /// Boxes; precondition has_geometry(i).
    [[nodiscard]] const geom::Box& working_box(std::size_t i) const { return m_working_boxes[i]; }
    [[nodiscard]] const geom::Box& lonlat_box(std::size_t i) const { return m_lonlat_boxes[i]; }
    [[nodiscard]] const std::vector<model::Value>& values(std::size_t i) const { return m_values[i]; }
    [[nodiscard]] const model::Areas& areas(std::size_t i) const { return m_areas[i]; }
    [[nodiscard]] GeometryColumnView working_geometries() const { return m_working.view(); }
    [[nodiscard]] std::span<const geom::Box> working_boxes() const { return m_working_boxes; }
    [[nodiscard]] std::span<const double> working_areas_m2() const { return m_working_areas_m2; }
    [[nodiscard]] int lattice_level() const { return m_lattice_level; }
    /// Box of all features, longitude and latitude; empty when no feature has a geometry.
    [[nodiscard]] const std::optional<geom::Box>& lonlat_extent() const { return m_lonlat_extent; }

    /// Indexes of features whose box meets `box`, ascending; features without geometry are left out.
    [[nodiscard]] std::vector<std::uint32_t> in_working_box(const geom::Box& box) const;
    [[nodiscard]] std::vector<std::uint32_t> in_lonlat_box(const geom::Box& box) const;

private:
    friend class PackedLayerBuilder;
    PackedLayer(model::LayerVersion version, crs::WorkingPlane plane);

    model::LayerVersion m_version;
    crs::WorkingPlane m_plane;
    std::vector<FeatureId> m_ids;
    std::vector<std::uint8_t> m_system;
    std::vector<bool> m_has_geometry;
    GeometryColumn m_source;
    GeometryColumn m_working;
    GeometryColumn m_lonlat;
    std::vector<geom::Box> m_working_boxes;
    std::vector<double> m_working_areas_m2;
    int m_lattice_level = 6;
    std::vector<geom::Box> m_lonlat_boxes;
    std::vector<std::vector<model::Value>> m_values;
    std::vector<model::Areas> m_areas;
    std::optional<geom::Box> m_lonlat_extent;
    std::vector<std::uint32_t> m_with_geometry;  // tree entry -> feature index
    index::PackedRTree m_working_tree;
    index::PackedRTree m_lonlat_tree;
};

/// Makes a PackedLayer: add features in any order, then finish() once.
class PackedLayerBuilder {
public:
    PackedLayerBuilder(model::LayerVersion version, crs::WorkingPlane plane);
    ~PackedLayerBuilder();
    PackedLayerBuilder(const PackedLayerBuilder&) = delete;
    PackedLayerBuilder& operator=(const PackedLayerBuilder&) = delete;
    /// corrupt_input (Failure) naming the feature when a coordinate cannot be transformed.
    void add(model::Feature feature);
    [[nodiscard]] std::shared_ptr<const PackedLayer> finish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace ranh::snapshot
