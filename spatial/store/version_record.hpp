#pragma once

#include "spatial/model/layer.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ranh::store {

/// A layer version as a backend keeps it: the version, the columns that hold its fields, and the staging table of a
/// held one.
struct VersionRecord {
    model::LayerVersion version;
    std::vector<std::string> columns;
    std::string staging;  ///< empty once published
};

/// Columns of the table ranh_layer_version, alike in all backends, in the order of the texts below.
constexpr std::array<std::string_view, 19> version_record_columns{
    "layer",         "number",     "title",         "kind",          "status",    "valid_from", "valid_to",
    "superseded_by", "systems",    "feature_count", "held",          "withdrawn", "known_from", "content_hash",
    "schema",        "provenance", "staging",       "lattice_level", "status_log"};
using VersionRecordTexts = std::array<std::optional<std::string>, version_record_columns.size()>;

/// What stands in these columns, as text; flags as "0" and "1".
[[nodiscard]] VersionRecordTexts texts_of(const VersionRecord& record);
/// Failure corrupt_input naming the version when a text cannot be read.
[[nodiscard]] VersionRecord record_of(const VersionRecordTexts& texts);

/// The record of one version; not_found (Failure) naming the versions there are.
[[nodiscard]] VersionRecord find_record(std::vector<VersionRecord> records, const LayerId& layer, VersionNumber number);

}  // namespace ranh::store
