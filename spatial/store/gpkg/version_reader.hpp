#pragma once

#include "spatial/store/gpkg/sqlite.hpp"
#include "spatial/store/gpkg/version_records.hpp"

#include <functional>

namespace ranh::gpkg {

/// Hands the features of a version to `visit`, in ascending order of id (bytes). Failure corrupt_input naming the
/// feature whose geometry cannot be read.
void read_features(const Database& database, const VersionRecord& record,
                   const std::function<void(model::Feature)>& visit);

}  // namespace ranh::gpkg
