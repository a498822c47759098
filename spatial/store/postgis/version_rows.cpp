#include "spatial/store/postgis/version_rows.hpp"

#include "spatial/store/postgis/staging.hpp"
#include "spatial/store/postgis/tables.hpp"
#include "spatial/store/postgis/version_reader.hpp"
#include "spatial/store/version_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>

namespace ranh::postgis {
namespace {

constexpr std::string_view shared = "geom, ranh_id, area_stated_m2, area_planar_m2, area_ellipsoid_m2, ranh_hash";

std::string listed(const std::vector<std::string>& columns, std::string_view prefix) {
    std::string text;
    for (const std::string& column : columns) {
        text += fmt::format(", {}{}", prefix, sql_name(column));
    }
    return text;
}

bool may_share_rows(const Database& database, const VersionRecord& record) {
    const std::vector<VersionRecord> records = read_records(database, &record.version.layer);
    const auto newest = std::find_if(records.rbegin(), records.rend(), [&](const VersionRecord& other) {
        return !other.version.held && other.version.number < record.version.number;
    });
    return newest != records.rend() && newest->columns == record.columns &&
           store::same_fields(newest->version.description.schema, record.version.description.schema);
}

/// A staged row `s` and a current row `t` of a part hold the same.
std::string same_row(const Part& part) {
    return fmt::format(
        "s.epsg = {} AND s.ranh_hash = t.ranh_hash AND s.area_planar_m2 IS NOT DISTINCT FROM t.area_planar_m2 AND "
        "s.area_ellipsoid_m2 IS NOT DISTINCT FROM t.area_ellipsoid_m2",
        part.epsg);
}

/// Moves the current rows `t` that meet a condition to the history of the part, as rows that `record` no longer has;
/// gives the statement that hands out their hashes.
std::string retire_sql(const Database& database, const Part& part, const std::string& condition,
                       const VersionRecord& record) {
    std::string columns;
    for (const std::string& name : column_names(database, part.table)) {
        if (name != "fid") {
            columns += (columns.empty() ? "" : ", ") + sql_name(name);
        }
    }
    return fmt::format(
        "WITH gone AS (DELETE FROM {0} t WHERE {1} RETURNING t.*), kept AS (INSERT INTO {2}({3}, last_version) SELECT "
        "{3}, {4} FROM gone) SELECT ranh_hash FROM gone",
        database.table(part.table), condition, database.table(part.history()), columns,
        record.version.number.value() - 1);
}

std::string add_sql(const Database& database, const Part& part, const std::string& staging,
                    const VersionRecord& record) {
    const std::string table = database.table(part.table);
    std::string values;
    for (const std::string& column : staging_columns(record.columns.size())) {
        values += ", s." + column;
    }
    const std::string unless_there =
        part.is_new ? "" : fmt::format(" AND NOT EXISTS (SELECT 1 FROM {} t WHERE t.ranh_id = s.ranh_id)", table);
    return fmt::format("INSERT INTO {}({}, first_version{}) SELECT {}, {}{} FROM {} s WHERE s.epsg = {}{}", table,
                       shared, listed(record.columns, ""), shared, record.version.number.value(), values, staging,
                       part.epsg, unless_there);
}

/// Runs a statement whose rows are hashes.
void for_each_digest(const Database& database, const std::string& sql,
                     const std::function<void(const std::string&)>& visit) {
    const Rows rows = database.query(sql);
    for (int i = 0; i < rows.size(); ++i) {
        visit(rows.text(i, 0));
    }
}

/// From "\x0123…".
Sha256 digest_of(const std::string& text, const Database& database) {
    const auto digest = Sha256::parse(text.starts_with("\\x") ? text.substr(2) : text);
    if (!digest.ok()) {
        throw Failure(ErrorKind::corrupt_input,
                      fmt::format("a row has the hash '{}', 64 digits expected; restore the last backup", text),
                      database.address().name);
    }
    return digest.value();
}

/// The parts of the layer, with new ones for the systems that have none yet.
std::vector<Part> parts_for(const Database& database, const LayerId& layer, const std::vector<crs::Crs>& systems) {
    std::vector<Part> parts = parts_of(database, layer);
    for (const crs::Crs& crs : systems) {
        if (std::none_of(parts.begin(), parts.end(), [&](const Part& part) { return part.epsg == crs.epsg(); })) {
            parts.push_back(create_part(database, layer, crs));
        }
    }
    if (parts.empty()) {  // a first version without any feature
        parts.push_back(create_part(database, layer, crs::wgs84()));
    }
    return parts;
}

/// Features without geometry stand in the first part.
void stage_into_first_part(const Database& database, const std::string& staging, const std::vector<Part>& parts) {
    database.execute(fmt::format("UPDATE {} SET epsg = {} WHERE geom IS NULL AND epsg <> {}", staging,
                                 parts.front().epsg, parts.front().epsg));
}

void finish_part(const Database& database, const Part& part, const VersionRecord& record) {
    if (part.is_new) {
        complete_part(database, record.version.layer, part);
    }
    const bool is_further = part.table != record.version.layer.text();
    set_title(database, part, store::part_title(record.version, part.epsg, is_further));
}

bool has_geometry(const Database& database, const Part& part) {
    return database.integer(fmt::format("SELECT EXISTS (SELECT 1 FROM {} WHERE geom IS NOT NULL)::int",
                                        database.table(part.table))) != 0;
}

}  // namespace

void apply_staging(const Database& database, const std::string& staging, VersionRecord& record) {
    const std::vector<Part> parts = parts_for(database, record.version.layer, record.version.systems);
    record.columns = add_columns(database, parts, record.version.description.schema).columns;
    stage_into_first_part(database, staging, parts);
    if (std::any_of(parts.begin(), parts.end(), [](const Part& part) { return !part.is_new; }) || parts.size() > 1) {
        prepare_join(database, staging);  // else the index of ids finds one that comes twice
    }
    const bool share = may_share_rows(database, record);
    for (const Part& part : parts) {
        if (!part.is_new) {
            const std::string changed =
                share ? fmt::format("NOT EXISTS (SELECT 1 FROM {} s WHERE s.ranh_id = t.ranh_id AND {})", staging,
                                    same_row(part))
                      : "true";
            // The rows are counted, not fetched.
            database.execute(fmt::format("{} LIMIT 0", retire_sql(database, part, changed, record)));
        }
        database.execute(add_sql(database, part, staging, record));
        finish_part(database, part, record);
    }
}

void apply_loaded(const Database& database, const std::string& loaded, const crs::Crs& crs, VersionRecord& record) {
    const model::Schema& schema = record.version.description.schema;
    const std::vector<std::string> staged = staging_columns(schema.fields.size());
    const std::vector<std::string> columns = first_columns(schema, staged);
    std::string changes =
        fmt::format("ALTER TABLE {0} DROP COLUMN epsg; ALTER TABLE {0} ALTER first_version DROP DEFAULT", loaded);
    for (std::size_t i = 0; i < staged.size(); ++i) {
        changes += fmt::format("; ALTER TABLE {} RENAME COLUMN {} TO {}", loaded, staged[i], sql_name(columns[i]));
    }
    database.execute(changes);
    const Part part = adopt_part(database, record.version.layer, crs, loaded);
    record.columns = add_columns(database, {part}, schema).columns;
    finish_part(database, part, record);
}

void apply_change(const Database& database, const std::string& staging, const std::string& removed,
                  const VersionRecord& base, VersionRecord& record) {
    const std::vector<Part> parts = parts_for(database, record.version.layer, record.version.systems);
    record.columns = add_columns(database, parts, record.version.description.schema).columns;
    stage_into_first_part(database, staging, parts);
    prepare_join(database, staging);
    DigestSum sum(base.version.content_hash);
    std::int64_t count = base.version.feature_count;
    record.version.systems.clear();
    for (const Part& part : parts) {
        if (!part.is_new) {
            // The few staged and removed rows look up the many current ones by the index of ids.
            const std::string changed = fmt::format(
                "t.fid IN (SELECT t.fid FROM {0} s JOIN {1} t ON t.ranh_id = s.ranh_id WHERE NOT ({2}) UNION ALL "
                "SELECT "
                "t.fid FROM {3} r JOIN {1} t ON t.ranh_id = r.ranh_id WHERE NOT EXISTS (SELECT 1 FROM {0} s WHERE "
                "s.ranh_id = r.ranh_id))",
                staging, database.table(part.table), same_row(part), removed);
            for_each_digest(database, retire_sql(database, part, changed, record), [&](const std::string& text) {
                sum.subtract(digest_of(text, database));
                --count;
            });
        }
        for_each_digest(database, add_sql(database, part, staging, record) + " RETURNING ranh_hash",
                        [&](const std::string& text) {
                            sum.add(digest_of(text, database));
                            ++count;
                        });
        finish_part(database, part, record);
        if (has_geometry(database, part)) {
            record.version.systems.push_back(crs::Crs::from_epsg(part.epsg).value());
        }
    }
    if (record.version.systems.empty() && count > 0) {
        record.version.systems.push_back(crs::Crs::from_epsg(parts.front().epsg).value());
    }
    std::sort(record.version.systems.begin(), record.version.systems.end(),
              [](const crs::Crs& a, const crs::Crs& b) { return a.epsg() < b.epsg(); });
    record.version.feature_count = count;
    record.version.content_hash = sum.value();
}

}  // namespace ranh::postgis
