#include "services/present/processes.hpp"

#include "services/present/html.hpp"

#include <array>

namespace ranh::present {
namespace {

using codec::Json;
using codec::JsonArray;

constexpr std::array<Format, 2> formats{json_format, html_format};

constexpr std::string_view summary_text = R"json({
  "id": "overlap-check",
  "version": "1.0.0",
  "title": "Kiểm tra chồng lấn / Overlap check",
  "description": "Một dự án (ranh giới GeoJSON, bảng tọa độ góc hoặc đối tượng có sẵn) với mọi lớp ở một ngày: quan hệ, diện tích, tỷ lệ. Một cảnh báo, không phải kết luận của cơ quan có thẩm quyền. / One project against all layers at a date: relation, area, share. A warning, not a conclusion.",
  "jobControlOptions": ["sync-execute"],
  "outputTransmission": ["value"]
})json";

constexpr std::string_view inputs_text = R"json({
  "geometry": {"title": "Ranh giới GeoJSON / GeoJSON outline", "description": "Geometry, Feature or FeatureCollection; WGS 84 unless crs is given", "minOccurs": 0,
    "schema": {"type": "object", "required": ["type"], "properties": {"type": {"type": "string"}}}},
  "corners": {"title": "Bảng tọa độ góc / Corner rows", "description": "Pasted rows: number, X (northing), Y (easting)", "minOccurs": 0, "schema": {"type": "string"}},
  "feature": {"title": "Đối tượng có sẵn / Feature of a collection", "minOccurs": 0,
    "schema": {"type": "object", "required": ["collection", "id"], "properties": {"collection": {"type": "string"}, "id": {"type": "string"}}}},
  "crs": {"title": "Hệ tọa độ / Coordinate system", "description": "auto, or EPSG:n; x is easting", "minOccurs": 0, "schema": {"type": "string", "default": "auto"}},
  "inner_ring": {"title": "Vòng nằm trong vòng khác / A ring inside another ring", "minOccurs": 0, "schema": {"type": "string", "enum": ["hole", "part", "ignore"]}},
  "layers": {"title": "Các lớp / Layers", "description": "Absent: all layers, saved results apart", "minOccurs": 0, "schema": {"type": "array", "maxItems": 100, "items": {"type": "string"}}},
  "min_area": {"title": "Diện tích nhỏ nhất, m² / Least area, m²", "minOccurs": 0, "schema": {"type": "number", "minimum": 0, "default": 0}},
  "min_share": {"title": "Tỷ lệ nhỏ nhất / Least share", "description": "Of the smaller side, 0 to 1", "minOccurs": 0, "schema": {"type": "number", "minimum": 0, "maximum": 1, "default": 0}},
  "near": {"title": "Gần trong vòng, m / Near within, m", "minOccurs": 0, "schema": {"type": "number", "minimum": 0, "maximum": 50000, "default": 0}},
  "at": {"title": "Ngày / Date of the question", "minOccurs": 0, "schema": {"type": "string", "format": "date"}},
  "known_at": {"title": "Biết đến lúc / Known at", "minOccurs": 0, "schema": {"type": "string"}},
  "geometry_of_overlaps": {"title": "Kèm hình phần chồng lấn / With the geometry of the overlaps", "minOccurs": 0, "schema": {"type": "boolean", "default": false}}
})json";

constexpr std::string_view outputs_text = R"json({
  "result": {"title": "Kết quả / Result", "description": "at, known_at, projects, overlaps, totals, versions, method, notes; areas in m² on the ellipsoid",
    "schema": {"type": "object", "contentMediaType": "application/json"}}
})json";

Json described(std::string_view text) { return codec::parse_json(text).value(); }

std::string url_of(const std::string& base) { return base + "/processes/overlap-check"; }

Json execute_link(const std::string& base) {
    return link("http://www.opengis.net/def/rel/ogc/1.0/execute", url_of(base) + "/execution", media::json,
                "Thực hiện / Execute (POST)");
}

}  // namespace

Json processes(const std::string& base_url, const Format& format) {
    Json summary = described(summary_text);
    summary.add("links", JsonArray{link("self", url_of(base_url) + "?f=json", media::json, "overlap-check"),
                                   execute_link(base_url)});
    Json json;
    json.add("processes", JsonArray{std::move(summary)})
        .add("links", self_links(base_url + "/processes", {}, format, formats));
    return json;
}

Json overlap_check(const std::string& base_url, const Format& format) {
    JsonArray links = self_links(url_of(base_url), {}, format, formats);
    links.push_back(execute_link(base_url));
    Json json = described(summary_text);
    json.add("inputs", described(inputs_text)).add("outputs", described(outputs_text)).add("links", std::move(links));
    return json;
}

std::string processes_html(const std::string& base_url, const Json& json) {
    return html_page({"Phép kiểm tra / Processes", {{"ranh", base_url + "/?f=html"}}, html_of(json)});
}

}  // namespace ranh::present
