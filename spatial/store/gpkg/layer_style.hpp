#pragma once

#include "spatial/model/layer.hpp"
#include "spatial/store/gpkg/sqlite.hpp"

#include <string>
#include <string_view>

namespace ranh::gpkg {

/// Table of styles as QGIS makes it in a GeoPackage: what it reads when a layer is opened by a double click.
[[nodiscard]] std::string layer_styles_sql();

/// What decides the look of a table.
struct StyledTable {
    model::LayerKind kind = model::LayerKind::other;
    model::LegalStatus status = model::LegalStatus::unknown;
    std::string geometry_type;    ///< of gpkg_geometry_columns: "MULTIPOLYGON", "POINT", "GEOMETRY", …
    std::string land_use_column;  ///< holds codes of land use alone; empty when there is none
};

/// The style in QGIS's own language (QML, read since QGIS 3.0): areas, lines or points in the colour of the kind, which
/// is that of the web map; parcels and land-use plans by their codes, in the colours of Annex V of Circular
/// 08/2024/TT-BTNMT, where it has none in those of the inventory circular of 2018. Dashed outlines for what is not, or
/// not known to be, in force. GEOMETRY is styled as areas.
[[nodiscard]] std::string style_qml(const StyledTable& table);
/// "#rrggbb"; empty for a code without a colour.
[[nodiscard]] std::string_view land_use_colour(std::string_view code);
[[nodiscard]] std::string_view kind_colour(model::LayerKind kind);

/// Gives a table of a layer its default style, unless it has one, be it ours or a person's. Inside a transaction of the
/// caller.
void add_layer_style(const Database& database, std::string_view table, const model::LayerDescription& description,
                     std::string_view geometry_type);

}  // namespace ranh::gpkg
