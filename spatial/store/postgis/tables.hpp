#pragma once

#include "spatial/crs/working_plane.hpp"
#include "spatial/model/layer.hpp"
#include "spatial/store/postgis/postgres.hpp"
#include "spatial/store/record_json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ranh::postgis {

/// One writer at a time: waits for the others, inside a transaction of the caller, until it ends. io naming who has it
/// when that takes longer than the patience of the connection.
void wait_for_writers(const Database& database);

/// The schema is there and is a workspace.
[[nodiscard]] bool has_workspace(const Database& database);
/// Makes schema, tables, triggers and the roles <schema>_reader and <schema>_writer (where the user may make roles); of
/// a workspace that is there, brings the layout up to that of this program. Each step is one row of ranh_migration.
///
/// Errors  unsupported without PostGIS, conflict when the schema holds other tables.
void migrate(const Database& database, const crs::WorkingPlaneCentre& centre);
/// corrupt_input when the layout is of a newer program or has another family of lattices; conflict when it is older and
/// a writing command is to bring it up to date first.
void check_workspace_tables(const Database& database);

[[nodiscard]] std::string setting(const Database& database, const std::string& name);
/// Raises the change counter and tells the listeners of this schema, when the transaction is committed.
void count_change(const Database& database);
/// The channel on which they listen.
[[nodiscard]] std::string change_channel(const Address& address);

/// Lets writes through the triggers until the transaction of the caller ends.
void open_guard(const Database& database);
/// Puts the trigger before a table.
void guard_table(const Database& database, const std::string& table, const std::string& layer);

/// One table of a layer: the current rows of one source system; beside it the replaced ones.
struct Part {
    int epsg = 0;
    std::string table;
    bool is_new = false;  ///< made in this transaction, and without indexes yet
    [[nodiscard]] std::string history() const { return fitted_name(table + "_history"); }
};

/// conflict naming an id that came twice.
[[noreturn]] void refuse_repeated_id(const std::string& id);

/// Parts of a layer in the order they were made; the first is named as the layer.
[[nodiscard]] std::vector<Part> parts_of(const Database& database, const LayerId& layer);
/// Makes the tables of a further part, and its history with index and trigger.
Part create_part(const Database& database, const LayerId& layer, const crs::Crs& crs);
/// Makes a part of a table that holds the first rows of a layer, under a name of its own; as create_part otherwise.
Part adopt_part(const Database& database, const LayerId& layer, const crs::Crs& crs, const std::string& loaded);
/// Gives a new part, which has its rows, its keys, indexes and trigger; conflict naming an id that stands there twice.
void complete_part(const Database& database, const LayerId& layer, const Part& part);
/// What QGIS shows as the title.
void set_title(const Database& database, const Part& part, const std::string& title);

/// Columns for the fields of a schema, added to every part where they are missing (store::choose_columns).
[[nodiscard]] store::StoredSchema add_columns(const Database& database, const std::vector<Part>& parts,
                                              const model::Schema& schema);
/// The columns these fields get in a layer that has none yet.
[[nodiscard]] std::vector<std::string> first_columns(const model::Schema& schema,
                                                     const std::vector<std::string>& taken);
[[nodiscard]] std::vector<std::string> column_names(const Database& database, const std::string& table);
/// PostgreSQL's word for a field type.
[[nodiscard]] std::string column_type(model::FieldType type);

}  // namespace ranh::postgis
