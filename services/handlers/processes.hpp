#pragma once

#include "services/handlers/context.hpp"

namespace ranh::handlers {

/// `/processes`
[[nodiscard]] http::Response get_processes(const Context& context, const http::Request& request);
/// `/processes/overlap-check`
[[nodiscard]] http::Response get_overlap_check(const Context& context, const http::Request& request);
/// `POST /processes/overlap-check/execution`: the JSON of `ranh check --json`. A body of another media type is 415; a
/// layer or feature that does not exist is a fault of the request (400), for the path is there.
[[nodiscard]] http::Response post_overlap_check(const Context& context, const http::Request& request);

}  // namespace ranh::handlers
