#include "spatial/store/gpkg/table_sql.hpp"

#include "spatial/store/gpkg/sqlite.hpp"
#include "spatial/store/version_rules.hpp"

#include <fmt/format.h>

namespace ranh::gpkg {
namespace {

/// Columns that current and replaced rows share; the fields of the schema are added behind them.
constexpr std::string_view shared_columns =
    "fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom GEOMETRY, ranh_id TEXT NOT NULL, first_version INTEGER NOT "
    "NULL, "
    "area_stated_m2 DOUBLE, area_planar_m2 DOUBLE, area_ellipsoid_m2 DOUBLE, ranh_hash BLOB NOT NULL";

}  // namespace

std::string geopackage_tables_sql() {
    return R"sql(
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL PRIMARY KEY,
  organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL,
  definition TEXT NOT NULL,
  description TEXT
);
INSERT INTO gpkg_spatial_ref_sys VALUES
  ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined Cartesian coordinate reference system'),
  ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system');
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY,
  data_type TEXT NOT NULL,
  identifier TEXT UNIQUE,
  description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE,
  min_y DOUBLE,
  max_x DOUBLE,
  max_y DOUBLE,
  srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id)
);
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL,
  column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL,
  m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)
);
CREATE TABLE gpkg_extensions (
  table_name TEXT,
  column_name TEXT,
  extension_name TEXT NOT NULL,
  definition TEXT NOT NULL,
  scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name)
);
)sql";
}

std::string workspace_tables_sql() {
    return R"sql(
CREATE TABLE ranh_setting (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE ranh_guard (id INTEGER PRIMARY KEY CHECK (id = 1), open INTEGER NOT NULL);
INSERT INTO ranh_guard VALUES (1, 0);
CREATE TABLE ranh_part (
  id INTEGER PRIMARY KEY,
  layer TEXT NOT NULL,
  epsg INTEGER NOT NULL,
  table_name TEXT NOT NULL UNIQUE,
  UNIQUE (layer, epsg)
);
CREATE TABLE ranh_layer_version (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  layer TEXT NOT NULL,
  number INTEGER NOT NULL,
  title TEXT NOT NULL,
  kind TEXT NOT NULL,
  status TEXT NOT NULL,
  valid_from DATE,
  valid_to DATE,
  superseded_by TEXT NOT NULL,
  systems TEXT NOT NULL,
  feature_count INTEGER NOT NULL,
  held BOOLEAN NOT NULL,
  withdrawn BOOLEAN NOT NULL,
  known_from TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  schema TEXT NOT NULL,
  provenance TEXT NOT NULL,
  staging TEXT,
  lattice_level INTEGER,
  status_log TEXT,
  UNIQUE (layer, number)
);
CREATE TABLE ranh_quarantine (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  layer TEXT NOT NULL,
  number INTEGER NOT NULL,
  place TEXT NOT NULL,
  reason TEXT NOT NULL,
  original TEXT NOT NULL
);
CREATE INDEX ranh_quarantine_version ON ranh_quarantine (layer, number);
)sql";
}

std::string feature_table_sql(std::string_view table) {
    return fmt::format("CREATE TABLE {} ({});", sql_name(table), shared_columns);
}

std::string history_table_sql(std::string_view table) {
    return fmt::format("CREATE TABLE {0} ({1}, last_version INTEGER NOT NULL); CREATE INDEX {2} ON {0} (ranh_id);",
                       sql_name(table), shared_columns, sql_name(fmt::format("{}_ranh_id", table)));
}

std::string rtree_sql(std::string_view table) {
    // {0}: table, {1}: R-tree, {2}..{7}: triggers. update3 and update4 say OF fid, which the annex leaves open: fid
    // cannot change otherwise, and a program without the ST_ functions that changes another column then reads the
    // guard's sentence instead of "no such function".
    const std::string tree = fmt::format("rtree_{}_geom", table);
    const auto trigger = [&](std::string_view suffix) { return sql_name(fmt::format("{}_{}", tree, suffix)); };
    return fmt::format(R"sql(
CREATE VIRTUAL TABLE {1} USING rtree(id, minx, maxx, miny, maxy);
CREATE TRIGGER {2} AFTER INSERT ON {0} WHEN (new.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom))
BEGIN
  INSERT OR REPLACE INTO {1} VALUES (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));
END;
CREATE TRIGGER {3} AFTER UPDATE OF geom ON {0} WHEN OLD.fid = NEW.fid AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))
BEGIN
  INSERT OR REPLACE INTO {1} VALUES (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));
END;
CREATE TRIGGER {4} AFTER UPDATE OF geom ON {0} WHEN OLD.fid = NEW.fid AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))
BEGIN
  DELETE FROM {1} WHERE id = OLD.fid;
END;
CREATE TRIGGER {5} AFTER UPDATE OF fid ON {0} WHEN OLD.fid != NEW.fid AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))
BEGIN
  DELETE FROM {1} WHERE id = OLD.fid;
  INSERT OR REPLACE INTO {1} VALUES (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));
END;
CREATE TRIGGER {6} AFTER UPDATE OF fid ON {0} WHEN OLD.fid != NEW.fid AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))
BEGIN
  DELETE FROM {1} WHERE id IN (OLD.fid, NEW.fid);
END;
CREATE TRIGGER {7} AFTER DELETE ON {0} WHEN old.geom NOT NULL
BEGIN
  DELETE FROM {1} WHERE id = OLD.fid;
END;
)sql",
                       sql_name(table), sql_name(tree), trigger("insert"), trigger("update1"), trigger("update2"),
                       trigger("update3"), trigger("update4"), trigger("delete"));
}

std::string guard_sql(std::string_view table, std::string_view layer) {
    std::string sql;
    for (const std::string_view event : {"INSERT", "UPDATE", "DELETE"}) {
        sql += fmt::format(
            "CREATE TRIGGER {0} BEFORE {1} ON {2} WHEN (SELECT open FROM ranh_guard) = 0 BEGIN SELECT RAISE(ABORT, "
            "{3}); END;\n",
            sql_name(fmt::format("ranh_guard_{}_{}", table, event)), event, sql_name(table),
            sql_text(store::edit_refusal(table, layer)));
    }
    return sql;
}

}  // namespace ranh::gpkg
