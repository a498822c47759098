#pragma once

#include "spatial/store/gpkg/sqlite.hpp"
#include "spatial/store/workspace.hpp"

#include <string>
#include <vector>

namespace ranh::gpkg {

/// Forgets versions with their quarantine and staging tables, then drops the history rows in the range of no published
/// version and the staging tables that no version names. Inside a transaction with the guard open; the file shrinks
/// only with a VACUUM afterwards.
///
/// Errors  conflict (Failure) for a version with the highest number of its layer.
store::Freed collect_garbage(const Database& database, const std::vector<model::LayerVersion>& forgotten);

/// What SQLite says of its pages, keys and R-trees, one sentence each; none when all is well.
[[nodiscard]] std::vector<std::string> damage_of(const Database& database);

}  // namespace ranh::gpkg
