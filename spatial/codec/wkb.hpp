#pragma once

#include "spatial/base/error.hpp"
#include "spatial/geom/geometry.hpp"

#include <string>
#include <string_view>

namespace ranh::codec {

/// OGC 06-103r4 §8 well-known binary, little-endian, two dimensions; bit for bit what parse_wkb gives back.
[[nodiscard]] std::string to_wkb(const geom::GeometryView& geometry);

/// Any byte order, 2D; also Z, M and ZM forms of ISO 13249-3 and EWKB flags, whose extra ordinates are dropped.
/// corrupt_input with the byte offset for anything else: empty geometry, geometry collections, wrong lengths, deeper
/// nesting than a Multi form.
[[nodiscard]] Result<geom::Geometry> parse_wkb(std::string_view bytes);

}  // namespace ranh::codec
