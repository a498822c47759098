#pragma once

#include "spatial/algorithm/near_outline.hpp"
#include "spatial/snapshot/packed_layer.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <unordered_map>

namespace ranh::overlay {

/// In which coordinates a feature is looked at: those of its source, or those of the working plane.
enum class Plane { source, working };

/// Outlines of the areas of a layer near a box: long outlines by an index made once, short ones as they are.
///
/// Lifetime  no longer than the layer. Threads  const after construction; any number of readers.
class PairOutlines {
public:
    /// `features` are those that will be asked for most, ascending; others are answered too, at the cost of their size.
    PairOutlines(const snapshot::PackedLayer& layer, std::span<const std::uint32_t> features, unsigned threads);

    [[nodiscard]] geom::Box box(Plane plane, std::uint32_t feature) const;
    /// The outline in which relations and areas inside `region` can be told.
    [[nodiscard]] algorithm::NearOutline near(Plane plane, std::uint32_t feature, const geom::Box& region) const;

private:
    struct Indexes {
        std::unique_ptr<const algorithm::OutlineIndex> source;
        std::unique_ptr<const algorithm::OutlineIndex> working;
    };
    [[nodiscard]] const algorithm::OutlineIndex* index_of(Plane plane, std::uint32_t feature) const;
    [[nodiscard]] geom::GeometryView view(Plane plane, std::uint32_t feature) const {
        return plane == Plane::source ? m_layer.source(feature) : m_layer.working(feature);
    }

    const snapshot::PackedLayer& m_layer;
    std::unordered_map<std::uint32_t, Indexes> m_long;
};

}  // namespace ranh::overlay
