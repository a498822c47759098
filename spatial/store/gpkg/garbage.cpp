#include "spatial/store/gpkg/garbage.hpp"

#include "spatial/store/gpkg/version_records.hpp"
#include "spatial/store/version_rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ranh::gpkg {
namespace {

std::vector<std::string> texts(const Database& database, std::string_view sql) {
    std::vector<std::string> found;
    Statement rows = database.prepare(sql);
    while (rows.step()) {
        found.emplace_back(rows.text(0));
    }
    return found;
}

void forget(const Database& database, const model::LayerVersion& version) {
    Statement newest = database.prepare("SELECT MAX(number) FROM ranh_layer_version WHERE layer = ?1");
    store::check_forgettable(version, newest.bind(1, version.layer.text()).step() ? newest.integer(0) : 0);
    for (const char* table : {"ranh_layer_version", "ranh_quarantine"}) {
        database.prepare(fmt::format("DELETE FROM {} WHERE layer = ?1 AND number = ?2", table))
            .bind(1, version.layer.text())
            .bind(2, version.number.value())
            .run();
    }
}

}  // namespace

store::Freed collect_garbage(const Database& database, const std::vector<model::LayerVersion>& forgotten) {
    store::Freed freed;
    for (const model::LayerVersion& version : forgotten) {
        forget(database, version);
        ++freed.versions;
    }
    Statement parts = database.prepare("SELECT layer, table_name FROM ranh_part ORDER BY id");
    while (parts.step()) {
        database
            .prepare(fmt::format("DELETE FROM {} AS h WHERE NOT EXISTS (SELECT 1 FROM ranh_layer_version v WHERE "
                                 "v.layer = ?1 AND v.staging IS NULL AND v.number BETWEEN h.first_version AND "
                                 "h.last_version)",
                                 sql_name(fmt::format("{}_history", parts.text(1)))))
            .bind(1, parts.text(0))
            .run();
        freed.history_rows += database.changes();
    }
    for (const std::string& table :
         texts(database,
               "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'ranh_staging_%' AND name NOT IN "
               "(SELECT staging FROM ranh_layer_version WHERE staging IS NOT NULL)")) {
        database.execute(fmt::format("DROP TABLE {}", sql_name(table)));
        ++freed.staging_tables;
    }
    return freed;
}

std::vector<std::string> damage_of(const Database& database) {
    std::vector<std::string> damage;
    const auto look = [&](const auto& check) {
        try {
            check();
        } catch (const Failure& failure) {  // SQLite cannot read so far
            damage.push_back(failure.error().sentence);
        }
    };
    look([&] {
        for (std::string& words : texts(database, "PRAGMA integrity_check")) {
            if (words != "ok") {
                damage.push_back(std::move(words));
            }
        }
    });
    look([&] {
        Statement keys = database.prepare("PRAGMA foreign_key_check");
        while (keys.step()) {
            damage.push_back(fmt::format("a row of {} names one of {} that is not there", keys.text(0), keys.text(2)));
        }
    });
    look([&] {
        for (const std::string& tree :
             texts(database, "SELECT 'rtree_' || table_name || '_geom' FROM ranh_part ORDER BY id")) {
            Statement check = database.prepare("SELECT rtreecheck('main', ?1)");
            if (check.bind(1, tree).step() && check.text(0) != "ok") {
                damage.push_back(fmt::format("{}: {}", tree, check.text(0)));
            }
        }
    });
    return damage;
}

}  // namespace ranh::gpkg
