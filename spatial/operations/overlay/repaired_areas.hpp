#pragma once

#include "spatial/algorithm/near_outline.hpp"
#include "spatial/snapshot/packed_layer.hpp"

#include <cstdint>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace ranh::overlay {

/// Repaired copies (topology::make_valid) in the working plane of those areas of a layer that wind around ground
/// otherwise than once; each is made when it is first asked for and kept, for a zone meets many parcels.
///
/// Memory    the points of the areas asked for, twice.
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
    [[nodiscard]] const Repaired* of(std::uint32_t feature) const;

private:
    const snapshot::PackedLayer& m_layer;
    mutable std::mutex m_mutex;
    mutable std::unordered_map<std::uint32_t, std::unique_ptr<const Repaired>> m_kept;
};

}  // namespace ranh::overlay
