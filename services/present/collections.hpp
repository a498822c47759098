#pragma once

#include "services/present/links.hpp"
#include "spatial/engine/engine.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ranh::present {

/// A layer to describe.
struct Collection {
    std::shared_ptr<const snapshot::PackedLayer> layer;
    bool stale = false;  ///< a saved result whose inputs have newer versions
};

/// `/collections` (OGC 17-069r4, 7.13) and `/collections/{id}` (7.14); the same content in both. Members of our own
/// carry the prefix `ranh:`. The extent covers all features: it is rounded outwards, and absent when no feature has a
/// geometry.
[[nodiscard]] std::string collections_json(const std::string& base_url, const std::vector<Collection>& collections);
[[nodiscard]] std::string collections_html(const std::string& base_url, const std::vector<Collection>& collections);
[[nodiscard]] std::string collection_json(const std::string& base_url, const Collection& collection);
[[nodiscard]] std::string collection_html(const std::string& base_url, const Collection& collection);

/// Box of all features in longitude and latitude, rounded outwards to 7 decimals (about a centimetre) and kept on the
/// globe.
[[nodiscard]] std::optional<geom::Box> advertised_extent(const snapshot::PackedLayer& layer);
[[nodiscard]] codec::JsonArray box_array(const geom::Box& box);
/// base_url/collections/ID
[[nodiscard]] std::string collection_url(const std::string& base_url, const snapshot::PackedLayer& layer);
/// The title, or the id of a layer without one.
[[nodiscard]] std::string title_of(const snapshot::PackedLayer& layer);

}  // namespace ranh::present
