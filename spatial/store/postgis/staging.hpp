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
/// or for a held version one of the schema.
///
/// Columns: ranh_id, epsg, geom (with its system), three areas, ranh_hash and v0, v1, … for the fields of the schema.
class StagingTable {
public:
    /// Makes the table; `name` comes quoted.
    StagingTable(const Database& database, std::string name, const model::Schema& schema);

    void append(const model::Feature& feature);
    /// Ends the COPY and makes the index of ids. conflict naming an id that came twice.
    void finish();

    [[nodiscard]] std::int64_t count() const { return m_count; }
    [[nodiscard]] const Sha256& content_hash() const { return m_sum.value(); }

private:
    const Database& m_database;
    std::string m_name;
    std::optional<CopyIn> m_copy;
    std::int64_t m_count = 0;
    DigestSum m_sum;
};

/// "v0", "v1", …
[[nodiscard]] std::vector<std::string> staging_columns(std::size_t fields);
/// CREATE … TABLE of a staging table; `kind` is "TEMP" or empty.
[[nodiscard]] std::string staging_table_sql(const std::string& name, const model::Schema& schema,
                                            std::string_view kind);

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
