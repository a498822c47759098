#pragma once

#include "spatial/crs/working_plane.hpp"
#include "spatial/geom/geometry.hpp"
#include "spatial/index/rtree_view.hpp"
#include "spatial/model/layer.hpp"
#include "spatial/snapshot/geometry_column.hpp"
#include "spatial/snapshot/packed_image.hpp"
#include "spatial/snapshot/value_column.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ranh::snapshot {

/// One layer version as an operation reads it: source coordinates bit for bit, working-plane coordinates (densified),
/// longitude and latitude (WGS 84) for serving, boxes, trees, areas and attributes, all looked at where they lie in a
/// PackedImage, in memory or mapped from a file.
///
/// Features stand along a Hilbert curve through the working plane, those without geometry last, so that neighbours on
/// the ground are neighbours in memory; by_id() names them in ascending order of id, which every result handed to
/// people follows. Neither depends on the order of the source.
///
/// In a layer that is read as a base and a delta, the features of the delta stand behind those of the base, and a
/// feature that the delta removes leaves its place empty: by_id() does not name it, no search finds it, and to a kernel
/// it is no area. So a feature is named by its place below places(), and of these size() hold one.
///
/// Cost      making one from an image takes the same few microseconds for ten features as for ten million.
/// Lifetime  shared and const once made; views into it live as long as the shared pointer is held.
/// Threads   any number of readers.
/// Errors    accessors throw Failure corrupt_input where damaged bytes of a file would lead outside it.
class PackedLayer {
public:
    /// The layer in an image. `version` says what the layer is called and its legal data, which may have changed since
    /// the file was written. conflict naming found and expected when the image stands in another working plane or holds
    /// another content than the version has.
    [[nodiscard]] static Result<std::shared_ptr<const PackedLayer>> open(std::shared_ptr<const PackedImage> image,
                                                                         model::LayerVersion version,
                                                                         crs::WorkingPlane plane);

    [[nodiscard]] const model::LayerVersion& version() const { return m_version; }
    [[nodiscard]] const crs::WorkingPlane& plane() const { return m_plane; }
    [[nodiscard]] const PackedImage& image() const { return *m_image; }
    /// Features.
    [[nodiscard]] std::size_t size() const { return m_by_id.size(); }
    /// Places of features, the empty ones among them; each `i` below is less than it.
    [[nodiscard]] std::size_t places() const { return m_types.size(); }
    [[nodiscard]] bool holds_feature(std::size_t i) const { return i >= m_geometry_count || has_geometry(i); }

    [[nodiscard]] FeatureId id(std::size_t i) const { return FeatureId(std::string(id_text(i))); }
    [[nodiscard]] std::string_view id_text(std::size_t i) const;
    /// Cost  O(log n).
    [[nodiscard]] std::optional<std::size_t> find(const FeatureId& id) const;
    /// All features in ascending order of id.
    [[nodiscard]] std::span<const std::uint32_t> by_id() const { return m_by_id; }
    /// Place of a feature in by_id(): a < b for ids is id_rank(a) < id_rank(b).
    [[nodiscard]] std::uint32_t id_rank(std::size_t i) const { return m_id_ranks[i]; }

    [[nodiscard]] const crs::Crs& source_crs(std::size_t i) const;
    [[nodiscard]] bool has_geometry(std::size_t i) const {
        return i < m_geometry_count && m_working_boxes[i].min.x <= m_working_boxes[i].max.x;
    }
    /// The first place of the features without geometry; they stand last.
    [[nodiscard]] std::size_t geometry_count() const { return m_geometry_count; }
    /// Types that occur among the geometries, in order of the enumeration.
    [[nodiscard]] std::vector<geom::GeometryType> geometry_types() const;
    [[nodiscard]] geom::GeometryView source(std::size_t i) const { return m_source.at(i); }
    [[nodiscard]] geom::GeometryView working(std::size_t i) const { return m_working.at(i); }
    [[nodiscard]] geom::GeometryView lonlat(std::size_t i) const { return m_lonlat.at(i); }
    /// Boxes; precondition has_geometry(i).
    [[nodiscard]] const geom::Box& working_box(std::size_t i) const { return m_working_boxes[i]; }
    [[nodiscard]] const geom::Box& lonlat_box(std::size_t i) const { return m_lonlat_boxes[i]; }
    /// Box of all features, longitude and latitude; empty when no feature has a geometry.
    [[nodiscard]] const std::optional<geom::Box>& lonlat_extent() const { return m_lonlat_extent; }

    /// One value per field of the schema; a text is copied.
    [[nodiscard]] std::vector<model::Value> values(std::size_t i) const;
    [[nodiscard]] model::Value value(std::size_t i, std::size_t field) const { return m_values[field].at(i); }
    [[nodiscard]] model::Areas areas(std::size_t i) const;

