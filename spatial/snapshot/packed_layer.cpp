#include "spatial/snapshot/packed_layer.hpp"

#include "spatial/base/assert.hpp"
#include "spatial/base/task_pool.hpp"
#include "spatial/crs/transform.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <utility>

namespace ranh::snapshot {
namespace {

/// Features projected by one task, and tasks whose results are in memory beside the columns at one time.
constexpr std::size_t features_per_task = 256;
constexpr std::size_t tasks_per_wave = 64;
/// Below this many features threads cost more than they save.
constexpr std::size_t least_for_threads = 2 * features_per_task;

template <typename T>
std::span<const T> slice(const std::vector<T>& values, const std::vector<std::size_t>& begins, std::size_t i) {
    return std::span<const T>(values).subspan(begins[i], begins[i + 1] - begins[i]);
}

/// Elements of `values` in the order of `order`, moved.
template <typename T>
std::vector<T> reordered(std::vector<T>& values, const std::vector<std::uint32_t>& order) {
    std::vector<T> result;
    result.reserve(values.size());
    for (const std::uint32_t i : order) {
        result.push_back(std::move(values[i]));
    }
    return result;
}

/// Calls work(begin, end) for pieces of [0, count), a wave of pieces at a time on all processors, and then collect(k)
/// for each piece k of the wave in order.
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

}  // namespace

void GeometryColumn::append(const geom::GeometryView& geometry) {
    m_types.push_back(geometry.type);
    m_points.insert(m_points.end(), geometry.points.begin(), geometry.points.end());
    m_path_ends.insert(m_path_ends.end(), geometry.path_ends.begin(), geometry.path_ends.end());
    m_part_ends.insert(m_part_ends.end(), geometry.part_ends.begin(), geometry.part_ends.end());
    m_point_begins.push_back(m_points.size());
    m_path_begins.push_back(m_path_ends.size());
    m_part_begins.push_back(m_part_ends.size());
}

void GeometryColumn::append_nothing() { append({}); }

geom::GeometryView GeometryColumn::at(std::size_t i) const {
    RANH_ASSERT(i < m_types.size());
    return {m_types[i], slice(m_points, m_point_begins, i), slice(m_path_ends, m_path_begins, i),
            slice(m_part_ends, m_part_begins, i)};
}

PackedLayer::PackedLayer(model::LayerVersion version, crs::WorkingPlane plane)
    : m_version(std::move(version)), m_plane(std::move(plane)) {}

std::optional<std::size_t> PackedLayer::find(const FeatureId& id) const {
    const auto found = std::lower_bound(m_ids.begin(), m_ids.end(), id);
    if (found == m_ids.end() || *found != id) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - m_ids.begin());
}

std::vector<std::uint32_t> PackedLayer::in_working_box(const geom::Box& box) const {
    std::vector<std::uint32_t> hits = m_working_tree.search(box);
    for (std::uint32_t& hit : hits) {
        hit = m_with_geometry[hit];  // ascending in, ascending out: m_with_geometry is ascending
    }
    return hits;
}

std::vector<std::uint32_t> PackedLayer::in_lonlat_box(const geom::Box& box) const {
    std::vector<std::uint32_t> hits = m_lonlat_tree.search(box);
    for (std::uint32_t& hit : hits) {
        hit = m_with_geometry[hit];
    }
    return hits;
}

struct PackedLayerBuilder::State {
    State(model::LayerVersion version, crs::WorkingPlane plane)
        : layer(new PackedLayer(std::move(version), std::move(plane))), added_systems(layer->m_version.systems) {}

    std::uint8_t system_index(const crs::Crs& crs) {
        auto found = std::find(added_systems.begin(), added_systems.end(), crs);
        if (found == added_systems.end()) {
            RANH_ASSERT(added_systems.size() < 255);
            found = added_systems.insert(found, crs);
        }
        return static_cast<std::uint8_t>(found - added_systems.begin());
    }

    void sort_by_id();
    void project();
    void project_piece(std::size_t begin, std::size_t end, GeometryColumn& working, GeometryColumn& lonlat) const;
    void make_boxes_and_trees();

    std::shared_ptr<PackedLayer> layer;
    std::vector<crs::Crs> added_systems;
};

void PackedLayerBuilder::State::sort_by_id() {
    std::vector<FeatureId>& ids = layer->m_ids;
    if (std::is_sorted(ids.begin(), ids.end())) {
        return;  // as a workspace reads them
    }
    std::vector<std::uint32_t> order(ids.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return ids[a] < ids[b]; });
    ids = reordered(ids, order);
    layer->m_values = reordered(layer->m_values, order);
    layer->m_areas = reordered(layer->m_areas, order);
    layer->m_system = reordered(layer->m_system, order);
    GeometryColumn source;
    std::vector<bool> has_geometry;
    has_geometry.reserve(order.size());
    for (const std::uint32_t i : order) {
        source.append(layer->m_source.at(i));
        has_geometry.push_back(layer->m_has_geometry[i]);
    }
    layer->m_source = std::move(source);
    layer->m_has_geometry = std::move(has_geometry);
}

