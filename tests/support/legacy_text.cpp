#include "tests/support/legacy_text.hpp"

#include "importers/text/code_points.hpp"
#include "importers/text/syllable.hpp"
#include "importers/text/unicode.hpp"
#include "tests/support/tables.hpp"

#include <iconv.h>

#include <array>
#include <cwctype>
#include <map>

namespace ranh::test {

namespace {

using Letters = std::map<std::string, std::string>;  ///< letter -> bytes

std::string bytes_of_hex(const std::string& hex) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += hex[i] == ' ' ? 1U : 2U) {
        if (hex[i] != ' ') {
            bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
        }
    }
    return bytes;
}

const Letters& tcvn3_letters() {
    static const Letters letters = [] {
        Letters table;
        for (const auto& row : read_csv(RANH_SOURCE_DIR "/tests/support/encodings/tcvn3.csv").rows) {
            if (row.at("used_by_abc_fonts") == "yes") {
                table[row.at("char")] = bytes_of_hex(row.at("byte_hex"));
            }
        }
        return table;
    }();
    return letters;
}

const Letters& vni_letters() {
    static const Letters letters = [] {
        Letters table;
        for (const auto& row : read_csv(RANH_SOURCE_DIR "/tests/support/encodings/vni.csv").rows) {
            table[row.at("char")] = bytes_of_hex(row.at("bytes_hex"));
        }
        return table;
    }();
    return letters;
}

std::optional<std::string> by_table(std::string_view text, const Letters& letters) {
    std::string bytes;
    for (const char32_t c : text::code_points(text)) {
        std::string letter;
        text::append_code_point(letter, c);
        const auto row = letters.find(letter);
        if (row == letters.end() && c >= 0x80) {
            return std::nullopt;
        }
        bytes += row == letters.end() ? letter : row->second;
    }
    return bytes;
}

std::optional<std::string> by_iconv(std::string_view text, const char* to, const char* from) {
    iconv_t converter = iconv_open(to, from);
    std::string bytes(4 * text.size() + 8, '\0');
    std::string input(text);
    char* in = input.data();
    std::size_t in_left = input.size();
    char* out = bytes.data();
    std::size_t out_left = bytes.size();
    const bool done = iconv(converter, &in, &in_left, &out, &out_left) != static_cast<std::size_t>(-1) &&
                      iconv(converter, nullptr, nullptr, &out, &out_left) != static_cast<std::size_t>(-1);
    iconv_close(converter);
    bytes.resize(bytes.size() - out_left);
    return done ? std::optional(bytes) : std::nullopt;
}

constexpr std::u32string_view vowels = U"aăâeêioôơuưy";

std::string composed(const std::u32string& codes) {
    std::string text;
    for (const char32_t c : codes) {
        text::append_code_point(text, c);
    }
    return text::to_nfc(text);
}

std::vector<std::u32string> vowel_groups() {
    std::vector<std::u32string> groups;
    for (const char32_t a : vowels) {
        groups.push_back({a});
        for (const char32_t b : vowels) {
            groups.push_back({a, b});
            for (const char32_t c : vowels) {
                groups.push_back({a, b, c});
            }
        }
    }
    return groups;
}

/// Rimes without tone, found by asking which spellings with an acute mark stand alone or after "q".
std::vector<std::u32string> rimes() {
    constexpr std::array<std::u32string_view, 10> finals = {U"",  U"c",  U"ch", U"k", U"m",
                                                            U"n", U"ng", U"nh", U"p", U"t"};
    std::vector<std::u32string> found;
    for (const auto& group : vowel_groups()) {
        for (const auto final_letters : finals) {
            const std::u32string rime = group + std::u32string(final_letters);
            std::u32string marked = rime;
            marked.insert(1, 1, U'\u0301');
            if (text::is_vietnamese_syllable(composed(marked)) ||
                text::is_vietnamese_syllable(composed(U"h" + marked))) {
                found.push_back(rime);
            }
        }
    }
    return found;
}

void add_with_tones(std::vector<std::string>& syllables, const std::u32string& plain, std::size_t rime_at) {
    if (text::is_vietnamese_syllable(composed(plain))) {
        syllables.push_back(composed(plain));
    }
    for (std::size_t i = rime_at; i < plain.size() && vowels.find(plain[i]) != std::u32string_view::npos; ++i) {
        for (const char32_t mark : {U'\u0300', U'\u0301', U'\u0303', U'\u0309', U'\u0323'}) {
            std::u32string word = plain;
            word.insert(i + 1, 1, mark);
            if (text::is_vietnamese_syllable(composed(word))) {
                syllables.push_back(composed(word));
            }
        }
    }
}

std::string raised(std::string_view word, std::size_t most) {
    std::u32string codes = text::code_points(word);
    for (std::size_t i = 0; i < std::min(most, codes.size()); ++i) {
        // Vietnamese letters: capitals stand 20 (hexadecimal) before, or one before, the small ones.
        const char32_t c = codes[i];
        const bool ascii_or_latin1 = (c >= U'a' && c <= U'z') || (c >= 0xE0 && c < 0xFF);
        codes[i] = ascii_or_latin1 ? c - 0x20 : (c == 0x1B0 || c == 0x1A1 || c >= 0x100) ? c - 1 : c;
    }
    return composed(codes);
}

}  // namespace

std::optional<std::string> in_encoding(std::string_view text, text::Encoding encoding) {
    switch (encoding) {
        case text::Encoding::utf8: break;
        case text::Encoding::utf8_twice: return taken_for_windows_1252(text);
        case text::Encoding::tcvn3: return by_table(text, tcvn3_letters());
        case text::Encoding::vni: return by_table(text, vni_letters());
        case text::Encoding::viscii: return by_iconv(text, "VISCII", "UTF-8");
        case text::Encoding::windows_1258: return by_iconv(text, "CP1258", "UTF-8");
        case text::Encoding::windows_1252: return by_iconv(text, "CP1252", "UTF-8");
    }
    return std::string(text);
}

std::string taken_for_windows_1252(std::string_view bytes) {
    std::string text;
    for (const char c : bytes) {
        const auto sign = by_iconv(std::string_view(&c, 1), "UTF-8", "CP1252");
        if (sign) {
            text += *sign;
        } else {
            text::append_code_point(text, static_cast<unsigned char>(c));
        }
    }
    return text;
}

const std::vector<std::string>& vietnamese_syllables() {
    static const std::vector<std::string> all = [] {
        constexpr std::array<std::u32string_view, 29> initials = {
            U"",  U"b",  U"c",   U"ch", U"d", U"đ",  U"g",  U"gh", U"gi", U"h", U"k",  U"kh", U"kr", U"l", U"m",
            U"n", U"ng", U"ngh", U"nh", U"p", U"ph", U"qu", U"r",  U"s",  U"t", U"th", U"tr", U"v",  U"x"};
        std::vector<std::string> syllables;
        for (const auto& rime : rimes()) {
            for (const auto initial : initials) {
                add_with_tones(syllables, std::u32string(initial) + rime, initial.size());
            }
        }
        return syllables;
    }();
    return all;
}

std::string in_capitals(std::string_view word) { return raised(word, word.size()); }
std::string with_first_capital(std::string_view word) { return raised(word, 1); }

}  // namespace ranh::test
