#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

/// Numbers of the Mapbox Vector Tile specification 2.1 (vector_tile.proto and 4.3), shared by writer and reader.
namespace ranh::codec::mvt {

enum TileTag : std::uint32_t { tile_layers = 3 };
enum LayerTag : std::uint32_t {
    layer_name = 1,
    layer_features = 2,
    layer_keys = 3,
    layer_values = 4,
    layer_extent = 5,
    layer_version = 15
};
enum FeatureTag : std::uint32_t { feature_id = 1, feature_tags = 2, feature_type = 3, feature_geometry = 4 };
enum ValueTag : std::uint32_t {
    value_string = 1,
    value_float = 2,
    value_double = 3,
    value_int = 4,
    value_uint = 5,
    value_sint = 6,
    value_bool = 7
};
enum Command : std::uint32_t { move_to = 1, line_to = 2, close_path = 7 };

inline constexpr std::uint32_t version = 2;
inline constexpr std::uint32_t default_extent = 4096;

/// A whole position in tile units; y down.
struct Cell {
    std::int64_t x = 0;
    std::int64_t y = 0;
    friend bool operator==(const Cell&, const Cell&) = default;
};

/// Command integer (4.3.1): the command in the low three bits, the count above.
[[nodiscard]] inline std::uint32_t command(Command id, std::size_t count) {
    return static_cast<std::uint32_t>(count << 3U) | id;
}

/// Sign of the area by the surveyor's formula; 1 is clockwise with y down (4.3.4.4). The ring is not repeated at its
/// end. Exact for all 32-bit positions: products need 66 bits.
[[nodiscard]] inline int sign_of_area(std::span<const Cell> ring) {
    __extension__ using Wide = __int128;
    Wide sum = 0;
    for (std::size_t i = 1; i + 1 < ring.size(); ++i) {
        const Cell a{ring[i].x - ring[0].x, ring[i].y - ring[0].y};
        const Cell b{ring[i + 1].x - ring[0].x, ring[i + 1].y - ring[0].y};
        sum += static_cast<Wide>(a.x) * b.y - static_cast<Wide>(b.x) * a.y;
    }
    return static_cast<int>(sum > 0) - static_cast<int>(sum < 0);
}

}  // namespace ranh::codec::mvt
