#pragma once

#include "spatial/store/gpkg/sqlite.hpp"
#include "spatial/store/version_record.hpp"

#include <vector>

namespace ranh::gpkg {

using store::VersionRecord;

/// By layer and number; of one layer alone when `layer` is given. Failure corrupt_input for a row that cannot be read.
[[nodiscard]] std::vector<VersionRecord> read_records(const Database& database, const LayerId* layer = nullptr);
/// not_found naming the versions there are.
[[nodiscard]] VersionRecord read_record(const Database& database, const LayerId& layer, VersionNumber number);

/// Writes the record, in the place of an older one of the same layer and number. Inside a transaction with the guard
/// open.
void write_record(const Database& database, const VersionRecord& record);

}  // namespace ranh::gpkg
