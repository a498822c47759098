#include "spatial/algorithm/area.hpp"
#include "spatial/algorithm/cell_join.hpp"
#include "spatial/algorithm/cell_lattice.hpp"
#include "spatial/algorithm/flat_polygons.hpp"
#include "spatial/algorithm/winds_once.hpp"
#include "spatial/base/assert.hpp"
#include "spatial/base/in_order.hpp"
#include "spatial/base/task_pool.hpp"
#include "spatial/crs/transform.hpp"
#include "spatial/index/hilbert.hpp"
#include "spatial/snapshot/feature_sections.hpp"
#include "spatial/snapshot/packed_delta.hpp"
#include "spatial/snapshot/packed_layer.hpp"
#include "spatial/snapshot/packed_record.hpp"
#include "spatial/snapshot/packed_writer.hpp"
#include "spatial/snapshot/spool.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <limits>
#include <map>
#include <mutex>
#include <numeric>
#include <stop_token>
#include <thread>
#include <utility>

namespace ranh::snapshot {
namespace {

using detail::SectionKind;

/// Features, and bytes of their records, worked on by one task: the work of a task is worth its start, and a few tasks
/// at a time need little memory.
constexpr std::size_t features_per_task = 256;
constexpr std::size_t bytes_per_task = std::size_t{1} << 20U;
/// Features and points gathered before they are projected together.
constexpr std::size_t most_pending = 4096;
constexpr std::size_t most_pending_points = 131'072;
/// Below this many features threads cost more than they save.
constexpr std::size_t least_for_threads = 2 * features_per_task;
/// Tasks after which the pages of the spool are given back.
constexpr std::size_t tasks_between_rests = 32;

unsigned threads_for(std::size_t features) { return features < least_for_threads ? 1 : default_thread_count(); }

/// For layers without a record: projects of one request, versions of a workspace made before levels were kept.
int lattice_level_for(std::span<const double> areas_m2) {
    constexpr int without_areas = 6;
    const double median_m2 = algorithm::median_area(areas_m2);
    return median_m2 > 0.0 ? algorithm::lattice_for(median_m2).level() : without_areas;
}

/// While it lives, memory of mapped sections is given back to the system every now and then, so that what others look
/// at does not stay in memory for ever.
class Resting {
public:
    explicit Resting(const FeatureSections::Working& sections)
        : m_thread([this, &sections](const std::stop_token& stop) {
              constexpr std::chrono::milliseconds a_while(20);
              std::unique_lock lock(m_mutex);
              while (!m_changed.wait_for(lock, stop, a_while, [&] { return stop.stop_requested(); })) {
                  sections.rest();
              }
          }) {}

private:
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::jthread m_thread;
};

using SharingPairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

/// Features that share more than 1e-6 m² with each other, both ways, ascending.
SharingPairs pairs_sharing_ground(const algorithm::PolygonsView& polygons, int lattice_level) {
    SharingPairs pairs;
    constexpr std::size_t index_bytes = std::size_t{256} << 20U;
    algorithm::self_join_cells(polygons, algorithm::CellLattice(lattice_level), {.index_bytes = index_bytes})
        .for_each([&](const algorithm::CellPair& pair) {
            pairs.emplace_back(pair.left, pair.right);
            pairs.emplace_back(pair.right, pair.left);
        });
    std::sort(pairs.begin(), pairs.end());
    return pairs;
}

}  // namespace

struct PackedLayerBuilder::State {
    State(model::LayerVersion given_version, crs::WorkingPlane given_plane, std::filesystem::path folder)
        : version(std::move(given_version)),
          plane(std::move(given_plane)),
          spool_folder(std::move(folder)),
          records(spool_folder) {
        const auto expected = static_cast<std::size_t>(std::max<std::int64_t>(version.feature_count, 0));
        begins.reserve(expected);
        boxes.reserve(expected);
        order.reserve(expected);
    }

