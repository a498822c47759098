#pragma once

#include "spatial/store/gpkg/sqlite.hpp"
#include "spatial/store/gpkg/version_records.hpp"
#include "spatial/store/workspace.hpp"

#include <functional>

namespace ranh::gpkg {

/// Hands the features of a version, or those of a selection, to `visit`, in ascending order of id (bytes). Failure
/// corrupt_input naming the feature whose geometry cannot be read; invalid_argument for a field that is not there.
void read_features(const Database& database, const VersionRecord& record, const store::Selection& selection,
                   const std::function<void(model::Feature)>& visit);

/// Ids, ascending, of the rows that one of two versions of a layer has and the other has not; all ids of both where one
/// is held, for its rows stand apart.
[[nodiscard]] std::vector<FeatureId> unshared_ids(const Database& database, const VersionRecord& a,
                                                  const VersionRecord& b);

}  // namespace ranh::gpkg
