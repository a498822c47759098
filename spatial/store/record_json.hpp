#pragma once

#include "spatial/base/error.hpp"
#include "spatial/model/layer.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ranh::store {

/// JSON of the records that all backends keep beside the features: one form, so that a copy between backends is the
/// same text.

[[nodiscard]] std::string to_json_text(const model::Provenance& provenance);
/// corrupt_input naming the member that is missing or wrong; unknown members are left out.
[[nodiscard]] Result<model::Provenance> parse_provenance(std::string_view json);

/// A schema and, for each field, the column that holds it in the tables of the layer (a field whose name the table
/// needs for itself has another one).
struct StoredSchema {
    model::Schema schema;
    std::vector<std::string> columns;
    friend bool operator==(const StoredSchema&, const StoredSchema&) = default;
};
[[nodiscard]] std::string to_json_text(const StoredSchema& schema);
[[nodiscard]] Result<StoredSchema> parse_stored_schema(std::string_view json);

/// A status log (LayerVersion::status_log).
[[nodiscard]] std::string to_json_text(const std::vector<model::StatusChange>& log);
[[nodiscard]] Result<std::vector<model::StatusChange>> parse_status_log(std::string_view json);

/// A whole layer version, as it stands in a packed file beside its features.
[[nodiscard]] std::string to_json_text(const model::LayerVersion& version);
[[nodiscard]] Result<model::LayerVersion> parse_layer_version(std::string_view json);

}  // namespace ranh::store
