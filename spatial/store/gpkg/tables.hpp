#pragma once

#include "spatial/crs/working_plane.hpp"
#include "spatial/geom/geometry.hpp"
#include "spatial/model/layer.hpp"
#include "spatial/store/gpkg/sqlite.hpp"
#include "spatial/store/record_json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ranh::gpkg {

/// Number of the table layout; a file of a higher one is of a newer program.
/// 2: with status_log and layer_styles.
constexpr std::int64_t format_version = 2;

/// Makes all tables of an empty file: those of GeoPackage 1.3 and ours. Inside a transaction of the caller.
///
/// ranh_layer_version and ranh_quarantine are registered as 'attributes', for people to read in QGIS. The others
/// (ranh_setting, ranh_guard, ranh_part, the history and staging tables) stand in no table of contents: GDAL and QGIS
/// list only registered tables as soon as one is registered as 'attributes'.
void create_workspace_tables(const Database& database, const crs::WorkingPlaneCentre& centre);

/// Failure corrupt_input when the file is no GeoPackage, no workspace of ranh, of a newer layout, or has another family
/// of lattices than this program.
void check_workspace_tables(const Database& database);
/// The file has all of this layout; one that was made before and only read since has not.
[[nodiscard]] bool is_complete(const Database& database);
/// Brings an older file to this layout: the lattice level of layer versions and the lattice family, the status log, the
/// styles. Inside a transaction of the caller.
void complete_workspace_tables(const Database& database);
/// ranh_layer_version has a column of this name.
[[nodiscard]] bool has_version_column(const Database& database, std::string_view column);

[[nodiscard]] std::string setting(const Database& database, std::string_view name);
void count_change(const Database& database);

/// Opens the guard that lets writes through the triggers, in a transaction of the caller; closes it when it goes.
/// Nobody else ever sees it open, since the row changes back before the transaction ends.
class OpenGuard {
public:
    explicit OpenGuard(const Database& database);
    OpenGuard(const OpenGuard&) = delete;
    OpenGuard& operator=(const OpenGuard&) = delete;
    ~OpenGuard();
    /// Closes the guard before the commit.
    void close();

private:
    const Database& m_database;
    bool m_open = true;
};

/// One table of a layer: the current rows of one source system; beside it "<table>_history".
struct Part {
    int epsg = 0;
    std::string table;
    [[nodiscard]] std::string history() const { return table + "_history"; }
};

/// Parts of a layer in the order they were made; the first is named as the layer.
[[nodiscard]] std::vector<Part> parts_of(const Database& database, const LayerId& layer);
/// Makes the tables, the R-tree, the triggers and the GeoPackage records of a further part.
Part create_part(const Database& database, const LayerId& layer, const crs::Crs& crs);

/// Columns for the fields of a schema, added to every part where they are missing. A field whose name the table needs
/// itself, that differs from another only in the case of letters, or whose name stands for another type in older
/// versions gets '_' behind its name.
[[nodiscard]] store::StoredSchema add_columns(const Database& database, const std::vector<Part>& parts,
                                              const model::Schema& schema);

/// Writes title, box and geometry type of a part into the GeoPackage records. Titles are unique in a GeoPackage: one
/// that is taken gets the table's name behind it.
void describe_part(const Database& database, const Part& part, const std::string& title,
                   const std::optional<geom::Box>& box, std::string_view geometry_type);

}  // namespace ranh::gpkg
