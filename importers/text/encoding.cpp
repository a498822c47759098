#include "importers/text/encoding.hpp"

#include "importers/text/code_points.hpp"
#include "importers/text/unicode.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <iconv.h>
#include <utf8proc.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <vector>

namespace ranh::text {

namespace {

/// Bytes A1 to FE of TCVN 5712:1993 as the ABC fonts use them (TCVN3); 0: no letter of these fonts.
constexpr std::array<char32_t, 94> tcvn3_letters = {
    0x102,  0xC2,   0xCA,   0xD4,   0x1A0,  0x1AF,  0x110,  0x103,  0xE2,   0xEA,   0xF4,   0x1A1,  0x1B0,  0x111,
    0,      0,      0,      0,      0,      0,      0xE0,   0x1EA3, 0xE3,   0xE1,   0x1EA1, 0,      0x1EB1, 0x1EB3,
    0x1EB5, 0x1EAF, 0,      0,      0,      0,      0,      0,      0,      0x1EB7, 0x1EA7, 0x1EA9, 0x1EAB, 0x1EA5,
    0x1EAD, 0xE8,   0,      0x1EBB, 0x1EBD, 0xE9,   0x1EB9, 0x1EC1, 0x1EC3, 0x1EC5, 0x1EBF, 0x1EC7, 0xEC,   0x1EC9,
    0,      0,      0,      0x129,  0xED,   0x1ECB, 0xF2,   0,      0x1ECF, 0xF5,   0xF3,   0x1ECD, 0x1ED3, 0x1ED5,
    0x1ED7, 0x1ED1, 0x1ED9, 0x1EDD, 0x1EDF, 0x1EE1, 0x1EDB, 0x1EE3, 0xF9,   0,      0x1EE7, 0x169,  0xFA,   0x1EE5,
    0x1EEB, 0x1EED, 0x1EEF, 0x1EE9, 0x1EF1, 0x1EF3, 0x1EF7, 0x1EF9, 0xFD,   0x1EF5};

struct VniLetter {
    unsigned char base;
    unsigned char mark;  ///< 0: the base is the letter
    char32_t letter;
};

/// Lower case; in capitals both bytes are smaller by 20 (hexadecimal). Table of the xvnkb keyboard program.
constexpr std::array<VniLetter, 67> vni_letters = {
    {{0x61, 0xF9, 0x00E1}, {0x61, 0xF8, 0x00E0}, {0x61, 0xFB, 0x1EA3}, {0x61, 0xF5, 0x00E3}, {0x61, 0xEF, 0x1EA1},
     {0x61, 0xE2, 0x00E2}, {0x61, 0xE1, 0x1EA5}, {0x61, 0xE0, 0x1EA7}, {0x61, 0xE5, 0x1EA9}, {0x61, 0xE3, 0x1EAB},
     {0x61, 0xE4, 0x1EAD}, {0x61, 0xEA, 0x0103}, {0x61, 0xE9, 0x1EAF}, {0x61, 0xE8, 0x1EB1}, {0x61, 0xFA, 0x1EB3},
     {0x61, 0xFC, 0x1EB5}, {0x61, 0xEB, 0x1EB7}, {0x65, 0xF9, 0x00E9}, {0x65, 0xF8, 0x00E8}, {0x65, 0xFB, 0x1EBB},
     {0x65, 0xF5, 0x1EBD}, {0x65, 0xEF, 0x1EB9}, {0x65, 0xE2, 0x00EA}, {0x65, 0xE1, 0x1EBF}, {0x65, 0xE0, 0x1EC1},
     {0x65, 0xE5, 0x1EC3}, {0x65, 0xE3, 0x1EC5}, {0x65, 0xE4, 0x1EC7}, {0x6F, 0xF9, 0x00F3}, {0x6F, 0xF8, 0x00F2},
     {0x6F, 0xFB, 0x1ECF}, {0x6F, 0xF5, 0x00F5}, {0x6F, 0xEF, 0x1ECD}, {0x6F, 0xE2, 0x00F4}, {0x6F, 0xE1, 0x1ED1},
     {0x6F, 0xE0, 0x1ED3}, {0x6F, 0xE5, 0x1ED5}, {0x6F, 0xE3, 0x1ED7}, {0x6F, 0xE4, 0x1ED9}, {0xF4, 0x00, 0x01A1},
     {0xF4, 0xF9, 0x1EDB}, {0xF4, 0xF8, 0x1EDD}, {0xF4, 0xFB, 0x1EDF}, {0xF4, 0xF5, 0x1EE1}, {0xF4, 0xEF, 0x1EE3},
     {0x75, 0xF9, 0x00FA}, {0x75, 0xF8, 0x00F9}, {0x75, 0xFB, 0x1EE7}, {0x75, 0xF5, 0x0169}, {0x75, 0xEF, 0x1EE5},
     {0xF6, 0x00, 0x01B0}, {0xF6, 0xF9, 0x1EE9}, {0xF6, 0xF8, 0x1EEB}, {0xF6, 0xFB, 0x1EED}, {0xF6, 0xF5, 0x1EEF},
     {0xF6, 0xEF, 0x1EF1}, {0xED, 0x00, 0x00ED}, {0xEC, 0x00, 0x00EC}, {0xE6, 0x00, 0x1EC9}, {0xF3, 0x00, 0x0129},
     {0xF2, 0x00, 0x1ECB}, {0x79, 0xF9, 0x00FD}, {0x79, 0xF8, 0x1EF3}, {0x79, 0xFB, 0x1EF7}, {0x79, 0xF5, 0x1EF9},
     {0xEE, 0x00, 0x1EF5}, {0xF1, 0x00, 0x0111}}};

/// Signs of windows-1252 at 80 to 9F; the five bytes without one are control characters.
constexpr std::array<char32_t, 32> windows_1252_signs = {0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021,
                                                         0x2C6,  0x2030, 0x160,  0x2039, 0x152,  0x8D,   0x17D,  0x8F,
                                                         0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                         0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};

char32_t windows_1252_sign(unsigned char byte) {
    return byte >= 0x80 && byte < 0xA0 ? windows_1252_signs[byte - 0x80U] : byte;
}

std::optional<char> windows_1252_byte(char32_t c) {
    const auto place = std::find(windows_1252_signs.begin(), windows_1252_signs.end(), c);
    if (place != windows_1252_signs.end()) {
        return static_cast<char>(0x80 + (place - windows_1252_signs.begin()));
    }
    return c < 0x100 ? std::optional(static_cast<char>(static_cast<unsigned char>(c))) : std::nullopt;
}

/// A sign that the fonts of the old encodings share with windows-1252; no letter and no control character.
bool is_shared_sign(unsigned char byte) {
    const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(windows_1252_sign(byte)));
    return byte < 0xC0 && category != UTF8PROC_CATEGORY_CC && category != UTF8PROC_CATEGORY_CF;
}

std::optional<std::string> decode_tcvn3(std::string_view bytes) {
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        const char32_t letter = byte > 0xA0 && byte < 0xFF ? tcvn3_letters[byte - 0xA1U] : 0;
        if (byte >= 0x80 && letter == 0 && !is_shared_sign(byte)) {
            return std::nullopt;
        }
        append_code_point(text, letter != 0 ? letter : windows_1252_sign(byte));
    }
    return text;
}

