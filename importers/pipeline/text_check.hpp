#pragma once

#include "spatial/base/error.hpp"

#include <string>
#include <string_view>

namespace ranh::pipeline {

/// The text in composed form (NFC); corrupt_input naming the first byte that is no UTF-8.
[[nodiscard]] Result<std::string> composed_text(std::string_view text);
/// The text with each byte that is no UTF-8 written as \xHH, so that any original can stand in a quarantine record.
[[nodiscard]] std::string printable_text(std::string_view text);

}  // namespace ranh::pipeline
