#include "spatial/store/gpkg/staging.hpp"

#include "spatial/codec/wkb.hpp"
#include "spatial/store/feature_record.hpp"
#include "spatial/store/gpkg/geometry_blob.hpp"
#include "spatial/store/gpkg/tables.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ranh::gpkg {
namespace {

/// Column names and "?1, ?2, …" in one fixed order: what append() binds.
constexpr std::string_view fixed_columns =
    "ranh_id, epsg, type, min_x, min_y, max_x, max_y, geom, area_stated_m2, area_planar_m2, area_ellipsoid_m2, "
    "ranh_hash";
constexpr int fixed_count = 12;

std::string insert_sql(const std::string& name, std::size_t fields) {
    std::string columns(fixed_columns);
    std::string places = "?1";
    for (int i = 2; i <= fixed_count + static_cast<int>(fields); ++i) {
        places += fmt::format(", ?{}", i);
    }
    for (const std::string& column : staging_columns(fields)) {
        columns += ", " + column;
    }
    return fmt::format("INSERT OR IGNORE INTO {}({}) VALUES({})", name, columns, places);
}

void bind_area(Statement& statement, int parameter, const std::optional<double>& area) {
    if (area) {
        statement.bind(parameter, *area);
    } else {
        statement.bind_null(parameter);
    }
}

void bind_value(Statement& statement, int parameter, const model::Value& value) {
    switch (value.index()) {
        case 1: statement.bind(parameter, std::int64_t{std::get<bool>(value)}); break;
        case 2: statement.bind(parameter, std::get<std::int64_t>(value)); break;
        case 3: statement.bind(parameter, std::get<double>(value)); break;
        case 4: statement.bind(parameter, std::string_view(std::get<std::string>(value))); break;
        case 5: statement.bind(parameter, std::get<Date>(value).to_string()); break;
        default: statement.bind_null(parameter); break;
    }
}

std::string listed(const std::vector<std::string>& columns, std::string_view prefix, bool quote) {
    std::string text;
    for (const std::string& column : columns) {
        text += fmt::format(", {}{}", prefix, quote ? sql_name(column) : column);
    }
    return text;
}

/// Rows may be shared between versions only when the fields mean the same and stand in the same columns.
bool same_columns(const VersionRecord& a, const VersionRecord& b) {
    const auto& left = a.version.description.schema.fields;
    const auto& right = b.version.description.schema.fields;
    return a.columns == b.columns && std::equal(left.begin(), left.end(), right.begin(), right.end(),
                                                [](const model::Field& x, const model::Field& y) {
                                                    return x.name == y.name && x.type == y.type;
                                                });
}

bool may_share_rows(const Database& database, const VersionRecord& record) {
    const std::vector<VersionRecord> records = read_records(database, &record.version.layer);
    const auto newest = std::find_if(records.rbegin(), records.rend(), [&](const VersionRecord& other) {
        return !other.version.held && other.version.number < record.version.number;
    });
    return newest != records.rend() && same_columns(*newest, record);
}

/// Moves the rows of a part that version N no longer has, or has in another form, to its history.
void retire_rows(const Database& database, const Part& part, const std::string& staging, std::int64_t number,
                 bool share) {
    std::string columns;
    Statement names = database.prepare("SELECT name FROM pragma_table_info(?1) WHERE name <> 'fid'");
    names.bind(1, part.table);
    while (names.step()) {
        columns += sql_name(names.text(0)) + ", ";
    }
    const std::string kept =
        share
            ? fmt::format(
                  "WHERE NOT EXISTS (SELECT 1 FROM {} s WHERE s.ranh_id = t.ranh_id AND s.epsg = {} AND s.ranh_hash = "
                  "t.ranh_hash AND s.area_planar_m2 IS t.area_planar_m2 AND s.area_ellipsoid_m2 IS "
                  "t.area_ellipsoid_m2)",
                  staging, part.epsg)
            : "";
    const std::string table = sql_name(part.table);
    database.execute(
        "CREATE TEMP TABLE IF NOT EXISTS ranh_retired (fid INTEGER PRIMARY KEY); DELETE FROM temp.ranh_retired;");
    database.execute(fmt::format("INSERT INTO temp.ranh_retired SELECT fid FROM main.{} t {}", table, kept));
    database.execute(
        fmt::format("INSERT INTO main.{0}({1}last_version) SELECT {1}{2} FROM main.{3} WHERE fid IN (SELECT fid FROM "
                    "temp.ranh_retired) ORDER BY fid",
                    sql_name(part.history()), columns, number - 1, table));
    database.execute(fmt::format("DELETE FROM main.{} WHERE fid IN (SELECT fid FROM temp.ranh_retired)", table));
}

void add_rows(const Database& database, const Part& part, const std::string& staging, const VersionRecord& record) {
    constexpr std::string_view shared = "geom, ranh_id, area_stated_m2, area_planar_m2, area_ellipsoid_m2, ranh_hash";
    const std::string table = sql_name(part.table);
    const std::string into =
        fmt::format("INSERT INTO main.{}({}, first_version{})", table, shared, listed(record.columns, "", true));
    const std::string values =
        fmt::format("SELECT {}, {}{} FROM {} s WHERE epsg = {}", shared, record.version.number.value(),
                    listed(staging_columns(record.columns.size()), "s.", false), staging, part.epsg);
    // Without any row left to keep, the index is built faster after the rows than with them.
    if (database.integer(fmt::format("SELECT EXISTS (SELECT 1 FROM main.{})", table)) == 0) {
        const std::string index = sql_name(part.table + "_ranh_id");
        database.execute(fmt::format("DROP INDEX IF EXISTS main.{}", index));
        database.execute(fmt::format("{} {} ORDER BY n", into, values));
        database.execute(fmt::format("CREATE UNIQUE INDEX main.{} ON {} (ranh_id)", index, table));
    } else {
        database.execute(
            fmt::format("{} {} AND NOT EXISTS (SELECT 1 FROM main.{} t WHERE t.ranh_id = s.ranh_id) ORDER BY n", into,
                        values, table));
    }
}

/// The type all staged rows of a part have; GEOMETRY when they differ (OGC 12-128r17 annex G, table 30).
std::string staged_type(const Database& database, const std::string& staging, int epsg) {
    Statement types = database.prepare(
        fmt::format("SELECT MIN(type), MAX(type) FROM {} WHERE epsg = {} AND geom NOT NULL", staging, epsg));
    if (!types.step() || types.is_null(0) || types.integer(0) != types.integer(1)) {
        return "GEOMETRY";
    }
    std::string name(geom::to_string(static_cast<geom::GeometryType>(types.integer(0))));
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return name;
}

std::optional<geom::Box> staged_box(const Database& database, const std::string& staging, int epsg) {
    Statement box = database.prepare(
        fmt::format("SELECT MIN(min_x), MIN(min_y), MAX(max_x), MAX(max_y) FROM {} WHERE epsg = {}", staging, epsg));
    if (!box.step() || box.is_null(0)) {
        return std::nullopt;
    }
    return geom::Box{{box.real(0), box.real(1)}, {box.real(2), box.real(3)}};
}

std::string title_of(const VersionRecord& record, const Part& part) {
    const std::string& title = record.version.description.title;
    const std::string name = title.empty() ? record.version.layer.text() : title;
    const bool further = part.table != record.version.layer.text();
    return further ? fmt::format("{} – {}", name, crs::Crs::from_epsg(part.epsg).value().name()) : name;
}

}  // namespace

