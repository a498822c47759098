#pragma once

#include "spatial/model/layer.hpp"
#include "spatial/store/gpkg/sqlite.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ranh::gpkg {

/// A row of ranh_layer_version: the version, the columns that hold its fields, and the staging table of a held one.
struct VersionRecord {
    model::LayerVersion version;
    std::vector<std::string> columns;
    std::string staging;  ///< empty once published
};

/// By layer and number; of one layer alone when `layer` is given. Failure corrupt_input for a row that cannot be read.
[[nodiscard]] std::vector<VersionRecord> read_records(const Database& database, const LayerId* layer = nullptr);
/// not_found naming the versions there are.
[[nodiscard]] VersionRecord read_record(const Database& database, const LayerId& layer, VersionNumber number);

/// Writes the record, in the place of an older one of the same layer and number. Inside a transaction with the guard
/// open.
void write_record(const Database& database, const VersionRecord& record);

}  // namespace ranh::gpkg
