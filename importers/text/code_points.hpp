#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace ranh::text {

/// The characters of a text. Precondition: well-formed UTF-8 (asserted).
[[nodiscard]] std::u32string code_points(std::string_view text);
/// Precondition: a code point that UTF-8 can hold (asserted).
void append_code_point(std::string& text, char32_t code);

/// A letter, or a mark that stands on one.
[[nodiscard]] bool is_letter(char32_t code);
/// Calls `word(first, end)` for every run of letters.
void for_each_word(std::u32string_view text, const std::function<void(std::size_t, std::size_t)>& word);

}  // namespace ranh::text
