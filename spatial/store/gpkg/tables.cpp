#include "spatial/store/gpkg/tables.hpp"

#include "spatial/store/gpkg/layer_style.hpp"
#include "spatial/store/gpkg/table_sql.hpp"
#include "spatial/store/version_rules.hpp"

#include <fmt/format.h>

#include <charconv>
#include <set>

namespace ranh::gpkg {
namespace {

constexpr std::int64_t geopackage_application_id = 0x47504B47;  // 'GPKG'

/// Names that the tables use themselves, in history too, and those that SQLite reads as the row number.
const std::set<std::string>& taken_names() {
    static const std::set<std::string> own{
        "fid",     "geom",           "ranh_id",        "ranh_hash",         "rowid",         "oid",
        "_rowid_", "area_stated_m2", "area_planar_m2", "area_ellipsoid_m2", "first_version", "last_version"};
    return own;
}

std::string column_type(model::FieldType type) {
    switch (type) {
        case model::FieldType::boolean: return "BOOLEAN";
        case model::FieldType::integer: return "INTEGER";
        case model::FieldType::real: return "DOUBLE";
        case model::FieldType::text: return "TEXT";
        case model::FieldType::date: return "DATE";
    }
    return "TEXT";
}

store::ColumnsByName columns_of(const Database& database, const std::string& table) {
    store::ColumnsByName columns;
    Statement rows = database.prepare("SELECT name, type FROM pragma_table_info(?1)");
    rows.bind(1, table);
    while (rows.step()) {
        columns.emplace(store::folded(rows.text(0)),
                        store::Column{std::string(rows.text(0)), std::string(rows.text(1))});
    }
    return columns;
}

void register_attributes(const Database& database, const std::string& table, const std::string& title) {
    database.prepare("INSERT INTO gpkg_contents(table_name, data_type, identifier) VALUES(?1, 'attributes', ?2)")
        .bind(1, table)
        .bind(2, title)
        .run();
}

/// Not guarded: people save their own styles there.
void add_style_table(const Database& database) {
    database.execute(layer_styles_sql());
    register_attributes(database, "layer_styles", "layer_styles");
}

void add_spatial_reference(const Database& database, const crs::Crs& crs) {
    database
        .prepare(
            "INSERT OR IGNORE INTO gpkg_spatial_ref_sys(srs_name, srs_id, organization, organization_coordsys_id, "
            "definition) "
            "VALUES(?1, ?2, 'EPSG', ?2, ?3)")
        .bind(1, crs.name())
        .bind(2, std::int64_t{crs.epsg()})
        .bind(3, crs.wkt())
        .run();
}

bool identifier_is_free(const Database& database, const std::string& identifier, const std::string& table) {
    return !database.prepare("SELECT 1 FROM gpkg_contents WHERE identifier = ?1 AND table_name <> ?2")
                .bind(1, identifier)
                .bind(2, table)
                .step();
}

}  // namespace

void create_workspace_tables(const Database& database, const crs::WorkingPlaneCentre& centre) {
    database.execute(
        fmt::format("PRAGMA application_id = {}; PRAGMA user_version = 10300;", geopackage_application_id));
    database.execute(geopackage_tables_sql());
    add_spatial_reference(database, crs::wgs84());
    database.execute(workspace_tables_sql());
    register_attributes(database, "ranh_layer_version", "ranh: layer versions (các phiên bản lớp)");
    register_attributes(database, "ranh_quarantine", "ranh: quarantine (bản ghi bị loại)");
    add_style_table(database);
    Statement set = database.prepare("INSERT INTO ranh_setting(name, value) VALUES(?1, ?2)");
    const auto add = [&](std::string_view name, const std::string& value) { set.bind(1, name).bind(2, value).run(); };
    add("format_version", fmt::format("{}", format_version));
    add("change_counter", "1");
    add("plane_latitude_deg", fmt::format("{}", centre.latitude_deg));
    add("plane_longitude_deg", fmt::format("{}", centre.longitude_deg));
    add("lattice_sides", store::lattice_sides());
    for (const char* table : {"ranh_layer_version", "ranh_quarantine", "ranh_setting", "ranh_part"}) {
        database.execute(guard_sql(table, ""));
    }
}

void check_workspace_tables(const Database& database) {
    const auto refused = [&](std::string sentence) {
        throw Failure(ErrorKind::corrupt_input, std::move(sentence), database.file());
    };
    if (database.integer("SELECT COUNT(*) FROM sqlite_schema") == 0) {
        refused(
            "the file is empty, nothing was imported into it yet; make a workspace with `ranh import FILE --layer ID`");
    }
    if (database.integer("PRAGMA application_id") != geopackage_application_id) {
        refused("the file is an SQLite database but no GeoPackage; name another with -w");
    }
    if (!database.has_table("ranh_setting")) {
        refused(
            "the file is a GeoPackage but no workspace of ranh; name another with -w, and bring this file's layers "
            "into it with "
            "`ranh import`");
    }
    const std::string found = setting(database, "format_version");
    std::int64_t number = 0;
    std::from_chars(found.data(), found.data() + found.size(), number);
    if (number < 1 || number > format_version) {
        refused(fmt::format("the workspace has layout {}, this program reads up to layout {}; use a newer ranh", found,
                            format_version));
    }
    Statement sides = database.prepare("SELECT value FROM ranh_setting WHERE name = 'lattice_sides'");
    if (sides.step()) {
        store::check_lattice_sides(sides.text(0), database.file());
    }
}

bool is_complete(const Database& database) {
    return setting(database, "format_version") == fmt::format("{}", format_version);
}

void complete_workspace_tables(const Database& database) {
    if (!has_version_column(database, "lattice_level")) {
        database.execute("ALTER TABLE ranh_layer_version ADD COLUMN lattice_level INTEGER");
    }
    if (!has_version_column(database, "status_log")) {
        database.execute("ALTER TABLE ranh_layer_version ADD COLUMN status_log TEXT");
    }
    if (!database.has_table("layer_styles")) {  // QGIS may have made one
        add_style_table(database);
    }
    OpenGuard guard(database);
    database.prepare("INSERT OR IGNORE INTO ranh_setting(name, value) VALUES('lattice_sides', ?1)")
        .bind(1, store::lattice_sides())
        .run();
    database.prepare("UPDATE ranh_setting SET value = ?1 WHERE name = 'format_version'")
        .bind(1, fmt::format("{}", format_version))
        .run();
}

bool has_version_column(const Database& database, std::string_view column) {
    return columns_of(database, "ranh_layer_version").contains(std::string(column));
}

std::string setting(const Database& database, std::string_view name) {
    Statement row = database.prepare("SELECT value FROM ranh_setting WHERE name = ?1");
    if (!row.bind(1, name).step()) {
        throw Failure(ErrorKind::corrupt_input,
                      fmt::format("the workspace lacks its setting '{}'; take the last backup", name), database.file());
    }
    return std::string(row.text(0));
}

void count_change(const Database& database) {
    database.execute("UPDATE ranh_setting SET value = CAST(value AS INTEGER) + 1 WHERE name = 'change_counter'");
}

OpenGuard::OpenGuard(const Database& database) : m_database(database) {
    database.execute("UPDATE ranh_guard SET open = 1");
}

OpenGuard::~OpenGuard() {
    if (m_open && m_database.in_transaction()) {
        try {
            close();
        } catch (const Failure&) {
            m_open = false;  // the transaction cannot be committed either; its rollback closes the guard
        }
    }
}

void OpenGuard::close() {
    m_database.execute("UPDATE ranh_guard SET open = 0");
    m_open = false;
}

std::vector<Part> parts_of(const Database& database, const LayerId& layer) {
    std::vector<Part> parts;
    Statement rows = database.prepare("SELECT epsg, table_name FROM ranh_part WHERE layer = ?1 ORDER BY id");
    rows.bind(1, layer.text());
    while (rows.step()) {
        parts.push_back({static_cast<int>(rows.integer(0)), std::string(rows.text(1))});
    }
    return parts;
}

Part create_part(const Database& database, const LayerId& layer, const crs::Crs& crs) {
    const std::vector<Part> before = parts_of(database, layer);
    Part part{crs.epsg(), before.empty() ? layer.text() : fmt::format("{}_{}", layer.text(), crs.epsg())};
    add_spatial_reference(database, crs);
    database.execute(feature_table_sql(part.table));
    database.execute(history_table_sql(part.history()));
    database.prepare("INSERT INTO ranh_part(layer, epsg, table_name) VALUES(?1, ?2, ?3)")
        .bind(1, layer.text())
        .bind(2, std::int64_t{part.epsg})
        .bind(3, part.table)
        .run();
    database
        .prepare("INSERT INTO gpkg_contents(table_name, data_type, identifier, srs_id) VALUES(?1, 'features', ?1, ?2)")
        .bind(1, part.table)
        .bind(2, std::int64_t{part.epsg})
        .run();
    database
        .prepare(
            "INSERT INTO gpkg_geometry_columns(table_name, column_name, geometry_type_name, srs_id, z, m) "
            "VALUES(?1, 'geom', 'GEOMETRY', ?2, 0, 0)")
        .bind(1, part.table)
        .bind(2, std::int64_t{part.epsg})
        .run();
    database
        .prepare(
            "INSERT INTO gpkg_extensions(table_name, column_name, extension_name, definition, scope) VALUES(?1, "
            "'geom', "
            "'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')")
        .bind(1, part.table)
        .run();
    database.execute(rtree_sql(part.table));
    database.execute(guard_sql(part.table, layer.text()));
    database.execute(guard_sql(part.history(), layer.text()));
    return part;
}

store::StoredSchema add_columns(const Database& database, const std::vector<Part>& parts, const model::Schema& schema) {
    constexpr std::size_t any_length = 10'000;
    store::ColumnsByName known;
    for (const Part& part : parts) {
        known.merge(columns_of(database, part.table));
    }
    // Every part has the columns of every version, so that any version can be read from all parts alike.
    store::ColumnChoice choice = store::choose_columns(schema, known, taken_names(), column_type, any_length);
    for (const Part& part : parts) {
        for (const std::string& table : {part.table, part.history()}) {
            const auto present = columns_of(database, table);
            for (const store::Column& column : choice.wanted) {
                if (!present.contains(store::folded(column.name))) {
                    database.execute(fmt::format("ALTER TABLE {} ADD COLUMN {} {}", sql_name(table),
                                                 sql_name(column.name), column.type));
                }
            }
        }
    }
    return std::move(choice.schema);
}

void describe_part(const Database& database, const Part& part, const std::string& title,
                   const std::optional<geom::Box>& box, std::string_view geometry_type) {
    const std::string identifier =
        identifier_is_free(database, title, part.table) ? title : fmt::format("{} ({})", title, part.table);
    Statement contents = database.prepare(
        "UPDATE gpkg_contents SET identifier = ?2, last_change = strftime('%Y-%m-%dT%H:%M:%fZ','now'), min_x = ?3, "
        "min_y = ?4, "
        "max_x = ?5, max_y = ?6 WHERE table_name = ?1");
    contents.bind(1, part.table).bind(2, identifier);
    if (box) {
        contents.bind(3, box->min.x).bind(4, box->min.y).bind(5, box->max.x).bind(6, box->max.y);
    }
    contents.run();
    database.prepare("UPDATE gpkg_geometry_columns SET geometry_type_name = ?2 WHERE table_name = ?1")
        .bind(1, part.table)
        .bind(2, geometry_type)
        .run();
}

}  // namespace ranh::gpkg
