#include "importers/text/code_points.hpp"

#include "spatial/base/assert.hpp"

#include <utf8proc.h>

namespace ranh::text {

std::u32string code_points(std::string_view text) {
    std::u32string codes;
    codes.reserve(text.size());
    while (!text.empty()) {
        utf8proc_int32_t c = 0;
        const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                             static_cast<utf8proc_ssize_t>(text.size()), &c);
        RANH_ASSERT(length > 0);
        codes += static_cast<char32_t>(c);
        text.remove_prefix(static_cast<std::size_t>(length));
    }
    return codes;
}

void append_code_point(std::string& text, char32_t code) {
    utf8proc_uint8_t buffer[4];
    const auto length = utf8proc_encode_char(static_cast<utf8proc_int32_t>(code), buffer);
    RANH_ASSERT(length > 0);
    text.append(reinterpret_cast<const char*>(buffer), static_cast<std::size_t>(length));
}

bool is_letter(char32_t code) {
    const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(code));
    return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
           (category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME);
}

void for_each_word(std::u32string_view text, const std::function<void(std::size_t, std::size_t)>& word) {
    std::size_t i = 0;
    while (i < text.size()) {
        std::size_t end = i;
        while (end < text.size() && is_letter(text[end])) {
            ++end;
        }
        if (end > i) {
            word(i, end);
        }
        i = end + 1;
    }
}

}  // namespace ranh::text
