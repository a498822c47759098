#pragma once

#include "spatial/codec/json.hpp"

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ranh::present {

namespace media {
inline constexpr std::string_view json = "application/json";
inline constexpr std::string_view geojson = "application/geo+json";
inline constexpr std::string_view html = "text/html";
inline constexpr std::string_view openapi = "application/vnd.oai.openapi+json;version=3.0";
inline constexpr std::string_view mvt = "application/vnd.mapbox-vector-tile";
}  // namespace media

/// A representation a resource has: the value of `f=` and its media type.
struct Format {
    std::string_view name;
    std::string_view media_type;
};
inline constexpr Format json_format{"json", media::json};
inline constexpr Format html_format{"html", media::html};
inline constexpr Format geojson_format{"geojson", media::geojson};

enum class Href { fixed, templated };

/// A link object (RFC 8288 in JSON, as OGC 17-069r4 has it).
[[nodiscard]] codec::Json link(std::string_view rel, std::string href, std::string_view type, std::string_view title,
                               Href kind = Href::fixed);

using QueryPairs = std::vector<std::pair<std::string, std::string>>;

/// "https://…/items?bbox=…&f=json": names and values percent-encoded, `f` last.
[[nodiscard]] std::string url_with(std::string_view url, const QueryPairs& query, std::string_view format);
/// Percent-encoded for use as one path segment.
[[nodiscard]] std::string path_segment(std::string_view text);

/// `self` in the current format and `alternate` in each of the others.
[[nodiscard]] codec::JsonArray self_links(std::string_view url, const QueryPairs& query, const Format& current,
                                          std::span<const Format> all);

}  // namespace ranh::present
