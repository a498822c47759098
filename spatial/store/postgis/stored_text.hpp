#pragma once

#include <string>
#include <string_view>

namespace ranh::postgis {

/// PostgreSQL keeps no NUL in a text and no bytes that are not UTF-8; a workspace gives back every text byte for byte.
/// Such a byte b is stored as the character U+F700 + b (private use), and so is each byte of such a character itself.
/// Nearly every text is stored as it is.
[[nodiscard]] std::string to_stored(std::string_view text);
/// What to_stored() was given.
[[nodiscard]] std::string from_stored(std::string_view stored);

}  // namespace ranh::postgis
