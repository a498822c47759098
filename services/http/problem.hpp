#pragma once

#include "services/http/message.hpp"

#include <string_view>

namespace ranh::http {

/// A problem document (RFC 9457), application/problem+json: type about:blank, title by status, the sentence as detail,
/// the target as instance.
[[nodiscard]] Response problem(int status, std::string_view detail, std::string_view instance);

}  // namespace ranh::http
