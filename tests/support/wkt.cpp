#include "tests/support/wkt.hpp"

#include "spatial/codec/wkt.hpp"

#include <ostream>

namespace ranh::test {

geom::Geometry from_wkt(std::string_view text) { return codec::parse_wkt(text).value(); }

geom::Geometry operator""_wkt(const char* text, std::size_t size) { return from_wkt({text, size}); }

std::string to_text(const geom::GeometryView& geometry) { return codec::to_wkt(geometry); }

}  // namespace ranh::test

namespace ranh::geom {

void PrintTo(const Geometry& geometry, std::ostream* stream) { *stream << codec::to_wkt(geometry); }

}  // namespace ranh::geom
