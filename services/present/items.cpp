#include "services/present/items.hpp"

#include "services/present/collections.hpp"
#include "services/present/html.hpp"
#include "services/present/naming.hpp"
#include "spatial/codec/geojson.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace ranh::present {
namespace {

using codec::Json;
using codec::JsonArray;
using codec::JsonObject;
using snapshot::PackedLayer;

constexpr Format items_json{"json", media::geojson};
constexpr std::array<Format, 2> formats{items_json, html_format};
constexpr std::array<std::string_view, 4> area_names{"area_stated_m2", "area_planar_m2", "planar_crs",
                                                     "area_ellipsoid_m2"};
constexpr int coordinate_digits = 9;

bool is_area_name(std::string_view name) {
    return std::find(area_names.begin(), area_names.end(), name) != area_names.end();
}

/// Measured areas stand before attributes of the same name, so that a number is never of another measure than its name
/// says.
JsonObject properties_of(const PackedLayer& layer, std::size_t feature) {
    JsonObject properties;
    const auto& fields = layer.version().description.schema.fields;
    const std::vector<model::Value> values = layer.values(feature);
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (fields[i].privacy == model::Privacy::open && !is_area_name(fields[i].name)) {
            properties.emplace_back(fields[i].name, codec::to_json(values[i]));
        }
    }
    const model::Areas areas = layer.areas(feature);
    const auto add = [&](std::string_view name, const std::optional<double>& area) {
        if (area) {
            properties.emplace_back(std::string(name), Json(*area));
        }
    };
    add("area_stated_m2", areas.area_stated_m2);
    add("area_planar_m2", areas.area_planar_m2);
    if (areas.planar_epsg) {
        properties.emplace_back("planar_crs", Json("EPSG:" + std::to_string(*areas.planar_epsg)));
    }
    add("area_ellipsoid_m2", areas.area_ellipsoid_m2);
    return properties;
}

/// The box rounded outwards with the digits of the coordinates, so that it holds the rounded geometry.
JsonArray feature_box(const geom::Box& box) {
    const double factor = std::pow(10.0, coordinate_digits);
    const auto down = [&](double value) { return std::floor(value * factor) / factor; };
    const auto up = [&](double value) { return std::ceil(value * factor) / factor; };
    return box_array({{down(box.min.x), down(box.min.y)}, {up(box.max.x), up(box.max.y)}});
}

Json feature_json(const PackedLayer& layer, std::size_t feature, ItemGeometry geometry) {
    Json json;
    json.add("type", "Feature").add("id", layer.id(feature).text());
    if (layer.has_geometry(feature)) {
        json.add("bbox", feature_box(layer.lonlat_box(feature)));
    }
    const bool drawn = geometry == ItemGeometry::include && layer.has_geometry(feature);
    json.add("geometry", drawn ? codec::to_geojson(layer.lonlat(feature), coordinate_digits) : Json(nullptr));
    json.add("properties", properties_of(layer, feature));
    return json;
}

QueryPairs query_of_next(const ItemsPage& page) {
    QueryPairs query;
    for (const auto& [name, value] : page.query) {
        if (name != "cursor" && name != "limit") {
            query.emplace_back(name, value);
        }
    }
    query.emplace_back("limit", std::to_string(page.limit));
    query.emplace_back("cursor", page.page.next->text());
    return query;
}

JsonArray page_links(const std::string& base, const ItemsPage& page, const Format& format) {
    const std::string url = collection_url(base, page.layer);
    JsonArray links = self_links(url + "/items", page.query, format, formats);
    links.push_back(link("collection", url + "?f=" + (format.name == "html" ? "html" : "json"),
                         format.name == "html" ? media::html : media::json, title_of(page.layer)));
    if (page.page.next) {
        links.push_back(link("next", url_with(url + "/items", query_of_next(page), format.name), format.media_type,
                             "Trang sau / next page"));
    }
    return links;
}

std::string item_url(const std::string& base, const PackedLayer& layer, std::size_t feature) {
    return collection_url(base, layer) + "/items/" + path_segment(layer.id(feature).text());
}

JsonArray item_links(const std::string& base, const PackedLayer& layer, std::size_t feature, const Format& format) {
    JsonArray links = self_links(item_url(base, layer, feature), {}, format, formats);
    links.push_back(link("collection", collection_url(base, layer) + "?f=json", media::json, title_of(layer)));
    links.push_back(link("collection", collection_url(base, layer) + "?f=html", media::html, title_of(layer)));
    return links;
}

