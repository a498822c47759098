#include "importers/text/unicode.hpp"

#include "spatial/base/assert.hpp"

#include <utf8proc.h>

#include <cstdlib>
#include <memory>

namespace ranh::text {

namespace {

const utf8proc_uint8_t* bytes_of(std::string_view text) {
    // utf8proc counts in unsigned bytes; char may be looked at as such (C++20 [basic.lval]).
    return reinterpret_cast<const utf8proc_uint8_t*>(text.data());
}

std::string mapped(std::string_view text, int options) {
    utf8proc_uint8_t* result = nullptr;
    const utf8proc_ssize_t length = utf8proc_map(bytes_of(text), static_cast<utf8proc_ssize_t>(text.size()), &result,
                                                 static_cast<utf8proc_option_t>(options));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(result, &std::free);
    RANH_ASSERT(length >= 0);
    return {reinterpret_cast<const char*>(result), static_cast<std::size_t>(length)};
}

bool is_hyphen(utf8proc_int32_t c) { return utf8proc_category(c) == UTF8PROC_CATEGORY_PD; }

bool is_space(utf8proc_int32_t c) {
    return c == '\t' || c == '\n' || c == '\r' || utf8proc_category(c) == UTF8PROC_CATEGORY_ZS;
}

void append(std::string& text, utf8proc_int32_t c) {
    utf8proc_uint8_t buffer[4];
    const utf8proc_ssize_t length = utf8proc_encode_char(c, buffer);
    text.append(reinterpret_cast<const char*>(buffer), static_cast<std::size_t>(length));
}

}  // namespace

std::optional<std::size_t> first_invalid_byte(std::string_view bytes) {
    std::size_t at = 0;
    while (at < bytes.size()) {
        utf8proc_int32_t c = 0;
        const auto left = static_cast<utf8proc_ssize_t>(bytes.size() - at);
        const utf8proc_ssize_t length = utf8proc_iterate(bytes_of(bytes) + at, left, &c);
        if (length <= 0) {
            return at;
        }
        at += static_cast<std::size_t>(length);
    }
    return std::nullopt;
}

bool is_valid_utf8(std::string_view bytes) { return !first_invalid_byte(bytes); }

std::string to_nfc(std::string_view text) { return mapped(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE); }

std::string to_nfd(std::string_view text) { return mapped(text, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE); }

std::string fold_case(std::string_view text) {
    return mapped(text, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD);
}

std::string fold_for_search(std::string_view text) {
    const std::string bare =
        mapped(text, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD | UTF8PROC_COMPAT);
    std::string folded;
    bool space_due = false;
    std::size_t at = 0;
    while (at < bare.size()) {
        utf8proc_int32_t c = 0;
        at += static_cast<std::size_t>(
            utf8proc_iterate(bytes_of(bare) + at, static_cast<utf8proc_ssize_t>(bare.size() - at), &c));
        if (is_space(c) || is_hyphen(c)) {
            space_due = !folded.empty();
            continue;
        }
        if (space_due) {
            folded += ' ';
            space_due = false;
        }
        constexpr utf8proc_int32_t d_with_stroke = 0x111;  // has no decomposition
        append(folded, c == d_with_stroke ? 'd' : c);
    }
    return folded;
}

}  // namespace ranh::text
