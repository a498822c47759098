#include "services/present/tilesets.hpp"

#include "services/present/collections.hpp"
#include "services/present/html.hpp"
#include "spatial/operations/tile/web_mercator.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace ranh::present {
namespace {

using codec::Json;
using codec::JsonArray;
using snapshot::PackedLayer;

constexpr std::array<Format, 2> formats{json_format, html_format};
constexpr std::array<Format, 3> tileset_formats{json_format, html_format, Format{"tilejson", media::json}};
constexpr std::string_view set_uri = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad";
constexpr std::string_view mercator = "http://www.opengis.net/def/crs/EPSG/0/3857";
constexpr std::string_view crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
constexpr std::string_view tiling_scheme = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme";

std::string set_url(const std::string& base) { return base + "/tileMatrixSets/" + std::string(tile_matrix_set_id); }

std::string tileset_url(const std::string& base, const PackedLayer& layer) {
    return collection_url(base, layer) + "/tiles/" + std::string(tile_matrix_set_id);
}

/// Annex D.1: scale and cell halve from zoom to zoom.
Json tile_matrix(std::uint32_t z) {
    constexpr double scale_at_0 = 559082264.028717;
    constexpr double cell_at_0 = 156543.033928041;
    constexpr double half_world = 20037508.3427892;
    const double tiles = std::ldexp(1.0, static_cast<int>(z));
    const auto count = static_cast<std::int64_t>(tiles);
    Json json;
    json.add("id", std::to_string(z))
        .add("scaleDenominator", scale_at_0 / tiles)
        .add("cellSize", cell_at_0 / tiles)
        .add("cornerOfOrigin", "topLeft")
        .add("pointOfOrigin", JsonArray{Json(-half_world), Json(half_world)})
        .add("tileWidth", 256)
        .add("tileHeight", 256)
        .add("matrixWidth", count)
        .add("matrixHeight", count);
    return json;
}

JsonArray limits_of(const geom::Box& extent) {
    JsonArray limits;
    for (std::uint32_t z = 0; z <= tile::deepest_zoom; ++z) {
        const tile::TileRange range = tile::tiles_of(extent, z);
        Json json;
        json.add("tileMatrix", std::to_string(z))
            .add("minTileRow", static_cast<std::int64_t>(range.min_y))
            .add("maxTileRow", static_cast<std::int64_t>(range.max_y))
            .add("minTileCol", static_cast<std::int64_t>(range.min_x))
            .add("maxTileCol", static_cast<std::int64_t>(range.max_x));
        limits.push_back(std::move(json));
    }
    return limits;
}

std::string_view json_type(model::FieldType type) {
    switch (type) {
        case model::FieldType::boolean: return "boolean";
        case model::FieldType::integer: return "integer";
        case model::FieldType::real: return "number";
        case model::FieldType::text:
        case model::FieldType::date: break;
    }
    return "string";
}

std::string_view tilejson_type(model::FieldType type) {
    switch (type) {
        case model::FieldType::boolean: return "Boolean";
        case model::FieldType::integer:
        case model::FieldType::real: return "Number";
        case model::FieldType::text:
        case model::FieldType::date: break;
    }
    return "String";
}

/// Calls take(field) for each attribute a tile carries beside fid.
template <typename Take>
void for_each_tile_field(const PackedLayer& layer, Take take) {
    for (const model::Field& field : layer.version().description.schema.fields) {
        if (field.privacy == model::Privacy::open && field.name != "fid") {
            take(field);
        }
    }
}

Json layer_description(const PackedLayer& layer) {
    Json properties = Json().add("fid", Json().add("type", "string"));
    for_each_tile_field(layer, [&](const model::Field& field) {
        properties.add(field.name, Json().add("type", json_type(field.type)));
    });
    Json json;
    json.add("id", layer.version().layer.text())
        .add("title", title_of(layer))
        .add("dataType", "vector")
        .add("propertiesSchema", Json().add("type", "object").add("properties", std::move(properties)));
    return json;
}

/// What list and tileset have in common; `links` comes last.
Json tileset_core(const PackedLayer& layer) {
    Json json;
    json.add("title", title_of(layer))
        .add("dataType", "vector")
        .add("crs", mercator)
        .add("tileMatrixSetId", tile_matrix_set_id)
        .add("tileMatrixSetURI", set_uri);
    if (const auto extent = advertised_extent(layer)) {
        json.add("tileMatrixSetLimits", limits_of(*extent));
    }
    return json;
}

Json item_link(const std::string& base, const PackedLayer& layer) {
    return link("item", tileset_url(base, layer) + "/{tileMatrix}/{tileRow}/{tileCol}?f=mvt", media::mvt,
                "Mapbox Vector Tile 2.1", Href::templated);
}

/// Attribution is shown as HTML by map clients.
std::string attribution_of(const PackedLayer& layer) { return escaped(layer.version().description.provenance.licence); }

/// Zoom at which the box about fills a window of two tiles of 512 pixels.
std::int64_t zoom_of(const geom::Box& box) {
    const double width = std::max({box.max.x - box.min.x, box.max.y - box.min.y, 1e-6});
    return static_cast<std::int64_t>(std::clamp(std::floor(std::log2(360.0 / width)), 0.0, 16.0));
}

}  // namespace

