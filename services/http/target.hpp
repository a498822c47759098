#pragma once

#include "spatial/base/error.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ranh::http {

using QueryPairs = std::vector<std::pair<std::string, std::string>>;

/// A request target in origin form (RFC 9112 §3.2.1), split at '/', '&' and '=' first and percent-decoded afterwards,
/// so that "%2F" and "%26" never act as separators. '+' is a space in the query only.
struct Target {
    std::vector<std::string> path;  ///< "/" -> {}; "/map/" -> {"map", ""}; dot segments stay as they are
    QueryPairs query;               ///< in order; a name without '=' has an empty value; empty pairs are left out
};

/// invalid_argument for a target that does not start with '/', starts with '//', has '#', a control character, an
/// incomplete or wrong percent escape, "%00", text that is not UTF-8 after decoding, or more than 100 segments or 100
/// pairs.
[[nodiscard]] Result<Target> parse_target(std::string_view text);

/// Percent-encodes all but the unreserved characters of RFC 3986 §2.3.
[[nodiscard]] std::string percent_encoded(std::string_view text);
/// "?a=1&b=2", or nothing when there are no pairs.
[[nodiscard]] std::string encoded_query(const QueryPairs& query);

/// The Host header when it is a plain host or bracketed IPv6 address with an optional port, else invalid_argument. It
/// is used to write links, so nothing but [A-Za-z0-9.-], "[hex:.]" and ":digits" passes.
[[nodiscard]] Result<std::string> checked_host(std::string_view host);

}  // namespace ranh::http
