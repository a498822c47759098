#include "spatial/snapshot/packed_delta.hpp"

#include "spatial/algorithm/cell_join.hpp"
#include "spatial/algorithm/cell_lattice.hpp"
#include "spatial/algorithm/flat_polygons.hpp"
#include "spatial/base/assert.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace ranh::snapshot {
namespace {

model::Feature feature_at(const PackedLayer& layer, std::uint32_t i) {
    model::Feature feature;
    feature.id = layer.id(i);
    feature.crs = layer.source_crs(i);
    if (layer.has_geometry(i)) {
        feature.geometry = geom::Geometry::copy_of(layer.source(i));
    }
    feature.values = layer.values(i);
    feature.areas = layer.areas(i);
    return feature;
}

/// The layer that a version is read from without its delta.
std::shared_ptr<const PackedLayer> base_of(const std::shared_ptr<const PackedLayer>& layer) {
    const std::shared_ptr<const PackedImage>& base = layer->image().base();
    if (base == nullptr) {
        return layer;
    }
    model::LayerVersion version = layer->version();
    version.content_hash = base->header().content_hash;
    return PackedLayer::open(base, std::move(version), layer->plane()).value();
}

bool touches_side(const geom::Box& box, const geom::Box& extent) {
    return box.min.x <= extent.min.x || box.min.y <= extent.min.y || box.max.x >= extent.max.x ||
           box.max.y >= extent.max.y;
}

}  // namespace

bool PackedDeltaBuilder::can_follow(const PackedLayer& before, const model::LayerVersion& version) {
    const auto& fields = before.version().description.schema.fields;
    const auto& now = version.description.schema.fields;
    const bool same_fields = std::ranges::equal(
        fields, now, [](const model::Field& a, const model::Field& b) { return a.name == b.name && a.type == b.type; });
    std::vector<crs::Crs> systems = version.systems;
    std::ranges::sort(systems, {}, [](const crs::Crs& crs) { return crs.epsg(); });
    return same_fields && systems == before.version().systems && version.lattice_level.has_value() &&
           *version.lattice_level == before.lattice_level();
}

PackedDeltaBuilder::PackedDeltaBuilder(std::shared_ptr<const PackedLayer> before, model::LayerVersion version)
    : m_before(std::move(before)), m_base(base_of(m_before)), m_builder(std::move(version), m_before->plane()) {
    const auto base_places = static_cast<std::uint32_t>(m_base->places());
    for (std::uint32_t place = base_places; place < m_before->places(); ++place) {
        m_inherited.insert(place);
    }
    if (const auto& delta = m_before->image().delta()) {
        const auto removed = delta->section<std::uint32_t>(detail::SectionKind::removed);
        m_removed.insert(removed.begin(), removed.end());
    } else {
        // In a joined layer features without geometry stand behind all others.
        for (auto place = static_cast<std::uint32_t>(m_base->geometry_count()); place < base_places; ++place) {
            m_removed.insert(place);
            m_inherited.insert(place);
        }
    }
}

void PackedDeltaBuilder::remove(const FeatureId& id) {
    const auto place = m_before->find(id);
    if (!place) {
        return;
    }
    const auto number = static_cast<std::uint32_t>(*place);
    m_inherited.erase(number);
    if (number < m_base->places()) {
        m_removed.insert(number);
    }
}

void PackedDeltaBuilder::add(const model::Feature& feature) {
    m_builder.add(feature);
    ++m_added;
}

std::size_t PackedDeltaBuilder::changes() const { return m_added + m_inherited.size() + m_removed.size(); }

void PackedDeltaBuilder::write(const std::filesystem::path& file, std::string_view record) {
    for (const std::uint32_t place : m_inherited) {
        m_builder.add(feature_at(*m_before, place));
    }
    const std::vector<std::uint32_t> removed(m_removed.begin(), m_removed.end());
    m_builder.write_delta(file, record, DeltaGround(*m_base, removed));
}

