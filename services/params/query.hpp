#pragma once

#include "spatial/base/error.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ranh::params {

/// Decoded query parameters in the order they were sent.
using QueryPairs = std::vector<std::pair<std::string, std::string>>;

/// invalid_argument when a parameter is not among `known` or is given twice (OGC 17-069r4,
/// /req/core/query-param-unknown and /req/core/query-param-invalid); the sentence lists the known ones.
[[nodiscard]] Result<bool> check_names(const QueryPairs& query, std::span<const std::string> known);

[[nodiscard]] std::optional<std::string_view> value_of(const QueryPairs& query, std::string_view name);

/// A finite decimal number, the whole text; `name` stands in the sentence.
[[nodiscard]] Result<double> parse_number(std::string_view text, std::string_view name);

/// "true" or "false".
[[nodiscard]] Result<bool> parse_boolean(std::string_view text, std::string_view name);

}  // namespace ranh::params
