#pragma once

#include "spatial/geom/geometry.hpp"

#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>

namespace ranh::test {

/// The geometry of well-known text; throws Failure when the text is none.
[[nodiscard]] geom::Geometry from_wkt(std::string_view text);

/// "POLYGON((0 0,1 0,1 1,0 0))"_wkt
[[nodiscard]] geom::Geometry operator""_wkt(const char* text, std::size_t size);

/// Well-known text that reads back the same.
[[nodiscard]] std::string to_text(const geom::GeometryView& geometry);

}  // namespace ranh::test

namespace ranh::geom {

/// How a failed test shows a geometry.
void PrintTo(const Geometry& geometry,
             std::ostream* stream);  // NOLINT(readability-identifier-naming): GoogleTest looks for it

}  // namespace ranh::geom
