#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace ranh::text {

/// Index of the first byte that is no well-formed UTF-8 (The Unicode Standard, table 3-7); nothing when all are.
[[nodiscard]] std::optional<std::size_t> first_invalid_byte(std::string_view bytes);
[[nodiscard]] bool is_valid_utf8(std::string_view bytes);

/// The composed form of a text (Unicode Normalization Form C), in which equal Vietnamese words have equal bytes.
/// Precondition: well-formed UTF-8 (asserted).
[[nodiscard]] std::string to_nfc(std::string_view text);
/// The decomposed form (NFD): letters, then their marks. Precondition: well-formed UTF-8 (asserted).
[[nodiscard]] std::string to_nfd(std::string_view text);
/// The decomposed form with capitals made small (case folding). Precondition: well-formed UTF-8 (asserted).
[[nodiscard]] std::string fold_case(std::string_view text);

/// The text as one types it into a search: accents taken off, đ -> d, lower case, hyphens and any run of white space to
/// one space, none at the ends. "Đắk Sin - Đắk Ru" and "dak sin dak ru" fold to the same. Precondition: well-formed
/// UTF-8 (asserted).
[[nodiscard]] std::string fold_for_search(std::string_view text);

}  // namespace ranh::text
