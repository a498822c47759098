#pragma once

#include "services/handlers/context.hpp"

namespace ranh::handlers {

/// `/`
[[nodiscard]] http::Response get_landing(const Context& context, const http::Request& request);
/// `/conformance`
[[nodiscard]] http::Response get_conformance(const Context& context, const http::Request& request);
/// `/api`
[[nodiscard]] http::Response get_api(const Context& context, const http::Request& request);
/// `/healthz`
[[nodiscard]] http::Response get_health(const Context& context, const http::Request& request);
/// `/favicon.ico`: 204, so that browsers do not write an error into the log.
[[nodiscard]] http::Response get_favicon(const Context& context, const http::Request& request);

}  // namespace ranh::handlers
