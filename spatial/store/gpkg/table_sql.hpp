#pragma once

#include <string>
#include <string_view>

namespace ranh::gpkg {

/// The SQL text of the tables and triggers of a workspace; names come in bare and are quoted here.

/// gpkg_spatial_ref_sys, gpkg_contents, gpkg_geometry_columns, gpkg_extensions (OGC 12-128r17 annex C), with the two
/// rows "undefined" of §1.1.2.1.2.
[[nodiscard]] std::string geopackage_tables_sql();
/// ranh_setting, ranh_guard, ranh_part, ranh_layer_version, ranh_quarantine.
[[nodiscard]] std::string workspace_tables_sql();
/// Current rows of one part; the fields of the schema are added behind.
[[nodiscard]] std::string feature_table_sql(std::string_view table);
/// Replaced rows of one part.
[[nodiscard]] std::string history_table_sql(std::string_view table);
/// R-tree and its triggers (OGC 12-128r17 annex F.3).
[[nodiscard]] std::string rtree_sql(std::string_view table);
/// Triggers that refuse inserts, updates and deletes while the guard is closed; the sentence names `ranh import`.
[[nodiscard]] std::string guard_sql(std::string_view table, std::string_view layer);

}  // namespace ranh::gpkg
