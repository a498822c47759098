#pragma once

#include "spatial/crs/transform.hpp"
#include "spatial/geom/geometry.hpp"

#include <optional>
#include <string>

namespace ranh::pipeline {

/// Why a geometry cannot be kept, in words: coordinates that are not finite, a ring of fewer than three different
/// points, a line of one point. Nothing when it can; an invalid polygon (self-crossing and the like) can.
[[nodiscard]] std::optional<std::string> why_not_kept(const geom::GeometryView& geometry);

/// Whether a position of a source system lies where Việt Nam and its sea can be (6-24° N, east of 102° in the north and
/// of 103.3° in the south, to 118° E), by its middle.
class PlausiblePlace {
public:
    explicit PlausiblePlace(const crs::Crs& crs);
    [[nodiscard]] bool holds(const geom::GeometryView& geometry) const;

private:
    crs::Transform m_to_wgs84;
};

}  // namespace ranh::pipeline
