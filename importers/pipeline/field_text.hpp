#pragma once

#include "spatial/model/value.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace ranh::pipeline {

/// Names of all fields, for messages.
[[nodiscard]] std::string field_names(const model::Schema& schema);
/// Lower case, without tone marks, letters and digits only: "Số hiệu điểm" is "sohieudiem"; headers and field names are
/// compared so.
[[nodiscard]] std::string header_key(std::string_view text);
/// The field that names the commune of a record: maXa, commune_code or commune in any spelling.
[[nodiscard]] std::optional<std::size_t> commune_field(const model::Schema& schema);
/// The field is about a person by its name (see mapping::is_personal_field).
[[nodiscard]] bool is_personal(const model::Field& field);
[[nodiscard]] std::string personal_note(std::string_view source, std::string_view field);

}  // namespace ranh::pipeline