std::vector<std::string> staging_columns(std::size_t fields) {
    std::vector<std::string> columns;
    for (std::size_t i = 0; i < fields; ++i) {
        columns.push_back(fmt::format("v{}", i));
    }
    return columns;
}

std::string staging_table_sql(const std::string& name, std::size_t fields) {
    return fmt::format(
        "CREATE TABLE {} (n INTEGER PRIMARY KEY, ranh_id TEXT NOT NULL UNIQUE, epsg INTEGER NOT NULL, type INTEGER, "
        "min_x REAL, min_y "
        "REAL, max_x REAL, max_y REAL, geom BLOB, area_stated_m2 REAL, area_planar_m2 REAL, area_ellipsoid_m2 REAL, "
        "ranh_hash BLOB NOT "
        "NULL{})",
        name, listed(staging_columns(fields), "", false));
}

StagingTable::StagingTable(const Database& database, std::string name, std::size_t fields)
    : m_database(database), m_name(std::move(name)), m_insert([&] {
          database.execute(staging_table_sql(m_name, fields));
          return database.prepare(insert_sql(m_name, fields));
      }()) {}

void StagingTable::append(const model::Feature& feature) {
    const std::string wkb = feature.geometry ? codec::to_wkb(*feature.geometry) : std::string();
    const std::string blob = feature.geometry ? to_blob(wkb, feature.crs.epsg(), *feature.geometry) : std::string();
    const Sha256 hash = store::content_hash(feature, wkb);
    m_insert.bind(1, feature.id.text()).bind(2, std::int64_t{feature.crs.epsg()});
    if (feature.geometry) {
        const geom::Box box = feature.geometry->box().value();
        m_insert.bind(3, static_cast<std::int64_t>(feature.geometry->type()));
        m_insert.bind(4, box.min.x).bind(5, box.min.y).bind(6, box.max.x).bind(7, box.max.y).bind_blob(8, blob);
    } else {
        for (int i = 3; i <= 8; ++i) {
            m_insert.bind_null(i);
        }
    }
    bind_area(m_insert, 9, feature.areas.area_stated_m2);
    bind_area(m_insert, 10, feature.areas.area_planar_m2);
    bind_area(m_insert, 11, feature.areas.area_ellipsoid_m2);
    m_insert.bind_blob(12, {reinterpret_cast<const char*>(hash.bytes.data()), hash.bytes.size()});
    for (std::size_t i = 0; i < feature.values.size(); ++i) {
        bind_value(m_insert, fixed_count + 1 + static_cast<int>(i), feature.values[i]);
    }
    m_insert.run();
    if (m_database.changes() == 0) {
        throw Failure(ErrorKind::conflict,
                      fmt::format("feature '{}' comes twice in one version; every id must be unique in its layer",
                                  feature.id.text()));
    }
    m_sum.add(hash);
    ++m_count;
}

