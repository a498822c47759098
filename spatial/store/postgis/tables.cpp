#include "spatial/store/postgis/tables.hpp"

#include "spatial/store/postgis/table_sql.hpp"
#include "spatial/store/version_rules.hpp"

#include <fmt/format.h>

#include <random>
#include <set>

namespace ranh::postgis {
namespace {

constexpr std::size_t longest_column = 63;

const std::set<std::string>& taken_names() {
    // What the tables need themselves, and PostgreSQL's columns of every table.
    static const std::set<std::string> own{"fid",
                                           "geom",
                                           "ranh_id",
                                           "ranh_hash",
                                           "area_stated_m2",
                                           "area_planar_m2",
                                           "area_ellipsoid_m2",
                                           "first_version",
                                           "last_version",
                                           "tableoid",
                                           "xmin",
                                           "cmin",
                                           "xmax",
                                           "cmax",
                                           "ctid"};
    return own;
}

std::string with_schema(std::string_view sql, const Address& address) {
    constexpr std::string_view place = "{schema}";
    std::string text(sql);
    for (std::size_t at = 0; (at = text.find(place, at)) != std::string::npos;) {
        text.replace(at, place.size(), sql_name(address.schema));
    }
    return text;
}

std::string reader_role(const Address& address) { return address.schema + "_reader"; }
std::string writer_role(const Address& address) { return address.schema + "_writer"; }

bool has_role(const Database& database, const std::string& role) {
    return !database.query("SELECT 1 FROM pg_roles WHERE rolname = $1", {role}).empty();
}

/// Makes the two roles where they are missing and the user may; what is made from here on belongs to the writers.
void take_roles(const Database& database) {
    const Address& address = database.address();
    if (database.integer("SELECT (rolsuper OR rolcreaterole)::int FROM pg_roles WHERE rolname = current_user") != 0) {
        for (const std::string& role : {reader_role(address), writer_role(address)}) {
            if (!has_role(database, role)) {
                database.execute(fmt::format("CREATE ROLE {} NOLOGIN", sql_name(role)));
            }
        }
        const std::string writers = sql_name(writer_role(address));
        if (database.integer("SELECT pg_has_role($1, 'MEMBER')::int", {writer_role(address)}) == 0) {
            database.execute(fmt::format("GRANT {} TO CURRENT_USER", writers));
        }
    }
}

void require_postgis(const Database& database) {
    const auto is_there = [&] {
        return !database.query("SELECT 1 FROM pg_extension WHERE extname = 'postgis'").empty();
    };
    if (is_there()) {
        return;
    }
    try {
        database.execute("CREATE EXTENSION postgis");
    } catch (const Failure& failure) {
        throw Failure(ErrorKind::unsupported,
                      fmt::format("the database lacks PostGIS and this user cannot add it ({}); ask its administrator "
                                  "for `CREATE EXTENSION postgis`",
                                  failure.error().sentence),
                      database.address().name);
    }
}

void require_utf8(const Database& database) {
    const std::string encoding = database.query("SHOW server_encoding").text(0, 0);
    if (encoding != "UTF8") {
        throw Failure(ErrorKind::unsupported,
                      fmt::format("the database keeps text as {}, UTF8 is needed; make one with `createdb -E UTF8 -T "
                                  "template0`",
                                  encoding),
                      database.address().name);
    }
}

void create_schema(const Database& database) {
    const Address& address = database.address();
    const std::string schema = sql_name(address.schema);
    const bool there = !database.query("SELECT 1 FROM pg_namespace WHERE nspname = $1", {address.schema}).empty();
    if (there && database.integer("SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE "
                                  "n.nspname = $1",
                                  {address.schema}) > 0) {
        throw Failure(ErrorKind::conflict,
                      fmt::format("the schema '{}' holds other tables and no workspace of ranh; name another with "
                                  "?schema=",
                                  address.schema),
                      address.name);
    }
    take_roles(database);
    const bool writers = has_role(database, writer_role(address));
    if (!there) {
        database.execute(fmt::format("CREATE SCHEMA {}{}", schema,
                                     writers ? " AUTHORIZATION " + sql_name(writer_role(address)) : ""));
    }
    if (writers) {
        database.execute("SET ROLE " + sql_name(writer_role(address)));
    }
    if (has_role(database, reader_role(address))) {
        const std::string readers = sql_name(reader_role(address));
        database.execute(
            fmt::format("GRANT USAGE ON SCHEMA {0} TO {1}; ALTER DEFAULT PRIVILEGES IN SCHEMA {0} GRANT "
                        "SELECT ON TABLES TO {1}",
                        schema, readers));
    }
    database.execute(
        fmt::format("CREATE TABLE {}.ranh_migration (number bigint PRIMARY KEY, applied_at timestamptz NOT "
                    "NULL DEFAULT now(), applied_by text NOT NULL DEFAULT session_user)",
                    schema));
}

std::int64_t layout_of(const Database& database) {
    return database.integer("SELECT max(number) FROM " + database.table("ranh_migration"));
}

/// 128 random bits: caches of other machines tell workspaces apart by it.
std::string new_workspace_id() {
    std::random_device random;
    return fmt::format("{:08x}{:08x}{:08x}{:08x}", random(), random(), random(), random());
}

void fill_settings(const Database& database, const crs::WorkingPlaneCentre& centre) {
    const auto add = [&](const std::string& name, const std::string& value) {
        database.query(fmt::format("INSERT INTO {} VALUES ($1, $2)", database.table("ranh_setting")), {name, value});
    };
    add("change_counter", "1");
    add("workspace_id", new_workspace_id());
    add("plane_latitude_deg", fmt::format("{}", centre.latitude_deg));
    add("plane_longitude_deg", fmt::format("{}", centre.longitude_deg));
    add("lattice_sides", store::lattice_sides());
    for (const char* table : {"ranh_layer_version", "ranh_quarantine", "ranh_setting", "ranh_part"}) {
        guard_table(database, table, "");
    }
}

/// So that QGIS knows the system; without the right to write there it asks the user.
void add_spatial_reference(const Database& database, const crs::Crs& crs) {
    if (database.integer("SELECT has_table_privilege('spatial_ref_sys', 'INSERT')::int") != 0) {
        database.query(
            "INSERT INTO spatial_ref_sys(srid, auth_name, auth_srid, srtext) VALUES ($1, 'EPSG', $1, $2) ON "
            "CONFLICT DO NOTHING",
            {std::to_string(crs.epsg()), crs.wkt()});
    }
}

/// Makes what belongs to a part whose table of current rows is there.
void register_part(const Database& database, const LayerId& layer, const crs::Crs& crs, const Part& part) {
    add_spatial_reference(database, crs);
    database.execute(
        fmt::format("CREATE TABLE {0} ({1}, last_version bigint NOT NULL); ALTER TABLE {0} ADD PRIMARY KEY "
                    "(fid); ALTER TABLE {0} ALTER geom SET STORAGE EXTERNAL; CREATE INDEX ON {0} (ranh_id)",
                    database.table(part.history()), shared_columns_sql(part.epsg)));
    guard_table(database, part.history(), layer.text());
    database.query(
        fmt::format("INSERT INTO {}(layer, epsg, table_name) VALUES ($1, $2, $3)", database.table("ranh_part")),
        {layer.text(), std::to_string(part.epsg), part.table});
}

/// "Key (ranh_id)=(BX-01) is duplicated." in our words.
[[noreturn]] void refuse_twice(const Failure& failure) {
    constexpr std::string_view before = "Key (ranh_id)=(";
    constexpr std::string_view after = ") is duplicated.";
    const std::string& words = failure.error().sentence;
    if (!words.starts_with(before) || !words.ends_with(after)) {
        throw failure;
    }
    refuse_repeated_id(words.substr(before.size(), words.size() - before.size() - after.size()));
}

store::ColumnsByName columns_of(const Database& database, const std::string& table) {
    store::ColumnsByName columns;
    const Rows rows = database.query(
        "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > "
        "0 AND NOT attisdropped ORDER BY attnum",
        {database.table(table)});
    for (int i = 0; i < rows.size(); ++i) {
        columns.emplace(store::folded(rows.text(i, 0)), store::Column{rows.text(i, 0), rows.text(i, 1)});
    }
    return columns;
}

}  // namespace

void refuse_repeated_id(const std::string& id) {
    throw Failure(ErrorKind::conflict,
                  fmt::format("feature '{}' comes twice in one version; every id must be unique in its layer", id));
}

void wait_for_writers(const Database& database) {
    const std::string key = fmt::format("hashtextextended({}, 0)", sql_text("ranh " + database.address().schema));
    if (database.integer(fmt::format("SELECT pg_try_advisory_xact_lock({})::int", key)) != 0) {
        return;
    }
    const Rows holder =
        database.query(fmt::format("SELECT a.usename "
                                   "FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE l.locktype = "
                                   "'advisory' AND l.granted AND (l.classid::bigint << 32 | l.objid::bigint) = {}",
                                   key));
    const std::string who = holder.empty() ? "" : " (user " + holder.text(0, 0) + ")";
    try {
        database.execute(fmt::format("SELECT pg_advisory_xact_lock({})", key));
    } catch (const Failure& failure) {
        if (failure.error().kind != ErrorKind::io) {
            throw;
        }
        throw Failure(ErrorKind::io,
                      fmt::format("the workspace is in use by another program that writes into it{}; nothing was "
                                  "written, wait until it has ended and run the command again",
                                  who),
                      database.address().name);
    }
}

bool has_workspace(const Database& database) { return database.has_table("ranh_migration"); }

void migrate(const Database& database, const crs::WorkingPlaneCentre& centre) {
    if (has_workspace(database) && layout_of(database) >= newest_layout) {
        return;
    }
    Transaction change(database, Transaction::Kind::writing);
    wait_for_writers(database);
    if (!has_workspace(database)) {      // nobody else was faster
        database.execute("RESET ROLE");  // to that of the user: a role that is there from before makes no schema
        require_utf8(database);
        require_postgis(database);
        create_schema(database);
    }
    const std::int64_t before = layout_of(database);
    open_guard(database);
    for (std::int64_t number = before + 1; number <= newest_layout; ++number) {
        database.execute(with_schema(migration_sql(number), database.address()));
        database.query(fmt::format("INSERT INTO {}(number) VALUES ($1)", database.table("ranh_migration")),
                       {std::to_string(number)});
    }
    if (before == 0) {
        fill_settings(database, centre);
    }
    change.commit();
}

void check_workspace_tables(const Database& database) {
    const std::int64_t found = layout_of(database);
    if (found > newest_layout) {
        throw Failure(ErrorKind::corrupt_input,
                      fmt::format("the workspace has layout {}, this program reads up to layout {}; use a newer ranh",
                                  found, newest_layout),
                      database.address().name);
    }
    if (found < newest_layout) {
        throw Failure(
            ErrorKind::conflict,
            fmt::format("the workspace has layout {}, this program layout {}; a command that writes brings it "
                        "up to date, for example `ranh layers gc`",
                        found, newest_layout),
            database.address().name);
    }
    store::check_lattice_sides(setting(database, "lattice_sides"), database.address().name);
}

std::string setting(const Database& database, const std::string& name) {
    const Rows rows =
        database.query(fmt::format("SELECT value FROM {} WHERE name = $1", database.table("ranh_setting")), {name});
    if (rows.empty()) {
        throw Failure(ErrorKind::corrupt_input,
                      fmt::format("the workspace lacks its setting '{}'; restore the last backup", name),
                      database.address().name);
    }
    return rows.text(0, 0);
}

std::string change_channel(const Address& address) { return address.schema + "_changed"; }

void count_change(const Database& database) {
    database.execute(fmt::format("UPDATE {} SET value = value::bigint + 1 WHERE name = 'change_counter'; NOTIFY {}",
                                 database.table("ranh_setting"), sql_name(change_channel(database.address()))));
}

void open_guard(const Database& database) {
    database.execute("SET LOCAL ranh.writing = " + sql_text(database.address().schema));
}

void guard_table(const Database& database, const std::string& table, const std::string& layer) {
    database.execute(fmt::format(
        "CREATE TRIGGER ranh_guard BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {} FOR EACH "
        "STATEMENT EXECUTE FUNCTION {}({})",
        database.table(table), database.table("ranh_refuse_edit"), sql_text(store::edit_refusal(table, layer))));
}

std::vector<Part> parts_of(const Database& database, const LayerId& layer) {
    const Rows rows = database.query(
        fmt::format("SELECT epsg, table_name FROM {} WHERE layer = $1 ORDER BY id", database.table("ranh_part")),
        {layer.text()});
    std::vector<Part> parts;
    parts.reserve(static_cast<std::size_t>(rows.size()));
    for (int i = 0; i < rows.size(); ++i) {
        parts.push_back({static_cast<int>(rows.integer(i, 0)), rows.text(i, 1)});
    }
    return parts;
}

Part create_part(const Database& database, const LayerId& layer, const crs::Crs& crs) {
    const std::vector<Part> before = parts_of(database, layer);
    Part part{crs.epsg(), before.empty() ? layer.text() : fitted_name(fmt::format("{}_{}", layer.text(), crs.epsg())),
              true};
    // Coordinates do not compress; stored apart they are read without being unpacked.
    database.execute(fmt::format("CREATE TABLE {0} ({1}); ALTER TABLE {0} ALTER geom SET STORAGE EXTERNAL",
                                 database.table(part.table), shared_columns_sql(part.epsg)));
    register_part(database, layer, crs, part);
    return part;
}

Part adopt_part(const Database& database, const LayerId& layer, const crs::Crs& crs, const std::string& loaded) {
    Part part{crs.epsg(), layer.text(), true};
    database.execute(fmt::format("ALTER TABLE {} RENAME TO {}", loaded, sql_name(part.table)));
    register_part(database, layer, crs, part);
    return part;
}

void complete_part(const Database& database, const LayerId& layer, const Part& part) {
    const std::string table = database.table(part.table);
    try {
        database.execute(fmt::format("CREATE UNIQUE INDEX ON {} (ranh_id)", table));
    } catch (const Failure& failure) {
        refuse_twice(failure);
    }
    database.execute(
        fmt::format("ALTER TABLE {0} ADD PRIMARY KEY (fid); CREATE INDEX ON {0} USING gist (geom)", table));
    guard_table(database, part.table, layer.text());
}

void set_title(const Database& database, const Part& part, const std::string& title) {
    database.execute(fmt::format("COMMENT ON TABLE {} IS {}", database.table(part.table), sql_text(title)));
}

std::string column_type(model::FieldType type) {
    switch (type) {
        case model::FieldType::boolean: return "boolean";
        case model::FieldType::integer: return "bigint";
        case model::FieldType::real: return "double precision";
        case model::FieldType::text: return "text";
        case model::FieldType::date: return "date";
    }
    return "text";
}

std::vector<std::string> first_columns(const model::Schema& schema, const std::vector<std::string>& taken) {
    std::set<std::string> names = taken_names();
    names.insert(taken.begin(), taken.end());
    return store::choose_columns(schema, {}, names, column_type, longest_column).schema.columns;
}

std::vector<std::string> column_names(const Database& database, const std::string& table) {
    std::vector<std::string> names;
    for (const auto& [name, column] : columns_of(database, table)) {
        names.push_back(column.name);
    }
    return names;
}

store::StoredSchema add_columns(const Database& database, const std::vector<Part>& parts, const model::Schema& schema) {
    store::ColumnsByName known;
    for (const Part& part : parts) {
        known.merge(columns_of(database, part.table));
    }
    store::ColumnChoice choice = store::choose_columns(schema, known, taken_names(), column_type, longest_column);
    for (const Part& part : parts) {
        for (const std::string& table : {part.table, part.history()}) {
            const auto present = columns_of(database, table);
            std::string added;
            for (const store::Column& column : choice.wanted) {
                if (!present.contains(store::folded(column.name))) {
                    added += fmt::format("{}ADD COLUMN {} {}", added.empty() ? "" : ", ", sql_name(column.name),
                                         column.type);
                }
            }
            if (!added.empty()) {
                database.execute(fmt::format("ALTER TABLE {} {}", database.table(table), added));
            }
        }
    }
    return std::move(choice.schema);
}

}  // namespace ranh::postgis
