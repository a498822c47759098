#include "services/present/openapi.hpp"

#include "services/present/html.hpp"

namespace ranh::present {
namespace {

using codec::Json;
using codec::JsonArray;

/// $ref within this document: {"$ref": "#/components/parameters/f"} and so on.
constexpr std::string_view parameters_text = R"json({
  "f": {"name": "f", "in": "query", "description": "Representation; else by Accept", "schema": {"type": "string"}},
  "collectionId": {"name": "collectionId", "in": "path", "required": true, "description": "Layer", "schema": {"type": "string"}},
  "featureId": {"name": "featureId", "in": "path", "required": true, "description": "Source id of the feature", "schema": {"type": "string"}},
  "limit": {"name": "limit", "in": "query", "style": "form", "explode": false, "description": "Features on a page; above the maximum the maximum is taken", "schema": {"type": "integer", "minimum": 1, "maximum": 10000, "default": 10}},
  "bbox": {"name": "bbox", "in": "query", "style": "form", "explode": false, "description": "west,south,east,north in CRS84; west > east crosses the antimeridian", "schema": {"type": "array", "minItems": 4, "maxItems": 6, "items": {"type": "number"}}},
  "datetime": {"name": "datetime", "in": "query", "style": "form", "explode": false, "description": "RFC 3339 time or interval; features here have no time and match all", "schema": {"type": "string"}},
  "cursor": {"name": "cursor", "in": "query", "description": "From a next link: features after this id", "schema": {"type": "string"}},
  "skipGeometry": {"name": "skipGeometry", "in": "query", "description": "Leave geometries out", "schema": {"type": "boolean", "default": false}},
  "attributes": {"name": "attributes", "in": "query", "style": "form", "explode": true, "description": "Any open field of the layer = value", "schema": {"type": "object", "additionalProperties": {"type": "string"}}},
  "tileMatrixSetId": {"name": "tileMatrixSetId", "in": "path", "required": true, "schema": {"type": "string", "enum": ["WebMercatorQuad"]}},
  "tileMatrix": {"name": "tileMatrix", "in": "path", "required": true, "description": "Zoom", "schema": {"type": "string"}},
  "tileRow": {"name": "tileRow", "in": "path", "required": true, "schema": {"type": "integer", "minimum": 0}},
  "tileCol": {"name": "tileCol", "in": "path", "required": true, "schema": {"type": "integer", "minimum": 0}}
})json";

constexpr std::string_view responses_text = R"json({
  "Document": {"description": "The resource", "content": {"application/json": {"schema": {"type": "object"}}, "text/html": {"schema": {"type": "string"}}}},
  "Features": {"description": "Features", "content": {"application/geo+json": {"schema": {"$ref": "#/components/schemas/featureCollection"}}, "text/html": {"schema": {"type": "string"}}}},
  "Feature": {"description": "A feature", "content": {"application/geo+json": {"schema": {"$ref": "#/components/schemas/feature"}}, "text/html": {"schema": {"type": "string"}}}},
  "Tile": {"description": "A tile", "content": {"application/vnd.mapbox-vector-tile": {"schema": {"type": "string", "format": "binary"}}}},
  "Empty": {"description": "Nothing in this tile"},
  "NotModified": {"description": "The representation named by If-None-Match is current"},
  "Problem": {"description": "RFC 9457 problem document", "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/problem"}}}}
})json";

constexpr std::string_view schemas_text = R"json({
  "problem": {"type": "object", "required": ["type", "title", "status"], "properties": {"type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"}, "detail": {"type": "string"}, "instance": {"type": "string"}}},
  "link": {"type": "object", "required": ["href", "rel"], "properties": {"href": {"type": "string"}, "rel": {"type": "string"}, "type": {"type": "string"}, "title": {"type": "string"}, "templated": {"type": "boolean"}}},
  "feature": {"type": "object", "required": ["type", "geometry", "properties"], "properties": {"type": {"type": "string", "enum": ["Feature"]}, "id": {"type": "string"}, "bbox": {"type": "array", "items": {"type": "number"}}, "geometry": {"type": "object", "nullable": true}, "properties": {"type": "object", "nullable": true}, "links": {"type": "array", "items": {"$ref": "#/components/schemas/link"}}}},
  "featureCollection": {"type": "object", "required": ["type", "features"], "properties": {"type": {"type": "string", "enum": ["FeatureCollection"]}, "features": {"type": "array", "items": {"$ref": "#/components/schemas/feature"}}, "links": {"type": "array", "items": {"$ref": "#/components/schemas/link"}}, "timeStamp": {"type": "string", "format": "date-time"}, "numberMatched": {"type": "integer"}, "numberReturned": {"type": "integer"}}},
  "execute": {"type": "object", "required": ["inputs"], "properties": {"inputs": {"type": "object", "description": "See /processes/overlap-check"}, "response": {"type": "string", "enum": ["raw"]}}}
})json";

Json parsed(std::string_view text) { return codec::parse_json(text).value(); }

Json reference(std::string_view kind, std::string_view name) {
    return Json().add("$ref", "#/components/" + std::string(kind) + "/" + std::string(name));
}

struct Operation {
    std::string_view path;
    std::string_view id;
    std::string_view summary;
    std::string_view tag;
    std::string_view response;
    std::vector<std::string_view> parameters;
};

Json responses_of(const Operation& operation) {
    Json responses;
    responses.add("200", reference("responses", operation.response));
    if (operation.response == "Tile") {
        responses.add("204", reference("responses", "Empty"));
    }
    responses.add("304", reference("responses", "NotModified"));
    for (const std::string_view status : {"400", "404", "500"}) {
        responses.add(std::string(status), reference("responses", "Problem"));
    }
    return responses;
}