    /// Everything in the working plane as flat arrays, for kernels: all features, also those that are no polygons
    /// (`types` tells) and those without geometry.
    [[nodiscard]] const GeometryColumnView& working_geometries() const { return m_working; }
    /// One per place; zero, not to be looked at, without geometry; not a number at an empty place.
    [[nodiscard]] std::span<const geom::Box> working_boxes() const { return m_working_boxes; }
    /// Working-plane area of each feature, shells minus holes, square metres; the bits of algorithm::area. 0 for what
    /// is no area.
    [[nodiscard]] std::span<const double> working_areas_m2() const { return m_working_areas; }
    /// The feature winds around some ground of the working plane otherwise than once, or a ring of it meets itself: not
    /// algorithm::winds_once().
    [[nodiscard]] bool crosses_itself(std::size_t i) const { return m_crosses_itself[i] != 0; }
    /// All flags of crosses_itself(), one byte for each feature.
    [[nodiscard]] std::span<const std::uint8_t> crossing_flags() const { return m_crosses_itself; }
    /// The features of this layer that share more than 1e-6 m² with feature i, ascending. Of one that
    /// crosses itself it does not tell: ground it winds around both ways weighs nothing. Cost  O(log pairs).
    [[nodiscard]] std::span<const std::uint32_t> sharing_ground(std::size_t i) const;
    /// Level of the lattice of its cells: that of the version, else what suits its own areas (algorithm::lattice_for of
    /// the median), 6 without areas.
    [[nodiscard]] int lattice_level() const {
        return m_version.lattice_level.value_or(m_image->header().lattice_level);
    }
    /// Over the boxes of the first geometry_count() features.
    [[nodiscard]] const index::RTreeView& working_tree() const { return m_working_tree; }

    /// Features whose box meets `box`, in ascending order of id; features without geometry are left out.
    /// working_tree() gives them in the order in which they stand.
    [[nodiscard]] std::vector<std::uint32_t> in_working_box(const geom::Box& box) const;
    [[nodiscard]] std::vector<std::uint32_t> in_lonlat_box(const geom::Box& box) const;

    /// PackedImage::verify(), and a look at everything: every coordinate, id and value lies where the layer leads,
    /// boxes are those of their coordinates, orders and trees name every feature. Nothing when all is well, else
    /// corrupt_input. What passes can be used without a fault whoever wrote it.
    /// Cost  reading the file, SHA-256, and some hundred nanoseconds a feature.
    [[nodiscard]] std::optional<Error> verify() const;

private:
    friend class PackedLayerBuilder;
    PackedLayer(std::shared_ptr<const PackedImage> image, model::LayerVersion version, crs::WorkingPlane plane);
    void look_at_geometries();
    void look_at_values();
    [[nodiscard]] std::optional<std::string> fault_at(std::size_t i) const;
    [[nodiscard]] bool is_in_order_of_ids() const;
    [[nodiscard]] std::vector<std::uint32_t> in_order_of_id(std::vector<std::uint32_t> features) const;

    std::shared_ptr<const PackedImage> m_image;
    model::LayerVersion m_version;
    crs::WorkingPlane m_plane;
    std::size_t m_geometry_count = 0;
    std::optional<geom::Box> m_lonlat_extent;
    std::span<const char> m_id_texts;
    std::span<const std::size_t> m_id_begins;
    std::span<const std::uint32_t> m_by_id;
    std::span<const std::uint32_t> m_id_ranks;
    std::span<const std::uint8_t> m_system_of;
    std::span<const geom::GeometryType> m_types;
    GeometryColumnView m_source;
    GeometryColumnView m_working;
    GeometryColumnView m_lonlat;
    std::span<const geom::Box> m_working_boxes;
    std::span<const geom::Box> m_lonlat_boxes;
    index::RTreeView m_working_tree;
    index::RTreeView m_lonlat_tree;
    std::span<const double> m_working_areas;
    std::span<const std::uint8_t> m_crosses_itself;
    std::span<const std::uint32_t> m_sharing;
    std::span<const std::uint32_t> m_shared_with;
    std::span<const double> m_areas_stated;
    std::span<const double> m_areas_planar;
    std::span<const std::int32_t> m_areas_planar_epsg;
    std::span<const double> m_areas_ellipsoid;
    std::vector<ValueColumnView> m_values;
};

class DeltaGround;

/// Makes a PackedLayer: add features in any order, then finish() or write() once.
///
/// Cost        with a folder to spool into, which may take as much again as the packed file: memory for some 60 bytes a
///             feature, for what is being worked on and for an index of at most 256 MiB; without one the features and
///             their working-plane coordinates too.
/// Guarantees  equal features and an equal version give equal bytes, whatever the order of adding.
class PackedLayerBuilder {
public:
    PackedLayerBuilder(model::LayerVersion version, crs::WorkingPlane plane, std::filesystem::path spool_folder = {});
    ~PackedLayerBuilder();
    PackedLayerBuilder(const PackedLayerBuilder&) = delete;
    PackedLayerBuilder& operator=(const PackedLayerBuilder&) = delete;
    /// All features must have equally many values. corrupt_input (Failure) naming one of the features added when a
    /// coordinate cannot be transformed, here or at the end; io when the spool cannot be written.
    void add(model::Feature feature);
    /// In memory. Errors as add().
    [[nodiscard]] std::shared_ptr<const PackedLayer> finish();
    /// As a file that stands there whole or not at all, with `record` beside the features (the version, for those who
    /// have the file alone). io (Failure) when it cannot be written; else as add().
    void write(const std::filesystem::path& file, std::string_view record);
    /// As a delta file: what was added comes in the place of what the ground has lost. For PackedDeltaBuilder.
    void write_delta(const std::filesystem::path& file, std::string_view record, const DeltaGround& ground);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace ranh::snapshot
