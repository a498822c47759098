#pragma once

#include "spatial/operations/tile/tile.hpp"

#include <string_view>

namespace ranh::params {

/// The address of a tile from path segments in decimal digits. not_found for anything that names no tile of the matrix
/// set: no number, a zoom too deep, a column or row outside (OGC 20-057, /req/core/tc-error).
[[nodiscard]] Result<tile::TileAddress> parse_tile(std::string_view z, std::string_view x, std::string_view y);

}  // namespace ranh::params
