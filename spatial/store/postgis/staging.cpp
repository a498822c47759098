#include "spatial/store/postgis/staging.hpp"

#include "spatial/codec/wkb.hpp"
#include "spatial/store/feature_record.hpp"
#include "spatial/store/postgis/table_sql.hpp"
#include "spatial/store/postgis/tables.hpp"
#include "spatial/store/postgis/version_reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace ranh::postgis {
namespace {

constexpr std::string_view fixed_columns =
    "ranh_id, epsg, geom, area_stated_m2, area_planar_m2, area_ellipsoid_m2, ranh_hash";

std::string columns_of(std::size_t fields) {
    return fmt::format("{}{}{}", fixed_columns, fields > 0 ? ", " : "", fmt::join(staging_columns(fields), ", "));
}

std::string field_columns(const model::Schema& schema) {
    std::string columns;
    for (std::size_t i = 0; i < schema.fields.size(); ++i) {
        columns += fmt::format(", ranh_v{} {}", i, column_type(schema.fields[i].type));
    }
    return columns;
}

void copy_area(CopyIn& copy, const std::optional<double>& area) {
    if (area) {
        copy.real(*area);
    } else {
        copy.null();
    }
}

void copy_value(CopyIn& copy, const model::Value& value) {
    switch (value.index()) {
        case 1: copy.flag(std::get<bool>(value)); break;
        case 2: copy.integer(std::get<std::int64_t>(value)); break;
        case 3: copy.real(std::get<double>(value)); break;
        case 4: copy.text(std::get<std::string>(value)); break;
        case 5: copy.text(std::get<Date>(value).to_string()); break;
        default: copy.null(); break;
    }
}

}  // namespace

std::vector<std::string> staging_columns(std::size_t fields) {
    std::vector<std::string> columns;
    for (std::size_t i = 0; i < fields; ++i) {
        columns.push_back(fmt::format("ranh_v{}", i));
    }
    return columns;
}

std::string staging_table_sql(const std::string& name, const model::Schema& schema, std::string_view kind) {
    return fmt::format(
        "CREATE {} TABLE {} (ranh_id text COLLATE \"C\" NOT NULL, epsg integer NOT NULL, geom geometry, area_stated_m2 "
        "double precision, area_planar_m2 double precision, area_ellipsoid_m2 double precision, ranh_hash bytea NOT "
        "NULL{}); ALTER TABLE {} ALTER geom SET STORAGE EXTERNAL",
        kind, name, field_columns(schema), name);
}

StagingTable::StagingTable(const Database& database, model::Schema schema)
    : m_database(database), m_schema(std::move(schema)), m_name("pg_temp.ranh_staging") {
    m_database.execute(staging_table_sql(m_name, m_schema, "TEMP"));
    start_copy();
}

StagingTable::StagingTable(const Database& database, model::Schema schema, std::int64_t first_version)
    : m_database(database),
      m_schema(std::move(schema)),
      m_name(database.table(fmt::format("ranh_loading_{}", database.integer("SELECT pg_backend_pid()")))),
      m_first_version(first_version) {}

void StagingTable::start_copy() {
    m_copy.emplace(m_database, fmt::format("{}({})", m_name, columns_of(m_schema.fields.size())));
}

void StagingTable::suit_system(const model::Feature& feature) {
    if (!m_copy) {
        m_epsg = feature.crs.epsg();
        m_database.execute(
            fmt::format("CREATE TABLE {0} ({1}, epsg integer NOT NULL{2}); ALTER TABLE {0} ALTER "
                        "first_version SET DEFAULT {3}; ALTER TABLE {0} ALTER geom SET STORAGE EXTERNAL",
                        m_name, shared_columns_sql(*m_epsg), field_columns(m_schema), *m_first_version));
        start_copy();
    } else if (feature.geometry && feature.crs.epsg() != m_epsg) {
        m_copy->finish();
        m_database.execute(fmt::format("ALTER TABLE {} ALTER geom TYPE geometry", m_name));  // leaves the rows alone
        m_first_version.reset();
        start_copy();
    }
}

void StagingTable::append(const model::Feature& feature) {
    if (m_first_version) {
        suit_system(feature);
    }
    const std::string wkb = feature.geometry ? codec::to_wkb(*feature.geometry) : std::string();
    const Sha256 hash = store::content_hash(feature, wkb);
    CopyIn& copy = *m_copy;
    copy.text(feature.id.text());
    copy.integer(feature.crs.epsg());
    if (feature.geometry) {
        copy.geometry(wkb, feature.crs.epsg());
    } else {
        copy.null();
    }
    copy_area(copy, feature.areas.area_stated_m2);
    copy_area(copy, feature.areas.area_planar_m2);
    copy_area(copy, feature.areas.area_ellipsoid_m2);
    copy.bytes({reinterpret_cast<const char*>(hash.bytes.data()), hash.bytes.size()});
    for (const model::Value& value : feature.values) {
        copy_value(copy, value);
    }
    copy.end_row();
    m_has_geometry = m_has_geometry || feature.geometry;
    m_sum.add(hash);
    ++m_count;
}

void StagingTable::finish() {
    if (m_copy) {
        m_copy->finish();
    } else {  // without any feature
        m_database.execute(staging_table_sql(m_name, m_schema, ""));
        m_first_version.reset();
    }
}

void prepare_join(const Database& database, const std::string& name) {
    const Rows twice = database.query(
        fmt::format("SELECT ranh_id FROM {} GROUP BY ranh_id HAVING count(*) > 1 ORDER BY ranh_id LIMIT 1", name));
    if (!twice.empty()) {
        refuse_repeated_id(twice.text(0, 0));
    }
    database.execute("ANALYZE " + name);
}

void stage_rest(const Database& database, const std::string& staging, const std::string& removed,
                const VersionRecord& base) {
    prepare_join(database, staging);
    const std::size_t fields = base.version.description.schema.fields.size();
    database.execute(fmt::format(
        "INSERT INTO {0}({1}) SELECT * FROM ({2}) b WHERE NOT EXISTS (SELECT 1 FROM {0} s WHERE s.ranh_id = "
        "b.ranh_id) AND NOT EXISTS (SELECT 1 FROM {3} r WHERE r.ranh_id = b.ranh_id); ANALYZE {0}",
        staging, columns_of(fields), rows_of_version_sql(database, base), removed));
}

std::vector<crs::Crs> staged_systems(const Database& database, const std::string& name, const LayerId& layer) {
    std::vector<crs::Crs> systems;
    const Rows codes =
        database.query(fmt::format("SELECT DISTINCT epsg FROM {} WHERE geom IS NOT NULL ORDER BY epsg", name));
    systems.reserve(static_cast<std::size_t>(codes.size()));
    for (int i = 0; i < codes.size(); ++i) {
        systems.push_back(crs::Crs::from_epsg(static_cast<int>(codes.integer(i, 0))).value());
    }
    const Rows any = database.query(fmt::format("SELECT epsg FROM {} LIMIT 1", name));
    if (systems.empty() && !any.empty()) {
        const std::vector<Part> parts = parts_of(database, layer);
        const int code = parts.empty() ? static_cast<int>(any.integer(0, 0)) : parts.front().epsg;
        systems.push_back(crs::Crs::from_epsg(code).value());
    }
    return systems;
}

StagedContent staged_content(const Database& database, const std::string& name) {
    StagedContent content;
    CopyOut rows(database, "SELECT ranh_hash FROM " + name);
    while (rows.next()) {
        content.sum.add(digest_in(rows, 0));
        ++content.count;
    }
    return content;
}

}  // namespace ranh::postgis