Json tile_matrix_sets(const std::string& base_url, const Format& format) {
    Json set;
    set.add("id", tile_matrix_set_id)
        .add("title", "Google Maps Compatible for the World")
        .add("uri", set_uri)
        .add("crs", mercator)
        .add("links", JsonArray{link("self", set_url(base_url) + "?f=json", media::json, tile_matrix_set_id)});
    Json json;
    json.add("tileMatrixSets", JsonArray{std::move(set)})
        .add("links", self_links(base_url + "/tileMatrixSets", {}, format, formats));
    return json;
}

Json web_mercator_quad(const std::string& base_url, const Format& format) {
    JsonArray matrices;
    for (std::uint32_t z = 0; z <= tile::deepest_zoom; ++z) {
        matrices.push_back(tile_matrix(z));
    }
    Json json;
    json.add("id", tile_matrix_set_id)
        .add("title", "Google Maps Compatible for the World")
        .add("uri", set_uri)
        .add("crs", mercator)
        .add("orderedAxes", JsonArray{Json("X"), Json("Y")})
        .add("wellKnownScaleSet", "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible")
        .add("tileMatrices", std::move(matrices))
        .add("links", self_links(set_url(base_url), {}, format, formats));
    return json;
}

Json tilesets(const std::string& base_url, const PackedLayer& layer, const Format& format) {
    Json item = tileset_core(layer);
    item.add("links", JsonArray{link("self", tileset_url(base_url, layer) + "?f=json", media::json, title_of(layer)),
                                link(tiling_scheme, set_url(base_url) + "?f=json", media::json, tile_matrix_set_id),
                                item_link(base_url, layer)});
    Json json;
    json.add("tilesets", JsonArray{std::move(item)})
        .add("links", self_links(collection_url(base_url, layer) + "/tiles", {}, format, formats));
    return json;
}

Json tileset(const std::string& base_url, const PackedLayer& layer, const Format& format) {
    Json json = tileset_core(layer);
    json.add("version", std::to_string(layer.version().number.value()));
    if (const auto extent = advertised_extent(layer)) {
        Json box;
        box.add("lowerLeft", JsonArray{Json(extent->min.x), Json(extent->min.y)})
            .add("upperRight", JsonArray{Json(extent->max.x), Json(extent->max.y)})
            .add("crs", crs84);
        json.add("boundingBox", std::move(box));
    }
    JsonArray links = self_links(tileset_url(base_url, layer), {}, format, tileset_formats);
    links.push_back(link(tiling_scheme, set_url(base_url) + "?f=json", media::json, tile_matrix_set_id));
    links.push_back(item_link(base_url, layer));
    json.add("layers", JsonArray{layer_description(layer)}).add("links", std::move(links));
    return json;
}

std::string tiles_html(const std::string& base_url, std::string title, const Json& json) {
    return html_page({std::move(title),
                      {{"ranh", base_url + "/?f=html"}, {"Các lớp / Collections", base_url + "/collections?f=html"}},
                      html_of(json)});
}

std::string tilejson(const PackedLayer& layer, const std::string& tile_url) {
    Json fields = Json().add("fid", "String");
    for_each_tile_field(layer, [&](const model::Field& field) { fields.add(field.name, tilejson_type(field.type)); });
    const auto deepest = static_cast<std::int64_t>(deepest_advertised_zoom);
    Json vector_layer;
    vector_layer.add("id", layer.version().layer.text())
        .add("description", title_of(layer))
        .add("minzoom", 0)
        .add("maxzoom", deepest)
        .add("fields", std::move(fields));
    Json json;
    json.add("tilejson", "3.0.0")
        .add("name", layer.version().layer.text())
        .add("description", title_of(layer))
        .add("version", std::to_string(layer.version().number.value()) + ".0.0")
        .add("scheme", "xyz")
        .add("tiles", JsonArray{Json(tile_url)})
        .add("minzoom", 0)
        .add("maxzoom", deepest);
    if (const auto extent = advertised_extent(layer)) {
        json.add("bounds", box_array(*extent));
        json.add("center", JsonArray{Json((extent->min.x + extent->max.x) / 2.0),
                                     Json((extent->min.y + extent->max.y) / 2.0), Json(zoom_of(*extent))});
    }
    if (const std::string attribution = attribution_of(layer); !attribution.empty()) {
        json.add("attribution", attribution);
    }
    json.add("vector_layers", JsonArray{std::move(vector_layer)});
    return codec::to_text(json);
}

bool within_limits(const PackedLayer& layer, const tile::TileAddress& address) {
    const auto extent = advertised_extent(layer);
    if (!extent) {
        return true;
    }
    const tile::TileRange range = tile::tiles_of(*extent, address.z);
    return address.x >= range.min_x && address.x <= range.max_x && address.y >= range.min_y && address.y <= range.max_y;
}

}  // namespace ranh::present
