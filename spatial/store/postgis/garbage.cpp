#include "spatial/store/postgis/garbage.hpp"

#include "spatial/store/postgis/tables.hpp"
#include "spatial/store/postgis/version_records.hpp"
#include "spatial/store/version_rules.hpp"

#include <fmt/format.h>

namespace ranh::postgis {
namespace {

std::vector<std::string> texts(const Database& database, const std::string& sql, const Parameters& parameters = {}) {
    std::vector<std::string> found;
    const Rows rows = database.query(sql, parameters);
    for (int i = 0; i < rows.size(); ++i) {
        found.push_back(rows.text(i, 0));
    }
    return found;
}

void forget(const Database& database, const model::LayerVersion& version) {
    store::check_forgettable(version, newest_number(database, version.layer));
    for (const char* table : {"ranh_layer_version", "ranh_quarantine"}) {
        database.query(fmt::format("DELETE FROM {} WHERE layer = $1 AND number = $2", database.table(table)),
                       {version.layer.text(), std::to_string(version.number.value())});
    }
}

std::vector<std::string> part_tables(const Database& database) {
    std::vector<std::string> tables;
    for (const std::string& table :
         texts(database, fmt::format("SELECT table_name FROM {} ORDER BY id", database.table("ranh_part")))) {
        tables.push_back(table);
        tables.push_back(Part{0, table}.history());
    }
    return tables;
}

/// Reads every column of every row, so that each page and each value stored apart is looked at.
void read_whole(const Database& database, const std::string& table) {
    static_cast<void>(database.integer(fmt::format("SELECT sum(length(t::text)) FROM {} t", database.table(table))));
}

}  // namespace

store::Freed collect_garbage(const Database& database, const std::vector<model::LayerVersion>& forgotten) {
    store::Freed freed;
    for (const model::LayerVersion& version : forgotten) {
        forget(database, version);
        ++freed.versions;
    }
    const std::string versions = database.table("ranh_layer_version");
    const Rows parts =
        database.query(fmt::format("SELECT layer, table_name FROM {} ORDER BY id", database.table("ranh_part")));
    for (int i = 0; i < parts.size(); ++i) {
        const Part part{0, parts.text(i, 1)};
        freed.history_rows +=
            database
                .query(fmt::format("DELETE FROM {} h WHERE NOT EXISTS (SELECT 1 FROM {} v WHERE v.layer = $1 AND "
                                   "v.staging IS NULL AND v.number BETWEEN h.first_version AND h.last_version)",
                                   database.table(part.history()), versions),
                       {parts.text(i, 0)})
                .changed();
    }
    for (const std::string& table :
         texts(database,
               fmt::format("SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE "
                           "n.nspname = $1 AND c.relkind = 'r' AND c.relname LIKE 'ranh\\_staging\\_%' AND c.relname "
                           "NOT IN (SELECT staging FROM {} WHERE staging IS NOT NULL)",
                           versions),
               {database.address().schema})) {
        database.execute("DROP TABLE " + database.table(table));
        ++freed.staging_tables;
    }
    return freed;
}

void free_room(const Database& database) {
    for (const std::string& table : part_tables(database)) {
        database.execute("VACUUM (ANALYZE) " + database.table(table));
    }
}

std::vector<std::string> damage_of(const Database& database) {
    std::vector<std::string> damage;
    const auto look = [&](const auto& check) {
        try {
            check();
        } catch (const Failure& failure) {
            if (failure.error().kind == ErrorKind::io) {
                throw;  // the server is gone: nothing is known
            }
            damage.push_back(failure.error().sentence);
        }
    };
    std::vector<std::string> tables = part_tables(database);
    for (std::string& staging : texts(database, fmt::format("SELECT staging FROM {} WHERE staging IS NOT NULL",
                                                            database.table("ranh_layer_version")))) {
        tables.push_back(std::move(staging));
    }
    for (const char* table : {"ranh_layer_version", "ranh_quarantine"}) {
        tables.emplace_back(table);
    }
    for (const std::string& table : tables) {
        if (!database.has_table(table)) {
            damage.push_back(fmt::format("the table {} is missing", table));
            continue;
        }
        look([&] { read_whole(database, table); });
    }
    const std::string of_schema =
        "FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE "
        "n.nspname = $1 AND ";
    for (const std::string& index :
         texts(database, "SELECT c.relname " + of_schema + "NOT i.indisvalid", {database.address().schema})) {
        damage.push_back(fmt::format("the index {} is not valid; run REINDEX", index));
    }
    if (database.integer("SELECT count(*) FROM pg_proc WHERE proname = 'bt_index_check'") > 0) {
        look([&] {
            database.query("SELECT bt_index_check(i.indexrelid, true) " + of_schema +
                               "c.relam = (SELECT oid FROM pg_am WHERE amname = 'btree')",
                           {database.address().schema});
        });
    }
    return damage;
}

std::int64_t bytes_of(const Database& database) {
    return database.integer(
        "SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint FROM pg_class c JOIN pg_namespace n ON n.oid = "
        "c.relnamespace WHERE n.nspname = $1 AND c.relkind = 'r'",
        {database.address().schema});
}

}  // namespace ranh::postgis