/// The letter of one or two bytes in either case; a capital base takes small marks too.
std::optional<char32_t> vni_letter(unsigned char base, unsigned char mark) {
    const bool small = base >= 0xE0 || (base >= 0x61 && base <= 0x7A);
    const auto small_of = [](unsigned char byte) { return static_cast<unsigned char>(byte | 0x20U); };
    if ((mark != 0 && mark < 0xC0) || (base >= 0x80 && base < 0xC0)) {
        return std::nullopt;
    }
    const unsigned char small_mark = mark == 0 ? mark : small_of(mark);
    for (const VniLetter& row : vni_letters) {
        if (row.base == small_of(base) && row.mark == small_mark) {
            return small ? row.letter
                         : static_cast<char32_t>(utf8proc_toupper(static_cast<utf8proc_int32_t>(row.letter)));
        }
    }
    return std::nullopt;
}

std::optional<std::string> decode_vni(std::string_view bytes) {
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto base = static_cast<unsigned char>(bytes[i]);
        const auto mark =
            i + 1 < bytes.size() ? static_cast<unsigned char>(bytes[i + 1]) : static_cast<unsigned char>(0);
        const auto pair = mark == 0 ? std::nullopt : vni_letter(base, mark);
        const auto letter = pair || base < 0x80 ? pair : vni_letter(base, 0);
        i += pair ? 1U : 0U;
        if (!letter && base >= 0x80 && !is_shared_sign(base)) {
            return std::nullopt;
        }
        append_code_point(text, letter.value_or(windows_1252_sign(base)));
    }
    return text;
}