    void add(model::Feature feature);
    [[nodiscard]] bool is_empty() const { return pending.empty() && begins.empty(); }
    /// A delta that only removes has the columns of its base, empty.
    void take_fields_of(const PackedLayer& base) { field_count = base.image().header().field_count; }
    /// Of a delta with the ground it stands on.
    void write(PackedSink& sink, std::string_view record, const DeltaGround* ground = nullptr);

    model::LayerVersion version;
    crs::WorkingPlane plane;

private:
    struct Pending {
        model::Feature feature;
        std::uint32_t system;
    };
    /// The records of some features, one after the other.
    struct Records {
        std::vector<std::byte> bytes;
        std::vector<std::uint64_t> begins;
        std::vector<std::optional<geom::Box>> boxes;
    };
    /// Places [begin, end) of the order.
    struct Range {
        std::size_t begin;
        std::size_t end;
    };

    void project_pending();
    [[nodiscard]] Records records_of(std::span<const Pending> features) const;
    void take(const Records& made);
    [[nodiscard]] Failure named(std::string_view id, const Failure& failure) const;
    void sort_systems();
    void put_in_order();
    [[nodiscard]] PackedRecord record(const FileWindow& spooled, std::uint32_t i) const {
        return PackedRecord::at(spooled.bytes().data() + begins[i]);
    }
    void write_order_of_ids(PackedWriter& writer, const FileWindow& spooled, const DeltaGround* ground) const;
    void write_ground(PackedWriter& writer, const DeltaGround& ground) const;
    [[nodiscard]] std::vector<Range> tasks() const;
    [[nodiscard]] FeaturePiece piece_of(const FileWindow& spooled, Range range) const;
    void turn(const PackedRecord& feature, std::uint8_t system, std::map<std::uint8_t, crs::Transform>& to_wgs84,
              FeaturePiece& piece) const;
    void write_features(FeatureSections& sections, const FileWindow& spooled) const;
    void write_sharing(PackedWriter& writer, const FeatureSections& sections, const DeltaGround* ground);
    [[nodiscard]] detail::Header header(const DeltaGround* ground, const std::optional<geom::Box>& added) const;

    std::filesystem::path spool_folder;
    std::vector<Pending> pending;
    std::size_t pending_points = 0;
    std::size_t field_count = 0;
    SectionCounts counts;
    std::uint32_t geometry_types = 0;
    int lattice_level = 0;

    // In the order of adding.
    Spool records;
    std::vector<std::uint64_t> begins;  // of each record in the spool
    std::string last_id;
    bool ids_ascend = true;
    std::vector<geom::Box> boxes;  // of those in `order`, until they are in order

