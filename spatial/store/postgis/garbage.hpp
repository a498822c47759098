#pragma once

#include "spatial/store/postgis/postgres.hpp"
#include "spatial/store/workspace.hpp"

#include <string>
#include <vector>

namespace ranh::postgis {

/// Workspace::collect_garbage without the bytes, inside a transaction with the guard open.
[[nodiscard]] store::Freed collect_garbage(const Database& database, const std::vector<model::LayerVersion>& forgotten);

/// Gives the room of dropped rows back to PostgreSQL. Not inside a transaction.
void free_room(const Database& database);

/// Workspace::damage: tables that are missing, indexes that are not valid, and what PostgreSQL says while every row is
/// read; with the extension amcheck, also whether indexes and rows agree.
[[nodiscard]] std::vector<std::string> damage_of(const Database& database);

/// Bytes of the schema's tables on the disk of the server.
[[nodiscard]] std::int64_t bytes_of(const Database& database);

}  // namespace ranh::postgis
