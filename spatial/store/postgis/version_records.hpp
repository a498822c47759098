#pragma once

#include "spatial/store/postgis/postgres.hpp"
#include "spatial/store/version_record.hpp"

#include <vector>

namespace ranh::postgis {

using store::VersionRecord;

/// By layer and number; of one layer alone when `layer` is given. Failure corrupt_input for a row that cannot be read.
[[nodiscard]] std::vector<VersionRecord> read_records(const Database& database, const LayerId* layer = nullptr);
/// not_found naming the versions there are.
[[nodiscard]] VersionRecord read_record(const Database& database, const LayerId& layer, VersionNumber number);
/// Writes the record, in the place of an older one of the same layer and number. Inside a transaction with the guard
/// open.
void write_record(const Database& database, const VersionRecord& record);

/// The number of the newest published version, whose rows are the current ones; 0 before the first.
[[nodiscard]] std::int64_t newest_published(const Database& database, const LayerId& layer);
/// The highest number given, held versions too; 0 before the first.
[[nodiscard]] std::int64_t newest_number(const Database& database, const LayerId& layer);

}  // namespace ranh::postgis
