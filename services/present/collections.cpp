#include "services/present/collections.hpp"

#include "services/present/html.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace ranh::present {
namespace {

using codec::Json;
using codec::JsonArray;
using snapshot::PackedLayer;

constexpr std::array<Format, 2> formats{json_format, html_format};
constexpr std::string_view crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
constexpr double decimals = 1e7;

double rounded_down(double value) { return std::floor(value * decimals) / decimals; }
double rounded_up(double value) { return std::ceil(value * decimals) / decimals; }

Json bilingual(const model::Bilingual& text) { return Json().add("vi", text.vi).add("en", text.en); }

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json day_or_null(const std::optional<Date>& day) { return day ? Json(day->to_string()) : Json(nullptr); }

JsonArray geometry_types(const PackedLayer& layer) {
    JsonArray names;
    for (const geom::GeometryType type : layer.geometry_types()) {
        names.emplace_back(geom::to_string(type));
    }
    return names;
}

JsonArray source_systems(const PackedLayer& layer) {
    JsonArray codes;
    for (const crs::Crs& system : layer.version().systems) {
        codes.emplace_back(system.code());
    }
    return codes;
}

std::string description_of(const PackedLayer& layer) {
    const model::LayerDescription& description = layer.version().description;
    const model::Bilingual& status = model::status_label(description.status);
    std::string text = status.vi + " / " + status.en + "; " + std::to_string(layer.size()) + " đối tượng / features";
    if (!description.provenance.decision.empty()) {
        text += "; " + description.provenance.decision;
    }
    return text;
}

JsonArray collection_links(const std::string& url, const Format& format, std::string_view title) {
    JsonArray links = self_links(url, {}, format, formats);
    links.push_back(link("items", url + "/items?f=json", media::geojson, title));
    links.push_back(link("items", url + "/items?f=html", media::html, title));
    links.push_back(link("http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector", url + "/tiles?f=json", media::json,
                         "Ô bản đồ / Vector tiles"));
    return links;
}

Json extent_json(const geom::Box& box) {
    Json spatial;
    spatial.add("bbox", JsonArray{Json(box_array(box))}).add("crs", crs84);
    return Json().add("spatial", std::move(spatial));
}

Json describe(const std::string& base, const Collection& collection, const Format& format) {
    const PackedLayer& layer = *collection.layer;
    const model::LayerDescription& description = layer.version().description;
    Json json;
    json.add("id", layer.version().layer.text())
        .add("title", title_of(layer))
        .add("description", description_of(layer))
        .add("itemType", "feature");
    if (const auto extent = advertised_extent(layer)) {
        json.add("extent", extent_json(*extent));
    }
    json.add("crs", JsonArray{Json(crs84)})
        .add("links", collection_links(collection_url(base, layer), format, title_of(layer)))
        .add("ranh:kind", model::to_string(description.kind))
        .add("ranh:status", model::to_string(description.status))
        .add("ranh:statusLabel", bilingual(model::status_label(description.status)))
        .add("ranh:version", layer.version().number.value())
        .add("ranh:featureCount", layer.size())
        .add("ranh:geometryTypes", geometry_types(layer))
        .add("ranh:sourceCrs", source_systems(layer))
        .add("ranh:validFrom", day_or_null(description.validity.from()))
        .add("ranh:validTo", day_or_null(description.validity.last()))
        .add("ranh:decision", text_or_null(description.provenance.decision))
        .add("ranh:licence", text_or_null(description.provenance.licence))
        .add("ranh:attribution", text_or_null(description.provenance.licence))
        .add("ranh:stale", collection.stale);
    return json;
}

std::vector<std::string> collection_row(const std::string& base, const Collection& collection) {
    const PackedLayer& layer = *collection.layer;
    const model::LayerVersion& version = layer.version();
    const std::string url = collection_url(base, layer);
    const model::Bilingual& label = model::status_label(version.description.status);
    const std::string status = escaped(label.vi + " / " + label.en);
    return {anchor(url + "?f=html", version.layer.text()), escaped(title_of(layer)),
            version.is_draft() ? "<span class=\"draft\">" + status + "</span>" : status,
            std::to_string(version.number.value()), anchor(url + "/items?f=html", std::to_string(layer.size()))};
}

}  // namespace

std::optional<geom::Box> advertised_extent(const PackedLayer& layer) {
    const auto& extent = layer.lonlat_extent();
    if (!extent) {
        return std::nullopt;
    }
    return geom::Box{{std::max(-180.0, rounded_down(extent->min.x)), std::max(-90.0, rounded_down(extent->min.y))},
                     {std::min(180.0, rounded_up(extent->max.x)), std::min(90.0, rounded_up(extent->max.y))}};
}

JsonArray box_array(const geom::Box& box) {
    return {Json(box.min.x), Json(box.min.y), Json(box.max.x), Json(box.max.y)};
}

std::string collection_url(const std::string& base_url, const PackedLayer& layer) {
    return base_url + "/collections/" + layer.version().layer.text();
}

std::string title_of(const PackedLayer& layer) {
    const std::string& title = layer.version().description.title;
    return title.empty() ? layer.version().layer.text() : title;
}

std::string collections_json(const std::string& base_url, const std::vector<Collection>& collections) {
    JsonArray described;
    for (const Collection& collection : collections) {
        described.push_back(describe(base_url, collection, json_format));
    }
    Json json;
    json.add("links", self_links(base_url + "/collections", {}, json_format, formats))
        .add("collections", std::move(described));
    return codec::to_text(json);
}

std::string collections_html(const std::string& base_url, const std::vector<Collection>& collections) {
    std::vector<std::vector<std::string>> rows;
    rows.reserve(collections.size());
    for (const Collection& collection : collections) {
        rows.push_back(collection_row(base_url, collection));
    }
    const std::string table = html_table(
        "Các lớp / Collections",
        {"Lớp / Layer", "Tên / Title", "Hiệu lực / Status", "Phiên bản / Version", "Số đối tượng / Features"}, rows);
    return html_page({"Các lớp / Collections", {{"ranh", base_url + "/?f=html"}}, table});
}

std::string collection_json(const std::string& base_url, const Collection& collection) {
    return codec::to_text(describe(base_url, collection, json_format));
}

std::string collection_html(const std::string& base_url, const Collection& collection) {
    return html_page({title_of(*collection.layer),
                      {{"ranh", base_url + "/?f=html"}, {"Các lớp / Collections", base_url + "/collections?f=html"}},
                      html_of(describe(base_url, collection, html_format))});
}

}  // namespace ranh::present
