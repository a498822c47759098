#include "spatial/algorithm/area.hpp"
#include "spatial/algorithm/cell_join.hpp"
#include "spatial/algorithm/cell_lattice.hpp"
#include "spatial/algorithm/flat_polygons.hpp"
#include "spatial/algorithm/winds_once.hpp"
#include "spatial/base/assert.hpp"
#include "spatial/base/task_pool.hpp"
#include "spatial/crs/transform.hpp"
#include "spatial/index/hilbert.hpp"
#include "spatial/snapshot/packed_delta.hpp"
#include "spatial/snapshot/packed_layer.hpp"
#include "spatial/snapshot/packed_writer.hpp"
#include "spatial/snapshot/polygons.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <utility>

namespace ranh::snapshot {
namespace {

using detail::SectionKind;

/// Features projected by one task, and tasks whose results are in memory beside the columns at one time.
constexpr std::size_t features_per_task = 256;
constexpr std::size_t tasks_per_wave = 64;
/// Below this many features threads cost more than they save.
constexpr std::size_t least_for_threads = 2 * features_per_task;

/// Calls work(k, begin, end) for pieces of [0, count), a wave of pieces at a time on all processors, and then
/// collect(k) for each piece k of the wave in order.
template <typename Work, typename Collect>
void in_waves(std::size_t count, const Work& work, const Collect& collect) {
    const unsigned threads = count < least_for_threads ? 1 : default_thread_count();
    for (std::size_t wave = 0; wave < count; wave += features_per_task * tasks_per_wave) {
        const std::size_t end = std::min(count, wave + features_per_task * tasks_per_wave);
        const std::size_t tasks = (end - wave + features_per_task - 1) / features_per_task;
        for_each_index(tasks, threads, [&](std::size_t k) {
            const std::size_t begin = wave + k * features_per_task;
            work(k, begin, std::min(end, begin + features_per_task));
        });
        for (std::size_t k = 0; k < tasks; ++k) {
            collect(k);
        }
    }
}

/// For layers without a record: projects of one request, versions of a workspace made before levels were kept.
int lattice_level_for(std::span<const double> areas_m2) {
    constexpr int without_areas = 6;
    const double median_m2 = algorithm::median_area(areas_m2);
    return median_m2 > 0.0 ? algorithm::lattice_for(median_m2).level() : without_areas;
}

double or_nan(const std::optional<double>& value) { return value.value_or(std::numeric_limits<double>::quiet_NaN()); }

}  // namespace

struct PackedLayerBuilder::State {
    State(model::LayerVersion given_version, crs::WorkingPlane given_plane)
        : version(std::move(given_version)), plane(std::move(given_plane)) {}

    void add(model::Feature feature);
    [[nodiscard]] bool is_empty() const { return areas.empty(); }
    /// A delta that only removes has the columns of its base, empty.
    void take_fields_of(const PackedLayer& base) { values.resize(base.image().header().field_count); }
    /// Of a delta with the ground it stands on.
    void write(PackedSink& sink, std::string_view record, const DeltaGround* ground = nullptr);

    model::LayerVersion version;
    crs::WorkingPlane plane;

private:
    void sort_systems();
    void project();
    void put_in_order();
    [[nodiscard]] std::string_view id(std::size_t i) const {
        return std::string_view(ids).substr(id_begins[i], id_begins[i + 1] - id_begins[i]);
    }
    [[nodiscard]] Failure named(std::size_t i, const Failure& failure) const;
    void project_piece(std::size_t begin, std::size_t end, GeometryColumn& piece) const;
    void turn_piece(std::size_t begin, std::size_t end, std::vector<geom::Point>& points,
                    std::vector<geom::Box>& boxes) const;

