#pragma once

#include "importers/text/encoding.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace ranh::text {

/// What a font of the time before Unicode shows its bytes as.
struct FontText {
    Encoding encoding = Encoding::tcvn3;
    bool capitals = false;  ///< every letter is shown as a capital, whatever its byte
    friend bool operator==(const FontText&, const FontText&) = default;
};

/// By the name of the font, with or without the ending of a file, in any case: ".VnTime" is tcvn3, ".VnTimeH" (an H at
/// the end) the same in capitals, "VNI-Times" is vni. Nothing for all other fonts: they show what stands there.
[[nodiscard]] std::optional<FontText> text_of_font(std::string_view name);

/// A text as such a font shows it, as composed UTF-8; one in UTF-8 that reads better as it stands, or that no program
/// of that time can have written, stays but for capitals. corrupt_input when the bytes are neither UTF-8 nor the
/// encoding.
[[nodiscard]] Result<std::string> read_in_font(std::string_view text, const FontText& font);

/// All letters as capitals: "đất ở" -> "ĐẤT Ở". Precondition: well-formed UTF-8, composed (asserted).
[[nodiscard]] std::string in_capitals(std::string_view text);

}  // namespace ranh::text
