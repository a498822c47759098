#pragma once

#include <string>
#include <string_view>

namespace ranh::text {

/// What two writings of one name have in common, for searching names of places and things.
///
/// As fold_for_search(), and besides: apostrophes go ("Đắk R’Lấp", "Dak RLap"), any other sign parts words ("bô-xít" is
/// "bô xít"), a final y after a consonant or qu is i ("Phú Quý", "Phú Quí"; "Mỹ", "Mĩ"), and the syllable đắc is đắk.
/// Accents do not count, so Lộc Thanh and Lộc Thành share a key: accented_key() tells them apart. Precondition:
/// well-formed UTF-8 (asserted).
[[nodiscard]] std::string search_words(std::string_view text);

/// search_words() without the spaces: "Ma Đa Guôi" and "Mađaguôi" share it.
[[nodiscard]] std::string search_key(std::string_view text);

/// As search_words(), but with the accents of each word behind its letters, so that the place of a tone mark ("Hoà",
/// "Hòa") does not count and its kind does. Đ and D differ here.
[[nodiscard]] std::string accented_key(std::string_view text);

/// How well a name answers what was typed, both as search_words().
enum class SearchMatch { none, inside, word, start, whole };

/// whole: the same but for spaces; start: the name begins with the words typed, the last perhaps unfinished; word: a
/// later word does; inside: three letters or more stand somewhere in it.
[[nodiscard]] SearchMatch search_match(std::string_view name, std::string_view typed);

}  // namespace ranh::text
