#include "spatial/operations/overlay/repaired_areas.hpp"

#include "spatial/algorithm/area.hpp"
#include "spatial/topology/topology.hpp"

#include <utility>

namespace ranh::overlay {

RepairedAreas::Repaired::Repaired(geom::Geometry repaired)
    : geometry(std::move(repaired)), area_m2(algorithm::area(geometry)), outline(geometry) {}

const RepairedAreas::Repaired* RepairedAreas::of(Plane plane, std::uint32_t feature) const {
    const std::pair key(plane, feature);
    {
        const std::lock_guard lock(m_mutex);
        if (const auto kept = m_kept.find(key); kept != m_kept.end()) {
            return kept->second.get();
        }
    }
    // Two threads may repair the same area at once; the copies are equal and the first one stays.
    auto made = topology::make_valid(plane == Plane::source ? m_layer.source(feature) : m_layer.working(feature));
    std::unique_ptr<const Repaired> repaired;
    if (made.ok() && made.value()) {
        repaired = std::make_unique<const Repaired>(std::move(*made.value()));
    }
    const std::lock_guard lock(m_mutex);
    return m_kept.try_emplace(key, std::move(repaired)).first->second.get();
}

}  // namespace ranh::overlay
