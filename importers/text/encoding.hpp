#pragma once

#include "spatial/base/error.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace ranh::text {

/// How Vietnamese text is stored in the files that arrive.
enum class Encoding {
    utf8,          ///< composed or decomposed
    utf8_twice,    ///< UTF-8 that was taken for windows-1252 and encoded as UTF-8 once more
    tcvn3,         ///< one byte a letter, as the .Vn* fonts show it ("ABC"); the 74 letters those fonts have
    vni,           ///< vowel and mark byte, as the VNI-* fonts show it
    viscii,        ///< RFC 1456
    windows_1258,  ///< base letter and combining tone mark
    windows_1252   ///< western European; holds no Vietnamese beyond a few letters
};

/// In the order of the enumerators.
inline constexpr std::array all_encodings = {Encoding::utf8,        Encoding::utf8_twice, Encoding::tcvn3,
                                             Encoding::vni,         Encoding::viscii,     Encoding::windows_1258,
                                             Encoding::windows_1252};

/// "utf-8", "utf-8-twice", "tcvn3", "vni", "viscii", "windows-1258", "windows-1252".
[[nodiscard]] std::string_view to_string(Encoding encoding);
/// These names and what files and people call them ("abc", "cp1258", "1258", "UTF8", "88591"), in any case;
/// invalid_argument listing the names otherwise.
[[nodiscard]] Result<Encoding> parse_encoding(std::string_view name);

/// Text of the bytes, composed (NFC); nothing when a byte stands for no letter or sign in this encoding.
///
/// TCVN3 and VNI: bytes 80-BF that are no letter are the signs of windows-1252 (quotes, dashes, "²"), for the fonts
/// show them so; the control bytes of TCVN 5712 stay control bytes. TCVN3 has no capital letters with tone: words
/// written in a capital font (".VnTimeH") come out as "NGUYễN" and are put right by upper_case_of_capital_fonts().
[[nodiscard]] std::optional<std::string> decode(std::string_view bytes, Encoding encoding);

/// "NGUYễN VăN ở" -> "NGUYỄN VĂN Ở": in a text without lower-case ASCII letters that has a word of two or more capitals
/// and a marked lower-case letter, all letters become capitals; elsewhere only such words do. "Hà" alone stays.
/// Precondition: well-formed UTF-8, composed (asserted).
[[nodiscard]] std::string upper_case_of_capital_fonts(std::string_view text);

/// The bytes that read as windows-1252 give this UTF-8 text (the five bytes without a sign are U+0081 and so on);
/// nothing when a character is none of them. Undoes the recoding of old text by programs that took it for western.
/// Precondition: well-formed UTF-8 (asserted).
[[nodiscard]] std::optional<std::string> windows_1252_bytes(std::string_view text);

}  // namespace ranh::text