std::string draft_note(const PackedLayer& layer) {
    const model::LegalStatus status = layer.version().description.status;
    const model::Bilingual& label = model::status_label(status);
    return layer.version().is_draft() ? "<p class=\"draft\">" + escaped(label.vi + " / " + label.en) + "</p>"
                                      : std::string();
}

std::vector<Crumb> crumbs_to(const std::string& base, const PackedLayer& layer) {
    return {{"ranh", base + "/?f=html"},
            {"Các lớp / Collections", base + "/collections?f=html"},
            {title_of(layer), collection_url(base, layer) + "?f=html"}};
}

std::string cell_of(const codec::JsonObject& properties, const std::string& name) {
    const auto found =
        std::find_if(properties.begin(), properties.end(), [&](const auto& member) { return member.first == name; });
    if (found == properties.end() || found->second.is_null()) {
        return {};
    }
    return escaped(found->second.string() ? std::string(*found->second.string()) : codec::to_text(found->second));
}

std::vector<std::string> columns_of(const PackedLayer& layer) {
    std::vector<std::string> columns;
    for (const model::Field& field : layer.version().description.schema.fields) {
        if (field.privacy == model::Privacy::open && !is_area_name(field.name)) {
            columns.push_back(field.name);
        }
    }
    columns.insert(columns.end(), area_names.begin(), area_names.end());
    return columns;
}

}  // namespace

std::string items_geojson(const std::string& base_url, const ItemsPage& page) {
    // Features are written one by one: a page of ten thousand never stands in memory as a tree.
    std::string out = R"({"type":"FeatureCollection","features":[)";
    for (std::size_t i = 0; i < page.page.features.size(); ++i) {
        out += (i == 0 ? "" : ",") + codec::to_text(feature_json(page.layer, page.page.features[i], page.geometry));
    }
    out += "],\"numberMatched\":" + std::to_string(page.page.matched);
    out += ",\"numberReturned\":" + std::to_string(page.page.features.size());
    out += ",\"timeStamp\":" + codec::to_text(Json(page.made_at.to_string()));
    return out + ",\"links\":" + codec::to_text(Json(page_links(base_url, page, items_json))) + "}";
}

std::string items_html(const std::string& base_url, const ItemsPage& page) {
    const std::vector<std::string> columns = columns_of(page.layer);
    std::vector<std::string> head{"id"};
    head.insert(head.end(), columns.begin(), columns.end());
    std::vector<std::vector<std::string>> rows;
    for (const std::uint32_t feature : page.page.features) {
        const JsonObject properties = properties_of(page.layer, feature);
        std::vector<std::string> row{
            anchor(item_url(base_url, page.layer, feature) + "?f=html", page.layer.id(feature).text())};
        for (const std::string& column : columns) {
            row.push_back(cell_of(properties, column));
        }
        rows.push_back(std::move(row));
    }
    const std::string caption =
        std::to_string(page.page.features.size()) + " / " + std::to_string(page.page.matched) + " đối tượng / features";
    const Json links = Json().add("links", page_links(base_url, page, html_format));
    return html_page({title_of(page.layer), crumbs_to(base_url, page.layer),
                      draft_note(page.layer) + html_table(caption, head, rows) + html_of(links)});
}

std::string item_geojson(const std::string& base_url, const PackedLayer& layer, std::size_t feature) {
    Json json = feature_json(layer, feature, ItemGeometry::include);
    json.add("links", item_links(base_url, layer, feature, items_json));
    return codec::to_text(json);
}

std::string item_html(const std::string& base_url, const PackedLayer& layer, std::size_t feature) {
    Json json;
    json.add("id", layer.id(feature).text()).add("properties", properties_of(layer, feature));
    if (layer.has_geometry(feature)) {
        json.add("geometry", geom::to_string(layer.lonlat(feature).type))
            .add("bbox", feature_box(layer.lonlat_box(feature)));
    }
    json.add("links", item_links(base_url, layer, feature, html_format));
    return html_page(
        {display_name(layer, layer.id(feature)), crumbs_to(base_url, layer), draft_note(layer) + html_of(json)});
}

}  // namespace ranh::present
