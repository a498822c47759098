#pragma once

#include "spatial/base/error.hpp"
#include "spatial/geom/geometry.hpp"

#include <string>
#include <string_view>

namespace ranh::codec {

/// OGC 06-103r4 §7 well-known text, x y; numbers in the shortest form that reads back the same.
[[nodiscard]] std::string to_wkt(const geom::GeometryView& geometry);

/// POINT, LINESTRING, POLYGON and their MULTI forms, case-insensitive. corrupt_input with the character offset
/// otherwise (also for EMPTY and for Z or M forms).
[[nodiscard]] Result<geom::Geometry> parse_wkt(std::string_view text);

}  // namespace ranh::codec
