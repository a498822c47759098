#include "spatial/store/gpkg/layer_style.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace ranh::gpkg {
namespace {

using model::LayerKind;
using model::LegalStatus;

struct CodeColour {
    std::string_view code;
    std::string_view colour;
};

/// The same as services/viewer/src/land_use_colours.ts (a test holds them together).
constexpr std::array<CodeColour, 46> land_use_colours{
    {{"NNP", "#ffff64"}, {"CHN", "#fffc78"}, {"LUA", "#fffc82"}, {"LUC", "#fffc8c"}, {"LUK", "#fffc96"},
     {"HNK", "#fff0b4"}, {"CLN", "#ffd2a0"}, {"LNP", "#aaff32"}, {"RSX", "#b4ffb4"}, {"RPH", "#beff1e"},
     {"RDD", "#6eff64"}, {"NTS", "#aaffff"}, {"CNT", "#e6e682"}, {"LMU", "#fffffe"}, {"NKH", "#f5ffb4"},
     {"PNN", "#ffc8c8"}, {"OTC", "#ffb4ff"}, {"ONT", "#ffd0ff"}, {"ODT", "#ffa0ff"}, {"TSC", "#ffaaa0"},
     {"DVH", "#ffaaa0"}, {"DYT", "#ffaaa0"}, {"DGD", "#ffaaa0"}, {"DNL", "#ffaaa0"}, {"DDT", "#ffaaa0"},
     {"CCC", "#ffaaa0"}, {"TON", "#ffaaa0"}, {"CQP", "#ff7878"}, {"CAN", "#ff8282"}, {"CSK", "#ffb4c8"},
     {"TMD", "#ffbec8"}, {"SKC", "#ffc8b4"}, {"SKK", "#faaaa0"}, {"SKN", "#faaaa0"}, {"SKS", "#cdaacd"},
     {"SKX", "#cdaacd"}, {"DGT", "#ffaa32"}, {"DTL", "#aaffff"}, {"DRA", "#cdaacd"}, {"NTD", "#d2d2d2"},
     {"SON", "#a0ffff"}, {"MNC", "#aaf5ff"}, {"PNK", "#f0c8d2"}, {"BCS", "#fffffe"}, {"DCS", "#f5f5f0"},
     {"NCS", "#e6e6c8"}}};

enum class Shape { area, line, point };

Shape shape_of(std::string_view geometry_type) {
    if (geometry_type.ends_with("LINESTRING")) {
        return Shape::line;
    }
    return geometry_type.ends_with("POINT") ? Shape::point : Shape::area;
}

/// "#rrggbb" as QGIS writes colours: "r,g,b,alpha".
std::string rgba(std::string_view colour, int alpha) {
    std::array<int, 3> parts{};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const char* first = colour.data() + 1 + 2 * i;
        std::from_chars(first, first + 2, parts[i], 16);
    }
    return fmt::format("{},{},{},{}", parts[0], parts[1], parts[2], alpha);
}

/// Names of a QGIS symbol layer's properties.
using Properties = std::vector<std::pair<std::string_view, std::string>>;

/// Written twice: as Option for QGIS since 3.22, as prop for those before.
std::string symbol_xml(std::size_t name, std::string_view type, std::string_view layer, const Properties& properties) {
    std::string options;
    std::string props;
    for (const auto& [key, value] : properties) {
        options += fmt::format(R"(<Option name="{}" type="QString" value="{}"/>)", key, value);
        props += fmt::format(R"(<prop k="{}" v="{}"/>)", key, value);
    }
    return fmt::format(
        R"(<symbol name="{}" type="{}" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="{}" pass="0" locked="0" enabled="1"><Option type="Map">{}</Option>{}</layer></symbol>)",
        name, type, layer, options, props);
}

bool is_certain(LegalStatus status) { return status == LegalStatus::in_force; }

/// Communes say where something lies, and would hide the rest if filled.
bool is_outlined(LayerKind kind) { return kind == LayerKind::administrative; }

std::string symbol(std::size_t name, const StyledTable& table, std::string_view fill) {
    constexpr int half_seen = 115;
    constexpr int opaque = 255;
    const std::string line = rgba(kind_colour(table.kind), opaque);
    const bool by_code = fill != kind_colour(table.kind);
    switch (shape_of(table.geometry_type)) {
        case Shape::line:
            return symbol_xml(name, "line", "SimpleLine",
                              {{"line_color", line},
                               {"line_width", "0.5"},
                               {"line_width_unit", "MM"},
                               {"line_style", is_certain(table.status) ? "solid" : "dash"}});
        case Shape::point:
            return symbol_xml(name, "marker", "SimpleMarker",
                              {{"name", "circle"},
                               {"color", line},
                               {"outline_color", "255,255,255,255"},
                               {"size", "2.4"},
                               {"size_unit", "MM"}});
        case Shape::area: break;
    }
    return symbol_xml(name, "fill", "SimpleFill",
                      {{"color", rgba(fill, by_code ? opaque : half_seen)},
                       {"style", is_outlined(table.kind) ? "no" : "solid"},
                       {"outline_color", line},
                       {"outline_width", table.kind == LayerKind::parcel ? "0.1" : "0.4"},
                       {"outline_width_unit", "MM"},
                       {"outline_style", is_outlined(table.kind)                                       ? "dash dot"
                                         : is_certain(table.status) || table.kind == LayerKind::parcel ? "solid"
                                                                                                       : "dash"}});
}

