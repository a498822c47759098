#pragma once

#include "spatial/model/layer.hpp"
#include "spatial/store/gpkg/sqlite.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ranh::gpkg {

/// What is known of the staged features of one version without looking at them again.
struct StagedContent {
    /// The features with geometry of one source system.
    struct Part {
        geom::Box box;
        std::int64_t least_type = 0;  ///< geom::GeometryType
        std::int64_t greatest_type = 0;
    };
    std::map<int, Part> parts = {};  ///< by EPSG code
    bool lacks_geometry = false;     ///< some feature has none

    void add(int epsg, const geom::Box& box, std::int64_t least_type, std::int64_t greatest_type);
};

/// Features of one version before they are part of the current rows: a table of this connection alone while a writer is
/// fed, a table of the file for a held version.
///
/// Columns: n (order of arrival), ranh_id, epsg, type (geom::GeometryType), box, geom (GeoPackage blob), three areas,
/// ranh_hash and v0, v1, … for the fields of the schema.
class StagingTable {
public:
    /// Makes the table; `name` comes quoted and with its database ("temp" or "main").
    StagingTable(const Database& database, std::string name, std::size_t fields);
    /// conflict naming an id that was there before.
    void append(const model::Feature& feature);
    /// Nothing happens when the id was there before.
    void append_if_absent(const model::Feature& feature);

    [[nodiscard]] std::int64_t count() const { return m_count; }
    [[nodiscard]] const Sha256& content_hash() const { return m_sum.value(); }
    [[nodiscard]] const StagedContent& content() const { return m_content; }
    /// Source systems of the features that have a geometry, ascending; when none has, that of the layer's first table,
    /// else that of the first feature.
    [[nodiscard]] std::vector<crs::Crs> systems(const LayerId& layer) const;

private:
    /// False when the id was there before.
    bool insert(const model::Feature& feature);

    const Database& m_database;
    std::string m_name;
    Statement m_insert;
    std::int64_t m_count = 0;
    DigestSum m_sum;
    StagedContent m_content;
    std::optional<crs::Crs> m_first_system;  // of the first feature
};

/// "v0", "v1", …
[[nodiscard]] std::vector<std::string> staging_columns(std::size_t fields);
/// CREATE TABLE of a staging table, without its index.
[[nodiscard]] std::string staging_table_sql(const std::string& name, std::size_t fields);

/// That of a table that was staged before. Cost  one pass over it.
[[nodiscard]] StagedContent staged_content(const Database& database, const std::string& name);

}  // namespace ranh::gpkg