std::vector<crs::Crs> staged_systems(const Database& database, const std::string& name, const LayerId& layer) {
    std::vector<int> codes;
    Statement with_geometry =
        database.prepare(fmt::format("SELECT DISTINCT epsg FROM {} WHERE geom NOT NULL ORDER BY epsg", name));
    while (with_geometry.step()) {
        codes.push_back(static_cast<int>(with_geometry.integer(0)));
    }
    Statement first = database.prepare(fmt::format("SELECT epsg FROM {} ORDER BY n LIMIT 1", name));
    if (codes.empty() && first.step()) {
        const std::vector<Part> parts = parts_of(database, layer);
        codes.push_back(parts.empty() ? static_cast<int>(first.integer(0)) : parts.front().epsg);
    }
    std::vector<crs::Crs> systems;
    for (const int code : codes) {
        systems.push_back(crs::Crs::from_epsg(code).value());
    }
    return systems;
}

void apply_staging(const Database& database, const std::string& name, VersionRecord& record) {
    const model::LayerVersion& version = record.version;
    std::vector<Part> parts = parts_of(database, version.layer);
    for (const crs::Crs& crs : version.systems) {
        if (std::none_of(parts.begin(), parts.end(), [&](const Part& part) { return part.epsg == crs.epsg(); })) {
            parts.push_back(create_part(database, version.layer, crs));
        }
    }
    if (parts.empty()) {  // a first version without any feature
        parts.push_back(create_part(database, version.layer, crs::wgs84()));
    }
    record.columns = add_columns(database, parts, version.description.schema).columns;
    database.execute(fmt::format("UPDATE {} SET epsg = {} WHERE geom ISNULL", name, parts.front().epsg));
    const bool share = may_share_rows(database, record);
    for (const Part& part : parts) {
        retire_rows(database, part, name, version.number.value(), share);
        add_rows(database, part, name, record);
        describe_part(database, part, title_of(record, part), staged_box(database, name, part.epsg),
                      staged_type(database, name, part.epsg));
    }
}

}  // namespace ranh::gpkg
