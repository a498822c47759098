#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace ranh::present {

/// fast: about 1 ms for 150 kB, for answers made once; small: about three times that, for what is kept and sent again.
enum class GzipEffort { fast, small };

/// RFC 1952, without a time stamp: equal input gives equal bytes.
[[nodiscard]] std::string gzip(std::string_view bytes, GzipEffort effort);

/// A strong entity tag over the parts that decide the bytes of a representation: 32 hexadecimal digits in quotes. Parts
/// are told apart: ("ab", "c") and ("a", "bc") differ.
[[nodiscard]] std::string entity_tag(std::initializer_list<std::string_view> parts);

}  // namespace ranh::present
