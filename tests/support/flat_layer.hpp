#pragma once

#include "spatial/algorithm/flat_polygons.hpp"
#include "spatial/geom/geometry.hpp"

#include <cstdint>
#include <span>

namespace ranh::test {

/// Polygons in flat arrays as a packed layer keeps them, made in memory.
class FlatLayer : public algorithm::FlatPolygons {
public:
    FlatLayer() = default;
    explicit FlatLayer(std::span<const geom::Geometry> features) {
        for (const geom::Geometry& feature : features) {
            add(feature);
        }
        finish();
    }

    /// A polygon of one closed ring.
    void add_ring(std::span<const geom::Point> ring) {
        const auto points = static_cast<std::uint32_t>(ring.size());
        const std::uint32_t one = 1;
        add({geom::GeometryType::polygon, ring, {&points, 1}, {&one, 1}});
    }
};

}  // namespace ranh::test
