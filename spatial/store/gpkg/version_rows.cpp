#include "spatial/store/gpkg/version_rows.hpp"

#include "spatial/store/gpkg/layer_style.hpp"
#include "spatial/store/gpkg/rtree_load.hpp"
#include "spatial/store/gpkg/staging.hpp"
#include "spatial/store/gpkg/tables.hpp"
#include "spatial/store/version_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>

namespace ranh::gpkg {
namespace {

std::string listed(const std::vector<std::string>& columns, std::string_view prefix, bool quote) {
    std::string text;
    for (const std::string& column : columns) {
        text += fmt::format(", {}{}", prefix, quote ? sql_name(column) : column);
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
        "s.epsg = {} AND s.ranh_hash = t.ranh_hash AND s.area_planar_m2 IS t.area_planar_m2 AND s.area_ellipsoid_m2 IS "
        "t.area_ellipsoid_m2",
        part.epsg);
}

/// Moves the current rows whose fid `selected` gives to the history of the part, as rows that `record` no longer has.
void retire_rows(const Database& database, const Part& part, const std::string& selected, const VersionRecord& record) {
    std::string columns;
    Statement names = database.prepare("SELECT name FROM pragma_table_info(?1) WHERE name <> 'fid'");
    names.bind(1, part.table);
    while (names.step()) {
        columns += sql_name(names.text(0)) + ", ";
    }
    const std::string table = sql_name(part.table);
    database.execute(
        "CREATE TEMP TABLE IF NOT EXISTS ranh_retired (fid INTEGER PRIMARY KEY); DELETE FROM temp.ranh_retired;");
    database.execute("INSERT OR IGNORE INTO temp.ranh_retired " + selected);
    database.execute(
        fmt::format("INSERT INTO main.{0}({1}last_version) SELECT {1}{2} FROM main.{3} WHERE fid IN (SELECT fid FROM "
                    "temp.ranh_retired) ORDER BY fid",
                    sql_name(part.history()), columns, record.version.number.value() - 1, table));
    database.execute(fmt::format("DELETE FROM main.{} WHERE fid IN (SELECT fid FROM temp.ranh_retired)", table));
}

/// The columns of the tables of a layer that a staged row fills, and what of `s` goes into each.
struct RowColumns {
    std::string into;
    std::string values;
};

RowColumns row_columns(const VersionRecord& record) {
    constexpr std::string_view shared = "geom, ranh_id, area_stated_m2, area_planar_m2, area_ellipsoid_m2, ranh_hash";
    return {fmt::format("{}, first_version{}", shared, listed(record.columns, "", true)),
            fmt::format("{}, {}{}", shared, record.version.number.value(),
                        listed(staging_columns(record.columns.size()), "s.", false))};
}

/// The triggers that every inserted row of a table fires, taken away for as long as this lives and put back by
/// restore(). Without it the transaction must end.
class WithoutInsertTriggers {
public:
    WithoutInsertTriggers(const Database& database, const std::string& table) : m_database(database) {
        for (const std::string& name :
             {fmt::format("rtree_{}_geom_insert", table), fmt::format("ranh_guard_{}_INSERT", table)}) {
            Statement row = database.prepare("SELECT sql FROM main.sqlite_schema WHERE type = 'trigger' AND name = ?1");
            if (row.bind(1, name).step()) {
                m_sql.emplace_back(row.text(0));
                row.reset();
                database.execute(fmt::format("DROP TRIGGER main.{}", sql_name(name)));
            }
        }
    }
    void restore() const {
        for (const std::string& sql : m_sql) {
            m_database.execute(sql);
        }
    }

private:
    const Database& m_database;
    std::vector<std::string> m_sql;
};

/// All rows of a part that has none: indexes are built faster after the rows than with them.
void fill_part(const Database& database, const Part& part, const std::string& staging, const VersionRecord& record) {
    const std::string table = sql_name(part.table);
    const std::string index = sql_name(part.table + "_ranh_id");
    const RowColumns columns = row_columns(record);
    // Numbers are never given twice: those of the rows go on behind the greatest there was.
    Statement last = database.prepare("SELECT seq FROM main.sqlite_sequence WHERE name = ?1");
    const std::int64_t before = last.bind(1, part.table).step() ? last.integer(0) : 0;
    last.reset();
    const WithoutInsertTriggers without_triggers(database, part.table);
    database.execute(fmt::format("DROP INDEX IF EXISTS main.{}", index));
    database.execute(fmt::format("INSERT INTO main.{}(fid, {}) SELECT {} + n, {} FROM {} s WHERE epsg = {} ORDER BY n",
                                 table, columns.into, before, columns.values, staging, part.epsg));
    database.execute(fmt::format("CREATE UNIQUE INDEX main.{} ON {} (ranh_id)", index, table));
    load_rtree(database, part.table,
               fmt::format("SELECT {} + n, min_x, min_y, max_x, max_y FROM {} WHERE epsg = {} AND geom NOT NULL ORDER "
                           "BY n",
                           before, staging, part.epsg));
    without_triggers.restore();
}

void add_rows(const Database& database, const Part& part, const std::string& staging, const VersionRecord& record) {
    const std::string table = sql_name(part.table);
    if (database.integer(fmt::format("SELECT EXISTS (SELECT 1 FROM main.{})", table)) == 0) {
        fill_part(database, part, staging, record);
        return;
    }
    const RowColumns columns = row_columns(record);
    database.execute(
        fmt::format("INSERT INTO main.{0}({1}) SELECT {2} FROM {3} s WHERE epsg = {4} AND NOT EXISTS (SELECT "
                    "1 FROM main.{0} t WHERE t.ranh_id = s.ranh_id) ORDER BY n",
                    table, columns.into, columns.values, staging, part.epsg));
}

/// The type all staged features of a part have, nothing when none has a geometry; GEOMETRY when they differ (OGC
/// 12-128r17 annex G, table 30).
std::optional<std::string> staged_type(const StagedContent& content, int epsg) {
    const auto part = content.parts.find(epsg);
    if (part == content.parts.end()) {
        return std::nullopt;
    }
    if (part->second.least_type != part->second.greatest_type) {
        return "GEOMETRY";
    }
    std::string name(geom::to_string(static_cast<geom::GeometryType>(part->second.least_type)));
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return name;
}

std::optional<geom::Box> staged_box(const StagedContent& content, int epsg) {
    const auto part = content.parts.find(epsg);
    return part == content.parts.end() ? std::nullopt : std::optional(part->second.box);
}

std::optional<geom::Box> box_in(Statement row) {
    if (!row.step() || row.is_null(0)) {
        return std::nullopt;
    }
    return geom::Box{{row.real(0), row.real(1)}, {row.real(2), row.real(3)}};
}

std::optional<geom::Box> described_box(const Database& database, const Part& part) {
    Statement row = database.prepare("SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = ?1");
    row.bind(1, part.table);
    return box_in(std::move(row));
}

std::string described_type(const Database& database, const Part& part) {
    Statement row = database.prepare("SELECT geometry_type_name FROM gpkg_geometry_columns WHERE table_name = ?1");
    row.bind(1, part.table);
    return row.step() ? std::string(row.text(0)) : std::string("GEOMETRY");
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
void stage_into_first_part(const Database& database, const Staged& staged, const std::vector<Part>& parts) {
    if (!staged.content.lacks_geometry) {
        return;
    }
    database.execute(fmt::format("UPDATE {} SET epsg = {} WHERE geom ISNULL", staged.table, parts.front().epsg));
}

bool has_geometry(const Database& database, const Part& part) {
    return database.integer(
               fmt::format("SELECT EXISTS (SELECT 1 FROM main.{} WHERE geom NOT NULL)", sql_name(part.table))) != 0;
}

/// The box and type of a part to which staged rows were added.
void describe_grown_part(const Database& database, const Part& part, const StagedContent& content,
                         const VersionRecord& record, bool had_geometry) {
    std::optional<geom::Box> box = staged_box(content, part.epsg);
    std::string type = described_type(database, part);
    if (const auto added = staged_type(content, part.epsg)) {
        type = !had_geometry || type == *added ? *added : "GEOMETRY";
    }
    if (const auto before = described_box(database, part); had_geometry && before) {
        box = box ? geom::united(*box, *before) : *before;
    }
    describe_part(database, part,
                  store::part_title(record.version, part.epsg, part.table != record.version.layer.text()), box, type);
}

Sha256 digest_at(const Statement& row, const Database& database) {
    Sha256 digest;
    const std::string_view bytes = row.blob(0);
    if (bytes.size() != digest.bytes.size()) {
        throw Failure(ErrorKind::corrupt_input,
                      fmt::format("a row has a hash of {} bytes, {} expected; take the last backup", bytes.size(),
                                  digest.bytes.size()),
                      database.file());
    }
    std::copy(bytes.begin(), bytes.end(), digest.bytes.begin());
    return digest;
}

void for_each_digest(const Database& database, const std::string& sql,
                     const std::function<void(const Sha256&)>& visit) {
    Statement rows = database.prepare(sql);
    while (rows.step()) {
        visit(digest_at(rows, database));
    }
}

}  // namespace

void apply_staging(const Database& database, const Staged& staged, VersionRecord& record) {
    const std::string& staging = staged.table;
    const std::vector<Part> parts = parts_for(database, record.version.layer, record.version.systems);
    record.columns = add_columns(database, parts, record.version.description.schema).columns;
    stage_into_first_part(database, staged, parts);
    const bool share = may_share_rows(database, record);
    for (const Part& part : parts) {
        const std::string kept =
            share ? fmt::format("WHERE NOT EXISTS (SELECT 1 FROM {} s WHERE s.ranh_id = t.ranh_id AND {})", staging,
                                same_row(part))
                  : "";
        retire_rows(database, part, fmt::format("SELECT fid FROM main.{} t {}", sql_name(part.table), kept), record);
        add_rows(database, part, staging, record);
        describe_part(
            database, part, store::part_title(record.version, part.epsg, part.table != record.version.layer.text()),
            staged_box(staged.content, part.epsg), staged_type(staged.content, part.epsg).value_or("GEOMETRY"));
        add_layer_style(database, part.table, record.version.description, described_type(database, part));
    }
}

void apply_change(const Database& database, const Staged& staged, const std::string& removed, const VersionRecord& base,
                  VersionRecord& record) {
    const std::string& staging = staged.table;
    const std::vector<Part> parts = parts_for(database, record.version.layer, record.version.systems);
    record.columns = base.columns;
    static_cast<void>(add_columns(database, parts, record.version.description.schema));  // to a part that is new
    stage_into_first_part(database, staged, parts);
    DigestSum sum(base.version.content_hash);
    std::int64_t count = base.version.feature_count;
    record.version.systems.clear();
    for (const Part& part : parts) {
        const bool had_geometry = has_geometry(database, part);
        const std::string table = "main." + sql_name(part.table);
        // CROSS JOIN keeps SQLite's order: the few staged and removed rows look up the many current ones.
        const std::string selected = fmt::format(
            "SELECT t.fid FROM {0} s CROSS JOIN {1} t ON t.ranh_id = s.ranh_id WHERE NOT ({2}) UNION ALL SELECT t.fid "
            "FROM {3} r CROSS JOIN {1} t ON t.ranh_id = r.ranh_id WHERE NOT EXISTS (SELECT 1 FROM {0} s WHERE "
            "s.ranh_id = r.ranh_id)",
            staging, table, same_row(part), removed);
        const std::string digests = fmt::format("SELECT ranh_hash FROM {} WHERE fid IN ({})", table, selected);
        for_each_digest(database, digests, [&](const Sha256& digest) { sum.subtract(digest), --count; });
        retire_rows(database, part, selected, record);
        const std::string added = fmt::format(
            "SELECT ranh_hash FROM {} s WHERE epsg = {} AND NOT EXISTS (SELECT 1 FROM {} t WHERE t.ranh_id = "
            "s.ranh_id)",
            staging, part.epsg, table);
        for_each_digest(database, added, [&](const Sha256& digest) { sum.add(digest), ++count; });
        add_rows(database, part, staging, record);
        describe_grown_part(database, part, staged.content, record, had_geometry);
        add_layer_style(database, part.table, record.version.description, described_type(database, part));
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

}  // namespace ranh::gpkg
