#include "spatial/snapshot/packed_layer.hpp"

#include "spatial/base/assert.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace ranh::snapshot {
namespace {

using detail::SectionKind;

constexpr std::string_view remedy = "delete it, the next command makes it anew from the workspace";

std::optional<double> present(double value) { return std::isnan(value) ? std::nullopt : std::optional(value); }

std::optional<Error> other_plane(const PackedImage& image, const crs::WorkingPlane& plane) {
    const crs::WorkingPlane found(image.centre());
    if (found.centre() != plane.centre()) {
        return Error{ErrorKind::conflict,
                     fmt::format("the packed layer stands in the working plane {}, the workspace has {}; {}",
                                 found.name(), plane.name(), remedy),
                     image.name()};
    }
    if (image.header().chord_error_m != crs::WorkingPlane::chord_error_m) {
        return Error{ErrorKind::conflict,
                     fmt::format("the packed layer was densified to {} m, this program densifies to {} m; {}",
                                 image.header().chord_error_m, crs::WorkingPlane::chord_error_m, remedy),
                     image.name()};
    }
    return std::nullopt;
}

/// The systems of an image; those of the version are not looked up again.
std::vector<crs::Crs> systems_of(const PackedImage& image, const std::vector<crs::Crs>& known) {
    std::vector<crs::Crs> systems;
    for (const std::int32_t code : image.section<std::int32_t>(SectionKind::systems)) {
        const auto found =
            std::find_if(known.begin(), known.end(), [&](const crs::Crs& crs) { return crs.epsg() == code; });
        systems.push_back(found != known.end() ? *found : crs::Crs::from_epsg(code).value());
    }
    return systems;
}

}  // namespace

Result<std::shared_ptr<const PackedLayer>> PackedLayer::open(std::shared_ptr<const PackedImage> image,
                                                             model::LayerVersion version, crs::WorkingPlane plane) {
    if (auto error = other_plane(*image, plane)) {
        return *std::move(error);
    }
    if (image->header().content_hash != version.content_hash) {
        return Error{
            ErrorKind::conflict,
            fmt::format("the packed layer holds content {:.12}…, {} has content {:.12}…; {}",
                        image->header().content_hash.hex(), version.name(), version.content_hash.hex(), remedy),
            image->name()};
    }
    try {
        return std::shared_ptr<const PackedLayer>(
            new PackedLayer(std::move(image), std::move(version), std::move(plane)));
    } catch (const Failure& failure) {
        return failure.error();
    }
}

PackedLayer::PackedLayer(std::shared_ptr<const PackedImage> image, model::LayerVersion version, crs::WorkingPlane plane)
    : m_image(std::move(image)),
      m_version(std::move(version)),
      m_plane(std::move(plane)),
      m_geometry_count(m_image->header().geometry_count) {
    const std::size_t n = m_image->header().feature_count;
    if (m_geometry_count > n) {
        throw Failure(ErrorKind::corrupt_input,
                      fmt::format("the packed layer counts more geometries than features; {}", remedy),
                      m_image->name());
    }
    m_version.systems = systems_of(*m_image, m_version.systems);
    if (m_image->header().geometry_types != 0) {
        m_lonlat_extent = m_image->header().lonlat_extent;
    }
    m_id_texts = m_image->section<char>(SectionKind::id_texts);
    m_id_begins = m_image->section<std::size_t>(SectionKind::id_begins, n + 1);
    m_by_id = m_image->section<std::uint32_t>(SectionKind::by_id,
                                              m_image->delta() ? std::nullopt : std::optional<std::size_t>(n));
    m_id_ranks = m_image->section<std::uint32_t>(SectionKind::id_ranks, n);
    m_system_of = m_image->section<std::uint8_t>(SectionKind::system_of, n);
    look_at_geometries();
    look_at_values();
}

void PackedLayer::look_at_geometries() {
    const PackedImage& image = *m_image;
    const std::size_t n = image.header().feature_count;
    m_types = image.section<geom::GeometryType>(SectionKind::types, n);
    const auto part_begins = image.section<std::size_t>(SectionKind::part_begins, n + 1);
    const auto path_begins = image.section<std::size_t>(SectionKind::path_begins, n + 1);
    const auto part_ends = image.section<std::uint32_t>(SectionKind::part_ends);
    const auto column = [&](SectionKind points, SectionKind point_begins, SectionKind path_ends) {
        return GeometryColumnView{.types = m_types,
                                  .points = image.section<geom::Point>(points),
                                  .path_ends = image.section<std::uint32_t>(path_ends),
                                  .part_ends = part_ends,
                                  .point_begins = image.section<std::size_t>(point_begins, n + 1),
                                  .path_begins = path_begins,
                                  .part_begins = part_begins};
    };
    m_source = column(SectionKind::source_points, SectionKind::source_point_begins, SectionKind::source_path_ends);
    m_working = column(SectionKind::working_points, SectionKind::working_point_begins, SectionKind::working_path_ends);
    m_lonlat = column(SectionKind::lonlat_points, SectionKind::source_point_begins, SectionKind::source_path_ends);
    const std::size_t upper = index::RTreeView::upper_count(m_geometry_count);
    m_working_boxes = image.section<geom::Box>(SectionKind::working_boxes, n);
    m_lonlat_boxes = image.section<geom::Box>(SectionKind::lonlat_boxes, n);
    m_working_tree = {m_working_boxes.first(m_geometry_count),
                      image.section<geom::Box>(SectionKind::working_tree, upper)};
    m_lonlat_tree = {m_lonlat_boxes.first(m_geometry_count), image.section<geom::Box>(SectionKind::lonlat_tree, upper)};
    m_working_areas = image.section<double>(SectionKind::working_areas, n);
}

