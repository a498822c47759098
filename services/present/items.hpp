#pragma once

#include "services/present/links.hpp"
#include "spatial/engine/engine.hpp"

#include <string>

namespace ranh::present {

enum class ItemGeometry { include, leave_out };

/// A page of features and the request it answers.
struct ItemsPage {
    const snapshot::PackedLayer& layer;
    const query::FeaturePage& page;
    ItemGeometry geometry = ItemGeometry::include;
    QueryPairs query;  ///< as sent
    std::size_t limit = 0;
    Timestamp made_at;  ///< `timeStamp`
};

/// `/collections/{id}/items` as a GeoJSON FeatureCollection with numberMatched, numberReturned, timeStamp and links
/// self, alternate, collection and, while there is more, next (OGC 17-069r4, 7.15). Properties are the open attributes
/// and the areas, each named for what it is. Coordinates in degrees with 9 decimals (0.1 mm).
[[nodiscard]] std::string items_geojson(const std::string& base_url, const ItemsPage& page);
[[nodiscard]] std::string items_html(const std::string& base_url, const ItemsPage& page);

/// `/collections/{id}/items/{fid}` (7.16).
[[nodiscard]] std::string item_geojson(const std::string& base_url, const snapshot::PackedLayer& layer,
                                       std::size_t feature);
[[nodiscard]] std::string item_html(const std::string& base_url, const snapshot::PackedLayer& layer,
                                    std::size_t feature);

}  // namespace ranh::present