void PackedLayerBuilder::State::project_piece(std::size_t begin, std::size_t end, GeometryColumn& working,
                                              GeometryColumn& lonlat) const {
    std::map<std::uint8_t, crs::Transform> to_wgs84;
    for (std::size_t i = begin; i < end; ++i) {
        if (!layer->m_has_geometry[i]) {
            working.append_nothing();
            lonlat.append_nothing();
            continue;
        }
        try {
            const geom::GeometryView source = layer->m_source.at(i);
            const crs::Crs& crs = layer->source_crs(i);
            working.append(layer->m_plane.project(source, crs));
            auto transform = to_wgs84.find(layer->m_system[i]);
            if (transform == to_wgs84.end()) {
                transform =
                    to_wgs84.emplace(layer->m_system[i], crs::Transform::between(crs, crs::wgs84()).value()).first;
            }
            geom::Geometry turned = geom::Geometry::copy_of(source);
            transform->second.apply(turned.mutable_points());
            lonlat.append(turned);
        } catch (const Failure& failure) {
            throw Failure(failure.error().kind, fmt::format("feature '{}' of {}: {}", layer->m_ids[i].text(),
                                                            layer->m_version.name(), failure.error().sentence));
        }
    }
}

void PackedLayerBuilder::State::project() {
    std::vector<GeometryColumn> working(tasks_per_wave);
    std::vector<GeometryColumn> lonlat(tasks_per_wave);
    const auto move_into = [](GeometryColumn& target, GeometryColumn& piece) {
        for (std::size_t i = 0; i < piece.size(); ++i) {
            target.append(piece.at(i));
        }
        piece = GeometryColumn();
    };
    in_waves(
        layer->size(),
        [&](std::size_t k, std::size_t begin, std::size_t end) { project_piece(begin, end, working[k], lonlat[k]); },
        [&](std::size_t k) {
            move_into(layer->m_working, working[k]);
            move_into(layer->m_lonlat, lonlat[k]);
        });
}

void PackedLayerBuilder::State::make_boxes_and_trees() {
    PackedLayer& packed = *layer;
    packed.m_working_boxes.resize(packed.size());
    packed.m_lonlat_boxes.resize(packed.size());
    std::vector<geom::Box> working;
    std::vector<geom::Box> lonlat;
    for (std::size_t i = 0; i < packed.size(); ++i) {
        if (!packed.m_has_geometry[i]) {
            continue;
        }
        packed.m_with_geometry.push_back(static_cast<std::uint32_t>(i));
        packed.m_working_boxes[i] = packed.m_working.at(i).box().value();
        packed.m_lonlat_boxes[i] = packed.m_lonlat.at(i).box().value();
        working.push_back(packed.m_working_boxes[i]);
        lonlat.push_back(packed.m_lonlat_boxes[i]);
        packed.m_lonlat_extent =
            packed.m_lonlat_extent ? geom::united(*packed.m_lonlat_extent, lonlat.back()) : lonlat.back();
    }
    packed.m_working_tree = index::PackedRTree(working);
    packed.m_lonlat_tree = index::PackedRTree(lonlat);
}

PackedLayerBuilder::PackedLayerBuilder(model::LayerVersion version, crs::WorkingPlane plane)
    : m_state(std::make_unique<State>(std::move(version), std::move(plane))) {}

PackedLayerBuilder::~PackedLayerBuilder() = default;

void PackedLayerBuilder::add(model::Feature feature) {
    RANH_ASSERT(m_state != nullptr);
    PackedLayer& layer = *m_state->layer;
    const bool has_geometry = feature.geometry && !feature.geometry->empty();
    layer.m_ids.push_back(std::move(feature.id));
    layer.m_system.push_back(m_state->system_index(feature.crs));
    layer.m_has_geometry.push_back(has_geometry);
    if (has_geometry) {
        layer.m_source.append(*feature.geometry);
    } else {
        layer.m_source.append_nothing();
    }
    layer.m_values.push_back(std::move(feature.values));
    layer.m_areas.push_back(feature.areas);
}

std::shared_ptr<const PackedLayer> PackedLayerBuilder::finish() {
    RANH_ASSERT(m_state != nullptr);
    m_state->layer->m_version.systems = m_state->added_systems;
    m_state->sort_by_id();
    m_state->project();
    m_state->make_boxes_and_trees();
    std::vector<double>& areas = m_state->layer->m_working_areas_m2;
    for (const model::Areas& a : m_state->layer->m_areas) {
        areas.push_back(a.area_ellipsoid_m2.value_or(0.0));
    }
    std::vector<double> sorted = areas;
    std::sort(sorted.begin(), sorted.end());
    const double median = sorted.empty() ? 0.0 : sorted[sorted.size() / 2];
    m_state->layer->m_lattice_level =
        median > 0.0 ? static_cast<int>(std::clamp(std::round(std::log2(1.5 * std::sqrt(median))), -6.0, 14.0)) : 6;
    std::shared_ptr<const PackedLayer> layer = std::move(m_state->layer);
    m_state.reset();
    return layer;
}

}  // namespace ranh::snapshot
