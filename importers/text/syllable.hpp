#pragma once

#include <string_view>

namespace ranh::text {

/// Whether a word is spelled as a Vietnamese syllable: an initial, a rime with its final, and at most one tone mark,
/// which a rime on c, ch, p or t has to be acute or dot below. Initial and rime are each taken from their full list and
/// agree in spelling (k, gh, ngh before e, ê, i, y); whether the language uses that syllable is not asked. Also the
/// finals and initials of place names in the Central Highlands ("Đắk", "Krông").
///
/// `word`: in composed form, any case. False for one that is not well-formed UTF-8.
/// Source  Hoàng Phê, Từ điển chính tả (rimes); Decision 240/QĐ of 1984 of the Ministry of Education (spelling).
[[nodiscard]] bool is_vietnamese_syllable(std::string_view word);

}  // namespace ranh::text