bool DeltaGround::keeps(std::uint32_t place) const { return !std::ranges::binary_search(m_removed, place); }

std::vector<std::uint32_t> DeltaGround::ranks_of(std::span<const std::string_view> ids) const {
    const auto by_id = m_base.by_id();
    std::vector<std::uint32_t> ranks;
    auto from = by_id.begin();
    for (const std::string_view id : ids) {
        from = std::lower_bound(from, by_id.end(), id, [this](std::uint32_t place, std::string_view wanted) {
            return m_base.id_text(place) < wanted;
        });
        if (from != by_id.end() && m_base.id_text(*from) == id && keeps(*from)) {
            throw Failure(ErrorKind::conflict,
                          fmt::format("feature '{}' would stand twice in {}", id, m_base.version().name()));
        }
        ranks.push_back(static_cast<std::uint32_t>(from - by_id.begin()));
    }
    return ranks;
}

std::uint32_t DeltaGround::geometry_types() const {
    std::array<std::size_t, 256> counts{};
    const auto types = m_base.working_geometries().types;
    for (const geom::GeometryType type : types.first(m_base.geometry_count())) {
        ++counts[static_cast<std::size_t>(type)];
    }
    for (const std::uint32_t place : m_removed) {
        if (m_base.has_geometry(place)) {
            --counts[static_cast<std::size_t>(types[place])];
        }
    }
    std::uint32_t bits = 0;
    for (std::uint32_t k = 0; k < 32; ++k) {
        bits |= counts[k] > 0 ? 1U << k : 0U;
    }
    return bits;
}

std::optional<geom::Box> DeltaGround::lonlat_extent() const {
    if (!m_base.lonlat_extent()) {
        return std::nullopt;
    }
    const bool all_inside = std::ranges::none_of(m_removed, [&](std::uint32_t place) {
        return m_base.has_geometry(place) && touches_side(m_base.lonlat_box(place), *m_base.lonlat_extent());
    });
    if (all_inside) {
        return m_base.lonlat_extent();
    }
    std::optional<geom::Box> extent;
    auto next = m_removed.begin();
    for (std::uint32_t place = 0; place < m_base.geometry_count(); ++place) {
        if (next != m_removed.end() && *next == place) {
            ++next;
        } else {
            const geom::Box& box = m_base.lonlat_box(place);
            extent = extent ? geom::united(*extent, box) : box;
        }
    }
    return extent;
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> DeltaGround::pairs_sharing_ground(
    const algorithm::PolygonsView& added) const {
    algorithm::FlatPolygons gathered;
    std::vector<std::uint32_t> places;  // of what was gathered
    std::vector<std::uint32_t> around;
    const auto first_own = static_cast<std::uint32_t>(m_base.places());
    for (std::uint32_t k = 0; k < added.size(); ++k) {
        if (added.point_count(k) > 0) {
            gathered.add(added.feature(k), added.boxes[k], added.areas_m2[k]);
            places.push_back(first_own + k);
            m_base.working_tree().search(added.boxes[k], around);
        }
    }
    std::ranges::sort(around);
    around.erase(std::unique(around.begin(), around.end()), around.end());
    for (const std::uint32_t place : around) {
        const geom::GeometryView feature = m_base.working(place);
        if (geom::dimension(feature.type) == 2 && keeps(place)) {
            gathered.add(feature, m_base.working_box(place), m_base.working_areas_m2()[place]);
            places.push_back(place);
        }
    }
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
    const algorithm::CellLattice lattice(m_base.lattice_level());
    const auto joined = algorithm::self_join_cells(gathered.view(), lattice);
    joined.for_each([&](const algorithm::CellPair& pair) {
        const std::uint32_t one = places[pair.left];
        const std::uint32_t other = places[pair.right];
        if (one >= first_own || other >= first_own) {
            pairs.emplace_back(one, other);
            pairs.emplace_back(other, one);
        }
    });
    std::ranges::sort(pairs);
    return pairs;
}

}  // namespace ranh::snapshot