    void write_ids(PackedWriter& writer, const DeltaGround* ground) const;
    void write_ground(PackedWriter& writer, const DeltaGround& ground) const;
    void write_structure(PackedWriter& writer) const;
    void write_coordinates(PackedWriter& writer, const GeometryColumn& column, SectionKind points,
                           SectionKind point_begins, SectionKind path_ends) const;
    void write_lonlat(PackedWriter& writer);
    void write_areas(PackedWriter& writer);
    void write_faults(PackedWriter& writer, const DeltaGround* ground) const;
    [[nodiscard]] std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs_sharing_ground() const;
    void write_values(PackedWriter& writer) const;
    template <typename Value>
    void write_each(PackedWriter& writer, SectionKind kind, const Value& value) const;
    /// 0, then the end of each feature's elements when they stand in order.
    template <typename Count>
    void write_begins(PackedWriter& writer, SectionKind kind, const Count& count) const;
    [[nodiscard]] detail::Header header(const DeltaGround* ground) const;
    [[nodiscard]] int lattice_level() const { return version.lattice_level.value_or(lattice_level_for(working_areas)); }

    // In the order of adding.
    std::string ids;
    std::vector<std::size_t> id_begins{0};
    std::vector<std::uint8_t> system_of;
    GeometryColumn source;
    GeometryColumn working;
    std::vector<model::Areas> areas;
    std::vector<ValueColumn> values;
    std::vector<geom::Box> working_boxes;

