#pragma once

#include "spatial/store/postgis/copy.hpp"
#include "spatial/store/postgis/version_records.hpp"
#include "spatial/store/workspace.hpp"

#include <functional>

namespace ranh::postgis {

/// Features of a version in ascending order of id. The connection is busy until it returns; when `visit` throws, it is
/// closed.
void read_features(const Database& database, const VersionRecord& record, const store::Selection& selection,
                   const std::function<void(model::Feature)>& visit);

/// Rows of a version in the columns of a staging table, in any order.
[[nodiscard]] std::string rows_of_version_sql(const Database& database, const VersionRecord& record);

/// Ids, ascending, of the features whose rows two versions do not share.
[[nodiscard]] std::vector<FeatureId> unshared_ids(const Database& database, const VersionRecord& a,
                                                  const VersionRecord& b);

/// The hash in a column of a row; corrupt_input when it is none.
[[nodiscard]] Sha256 digest_in(const CopyOut& row, std::size_t column);

}  // namespace ranh::postgis
