#pragma once

#include "importers/text/encoding.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ranh::test {

/// Composed UTF-8 text in an old encoding, by tables and converters apart from those of the product: tests/support/
/// encodings for TCVN3 and VNI, the C library for the others. Nothing when the encoding has no such letter (capitals
/// with tone in TCVN3).
[[nodiscard]] std::optional<std::string> in_encoding(std::string_view text, text::Encoding encoding);

/// What a program makes of bytes that it takes for windows-1252 text.
[[nodiscard]] std::string taken_for_windows_1252(std::string_view bytes);

/// Every word that is spelled as a Vietnamese syllable, lower case: initials by vowels by finals by tone marks at every
/// vowel. With and without a letter beyond ASCII.
[[nodiscard]] const std::vector<std::string>& vietnamese_syllables();

/// The word with all letters, or the first, as capitals.
[[nodiscard]] std::string in_capitals(std::string_view word);
[[nodiscard]] std::string with_first_capital(std::string_view word);

}  // namespace ranh::test