Json get(const Operation& operation) {
    JsonArray parameters;
    for (const std::string_view name : operation.parameters) {
        parameters.push_back(reference("parameters", name));
    }
    parameters.push_back(reference("parameters", "f"));
    Json json;
    json.add("operationId", operation.id)
        .add("summary", operation.summary)
        .add("tags", JsonArray{Json(operation.tag)})
        .add("parameters", std::move(parameters))
        .add("responses", responses_of(operation));
    return Json().add("get", std::move(json));
}

Json execution() {
    Json content = Json().add("application/json", Json().add("schema", reference("schemas", "execute")));
    Json responses;
    responses.add("200", reference("responses", "Document"));
    for (const std::string_view status : {"400", "413", "415", "500", "503"}) {
        responses.add(std::string(status), reference("responses", "Problem"));
    }
    Json json;
    json.add("operationId", "execute.overlap-check")
        .add("summary", "Kiểm tra một dự án / Check a project")
        .add("tags", JsonArray{Json("Processes")})
        .add("requestBody", Json().add("required", true).add("content", std::move(content)))
        .add("responses", std::move(responses));
    return Json().add("post", std::move(json));
}

const std::vector<Operation>& operations() {
    static const std::vector<Operation> all{
        {"/", "getLandingPage", "Trang đầu / Landing page", "Capabilities", "Document", {}},
        {"/conformance",
         "getConformanceDeclaration",
         "Lớp tuân thủ / Conformance classes",
         "Capabilities",
         "Document",
         {}},
        {"/api", "getApi", "Tài liệu này / This document", "Capabilities", "Document", {}},
        {"/collections", "getCollections", "Các lớp / Collections", "Capabilities", "Document", {}},
        {"/collections/{collectionId}",
         "describeCollection",
         "Một lớp / A collection",
         "Capabilities",
         "Document",
         {"collectionId"}},
        {"/collections/{collectionId}/items",
         "getFeatures",
         "Đối tượng / Features",
         "Data",
         "Features",
         {"collectionId", "limit", "bbox", "datetime", "cursor", "skipGeometry", "attributes"}},
        {"/collections/{collectionId}/items/{featureId}",
         "getFeature",
         "Một đối tượng / A feature",
         "Data",
         "Feature",
         {"collectionId", "featureId"}},
        {"/tileMatrixSets", "getTileMatrixSetsList", "Lưới ô / Tile matrix sets", "Tiles", "Document", {}},
        {"/tileMatrixSets/{tileMatrixSetId}",
         "getTileMatrixSet",
         "Một lưới ô / A tile matrix set",
         "Tiles",
         "Document",
         {"tileMatrixSetId"}},
        {"/collections/{collectionId}/tiles",
         "layers.collection.vector.getTileSetsList",
         "Bộ ô / Tilesets",
         "Tiles",
         "Document",
         {"collectionId"}},
        {"/collections/{collectionId}/tiles/{tileMatrixSetId}",
         "layers.collection.vector.getTileSet",
         "Một bộ ô / A tileset",
         "Tiles",
         "Document",
         {"collectionId", "tileMatrixSetId"}},
        {"/collections/{collectionId}/tiles/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}",
         "layers.collection.vector.getTile",
         "Một ô / A tile",
         "Tiles",
         "Tile",
         {"collectionId", "tileMatrixSetId", "tileMatrix", "tileRow", "tileCol"}},
        {"/processes", "getProcesses", "Phép kiểm tra / Processes", "Processes", "Document", {}},
        {"/processes/overlap-check", "getProcessDescription", "Mô tả / Description", "Processes", "Document", {}},
    };
    return all;
}

Json openapi(const std::string& base_url) {
    Json paths;
    for (const Operation& operation : operations()) {
        paths.add(std::string(operation.path), get(operation));
    }
    paths.add("/processes/overlap-check/execution", execution());
    Json components;
    components.add("parameters", parsed(parameters_text))
        .add("responses", parsed(responses_text))
        .add("schemas", parsed(schemas_text));
    Json info;
    info.add("title", "ranh")
        .add("version", RANH_VERSION)
        .add("description", "OGC API Features 1.0, Tiles 1.0 and an overlap check");
    Json json;
    json.add("openapi", "3.0.3")
        .add("info", std::move(info))
        .add("servers", JsonArray{Json().add("url", base_url)})
        .add("paths", std::move(paths))
        .add("components", std::move(components));
    return json;
}

}  // namespace

std::string openapi_json(const std::string& base_url) { return codec::to_text(openapi(base_url)); }

std::string openapi_html(const std::string& base_url) {
    std::vector<std::vector<std::string>> rows;
    for (const Operation& operation : operations()) {
        std::string parameters;
        for (const std::string_view name : operation.parameters) {
            parameters += (parameters.empty() ? "" : ", ") + escaped(name);
        }
        rows.push_back({"GET", escaped(operation.path), escaped(operation.summary), parameters});
    }
    rows.push_back({"POST", "/processes/overlap-check/execution", "Kiểm tra một dự án / Check a project", ""});
    return html_page({"API",
                      {{"ranh", base_url + "/?f=html"}},
                      "<p>" + anchor(base_url + "/api?f=json", "OpenAPI 3.0") + "</p>" +
                          html_table("Tài nguyên / Resources",
                                     {"", "Đường dẫn / Path", "Nội dung / Content", "Tham số / Parameters"}, rows)});
}

}  // namespace ranh::present
