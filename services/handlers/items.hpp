#pragma once

#include "services/handlers/context.hpp"

namespace ranh::handlers {

/// `/collections/{id}/items`
[[nodiscard]] http::Response get_items(const Context& context, const http::Request& request);
/// `/collections/{id}/items/{fid}`
[[nodiscard]] http::Response get_item(const Context& context, const http::Request& request);

}  // namespace ranh::handlers