void PackedLayer::look_at_values() {
    const PackedImage& image = *m_image;
    const std::size_t n = image.header().feature_count;
    m_crosses_itself = image.section<std::uint8_t>(SectionKind::crosses_itself, n);
    m_sharing = image.section<std::uint32_t>(SectionKind::sharing);
    m_shared_with = image.section<std::uint32_t>(SectionKind::shared_with, m_sharing.size());
    m_areas_stated = image.section<double>(SectionKind::areas_stated, n);
    m_areas_planar = image.section<double>(SectionKind::areas_planar, n);
    m_areas_planar_epsg = image.section<std::int32_t>(SectionKind::areas_planar_epsg, n);
    m_areas_ellipsoid = image.section<double>(SectionKind::areas_ellipsoid, n);
    for (std::uint32_t field = 0; field < image.header().field_count; ++field) {
        m_values.push_back({image.section<std::uint8_t>(SectionKind::value_types, n, field),
                            image.section<std::uint64_t>(SectionKind::value_payloads, n, field),
                            image.section<char>(SectionKind::value_texts, std::nullopt, field)});
    }
}

std::string_view PackedLayer::id_text(std::size_t i) const {
    RANH_ASSERT(i < places());
    const std::size_t begin = m_id_begins[i];
    const std::size_t end = m_id_begins[i + 1];
    if (begin > end || end > m_id_texts.size()) {
        throw Failure(ErrorKind::corrupt_input,
                      fmt::format("an id of the packed layer leads outside its section; {}", remedy), m_image->name());
    }
    return {m_id_texts.data() + begin, end - begin};
}

std::optional<std::size_t> PackedLayer::find(const FeatureId& id) const {
    const auto* const found =
        std::lower_bound(m_by_id.data(), m_by_id.data() + m_by_id.size(), std::string_view(id.text()),
                         [this](std::uint32_t feature, std::string_view wanted) { return id_text(feature) < wanted; });
    if (found == m_by_id.data() + m_by_id.size() || id_text(*found) != id.text()) {
        return std::nullopt;
    }
    return *found;
}

std::span<const std::uint32_t> PackedLayer::sharing_ground(std::size_t i) const {
    const auto [first, end] = std::equal_range(m_sharing.begin(), m_sharing.end(), static_cast<std::uint32_t>(i));
    const auto others = m_shared_with.subspan(static_cast<std::size_t>(first - m_sharing.begin()),
                                              static_cast<std::size_t>(end - first));
    for (const std::uint32_t other : others) {
        if (other >= places()) {
            throw Failure(ErrorKind::corrupt_input,
                          fmt::format("a pair of the packed layer names no feature; {}", remedy), m_image->name());
        }
    }
    return others;
}

const crs::Crs& PackedLayer::source_crs(std::size_t i) const {
    RANH_ASSERT(m_system_of[i] < m_version.systems.size());
    return m_version.systems[m_system_of[i]];
}

std::vector<geom::GeometryType> PackedLayer::geometry_types() const {
    std::vector<geom::GeometryType> types;
    for (std::uint32_t k = 0; k <= static_cast<std::uint32_t>(geom::GeometryType::multi_polygon); ++k) {
        if ((m_image->header().geometry_types >> k & 1U) != 0) {
            types.push_back(static_cast<geom::GeometryType>(k));
        }
    }
    return types;
}

std::vector<model::Value> PackedLayer::values(std::size_t i) const {
    std::vector<model::Value> values;
    values.reserve(m_values.size());
    for (const ValueColumnView& column : m_values) {
        values.push_back(column.at(i));
    }
    return values;
}

model::Areas PackedLayer::areas(std::size_t i) const {
    model::Areas areas{present(m_areas_stated[i]), present(m_areas_planar[i]), std::nullopt,
                       present(m_areas_ellipsoid[i])};
    if (m_areas_planar_epsg[i] != 0) {
        areas.planar_epsg = m_areas_planar_epsg[i];
    }
    return areas;
}

std::vector<std::uint32_t> PackedLayer::in_order_of_id(std::vector<std::uint32_t> features) const {
    std::sort(features.begin(), features.end(),
              [this](std::uint32_t a, std::uint32_t b) { return m_id_ranks[a] < m_id_ranks[b]; });
    return features;
}

std::vector<std::uint32_t> PackedLayer::in_working_box(const geom::Box& box) const {
    std::vector<std::uint32_t> hits;
    m_working_tree.search(box, hits);
    return in_order_of_id(std::move(hits));
}

std::vector<std::uint32_t> PackedLayer::in_lonlat_box(const geom::Box& box) const {
    std::vector<std::uint32_t> hits;
    m_lonlat_tree.search(box, hits);
    return in_order_of_id(std::move(hits));
}

}  // namespace ranh::snapshot