    std::vector<std::uint32_t> order;     // feature in the order of adding, for each place in the file
    std::vector<geom::Box> lonlat_boxes;  // in the order of the file, of features with geometry
    std::vector<double> working_areas;    // in the order of the file
    std::size_t geometry_count = 0;
    std::uint32_t geometry_types = 0;
};

void PackedLayerBuilder::State::add(model::Feature feature) {
    if (areas.empty()) {
        values.resize(feature.values.size());
    }
    RANH_ASSERT(feature.values.size() == values.size());
    RANH_ASSERT(areas.size() < std::numeric_limits<std::uint32_t>::max() / 2);
    auto found = std::find(version.systems.begin(), version.systems.end(), feature.crs);
    if (found == version.systems.end()) {
        RANH_ASSERT(version.systems.size() < 255);
        found = version.systems.insert(found, feature.crs);
    }
    system_of.push_back(static_cast<std::uint8_t>(found - version.systems.begin()));
    ids += feature.id.text();
    id_begins.push_back(ids.size());
    if (feature.geometry && !feature.geometry->empty()) {
        source.append(*feature.geometry);
        geometry_types |= 1U << static_cast<unsigned>(feature.geometry->type());
        ++geometry_count;
    } else {
        source.append_nothing();
    }
    for (std::size_t field = 0; field < values.size(); ++field) {
        values[field].append(feature.values[field]);
    }
    areas.push_back(feature.areas);
}

Failure PackedLayerBuilder::State::named(std::size_t i, const Failure& failure) const {
    return {failure.error().kind,
            fmt::format("feature '{}' of {}: {}", id(i), version.name(), failure.error().sentence)};
}

/// By code, so that the bytes do not depend on which system came first.
void PackedLayerBuilder::State::sort_systems() {
    std::vector<crs::Crs> sorted = version.systems;
    std::sort(sorted.begin(), sorted.end(), [](const crs::Crs& a, const crs::Crs& b) { return a.epsg() < b.epsg(); });
    std::vector<std::uint8_t> places;
    for (const crs::Crs& crs : version.systems) {
        places.push_back(static_cast<std::uint8_t>(std::find(sorted.begin(), sorted.end(), crs) - sorted.begin()));
    }
    for (std::uint8_t& system : system_of) {
        system = places[system];
    }
    version.systems = std::move(sorted);
}

void PackedLayerBuilder::State::project_piece(std::size_t begin, std::size_t end, GeometryColumn& piece) const {
    for (std::size_t i = begin; i < end; ++i) {
        const geom::GeometryView geometry = source.at(i);
        if (geometry.points.empty()) {
            piece.append_nothing();
            continue;
        }
        try {
            piece.append(plane.project(geometry, version.systems[system_of[i]]));
        } catch (const Failure& failure) {
            throw named(i, failure);
        }
    }
}

void PackedLayerBuilder::State::project() {
    working.reserve(areas.size());
    std::vector<GeometryColumn> pieces(tasks_per_wave);
    in_waves(
        areas.size(), [&](std::size_t k, std::size_t begin, std::size_t end) { project_piece(begin, end, pieces[k]); },
        [&](std::size_t k) {
            working.append(pieces[k]);
            pieces[k] = GeometryColumn();
        });
}

void PackedLayerBuilder::State::put_in_order() {
    const std::size_t n = areas.size();
    working_boxes.resize(n);
    order.reserve(n);
    std::vector<std::uint32_t> without_geometry;
    std::vector<geom::Box> boxes;
    boxes.reserve(geometry_count);
    for (std::uint32_t i = 0; i < n; ++i) {
        if (const auto box = working.at(i).box()) {
            working_boxes[i] = *box;
            boxes.push_back(*box);
            order.push_back(i);
        } else {
            without_geometry.push_back(i);
        }
    }
    std::vector<std::uint32_t> codes(n);
    const std::vector<std::uint32_t> found = index::hilbert_codes(boxes);
    for (std::size_t k = 0; k < order.size(); ++k) {
        codes[order[k]] = found[k];
    }
    const auto first = [&](std::uint32_t a, std::uint32_t b) {
        return codes[a] != codes[b] ? codes[a] < codes[b] : id(a) < id(b);
    };
    std::sort(order.begin(), order.end(), first);
    std::sort(without_geometry.begin(), without_geometry.end(), first);
    order.insert(order.end(), without_geometry.begin(), without_geometry.end());
}

template <typename Value>
void PackedLayerBuilder::State::write_each(PackedWriter& writer, SectionKind kind, const Value& value) const {
    writer.begin(kind);
    for (const std::uint32_t i : order) {
        writer.put(value(i));
    }
}

template <typename Count>
void PackedLayerBuilder::State::write_begins(PackedWriter& writer, SectionKind kind, const Count& count) const {
    writer.begin(kind);
    std::uint64_t end = 0;
    writer.put(end);
    for (const std::uint32_t i : order) {
        end += count(i);
        writer.put(end);
    }
}

void PackedLayerBuilder::State::write_ids(PackedWriter& writer, const DeltaGround* ground) const {
    writer.begin(SectionKind::id_texts);
    for (const std::uint32_t i : order) {
        writer.put_text(id(i));
    }
    write_begins(writer, SectionKind::id_begins, [&](std::uint32_t i) { return id(i).size(); });
    std::vector<std::uint32_t> by_id(order.size());
    std::iota(by_id.begin(), by_id.end(), 0U);
    std::sort(by_id.begin(), by_id.end(),
              [&](std::uint32_t a, std::uint32_t b) { return id(order[a]) < id(order[b]); });
    std::vector<std::uint32_t> ranks(order.size());
    for (std::uint32_t rank = 0; rank < by_id.size(); ++rank) {
        ranks[by_id[rank]] = rank;
    }
    writer.begin(SectionKind::by_id);
    writer.put(std::span<const std::uint32_t>(by_id));
    writer.begin(SectionKind::id_ranks);
    writer.put(std::span<const std::uint32_t>(ranks));
    if (ground != nullptr) {
        std::vector<std::string_view> ids_in_order;
        for (const std::uint32_t place : by_id) {
            ids_in_order.push_back(id(order[place]));
        }
        writer.begin(SectionKind::base_ranks);
        writer.put(std::span<const std::uint32_t>(ground->ranks_of(ids_in_order)));
    }
    writer.begin(SectionKind::systems);
    for (const crs::Crs& crs : version.systems) {
        writer.put(std::int32_t{crs.epsg()});
    }
    write_each(writer, SectionKind::system_of, [&](std::uint32_t i) { return system_of[i]; });
}

void PackedLayerBuilder::State::write_ground(PackedWriter& writer, const DeltaGround& ground) const {
    const PackedLayer& base = ground.base();
    if (version.systems != base.version().systems) {
        throw Failure(ErrorKind::conflict,
                      fmt::format("{} has other source systems than the packed layer it follows", version.name()));
    }
    const detail::Header& header = base.image().header();
    writer.begin(SectionKind::base);
    writer.put(
        detail::DeltaBase{header.content_hash, header.table_checksum, header.feature_count, header.geometry_count});
    writer.begin(SectionKind::removed);
    writer.put(ground.removed());
}

/// What the three columns of coordinates have in common: densifying puts points into paths, never paths into parts.
void PackedLayerBuilder::State::write_structure(PackedWriter& writer) const {
    write_each(writer, SectionKind::types, [&](std::uint32_t i) { return source.at(i).type; });
    write_begins(writer, SectionKind::part_begins, [&](std::uint32_t i) { return source.at(i).part_count(); });
    writer.begin(SectionKind::part_ends);
    for (const std::uint32_t i : order) {
        writer.put(source.at(i).part_ends);
    }
    write_begins(writer, SectionKind::path_begins, [&](std::uint32_t i) { return source.at(i).path_count(); });
}

void PackedLayerBuilder::State::write_coordinates(PackedWriter& writer, const GeometryColumn& column,
                                                  SectionKind points, SectionKind point_begins,
                                                  SectionKind path_ends) const {
    writer.begin(points);
    for (const std::uint32_t i : order) {
        writer.put(column.at(i).points);
    }
    write_begins(writer, point_begins, [&](std::uint32_t i) { return column.at(i).points.size(); });
    writer.begin(path_ends);
    for (const std::uint32_t i : order) {
        writer.put(column.at(i).path_ends);
    }
}

void PackedLayerBuilder::State::turn_piece(std::size_t begin, std::size_t end, std::vector<geom::Point>& points,
                                           std::vector<geom::Box>& boxes) const {
    std::map<std::uint8_t, crs::Transform> to_wgs84;
    for (std::size_t place = begin; place < end; ++place) {
        const std::uint32_t i = order[place];
        const crs::Crs& crs = version.systems[system_of[i]];
        try {
            auto transform = to_wgs84.find(system_of[i]);
            if (transform == to_wgs84.end()) {
                transform = to_wgs84.emplace(system_of[i], crs::Transform::between(crs, crs::wgs84()).value()).first;
            }
            const std::span<const geom::Point> from = source.at(i).points;
            const std::size_t first = points.size();
            points.insert(points.end(), from.begin(), from.end());
            const std::span<geom::Point> turned = std::span(points).subspan(first);
            transform->second.apply_interpolated(turned);
            boxes.push_back(geom::box_of(turned).value());
        } catch (const Failure& failure) {
            throw named(i, failure);
        }
    }
}

void PackedLayerBuilder::State::write_lonlat(PackedWriter& writer) {
    std::vector<std::vector<geom::Point>> points(tasks_per_wave);
    std::vector<std::vector<geom::Box>> boxes(tasks_per_wave);
    writer.begin(SectionKind::lonlat_points);
    in_waves(
        geometry_count,
        [&](std::size_t k, std::size_t begin, std::size_t end) { turn_piece(begin, end, points[k], boxes[k]); },
        [&](std::size_t k) {
            writer.put(std::span<const geom::Point>(points[k]));
            lonlat_boxes.insert(lonlat_boxes.end(), boxes[k].begin(), boxes[k].end());
            points[k].clear();
            boxes[k].clear();
        });
    std::vector<geom::Box> ordered;
    ordered.reserve(order.size());
    for (const std::uint32_t i : order) {
        ordered.push_back(working_boxes[i]);
    }
    writer.begin(SectionKind::working_boxes);
    writer.put(std::span<const geom::Box>(ordered));
    writer.begin(SectionKind::working_tree);
    writer.put(std::span<const geom::Box>(
        index::RTreeView::upper_levels(std::span<const geom::Box>(ordered).first(geometry_count))));
    writer.begin(SectionKind::lonlat_boxes);
    writer.put(std::span<const geom::Box>(lonlat_boxes));
    writer.put(std::span<const geom::Box>(std::vector<geom::Box>(order.size() - geometry_count)));
    writer.begin(SectionKind::lonlat_tree);
    writer.put(std::span<const geom::Box>(index::RTreeView::upper_levels(lonlat_boxes)));
}

void PackedLayerBuilder::State::write_areas(PackedWriter& writer) {
    working_areas.reserve(order.size());
    for (const std::uint32_t i : order) {
        working_areas.push_back(algorithm::area(working.at(i)));
    }
    writer.begin(SectionKind::working_areas);
    writer.put(std::span<const double>(working_areas));
    write_each(writer, SectionKind::areas_stated, [&](std::uint32_t i) { return or_nan(areas[i].area_stated_m2); });
    write_each(writer, SectionKind::areas_planar, [&](std::uint32_t i) { return or_nan(areas[i].area_planar_m2); });
    write_each(writer, SectionKind::areas_planar_epsg,
               [&](std::uint32_t i) { return std::int32_t{areas[i].planar_epsg.value_or(0)}; });
    write_each(writer, SectionKind::areas_ellipsoid,
               [&](std::uint32_t i) { return or_nan(areas[i].area_ellipsoid_m2); });
}

/// Features in the order of the file that share more than 1e-6 m² with each other, both ways, ascending.
std::vector<std::pair<std::uint32_t, std::uint32_t>> PackedLayerBuilder::State::pairs_sharing_ground() const {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
    if (geometry_count < 2) {
        return pairs;
    }
    std::vector<std::uint32_t> place(order.size());
    std::vector<double> areas_m2(order.size());
    for (std::uint32_t k = 0; k < order.size(); ++k) {
        place[order[k]] = k;
        areas_m2[order[k]] = working_areas[k];
    }
    const algorithm::PolygonsView polygons = polygons_of(working.view(), working_boxes, areas_m2);
    constexpr std::size_t index_bytes = std::size_t{256} << 20U;
    algorithm::self_join_cells(polygons, algorithm::CellLattice(lattice_level()), {.index_bytes = index_bytes})
        .for_each([&](const algorithm::CellPair& pair) {
            pairs.emplace_back(place[pair.left], place[pair.right]);
            pairs.emplace_back(place[pair.right], place[pair.left]);
        });
    std::sort(pairs.begin(), pairs.end());
    return pairs;
}

/// What spares each later run the same look at every feature.
void PackedLayerBuilder::State::write_faults(PackedWriter& writer, const DeltaGround* ground) const {
    std::vector<std::uint8_t> crossing(order.size());
    in_waves(
        order.size(),
        [&](std::size_t, std::size_t begin, std::size_t end) {
            for (std::size_t k = begin; k < end; ++k) {
                const geom::GeometryView feature = working.at(order[k]);
                crossing[k] = geom::dimension(feature.type) == 2 && !algorithm::winds_once(feature) ? 1 : 0;
            }
        },
        [](std::size_t) {});
    writer.begin(SectionKind::crosses_itself);
    writer.put(std::span<const std::uint8_t>(crossing));
    const auto pairs =
        ground != nullptr ? ground->pairs_sharing_ground(working.view(), order, working_areas) : pairs_sharing_ground();
    writer.begin(SectionKind::sharing);
    for (const auto& [one, other] : pairs) {
        writer.put(one);
    }
    writer.begin(SectionKind::shared_with);
    for (const auto& [one, other] : pairs) {
        writer.put(other);
    }
}

void PackedLayerBuilder::State::write_values(PackedWriter& writer) const {
    for (std::uint32_t field = 0; field < values.size(); ++field) {
        const ValueColumnView added = values[field].view();
        ValueColumn ordered;  // places of texts follow the order of the file
        for (const std::uint32_t i : order) {
            ordered.append(added.at(i));
        }
        writer.begin(SectionKind::value_types, field);
        writer.put(ordered.view().types);
        writer.begin(SectionKind::value_payloads, field);
        writer.put(ordered.view().payloads);
        writer.begin(SectionKind::value_texts, field);
        writer.put(ordered.view().texts);
    }
}

detail::Header PackedLayerBuilder::State::header(const DeltaGround* ground) const {
    detail::Header header{};
    header.feature_count = order.size();
    header.geometry_count = geometry_count;
    header.field_count = static_cast<std::uint32_t>(values.size());
    header.lattice_level = lattice_level();
    header.geometry_types = geometry_types;
    header.centre_latitude_deg = plane.centre().latitude_deg;
    header.centre_longitude_deg = plane.centre().longitude_deg;
    header.chord_error_m = crs::WorkingPlane::chord_error_m;
    std::optional<geom::Box> extent;
    if (ground != nullptr) {
        header.geometry_types |= ground->geometry_types();
        extent = ground->lonlat_extent();
    }
    for (const geom::Box& box : lonlat_boxes) {
        extent = extent ? geom::united(*extent, box) : box;
    }
    header.lonlat_extent = extent.value_or(geom::Box{});
    header.content_hash = version.content_hash;
    return header;
}

void PackedLayerBuilder::State::write(PackedSink& sink, std::string_view record, const DeltaGround* ground) {
    sort_systems();
    project();
    put_in_order();
    PackedWriter writer(sink);
    writer.begin(SectionKind::record);
    writer.put_text(record);
    if (ground != nullptr) {
        write_ground(writer, *ground);
    }
    write_ids(writer, ground);
    write_structure(writer);
    write_coordinates(writer, source, SectionKind::source_points, SectionKind::source_point_begins,
                      SectionKind::source_path_ends);
    write_coordinates(writer, working, SectionKind::working_points, SectionKind::working_point_begins,
                      SectionKind::working_path_ends);
    write_lonlat(writer);
    write_areas(writer);
    write_faults(writer, ground);
    write_values(writer);
    writer.finish(header(ground), ground != nullptr ? PackedKind::delta : PackedKind::whole);
}

PackedLayerBuilder::PackedLayerBuilder(model::LayerVersion version, crs::WorkingPlane plane)
    : m_state(std::make_unique<State>(std::move(version), std::move(plane))) {}

PackedLayerBuilder::~PackedLayerBuilder() = default;

void PackedLayerBuilder::add(model::Feature feature) {
    RANH_ASSERT(m_state != nullptr);
    m_state->add(std::move(feature));
}

std::shared_ptr<const PackedLayer> PackedLayerBuilder::finish() {
    RANH_ASSERT(m_state != nullptr);
    const std::unique_ptr<State> state = std::move(m_state);
    MemorySink sink;
    state->write(sink, {});
    auto image = PackedImage::of_bytes(sink.take()).value();
    return std::shared_ptr<const PackedLayer>(
        new PackedLayer(std::move(image), std::move(state->version), std::move(state->plane)));
}

void PackedLayerBuilder::write(const std::filesystem::path& file, std::string_view record) {
    RANH_ASSERT(m_state != nullptr);
    const std::unique_ptr<State> state = std::move(m_state);
    FileSink sink(file);
    state->write(sink, record);
}

void PackedLayerBuilder::write_delta(const std::filesystem::path& file, std::string_view record,
                                     const DeltaGround& ground) {
    RANH_ASSERT(m_state != nullptr);
    const std::unique_ptr<State> state = std::move(m_state);
    if (state->is_empty()) {
        state->take_fields_of(ground.base());
    }
    FileSink sink(file);
    state->write(sink, record, &ground);
}

}  // namespace ranh::snapshot