std::optional<std::string> decode_windows_1252(std::string_view bytes) {
    std::string text;
    for (const char c : bytes) {
        append_code_point(text, windows_1252_sign(static_cast<unsigned char>(c)));
    }
    return text;
}

/// A converter of the C library; it is thrown away with the object.
class Converter {
public:
    explicit Converter(const char* from) : m_handle(iconv_open("UTF-8", from)) {
        if (!is_open()) {
            throw Failure(ErrorKind::unsupported,
                          fmt::format("the C library of this system cannot convert {} text; install its character set "
                                      "modules (gconv), or convert the file to UTF-8",
                                      from));
        }
    }
    ~Converter() { iconv_close(m_handle); }
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;

    std::optional<std::string> convert(std::string_view bytes) {
        iconv(m_handle, nullptr, nullptr, nullptr, nullptr);
        // No byte of these encodings stands for more than one character of the basic plane; the converter of
        // windows-1258 keeps one back until it is flushed.
        std::string text(3 * bytes.size() + 4, '\0');
        char* in = const_cast<char*>(bytes.data());  // NOLINT(cppcoreguidelines-pro-type-const-cast): iconv only reads
        std::size_t in_left = bytes.size();
        char* out = text.data();
        std::size_t out_left = text.size();
        if (iconv(m_handle, &in, &in_left, &out, &out_left) == static_cast<std::size_t>(-1) || in_left > 0 ||
            iconv(m_handle, nullptr, nullptr, &out, &out_left) == static_cast<std::size_t>(-1)) {
            return std::nullopt;
        }
        text.resize(text.size() - out_left);
        return text;
    }

private:
    // iconv_open tells a failure by this value.
    [[nodiscard]] bool is_open() const {
        return reinterpret_cast<std::intptr_t>(m_handle) != -1;  // NOLINT(performance-no-int-to-ptr)
    }
    iconv_t m_handle;
};

std::optional<std::string> decode_uncomposed(std::string_view bytes, Encoding encoding) {
    switch (encoding) {
        case Encoding::utf8: break;
        case Encoding::utf8_twice: {
            const auto once = is_valid_utf8(bytes) ? windows_1252_bytes(bytes) : std::nullopt;
            return once && is_valid_utf8(*once) ? once : std::nullopt;
        }
        case Encoding::tcvn3: return decode_tcvn3(bytes);
        case Encoding::vni: return decode_vni(bytes);
        case Encoding::viscii: {
            thread_local Converter viscii("VISCII");
            return viscii.convert(bytes);
        }
        case Encoding::windows_1258: {
            thread_local Converter windows_1258("CP1258");
            return windows_1258.convert(bytes);
        }
        case Encoding::windows_1252: return decode_windows_1252(bytes);
    }
    return is_valid_utf8(bytes) ? std::optional<std::string>(bytes) : std::nullopt;
}

struct Letters {
    int capitals = 0;
    int small_ascii = 0;
    int small_marked = 0;
};

Letters letters_of(std::u32string_view word) {
    Letters letters;
    for (const char32_t c : word) {
        const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
        letters.capitals += category == UTF8PROC_CATEGORY_LU ? 1 : 0;
        letters.small_ascii += c >= U'a' && c <= U'z' ? 1 : 0;
        letters.small_marked += c >= 0x80 && category == UTF8PROC_CATEGORY_LL ? 1 : 0;
    }
    return letters;
}

}  // namespace

