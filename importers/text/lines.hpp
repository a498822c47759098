#pragma once

#include "spatial/base/error.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ranh::text {

/// The bytes of a text file as well-formed UTF-8 without byte order mark and with line ends "\n".
///
/// Guarantees  nothing else is changed; composing (to_nfc) is left to where names and labels are read.
/// Errors      corrupt_input naming row and bytes of the first place that is no UTF-8, and UTF-16 by its byte order
/// mark. Not done    no conversion from other encodings (TCVN3, VNI, windows-1258).
[[nodiscard]] Result<std::string> clean_utf8(std::string_view bytes);

/// The rows of a text with line ends "\n"; a last row without line end counts, an empty one after the last line end
/// does not. The views live as long as the text.
[[nodiscard]] std::vector<std::string_view> lines_of(std::string_view text);

}  // namespace ranh::text
