#pragma once

#include "spatial/algorithm/near_outline.hpp"
#include "spatial/operations/overlay/pair_outlines.hpp"
#include "spatial/snapshot/packed_layer.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

namespace ranh::overlay {

/// Repaired copies (topology::make_valid) of those areas of a layer that wind around ground otherwise than once, or
/// meet themselves; each is made when it is first asked for and kept, for a zone meets many parcels.
///
/// Memory    the points of the areas asked for, twice for each plane.
/// Lifetime  no longer than the layer. Threads  any number of callers; the result does not depend on them.
class RepairedAreas {
public:
    explicit RepairedAreas(const snapshot::PackedLayer& layer) : m_layer(layer) {}

    struct Repaired {
        explicit Repaired(geom::Geometry repaired);
        geom::Geometry geometry;
        double area_m2;
        algorithm::OutlineIndex outline;  ///< of `geometry`, which never moves
    };
    /// Null where nothing is left, or GEOS refuses the area. Lives as long as this object.
    /// Precondition: the feature is an area.
    [[nodiscard]] const Repaired* of(Plane plane, std::uint32_t feature) const;

private:
    const snapshot::PackedLayer& m_layer;
    mutable std::mutex m_mutex;
    mutable std::map<std::pair<Plane, std::uint32_t>, std::unique_ptr<const Repaired>> m_kept;
};

}  // namespace ranh::overlay
