#pragma once

#include "services/present/links.hpp"
#include "spatial/engine/engine.hpp"

#include <string>

namespace ranh::present {

inline constexpr std::string_view tile_matrix_set_id = "WebMercatorQuad";
/// Deepest zoom in TileJSON: there a tile unit is 4 cm; clients enlarge these tiles beyond.
inline constexpr std::uint32_t deepest_advertised_zoom = 18;

/// `/tileMatrixSets` and `/tileMatrixSets/WebMercatorQuad` (OGC 17-083r4, clause 7 and Annex D.1).
[[nodiscard]] codec::Json tile_matrix_sets(const std::string& base_url, const Format& format);
[[nodiscard]] codec::Json web_mercator_quad(const std::string& base_url, const Format& format);

/// `/collections/{id}/tiles` (OGC 20-057, clause 9) and `/collections/{id}/tiles/WebMercatorQuad` (clause 8), with the
/// limits of the layer at each zoom.
[[nodiscard]] codec::Json tilesets(const std::string& base_url, const snapshot::PackedLayer& layer,
                                   const Format& format);
[[nodiscard]] codec::Json tileset(const std::string& base_url, const snapshot::PackedLayer& layer,
                                  const Format& format);

/// Any of the above as a page.
[[nodiscard]] std::string tiles_html(const std::string& base_url, std::string title, const codec::Json& json);

/// TileJSON 3.0.0; `tile_url` is the address template with {z}, {x} and {y}.
[[nodiscard]] std::string tilejson(const snapshot::PackedLayer& layer, const std::string& tile_url);

/// The tile lies within the limits the tileset advertises; a layer without any geometry has none.
[[nodiscard]] bool within_limits(const snapshot::PackedLayer& layer, const tile::TileAddress& address);

}  // namespace ranh::present
