#include "services/present/landing.hpp"

#include "services/present/html.hpp"
#include "services/present/links.hpp"

#include <array>

namespace ranh::present {
namespace {

using codec::Json;
using codec::JsonArray;

constexpr std::array<Format, 2> formats{json_format, html_format};
constexpr std::string_view title = "ranh – ranh giới đất, quy hoạch và dự án";
constexpr std::string_view description =
    "Các lớp ranh giới có ngày hiệu lực, chồng lấn giữa chúng, và kiểm tra một dự án với mọi lớp. / Dated boundary "
    "layers, the "
    "overlaps between them, and a check of one project against all layers.";

constexpr std::array<std::string_view, 15> classes{
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/json",
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/html",
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tileset",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tilesets-list",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/geodata-tilesets",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/mvt",
    "http://www.opengis.net/spec/tms/2.0/conf/json-tilematrixset",
};

Json landing(const std::string& base, const Format& format) {
    JsonArray links = self_links(base + "/", {}, format, formats);
    links.push_back(link("service-desc", base + "/api?f=json", media::openapi, "OpenAPI 3.0"));
    links.push_back(link("service-doc", base + "/api?f=html", media::html, "Mô tả API / API documentation"));
    links.push_back(
        link("conformance", base + "/conformance?f=json", media::json, "Các lớp tuân thủ / Conformance classes"));
    links.push_back(link("data", base + "/collections?f=json", media::json, "Các lớp / Collections"));
    links.push_back(link("data", base + "/collections?f=html", media::html, "Các lớp / Collections"));
    links.push_back(link("http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes", base + "/tileMatrixSets?f=json",
                         media::json, "Lưới ô bản đồ / Tile matrix sets"));
    links.push_back(link("http://www.opengis.net/def/rel/ogc/1.0/processes", base + "/processes?f=json", media::json,
                         "Phép kiểm tra / Processes"));
    links.push_back(link("related", base + "/map/", media::html, "Bản đồ / Map"));
    Json json;
    json.add("title", title).add("description", description).add("links", std::move(links));
    return json;
}

Json conformance(const std::string& base, const Format& format) {
    JsonArray uris;
    for (const std::string_view uri : classes) {
        uris.emplace_back(uri);
    }
    Json json;
    json.add("conformsTo", std::move(uris)).add("links", self_links(base + "/conformance", {}, format, formats));
    return json;
}

}  // namespace

std::span<const std::string_view> conformance_classes() { return classes; }

std::string landing_json(const std::string& base_url) { return codec::to_text(landing(base_url, json_format)); }

std::string landing_html(const std::string& base_url) {
    const Json json = landing(base_url, html_format);
    const std::string body = "<p>" + escaped(description) + "</p><p>" +
                             anchor(base_url + "/map/", "Mở bản đồ / Open the map") + "</p><h2>Liên kết / Links</h2>" +
                             html_of(Json().add("links", *json.find("links")));
    return html_page({std::string(title), {}, body});
}

std::string conformance_json(const std::string& base_url) { return codec::to_text(conformance(base_url, json_format)); }

std::string conformance_html(const std::string& base_url) {
    return html_page({"Các lớp tuân thủ / Conformance",
                      {{"ranh", base_url + "/?f=html"}},
                      html_of(conformance(base_url, html_format))});
}

std::string health_json(std::string_view revision) {
    return codec::to_text(Json().add("status", "ok").add("revision", revision));
}

}  // namespace ranh::present
