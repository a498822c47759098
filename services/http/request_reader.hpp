#pragma once

#include "services/http/connection.hpp"

namespace ranh::http::detail {

[[nodiscard]] inline std::string_view to_view(boost::beast::string_view text) { return {text.data(), text.size()}; }

/// Beast's message as a Request, without the body. invalid_argument for a malformed target, no or more than one Host
/// header (an HTTP/1.0 request may have none), or a transfer coding other than chunked.
[[nodiscard]] Result<Request> read_request(const boost::beast::http::request<boost::beast::http::string_body>& message,
                                           const ServerOptions& options, const Socket& socket);

}  // namespace ranh::http::detail
