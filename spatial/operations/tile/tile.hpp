#pragma once

#include "spatial/snapshot/packed_layer.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace ranh::tile {

/// A tile of the WebMercatorQuad matrix set (OGC 17-083r4, Annex D.1): x from the west, y from the north.
struct TileAddress {
    std::uint32_t z = 0;
    std::uint32_t x = 0;
    std::uint32_t y = 0;
};

inline constexpr std::uint32_t deepest_zoom = 22;

/// invalid_argument when z is above deepest_zoom or x, y lie outside the matrix.
[[nodiscard]] Result<TileAddress> checked_tile(std::uint64_t z, std::uint64_t x, std::uint64_t y);
/// Longitude and latitude, WGS 84.
[[nodiscard]] geom::Box lonlat_box(const TileAddress& tile);

struct EncodedTile {
    std::string bytes;  ///< Mapbox Vector Tile 2.1, not compressed; empty when nothing is in the tile
    std::size_t feature_count = 0;
    std::size_t dropped = 0;  ///< features left out to keep the tile under the limit
};

struct TileOptions {
    std::uint32_t extent = 4096;
    std::uint32_t buffer = 64;         ///< tile units around the tile
    std::size_t most_bytes = 500'000;  ///< the smallest features are dropped first, counted in `dropped`
};

/// One vector tile of one layer, named as the layer. Every feature carries `fid` (its id) and its open attributes.
/// Equal input gives equal bytes.
[[nodiscard]] EncodedTile encode_tile(const snapshot::PackedLayer& layer, const TileAddress& tile,
                                      const TileOptions& options = {});

}  // namespace ranh::tile
