#pragma once

#include "services/handlers/context.hpp"

namespace ranh::handlers {

/// `/tileMatrixSets`
[[nodiscard]] http::Response get_tile_matrix_sets(const Context& context, const http::Request& request);
/// `/tileMatrixSets/{tms}`
[[nodiscard]] http::Response get_tile_matrix_set(const Context& context, const http::Request& request);
/// `/collections/{id}/tiles`
[[nodiscard]] http::Response get_tilesets(const Context& context, const http::Request& request);
/// `/collections/{id}/tiles/{tms}`, also as TileJSON
[[nodiscard]] http::Response get_tileset(const Context& context, const http::Request& request);
/// `/collections/{id}/tiles/{tms}/{z}/{y}/{x}`: 404 outside the matrix or the limits of the layer, 204 for nothing in
/// the tile, with OATiles-hint: empty (OGC 20-057, /req/core/tc-error, /req/core/tc-success).
[[nodiscard]] http::Response get_tile(Context& context, const http::Request& request);
/// `/tiles/{id}.json`: TileJSON whose addresses are those of get_xyz_tile()
[[nodiscard]] http::Response get_xyz_tilejson(const Context& context, const http::Request& request);
/// `/tiles/{id}/{z}/{x}/{y}.mvt` or `.pbf`: 204 wherever nothing is drawn, so that map clients do not take it for a
/// fault
[[nodiscard]] http::Response get_xyz_tile(Context& context, const http::Request& request);

}  // namespace ranh::handlers
