#pragma once

#include "spatial/base/error.hpp"
#include "spatial/geom/geometry.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace ranh::codec {

/// OGC 06-103r4 §8 well-known binary, little-endian, two dimensions; bit for bit what parse_wkb gives back.
[[nodiscard]] std::string to_wkb(const geom::GeometryView& geometry);

/// Any byte order, 2D; also Z, M and ZM forms of ISO 13249-3 and EWKB flags, whose extra ordinates are dropped.
/// corrupt_input with the byte offset for anything else: empty geometry, geometry collections, wrong lengths, deeper
/// nesting than a Multi form.
[[nodiscard]] Result<geom::Geometry> parse_wkb(std::string_view bytes);

/// The same for readers of many features: its parts are added to those of `target`, whose type stays. Nothing is to be
/// done with `target` after a fault.
[[nodiscard]] Result<geom::GeometryType> append_wkb(std::string_view bytes, geom::Geometry& target);

/// What the first bytes of well-known binary say, also of forms that parse_wkb does not take.
struct WkbHead {
    /// OGC 06-103r4 §8.2.8, table 7, without Z and M: 1 Point, 3 Polygon, 6 MultiPolygon, 10 CurvePolygon, …
    std::uint32_t form = 0;
    bool empty = false;  ///< announces no members, rings or points
};
/// corrupt_input when there are too few bytes.
[[nodiscard]] Result<WkbHead> read_wkb_head(std::string_view bytes);

}  // namespace ranh::codec
