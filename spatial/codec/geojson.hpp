#pragma once

#include "spatial/base/error.hpp"
#include "spatial/codec/json.hpp"
#include "spatial/geom/geometry.hpp"

#include <vector>

namespace ranh::codec {

/// RFC 7946 geometry object; rings as they are, coordinates x y. `digits`: decimals kept; 7 is about a centimetre in
/// degrees; negative keeps every bit.
[[nodiscard]] Json to_geojson(const geom::GeometryView& geometry, int digits = -1);

/// A geometry object. Extra ordinates are dropped. corrupt_input naming the member that is wrong; unsupported for
/// GeometryCollection.
[[nodiscard]] Result<geom::Geometry> parse_geojson_geometry(const Json& json);

struct GeoJsonFeature {
    std::string id;  ///< member "id", else properties.id, else empty
    std::optional<geom::Geometry> geometry;
    JsonObject properties;
};
/// A geometry, a Feature or a FeatureCollection.
[[nodiscard]] Result<std::vector<GeoJsonFeature>> parse_geojson(const Json& json);

}  // namespace ranh::codec
