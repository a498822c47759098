#pragma once

#include "spatial/algorithm/polygons_view.hpp"
#include "spatial/snapshot/packed_layer.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <set>
#include <string_view>
#include <vector>

namespace ranh::snapshot {

/// Makes a delta file: a version of a layer as what differs from the packed file of another version. Name every feature
/// that differs, then write() once.
///
/// A delta always stands on a whole packed layer, its base: what differs from a version that is itself read from a base
/// and a delta becomes a new delta to the same base, which holds what the old one held, as far as that still stands.
///
/// Cost        that of packing the features that differ from the base, and a look at the types of all.
/// Guarantees  opened with its base it gives the features, flags and pairs of the version packed whole; only the places
///             of the features differ.
class PackedDeltaBuilder {
public:
    /// `version` must have the fields and the lattice of `before`, see can_follow().
    PackedDeltaBuilder(std::shared_ptr<const PackedLayer> before, model::LayerVersion version);

    /// The version can be written as a delta to the base of `before`: it has the same fields, systems and lattice.
    [[nodiscard]] static bool can_follow(const PackedLayer& before, const model::LayerVersion& version);

    /// Takes a feature out, if `before` has it.
    void remove(const FeatureId& id);
    /// A feature that `before` has not, or that was removed.
    void add(const model::Feature& feature);
    /// Features that the delta will hold and take out, as it stands.
    [[nodiscard]] std::size_t changes() const;
    /// Features of the base.
    [[nodiscard]] std::size_t base_size() const { return m_base->size(); }
    /// A file that stands there whole or not at all. Failure conflict when an id would stand twice or a feature has a
    /// system that the base has not; io and corrupt_input as PackedLayerBuilder::write().
    void write(const std::filesystem::path& file, std::string_view record);

private:
    std::shared_ptr<const PackedLayer> m_before;
    std::shared_ptr<const PackedLayer> m_base;
    PackedLayerBuilder m_builder;
    std::set<std::uint32_t> m_removed;    // places of the base
    std::set<std::uint32_t> m_inherited;  // places of `before` behind the base that stay, or without geometry
    std::size_t m_added = 0;
};

/// The features of a whole packed layer that a delta leaves, as its parts need them.
class DeltaGround {
public:
    /// `removed` ascending; both must outlive it.
    DeltaGround(const PackedLayer& base, std::span<const std::uint32_t> removed) : m_base(base), m_removed(removed) {}

    [[nodiscard]] const PackedLayer& base() const { return m_base; }
    [[nodiscard]] std::span<const std::uint32_t> removed() const { return m_removed; }
    [[nodiscard]] bool keeps(std::uint32_t place) const;

    /// For ids in ascending order how many ids of the base come before each. Failure conflict when one is an id of a
    /// feature that stays.
    [[nodiscard]] std::vector<std::uint32_t> ranks_of(std::span<const std::string_view> ids) const;
    /// Bit k is set when a feature that stays has GeometryType k.
    [[nodiscard]] std::uint32_t geometry_types() const;
    /// Box of what stays, longitude and latitude.
    [[nodiscard]] std::optional<geom::Box> lonlat_extent() const;
    /// Pairs of features that share more than 1e-6 m², both ways, ascending, of which one at least is among `added`;
    /// these stand behind the base.
    [[nodiscard]] std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs_sharing_ground(
        const algorithm::PolygonsView& added) const;

private:
    const PackedLayer& m_base;
    std::span<const std::uint32_t> m_removed;
};

}  // namespace ranh::snapshot