    std::vector<std::uint32_t> order;  // feature in the order of adding, for each place in the file
    std::vector<std::uint32_t> without_geometry;
    std::vector<std::uint8_t> system_places;  // where the systems stand in the file
};

void PackedLayerBuilder::State::add(model::Feature feature) {
    if (is_empty()) {
        field_count = feature.values.size();
    }
    RANH_ASSERT(feature.values.size() == field_count);
    RANH_ASSERT(begins.size() + pending.size() < std::numeric_limits<std::uint32_t>::max() / 2);
    auto found = std::find(version.systems.begin(), version.systems.end(), feature.crs);
    if (found == version.systems.end()) {
        RANH_ASSERT(version.systems.size() < 255);
        found = version.systems.insert(found, feature.crs);
    }
    pending_points += feature.geometry ? feature.geometry->points().size() : 0;
    pending.push_back({std::move(feature), static_cast<std::uint32_t>(found - version.systems.begin())});
    if (pending.size() == most_pending || pending_points >= most_pending_points) {
        project_pending();
    }
}

Failure PackedLayerBuilder::State::named(std::string_view id, const Failure& failure) const {
    return {failure.error().kind, fmt::format("feature '{}' of {}: {}", id, version.name(), failure.error().sentence)};
}

PackedLayerBuilder::State::Records PackedLayerBuilder::State::records_of(std::span<const Pending> features) const {
    Records made;
    for (const auto& [feature, system] : features) {
        made.begins.push_back(made.bytes.size());
        if (!feature.geometry || feature.geometry->empty()) {
            append_record(made.bytes, feature, system, {}, {});
            made.boxes.emplace_back();
            continue;
        }
        try {
            const geom::Geometry working = plane.project(*feature.geometry, feature.crs);
            append_record(made.bytes, feature, system, *feature.geometry, working);
            made.boxes.push_back(working.box());
        } catch (const Failure& failure) {
            throw named(feature.id.text(), failure);
        }
    }
    return made;
}

void PackedLayerBuilder::State::take(const Records& made) {
    const std::uint64_t first = records.append(made.bytes);
    for (std::size_t k = 0; k < made.begins.size(); ++k) {
        const PackedRecord added = PackedRecord::at(made.bytes.data() + made.begins[k]);
        const auto i = static_cast<std::uint32_t>(begins.size());
        ids_ascend = ids_ascend && (begins.empty() || last_id < added.id);
        last_id = added.id;
        begins.push_back(first + made.begins[k]);
        if (made.boxes[k]) {
            boxes.push_back(*made.boxes[k]);
            order.push_back(i);
            geometry_types |= 1U << added.head.type;
        } else {
            without_geometry.push_back(i);
        }
        counts.id_bytes += added.id.size();
        counts.points += added.head.points;
        counts.working_points += added.head.working_points;
        counts.paths += added.head.paths;
        counts.parts += added.head.parts;
    }
}

void PackedLayerBuilder::State::project_pending() {
    const std::size_t task_count = (pending.size() + features_per_task - 1) / features_per_task;
    InOrder<Records> in_order([this](Records&& made) { take(made); });
    for_each_index(task_count, threads_for(pending.size()), [&](std::size_t k) {
        const std::size_t begin = k * features_per_task;
        const std::size_t count = std::min(features_per_task, pending.size() - begin);
        in_order.put(k, records_of(std::span<const Pending>(pending).subspan(begin, count)));
    });
    pending.clear();
    pending_points = 0;
}

/// By code, so that the bytes do not depend on which system came first.
void PackedLayerBuilder::State::sort_systems() {
    std::vector<crs::Crs> sorted = version.systems;
    std::sort(sorted.begin(), sorted.end(), [](const crs::Crs& a, const crs::Crs& b) { return a.epsg() < b.epsg(); });
    for (const crs::Crs& crs : version.systems) {
        system_places.push_back(
            static_cast<std::uint8_t>(std::find(sorted.begin(), sorted.end(), crs) - sorted.begin()));
    }
    version.systems = std::move(sorted);
}

void PackedLayerBuilder::State::put_in_order() {
    counts.features = begins.size();
    counts.geometries = order.size();
    std::vector<std::uint32_t> codes(begins.size());
    {
        const std::vector<std::uint32_t> found = index::hilbert_codes(boxes);
        for (std::size_t k = 0; k < order.size(); ++k) {
            codes[order[k]] = found[k];
        }
        boxes = {};
    }
    const FileWindow spooled = records.look();
    const auto first = [&](std::uint32_t a, std::uint32_t b) {
        if (codes[a] != codes[b] || ids_ascend) {
            return std::pair(codes[a], a) < std::pair(codes[b], b);
        }
        return record(spooled, a).id < record(spooled, b).id;
    };
    std::sort(order.begin(), order.end(), first);
    std::sort(without_geometry.begin(), without_geometry.end(), first);
    order.insert(order.end(), without_geometry.begin(), without_geometry.end());
    without_geometry = {};
}

void PackedLayerBuilder::State::write_order_of_ids(PackedWriter& writer, const FileWindow& spooled,
                                                   const DeltaGround* ground) const {
    const auto id = [&](std::uint32_t i) { return record(spooled, i).id; };
    std::vector<std::uint32_t> by_id(order.size());
    std::iota(by_id.begin(), by_id.end(), 0U);
    if (ids_ascend) {
        for (std::uint32_t place = 0; place < order.size(); ++place) {
            by_id[order[place]] = place;
        }
    } else {
        std::sort(by_id.begin(), by_id.end(),
                  [&](std::uint32_t a, std::uint32_t b) { return id(order[a]) < id(order[b]); });
    }
    writer.put(SectionKind::by_id, std::span<const std::uint32_t>(by_id));
    std::vector<std::uint32_t> ranks(order.size());
    for (std::uint32_t rank = 0; rank < by_id.size(); ++rank) {
        ranks[by_id[rank]] = rank;
    }
    writer.put(SectionKind::id_ranks, std::span<const std::uint32_t>(ranks));
    if (ground != nullptr) {
        std::vector<std::string_view> ids_in_order;
        for (const std::uint32_t place : by_id) {
            ids_in_order.push_back(id(order[place]));
        }
        writer.put(SectionKind::base_ranks, std::span<const std::uint32_t>(ground->ranks_of(ids_in_order)));
    }
    std::vector<std::int32_t> codes;
    for (const crs::Crs& crs : version.systems) {
        codes.push_back(crs.epsg());
    }
    writer.put(SectionKind::systems, std::span<const std::int32_t>(codes));
}

void PackedLayerBuilder::State::write_ground(PackedWriter& writer, const DeltaGround& ground) const {
    const PackedLayer& base = ground.base();
    if (version.systems != base.version().systems) {
        throw Failure(ErrorKind::conflict,
                      fmt::format("{} has other source systems than the packed layer it follows", version.name()));
    }
    const detail::Header& header = base.image().header();
    const detail::DeltaBase stands_on{header.content_hash, header.table_checksum, header.feature_count,
                                      header.geometry_count};
    writer.put(SectionKind::base, std::span<const detail::DeltaBase>(&stands_on, 1));
    writer.put(SectionKind::removed, ground.removed());
}

/// The work in pieces that each need little memory.
std::vector<PackedLayerBuilder::State::Range> PackedLayerBuilder::State::tasks() const {
    std::vector<Range> ranges;
    std::size_t bytes = 0;
    for (std::size_t place = 0; place < order.size(); ++place) {
        if (ranges.empty() || ranges.back().end - ranges.back().begin == features_per_task || bytes > bytes_per_task) {
            ranges.push_back({place, place});
            bytes = 0;
        }
        ranges.back().end = place + 1;
        const std::size_t next = order[place] + std::size_t{1};
        bytes += (next < begins.size() ? begins[next] : records.size()) - begins[order[place]];
    }
    return ranges;
}

void PackedLayerBuilder::State::turn(const PackedRecord& feature, std::uint8_t system,
                                     std::map<std::uint8_t, crs::Transform>& to_wgs84, FeaturePiece& piece) const {
    try {
        auto transform = to_wgs84.find(system);
        if (transform == to_wgs84.end()) {
            const crs::Crs& crs = version.systems[system];
            transform = to_wgs84.emplace(system, crs::Transform::between(crs, crs::wgs84()).value()).first;
        }
        const std::span<const geom::Point> from = feature.source.points;
        const std::size_t first = piece.lonlat.size();
        piece.lonlat.insert(piece.lonlat.end(), from.begin(), from.end());
        const std::span<geom::Point> turned = std::span(piece.lonlat).subspan(first);
        transform->second.apply_interpolated(turned);
        piece.lonlat_boxes.push_back(geom::box_of(turned).value());
    } catch (const Failure& failure) {
        throw named(feature.id, failure);
    }
}

FeaturePiece PackedLayerBuilder::State::piece_of(const FileWindow& spooled, Range range) const {
    FeaturePiece piece;
    std::map<std::uint8_t, crs::Transform> to_wgs84;
    for (std::size_t place = range.begin; place < range.end; ++place) {
        const PackedRecord& feature = piece.records.emplace_back(record(spooled, order[place]));
        const std::uint8_t system = system_places[feature.head.system];
        piece.systems.push_back(system);
        piece.source.append(feature.source);
        piece.working.append(feature.working);
        piece.working_boxes.push_back(feature.working.box().value_or(geom::Box{}));
        piece.working_areas.push_back(algorithm::area(feature.working));
        const bool is_area = geom::dimension(feature.working.type) == 2;
        piece.crosses_itself.push_back(is_area && !algorithm::winds_once(feature.working) ? 1 : 0);
        if (!feature.source.points.empty()) {
            turn(feature, system, to_wgs84, piece);
        }
    }
    return piece;
}

void PackedLayerBuilder::State::write_features(FeatureSections& sections, const FileWindow& spooled) const {
    const std::vector<Range> ranges = tasks();
    std::size_t written = 0;
    InOrder<FeaturePiece> in_order([&](FeaturePiece&& piece) {
        sections.put(piece);
        if (++written % tasks_between_rests == 0) {
            spooled.rest();
        }
    });
    for_each_index(ranges.size(), threads_for(order.size()),
                   [&](std::size_t k) { in_order.put(k, piece_of(spooled, ranges[k])); });
    spooled.rest();
}

/// What spares each later run the same look at every feature. Decides the lattice where the version does not.
void PackedLayerBuilder::State::write_sharing(PackedWriter& writer, const FeatureSections& sections,
                                              const DeltaGround* ground) {
    SharingPairs pairs;
    {
        const FeatureSections::Working working = sections.working();
        const algorithm::PolygonsView polygons = working.view();
        lattice_level = version.lattice_level ? *version.lattice_level : lattice_level_for(polygons.areas_m2);
        const Resting resting(working);
        if (ground != nullptr) {
            pairs = ground->pairs_sharing_ground(polygons);
        } else if (counts.geometries > 1) {
            pairs = pairs_sharing_ground(polygons, lattice_level);
        }
    }
    PackedSection& sharing = writer.reserve(SectionKind::sharing, pairs.size() * sizeof(std::uint32_t));
    PackedSection& shared_with = writer.reserve(SectionKind::shared_with, pairs.size() * sizeof(std::uint32_t));
    for (const auto& [one, other] : pairs) {
        sharing.put(one);
        shared_with.put(other);
    }
}

detail::Header PackedLayerBuilder::State::header(const DeltaGround* ground,
                                                 const std::optional<geom::Box>& added) const {
    detail::Header header{};
    header.feature_count = counts.features;
    header.geometry_count = counts.geometries;
    header.field_count = static_cast<std::uint32_t>(field_count);
    header.lattice_level = lattice_level;
    header.geometry_types = geometry_types;
    header.centre_latitude_deg = plane.centre().latitude_deg;
    header.centre_longitude_deg = plane.centre().longitude_deg;
    header.chord_error_m = crs::WorkingPlane::chord_error_m;
    std::optional<geom::Box> extent = added;
    if (ground != nullptr) {
        header.geometry_types |= ground->geometry_types();
        const std::optional<geom::Box> staying = ground->lonlat_extent();
        extent = extent && staying ? geom::united(*staying, *extent) : (extent ? extent : staying);
    }
    header.lonlat_extent = extent.value_or(geom::Box{});
    header.content_hash = version.content_hash;
    return header;
}

void PackedLayerBuilder::State::write(PackedSink& sink, std::string_view record, const DeltaGround* ground) {
    project_pending();
    sort_systems();
    put_in_order();
    const FileWindow spooled = records.look();
    PackedWriter writer(sink);
    writer.put(SectionKind::record, std::span<const char>(record));
    if (ground != nullptr) {
        write_ground(writer, *ground);
    }
    FeatureSections sections(writer, counts);
    write_order_of_ids(writer, spooled, ground);
    Spool columns(spool_folder);
    sections.reserve_rest(field_count, columns);
    write_features(sections, spooled);
    sections.put_trees();
    write_sharing(writer, sections, ground);
    sections.put_values();
    writer.finish(header(ground, sections.lonlat_extent()), ground != nullptr ? PackedKind::delta : PackedKind::whole);
}

PackedLayerBuilder::PackedLayerBuilder(model::LayerVersion version, crs::WorkingPlane plane,
                                       std::filesystem::path spool_folder)
    : m_state(std::make_unique<State>(std::move(version), std::move(plane), std::move(spool_folder))) {}

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
