#pragma once

#include "services/params/query.hpp"
#include "spatial/operations/query/features.hpp"

namespace ranh::params {

enum class GeometryMember { include, skip };

/// A request for a page of features of one layer.
struct ItemsRequest {
    query::FeatureQuery query;
    GeometryMember geometry = GeometryMember::include;
};

inline constexpr std::size_t default_limit = 10;
/// Above, `limit` is lowered to this without an error (OGC 17-069r4, /req/core/fc-limit-response-1).
inline constexpr std::size_t most_limit = 10'000;

/// Names an items resource takes: f, bbox, datetime, limit, cursor, skipGeometry, and every open field of the layer. A
/// field with one of the first names cannot be asked for.
[[nodiscard]] std::vector<std::string> item_parameters(const model::Schema& schema);

/// Typed form of the query of /items. Features here have no time, so every valid `datetime` lets all of them through
/// (7.15.4). invalid_argument for unknown names and invalid values.
[[nodiscard]] Result<ItemsRequest> parse_items(const QueryPairs& query, const model::Schema& schema);

}  // namespace ranh::params
