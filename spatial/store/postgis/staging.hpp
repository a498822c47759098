#pragma once

#include "spatial/model/layer.hpp"
#include "spatial/store/postgis/copy.hpp"
#include "spatial/store/postgis/version_records.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ranh::postgis {

/// Features of one version before they are part of the current rows, brought by COPY: a table of this connection alone,
/// for a held version one of the schema, and for the first rows of a layer one that becomes the layer's own table
/// (apply_loaded), so that they are written once.
///
/// Columns: ranh_id, epsg, geom (with its system), three areas, ranh_hash and ranh_v0, ranh_v1, … for the fields of the
/// schema; of a table that is to become a layer's own also its further columns.
class StagingTable {
public:
    /// Makes the table of this connection.
    StagingTable(const Database& database, model::Schema schema);
    /// Makes one in the schema that may become a layer's own with that first version, inside a transaction of the
    /// caller that goes on until the commit: nobody else ever sees it under this name.
    StagingTable(const Database& database, model::Schema schema, std::int64_t first_version);

    void append(const model::Feature& feature);
    /// Ends the COPY.
    void finish();

    /// Quoted.
    [[nodiscard]] const std::string& name() const { return m_name; }
    [[nodiscard]] std::int64_t count() const { return m_count; }
    [[nodiscard]] const Sha256& content_hash() const { return m_sum.value(); }
    /// The rows can become the own table of that version: there are geometries, all of the system `only_system`.
    [[nodiscard]] bool suits(std::int64_t version) const { return m_has_geometry && m_first_version == version; }
    [[nodiscard]] crs::Crs only_system() const { return crs::Crs::from_epsg(*m_epsg).value(); }

private:
    void start_copy();
    /// Makes a table of the schema with the first feature, whose system is that of its geometries; one of another
    /// system ends that.
    void suit_system(const model::Feature& feature);

    const Database& m_database;
    model::Schema m_schema;
    std::string m_name;
    std::optional<std::int64_t> m_first_version;
    std::optional<int> m_epsg;
    bool m_has_geometry = false;
    std::optional<CopyIn> m_copy;
    std::int64_t m_count = 0;
    DigestSum m_sum;
};

/// "ranh_v0", "ranh_v1", …
[[nodiscard]] std::vector<std::string> staging_columns(std::size_t fields);
/// CREATE … TABLE of a staging table; `kind` is "TEMP" or empty.
[[nodiscard]] std::string staging_table_sql(const std::string& name, const model::Schema& schema,
                                            std::string_view kind);

/// Makes a staging table ready to be held against rows that are there: its statistics, and conflict naming an id that
/// came twice.
void prepare_join(const Database& database, const std::string& name);

/// Copies the features of a version that are neither staged nor in `removed` into the staging table.
void stage_rest(const Database& database, const std::string& staging, const std::string& removed,
                const VersionRecord& base);

/// Source systems of the staged features that have a geometry, ascending; when none has, that of the layer's first
/// table, else that of any feature.
[[nodiscard]] std::vector<crs::Crs> staged_systems(const Database& database, const std::string& name,
                                                   const LayerId& layer);
/// Number and sum of the hashes of the staged features, as they stand there.
struct StagedContent {
    std::int64_t count = 0;
    DigestSum sum;
};
[[nodiscard]] StagedContent staged_content(const Database& database, const std::string& name);

}  // namespace ranh::postgis
