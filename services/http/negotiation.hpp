#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace ranh::http {

/// Which of the offered media types an Accept header likes best (RFC 9110 §12.5.1): highest q, most specific range,
/// then the order offered. Parameters of media types other than q are not compared. Nothing when it refuses all of
/// them.
[[nodiscard]] std::optional<std::size_t> best_media_type(std::string_view accept,
                                                         std::span<const std::string_view> offered);

/// Accept-Encoding allows gzip (RFC 9110 §12.5.3): named or "*", with q above 0.
[[nodiscard]] bool accepts_gzip(std::string_view accept_encoding);

/// If-None-Match names this entity tag, compared weakly, or is "*" (RFC 9110 §13.1.2).
[[nodiscard]] bool names_etag(std::string_view if_none_match, std::string_view etag);

}  // namespace ranh::http
