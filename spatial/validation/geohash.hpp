#pragma once

#include "spatial/geom/geometry.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace ranh::validation {

/// Length of the identifier of a parcel (Circular 19/2026/TT-BNNMT Art. 11(3)): cells of 0.037 m by 0.019 m.
inline constexpr std::size_t parcel_geohash_length = 12;

/// GeoHash (base 32, longitude bit first) of a point, x = longitude, y = latitude, WGS 84 degrees.
/// Precondition: |x| <= 180, |y| <= 90 (asserted), 1 to 12 characters.
[[nodiscard]] std::string geohash(geom::Point lonlat, std::size_t length = parcel_geohash_length);

/// The cell of a GeoHash in lower case, longitude and latitude; nothing for another character or more than 12.
[[nodiscard]] std::optional<geom::Box> geohash_cell(std::string_view hash);

}  // namespace ranh::validation
