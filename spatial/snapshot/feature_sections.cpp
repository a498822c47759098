#include "spatial/snapshot/feature_sections.hpp"

#include "spatial/index/rtree_view.hpp"

namespace ranh::snapshot {

using detail::SectionKind;

void FeatureSections::Begins::open(PackedWriter& writer, SectionKind kind, std::size_t features) {
    section = &writer.reserve(kind, (features + 1) * sizeof end);
    section->put(end);
}

void FeatureSections::Begins::put(std::uint64_t count) {
    end += count;
    section->put(end);
}

void FeatureSections::Begins::put_ends(std::span<const std::size_t> begins) {
    for (std::size_t i = 1; i < begins.size(); ++i) {
        put(begins[i] - begins[i - 1]);
    }
}

FeatureSections::FeatureSections(PackedWriter& writer, const SectionCounts& counts)
    : m_writer(writer), m_counts(counts) {
    m_id_texts = reserve(SectionKind::id_texts, counts.id_bytes);
    m_id_begins.open(writer, SectionKind::id_begins, counts.features);
}

void FeatureSections::reserve_rest(std::size_t fields, Spool& columns) {
    const std::size_t n = m_counts.features;
    const std::uint64_t tree_bytes = index::RTreeView::upper_count(m_counts.geometries) * sizeof(geom::Box);
    m_system_of = reserve(SectionKind::system_of, n);
    m_types = reserve(SectionKind::types, n * sizeof(geom::GeometryType));
    m_part_begins.open(m_writer, SectionKind::part_begins, n);
    m_part_ends = reserve(SectionKind::part_ends, m_counts.parts * sizeof(std::uint32_t));
    m_path_begins.open(m_writer, SectionKind::path_begins, n);
    m_source_points = reserve(SectionKind::source_points, m_counts.points * sizeof(geom::Point));
    m_source_point_begins.open(m_writer, SectionKind::source_point_begins, n);
    m_source_path_ends = reserve(SectionKind::source_path_ends, m_counts.paths * sizeof(std::uint32_t));
    m_working_points = reserve(SectionKind::working_points, m_counts.working_points * sizeof(geom::Point));
    m_working_point_begins.open(m_writer, SectionKind::working_point_begins, n);
    m_working_path_ends = reserve(SectionKind::working_path_ends, m_counts.paths * sizeof(std::uint32_t));
    m_lonlat_points = reserve(SectionKind::lonlat_points, m_counts.points * sizeof(geom::Point));
    m_working_boxes = reserve(SectionKind::working_boxes, n * sizeof(geom::Box));
    m_working_tree = reserve(SectionKind::working_tree, tree_bytes);
    m_lonlat_boxes = reserve(SectionKind::lonlat_boxes, n * sizeof(geom::Box));
    m_lonlat_tree = reserve(SectionKind::lonlat_tree, tree_bytes);
    m_working_areas = reserve(SectionKind::working_areas, n * sizeof(double));
    m_areas_stated = reserve(SectionKind::areas_stated, n * sizeof(double));
    m_areas_planar = reserve(SectionKind::areas_planar, n * sizeof(double));
    m_areas_planar_epsg = reserve(SectionKind::areas_planar_epsg, n * sizeof(std::int32_t));
    m_areas_ellipsoid = reserve(SectionKind::areas_ellipsoid, n * sizeof(double));
    m_crosses_itself = reserve(SectionKind::crosses_itself, n);
    m_columns = &columns;
    m_values.resize(fields);
    m_waiting.resize(fields);
}

void FeatureSections::put(const FeaturePiece& piece) {
    for (const PackedRecord& record : piece.records) {
        m_id_texts->put_text(record.id);
        m_id_begins.put(record.id.size());
    }
    m_system_of->put(std::span<const std::uint8_t>(piece.systems));
    put_geometries(piece);
    put_areas(piece);
    spool_values(piece);
}

/// What the three columns of coordinates have in common stands once: densifying puts points into paths, never paths
/// into parts.
void FeatureSections::put_geometries(const FeaturePiece& piece) {
    const GeometryColumnView source = piece.source.view();
    const GeometryColumnView working = piece.working.view();
    m_types->put(source.types);
    m_part_begins.put_ends(source.part_begins);
    m_part_ends->put(source.part_ends);
    m_path_begins.put_ends(source.path_begins);
    m_source_points->put(source.points);
    m_source_point_begins.put_ends(source.point_begins);
    m_source_path_ends->put(source.path_ends);
    m_working_points->put(working.points);
    m_working_point_begins.put_ends(working.point_begins);
    m_working_path_ends->put(working.path_ends);
    m_lonlat_points->put(std::span<const geom::Point>(piece.lonlat));
    m_working_boxes->put(std::span<const geom::Box>(piece.working_boxes));
    m_lonlat_boxes->put(std::span<const geom::Box>(piece.lonlat_boxes));
    for (const geom::Box& box : piece.lonlat_boxes) {
        m_extent = m_extent ? geom::united(*m_extent, box) : box;
    }
    // Features without geometry stand behind all others.
    m_lonlat_boxes->put(
        std::span<const geom::Box>(std::vector<geom::Box>(piece.records.size() - piece.lonlat_boxes.size())));
}

void FeatureSections::put_areas(const FeaturePiece& piece) {
    m_working_areas->put(std::span<const double>(piece.working_areas));
    for (const PackedRecord& record : piece.records) {
        m_areas_stated->put(record.head.area_stated_m2);
        m_areas_planar->put(record.head.area_planar_m2);
        m_areas_planar_epsg->put(record.head.planar_epsg);
        m_areas_ellipsoid->put(record.head.area_ellipsoid_m2);
    }
    m_crosses_itself->put(std::span<const std::uint8_t>(piece.crosses_itself));
}

template <typename T>
void FeatureSections::spool(std::span<const T> values, Waiting& waiting) {
    const auto bytes = std::as_bytes(values);
    if (!bytes.empty()) {
        waiting.extents.emplace_back(m_columns->append(bytes), bytes.size());
        waiting.size += bytes.size();
    }
}

void FeatureSections::spool_values(const FeaturePiece& piece) {
    for (const PackedRecord& record : piece.records) {
        record.give_values(m_values);
    }
    for (std::size_t field = 0; field < m_values.size(); ++field) {
        const ValueColumnView column = m_values[field].view();
        spool(column.types, m_waiting[field].types);
        spool(column.payloads, m_waiting[field].payloads);
        spool(column.texts, m_waiting[field].texts);
        m_values[field].drop();
    }
}

void FeatureSections::put_trees() {
    const auto put_tree = [&](const PackedSection& boxes, PackedSection& tree) {
        std::vector<geom::Box> levels;
        {
            const FileWindow leaves = m_writer.look(boxes);
            levels = index::RTreeView::upper_levels(leaves.of<geom::Box>().first(m_counts.geometries));
        }
        tree.put(std::span<const geom::Box>(levels));
    };
    put_tree(*m_working_boxes, *m_working_tree);
    put_tree(*m_lonlat_boxes, *m_lonlat_tree);
}

void FeatureSections::put_waiting(SectionKind kind, std::uint32_t field, const Waiting& waiting,
                                  std::span<const std::byte> spooled) {
    PackedSection& section = m_writer.reserve(kind, waiting.size, field);
    for (const auto& [begin, size] : waiting.extents) {
        section.put(spooled.subspan(begin, size));
    }
}

void FeatureSections::put_values() {
    const FileWindow spooled = m_columns->look();
    for (std::uint32_t field = 0; field < m_waiting.size(); ++field) {
        put_waiting(SectionKind::value_types, field, m_waiting[field].types, spooled.bytes());
        put_waiting(SectionKind::value_payloads, field, m_waiting[field].payloads, spooled.bytes());
        put_waiting(SectionKind::value_texts, field, m_waiting[field].texts, spooled.bytes());
        spooled.rest();
    }
}

FeatureSections::Working FeatureSections::working() const {
    return {m_writer.look(*m_working_points),
            m_writer.look(*m_working_path_ends),
            m_writer.look(*m_part_ends),
            m_writer.look(*m_working_point_begins.section),
            m_writer.look(*m_path_begins.section),
            m_writer.look(*m_part_begins.section),
            m_writer.look(*m_working_boxes),
            m_writer.look(*m_working_areas),
            m_writer.look(*m_types)};
}

algorithm::PolygonsView FeatureSections::Working::view() const {
    return {.points = points.of<geom::Point>(),
            .path_ends = path_ends.of<std::uint32_t>(),
            .part_ends = part_ends.of<std::uint32_t>(),
            .point_begins = point_begins.of<std::size_t>(),
            .path_begins = path_begins.of<std::size_t>(),
            .part_begins = part_begins.of<std::size_t>(),
            .boxes = boxes.of<geom::Box>(),
            .areas_m2 = areas.of<double>(),
            .types = types.of<geom::GeometryType>()};
}

void FeatureSections::Working::rest() const {
    for (const FileWindow* window :
         {&points, &path_ends, &part_ends, &point_begins, &path_begins, &part_begins, &boxes, &areas, &types}) {
        window->rest();
    }
}

}  // namespace ranh::snapshot