std::string_view to_string(Encoding encoding) {
    constexpr std::array<std::string_view, all_encodings.size()> names = {
        "utf-8", "utf-8-twice", "tcvn3", "vni", "viscii", "windows-1258", "windows-1252"};
    return names[static_cast<std::size_t>(encoding)];
}

Result<Encoding> parse_encoding(std::string_view name) {
    struct Alias {
        std::string_view key;
        Encoding encoding;
    };
    constexpr std::array<Alias, 24> aliases = {{{"utf8", Encoding::utf8},
                                                {"65001", Encoding::utf8},
                                                {"utf8twice", Encoding::utf8_twice},
                                                {"tcvn3", Encoding::tcvn3},
                                                {"tcvn", Encoding::tcvn3},
                                                {"abc", Encoding::tcvn3},
                                                {"tcvn5712", Encoding::tcvn3},
                                                {"tcvn57121", Encoding::tcvn3},
                                                {"vni", Encoding::vni},
                                                {"vniwin", Encoding::vni},
                                                {"viscii", Encoding::viscii},
                                                {"windows1258", Encoding::windows_1258},
                                                {"cp1258", Encoding::windows_1258},
                                                {"1258", Encoding::windows_1258},
                                                {"ansi1258", Encoding::windows_1258},
                                                {"win1258", Encoding::windows_1258},
                                                {"windows1252", Encoding::windows_1252},
                                                {"cp1252", Encoding::windows_1252},
                                                {"1252", Encoding::windows_1252},
                                                {"ansi1252", Encoding::windows_1252},
                                                {"win1252", Encoding::windows_1252},
                                                {"88591", Encoding::windows_1252},
                                                {"iso88591", Encoding::windows_1252},
                                                {"latin1", Encoding::windows_1252}}};
    std::string key;
    for (const char c : name) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
            key += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        }
    }
    for (const Alias& alias : aliases) {
        if (alias.key == key) {
            return alias.encoding;
        }
    }
    std::vector<std::string_view> names;
    std::transform(all_encodings.begin(), all_encodings.end(), std::back_inserter(names), to_string);
    return Error{ErrorKind::invalid_argument,
                 fmt::format("'{}' is no text encoding; use one of {}", name, fmt::join(names, ", ")),
                 {}};
}

std::optional<std::string> decode(std::string_view bytes, Encoding encoding) {
    const auto text = decode_uncomposed(bytes, encoding);
    return text ? std::optional(to_nfc(*text)) : std::nullopt;
}

std::string upper_case_of_capital_fonts(std::string_view text) {
    const std::u32string letters = code_points(text);
    bool font_seen = false;
    const auto in_capital_font = [&](std::u32string_view word) {
        const Letters counts = letters_of(word);
        return counts.capitals >= 2 && counts.small_ascii == 0 && counts.small_marked > 0;
    };
    for_each_word(letters, [&](std::size_t first, std::size_t end) {
        font_seen = font_seen || in_capital_font(std::u32string_view(letters).substr(first, end - first));
    });
    const bool whole = letters_of(letters).small_ascii == 0;
    if (!font_seen) {
        return std::string(text);
    }
    std::u32string fixed = letters;
    for_each_word(letters, [&](std::size_t first, std::size_t end) {
        if (whole || in_capital_font(std::u32string_view(letters).substr(first, end - first))) {
            for (std::size_t i = first; i < end; ++i) {
                fixed[i] = static_cast<char32_t>(utf8proc_toupper(static_cast<utf8proc_int32_t>(fixed[i])));
            }
        }
    });
    std::string result;
    for (const char32_t c : fixed) {
        append_code_point(result, c);
    }
    return result;
}

std::optional<std::string> windows_1252_bytes(std::string_view text) {
    std::string bytes;
    for (const char32_t c : code_points(text)) {
        const auto byte = windows_1252_byte(c);
        if (!byte) {
            return std::nullopt;
        }
        bytes += *byte;
    }
    return bytes;
}

}  // namespace ranh::text
