#include "spatial/store/postgis/stored_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace ranh::postgis {
namespace {

unsigned byte_at(std::string_view text, std::size_t i) { return static_cast<unsigned char>(text[i]); }

bool continues(std::string_view text, std::size_t i) { return i < text.size() && (byte_at(text, i) & 0xC0U) == 0x80U; }

/// U+F700 … U+F7FF: EF 9C 80 … EF 9F BF.
bool is_mark(std::string_view text, std::size_t i) {
    return byte_at(text, i) == 0xEFU && continues(text, i + 1) && byte_at(text, i + 1) >= 0x9CU &&
           byte_at(text, i + 1) <= 0x9FU && continues(text, i + 2);
}

/// Length of the character at i (Unicode 15, table 3-7); 0 when its bytes are not UTF-8.
std::size_t length_at(std::string_view text, std::size_t i) {
    const unsigned lead = byte_at(text, i);
    if (lead < 0x80U) {
        return 1;
    }
    if (lead < 0xC2U || lead > 0xF4U || !continues(text, i + 1)) {
        return 0;
    }
    const unsigned second = byte_at(text, i + 1);
    if (lead < 0xE0U) {
        return 2;
    }
    if ((lead == 0xE0U && second < 0xA0U) || (lead == 0xEDU && second > 0x9FU) || !continues(text, i + 2)) {
        return 0;
    }
    if (lead < 0xF0U) {
        return 3;
    }
    if ((lead == 0xF0U && second < 0x90U) || (lead == 0xF4U && second > 0x8FU) || !continues(text, i + 3)) {
        return 0;
    }
    return 4;
}

bool is_plain(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c != '\0' && static_cast<signed char>(c) > 0; });
}

}  // namespace

std::string to_stored(std::string_view text) {
    if (is_plain(text)) {
        return std::string(text);
    }
    std::string stored;
    stored.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = text[i] == '\0' || is_mark(text, i) ? 0 : length_at(text, i);
        if (length > 0) {
            stored.append(text, i, length);
            i += length;
        } else {
            const unsigned byte = byte_at(text, i);
            stored += '\xEF';
            stored += static_cast<char>(0x9CU + (byte >> 6U));
            stored += static_cast<char>(0x80U + (byte & 0x3FU));
            ++i;
        }
    }
    return stored;
}

std::string from_stored(std::string_view stored) {
    std::string text;
    text.reserve(stored.size());
    while (!stored.empty()) {
        const std::size_t mark = stored.find('\xEF');
        if (mark == std::string_view::npos) {
            break;
        }
        text.append(stored, 0, mark);
        if (is_mark(stored, mark)) {
            text += static_cast<char>(((byte_at(stored, mark + 1) & 3U) << 6U) | (byte_at(stored, mark + 2) & 0x3FU));
            stored.remove_prefix(mark + 3);
        } else {
            text += stored[mark];
            stored.remove_prefix(mark + 1);
        }
    }
    return text.append(stored);
}

}  // namespace ranh::postgis