std::string xml_text(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        switch (c) {
            case '&': escaped += "&amp;"; break;
            case '<': escaped += "&lt;"; break;
            case '>': escaped += "&gt;"; break;
            case '"': escaped += "&quot;"; break;
            default: escaped += c;
        }
    }
    return escaped;
}

std::string by_code_xml(const StyledTable& table) {
    std::string categories;
    std::string symbols;
    for (std::size_t i = 0; i < land_use_colours.size(); ++i) {
        const CodeColour& each = land_use_colours[i];
        categories += fmt::format(R"(<category symbol="{}" value="{}" label="{}" type="string" render="true"/>)", i,
                                  each.code, each.code);
        symbols += symbol(i, table, each.colour);
    }
    const std::size_t rest = land_use_colours.size();
    categories +=
        fmt::format(R"(<category symbol="{}" value="" label="mã khác / other" type="string" render="true"/>)", rest);
    symbols += symbol(rest, table, kind_colour(table.kind));
    return fmt::format(
        R"(<renderer-v2 type="categorizedSymbol" attr="{}" forceraster="0" symbollevels="0" enableorderby="0"><categories>{}</categories><symbols>{}</symbols></renderer-v2>)",
        xml_text(table.land_use_column), categories, symbols);
}

bool has_land_use(LayerKind kind) { return kind == LayerKind::parcel || kind == LayerKind::land_use_plan; }

/// The column whose values, in a sample, are all codes of land use; empty when there is none.
std::string land_use_column(const Database& database, std::string_view table) {
    constexpr int sample = 100;
    Statement columns = database.prepare("SELECT name FROM pragma_table_info(?1) WHERE type = 'TEXT'");
    columns.bind(1, table);
    while (columns.step()) {
        const std::string column(columns.text(0));
        Statement values = database.prepare(fmt::format("SELECT {0} FROM main.{1} WHERE {0} NOT NULL LIMIT {2}",
                                                        sql_name(column), sql_name(table), sample));
        bool all = false;
        while (values.step()) {
            all = !land_use_colour(values.text(0)).empty();
            if (!all) {
                break;
            }
        }
        if (all) {
            return column;
        }
    }
    return {};
}

}  // namespace

std::string layer_styles_sql() {
    return R"sql(
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  f_table_catalog TEXT(256),
  f_table_schema TEXT(256),
  f_table_name TEXT(256),
  f_geometry_column TEXT(256),
  styleName TEXT(30),
  styleQML TEXT,
  styleSLD TEXT,
  useAsDefault BOOLEAN,
  description TEXT,
  owner TEXT(30),
  ui TEXT(30),
  update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now'))
);
)sql";
}

std::string_view land_use_colour(std::string_view code) {
    const auto* const found = std::find_if(land_use_colours.begin(), land_use_colours.end(),
                                           [&](const CodeColour& each) { return each.code == code; });
    return found == land_use_colours.end() ? std::string_view() : found->colour;
}

std::string_view kind_colour(LayerKind kind) {
    switch (kind) {
        case LayerKind::administrative: return "#6b6478";
        case LayerKind::parcel: return "#8a7433";
        case LayerKind::plan_area: return "#b8472a";
        case LayerKind::national_reserve: return "#a02050";
        case LayerKind::licence_area: return "#8c3b12";
        case LayerKind::prohibited_area: return "#c01f2e";
        case LayerKind::urban_plan: return "#c2571a";
        case LayerKind::land_use_plan: return "#6f8f1f";
        case LayerKind::forest: return "#2f7d3a";
        case LayerKind::project: return "#1559b7";
        case LayerKind::power_project: return "#c98a00";
        case LayerKind::mining: return "#6d4c41";
        case LayerKind::road: return "#a8672a";
        case LayerKind::water: return "#2a7fb0";
        case LayerKind::other: break;
    }
    return "#b3123f";
}

std::string style_qml(const StyledTable& table) {
    const bool by_code = !table.land_use_column.empty() && shape_of(table.geometry_type) == Shape::area;
    const std::string renderer =
        by_code
            ? by_code_xml(table)
            : fmt::format(
                  R"(<renderer-v2 type="singleSymbol" forceraster="0" symbollevels="0" enableorderby="0"><symbols>{}</symbols></renderer-v2>)",
                  symbol(0, table, kind_colour(table.kind)));
    constexpr int point_layer = 0;
    constexpr int line_layer = 1;
    constexpr int area_layer = 2;
    const Shape shape = shape_of(table.geometry_type);
    return fmt::format(
        R"(<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'><qgis version="3.22.0" styleCategories="Symbology">{}<blendMode>0</blendMode><featureBlendMode>0</featureBlendMode><layerGeometryType>{}</layerGeometryType></qgis>)",
        renderer,
        shape == Shape::area   ? area_layer
        : shape == Shape::line ? line_layer
                               : point_layer);
}

void add_layer_style(const Database& database, std::string_view table, const model::LayerDescription& description,
                     std::string_view geometry_type) {
    if (database.prepare("SELECT 1 FROM layer_styles WHERE f_table_name = ?1").bind(1, table).step()) {
        return;
    }
    const StyledTable styled{description.kind, description.status, std::string(geometry_type),
                             has_land_use(description.kind) ? land_use_column(database, table) : std::string()};
    database
        .prepare(
            "INSERT INTO layer_styles(f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, "
            "styleQML, styleSLD, useAsDefault, description, owner, ui) VALUES('', '', ?1, 'geom', 'ranh', ?2, '', 1, "
            "?3, '', '')")
        .bind(1, table)
        .bind(2, style_qml(styled))
        .bind(3, fmt::format("ranh: {}", model::to_string(description.kind)))
        .run();
}

}  // namespace ranh::gpkg
