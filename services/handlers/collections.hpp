#pragma once

#include "services/handlers/context.hpp"

namespace ranh::handlers {

/// `/collections`
[[nodiscard]] http::Response get_collections(const Context& context, const http::Request& request);
/// `/collections/{id}`
[[nodiscard]] http::Response get_collection(const Context& context, const http::Request& request);

}  // namespace ranh::handlers
