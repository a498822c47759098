#pragma once

#include "spatial/algorithm/polygons_view.hpp"
#include "spatial/snapshot/geometry_column.hpp"
#include "spatial/snapshot/packed_record.hpp"
#include "spatial/snapshot/packed_writer.hpp"
#include "spatial/snapshot/spool.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace ranh::snapshot {

/// What the sections hold in all, known before the first feature is written.
struct SectionCounts {
    std::size_t features = 0;
    std::size_t geometries = 0;
    std::uint64_t id_bytes = 0;
    std::uint64_t points = 0;
    std::uint64_t working_points = 0;
    std::uint64_t paths = 0;
    std::uint64_t parts = 0;
};

/// Some features in the order of the file, with everything that is written of them.
struct FeaturePiece {
    std::vector<PackedRecord> records;
    std::vector<std::uint8_t> systems;
    GeometryColumn source;
    GeometryColumn working;
    std::vector<geom::Point> lonlat;
    std::vector<geom::Box> lonlat_boxes;   ///< of those with geometry
    std::vector<geom::Box> working_boxes;  ///< of all; zero without geometry
    std::vector<double> working_areas;
    std::vector<std::uint8_t> crosses_itself;
};

/// The sections that hold something of every feature, filled piece by piece.
class FeatureSections {
public:
    /// Reserves those with the ids.
    FeatureSections(PackedWriter& writer, const SectionCounts& counts);
    /// Reserves the others, behind those that hold the order of the ids and the systems. `columns`: where the values
    /// wait until all pieces are written.
    void reserve_rest(std::size_t fields, Spool& columns);

    /// The piece behind those before.
    void put(const FeaturePiece& piece);
    /// After the last piece: the boxes above those of the features.
    void put_trees();
    /// The sections of the values, behind all others.
    void put_values();

    [[nodiscard]] const std::optional<geom::Box>& lonlat_extent() const { return m_extent; }
    /// What kernels read of the working plane, once all pieces are there: looks at the sections and lives until one is
    /// written on.
    struct Working {
        FileWindow points, path_ends, part_ends, point_begins, path_begins, part_begins, boxes, areas, types;
        [[nodiscard]] algorithm::PolygonsView view() const;
        /// As FileWindow::rest().
        void rest() const;
    };
    [[nodiscard]] Working working() const;

private:
    /// 0, then the end of each feature's elements.
    struct Begins {
        PackedSection* section = nullptr;
        std::uint64_t end = 0;
        void open(PackedWriter& writer, detail::SectionKind kind, std::size_t features);
        void put(std::uint64_t count);
        void put_ends(std::span<const std::size_t> begins);
    };
    /// Bytes of a column of values, where they lie in the spool.
    struct Waiting {
        std::vector<std::pair<std::uint64_t, std::uint64_t>> extents;
        std::uint64_t size = 0;
    };
    struct FieldColumn {
        Waiting types;
        Waiting payloads;
        Waiting texts;
    };

    PackedSection* reserve(detail::SectionKind kind, std::uint64_t bytes) { return &m_writer.reserve(kind, bytes); }
    void put_geometries(const FeaturePiece& piece);
    void put_areas(const FeaturePiece& piece);
    void spool_values(const FeaturePiece& piece);
    template <typename T>
    void spool(std::span<const T> values, Waiting& waiting);
    void put_waiting(detail::SectionKind kind, std::uint32_t field, const Waiting& waiting,
                     std::span<const std::byte> spooled);

    PackedWriter& m_writer;
    SectionCounts m_counts;
    Spool* m_columns = nullptr;
    std::vector<ValueColumn> m_values;  // places of texts follow the order of the file
    std::vector<FieldColumn> m_waiting;
    std::optional<geom::Box> m_extent;
    PackedSection* m_id_texts = nullptr;
    Begins m_id_begins;
    PackedSection* m_system_of = nullptr;
    PackedSection* m_types = nullptr;
    Begins m_part_begins;
    PackedSection* m_part_ends = nullptr;
    Begins m_path_begins;
    PackedSection* m_source_points = nullptr;
    Begins m_source_point_begins;
    PackedSection* m_source_path_ends = nullptr;
    PackedSection* m_working_points = nullptr;
    Begins m_working_point_begins;
    PackedSection* m_working_path_ends = nullptr;
    PackedSection* m_lonlat_points = nullptr;
    PackedSection* m_working_boxes = nullptr;
    PackedSection* m_working_tree = nullptr;
    PackedSection* m_lonlat_boxes = nullptr;
    PackedSection* m_lonlat_tree = nullptr;
    PackedSection* m_working_areas = nullptr;
    PackedSection* m_areas_stated = nullptr;
    PackedSection* m_areas_planar = nullptr;
    PackedSection* m_areas_planar_epsg = nullptr;
    PackedSection* m_areas_ellipsoid = nullptr;
    PackedSection* m_crosses_itself = nullptr;
};

}  // namespace ranh::snapshot
