#include "importers/text/syllable.hpp"

#include "importers/text/code_points.hpp"
#include "importers/text/unicode.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <unordered_set>

namespace ranh::text {

namespace {

constexpr std::array<std::u32string_view, 31> initials = {
    U"",   U"b",   U"c",  U"ch", U"d",  U"đ",  U"g",  U"gh", U"gi", U"h", U"k",  U"kh", U"kr", U"l", U"m", U"n",
    U"ng", U"ngh", U"nh", U"p",  U"ph", U"pl", U"qu", U"r",  U"s",  U"t", U"th", U"tr", U"v",  U"x", U"br"};

constexpr std::u32string_view rime_list =
    U"a ac ach ai ak am an ang anh ao ap at au ay ăc ăk ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    U"e ec em en eng eo ep et ê êch êm ên ênh êp êt êu "
    U"i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu "
    U"o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong "
    U"op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt "
    U"u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn uông uôt up ut uy uya uych uyên uyêt uyn "
    U"uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu "
    U"y yêm yên yêng yêt yêu yt ych ynh yn yêp";

const std::unordered_set<std::u32string_view>& rimes() {
    static const std::unordered_set<std::u32string_view> set = [] {
        std::unordered_set<std::u32string_view> words;
        std::size_t i = 0;
        while (i < rime_list.size()) {
            const auto end = std::min(rime_list.find(U' ', i), rime_list.size());
            words.insert(rime_list.substr(i, end - i));
            i = end + 1;
        }
        return words;
    }();
    return set;
}

enum class Tone { level, acute, grave, hook, tilde, dot };

std::optional<Tone> tone_of(char32_t mark) {
    switch (mark) {
        case 0x300: return Tone::grave;
        case 0x301: return Tone::acute;
        case 0x303: return Tone::tilde;
        case 0x309: return Tone::hook;
        case 0x323: return Tone::dot;
        default: return std::nullopt;
    }
}

struct Syllable {
    std::u32string letters;  ///< lower case, without tone
    Tone tone = Tone::level;
};

/// The letter without its tone mark; the mark goes to `tone`. Nothing for a second one.
bool add_letter(Syllable& syllable, char32_t letter, std::optional<Tone>& tone) {
    std::string composed;
    append_code_point(composed, static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(letter))));
    std::string bare;
    for (const char32_t part : code_points(to_nfd(composed))) {
        const auto mark = tone_of(part);
        if (mark && tone) {
            return false;
        }
        if (mark) {
            tone = mark;
        } else {
            append_code_point(bare, part);
        }
    }
    syllable.letters += code_points(to_nfc(bare));
    return true;
}

bool spelling_agrees(std::u32string_view initial, std::u32string_view rime) {
    const bool front = std::u32string_view(U"eêiy").find(rime.front()) != std::u32string_view::npos;
    if (initial == U"c" || initial == U"ng") {
        return !front;
    }
    if (initial == U"k") {
        return front || rime == U"a" || rime == U"ông" || rime == U"on";  // Ka, Kông, Kon in place names
    }
    return initial != U"gh" && initial != U"ngh" ? true : front;
}

bool tone_agrees(Tone tone, std::u32string_view rime) {
    const char32_t last = rime.back();
    const bool stopped = last == U'c' || last == U'p' || last == U't' || rime.ends_with(U"ch");
    return !stopped || tone == Tone::acute || tone == Tone::dot;
}

}  // namespace

bool is_vietnamese_syllable(std::string_view word) {
    constexpr std::size_t longest = 7;  // "nghiêng"
    if (!is_valid_utf8(word)) {
        return false;
    }
    const std::u32string codes = code_points(word);
    if (codes.empty() || codes.size() > longest) {
        return false;
    }
    Syllable syllable;
    std::optional<Tone> tone;
    for (const char32_t c : codes) {
        if (!is_letter(c) || !add_letter(syllable, c, tone)) {
            return false;
        }
    }
    syllable.tone = tone.value_or(Tone::level);
    const std::u32string_view letters = syllable.letters;
    return std::any_of(initials.begin(), initials.end(), [&](std::u32string_view initial) {
        const auto rime = letters.starts_with(initial) ? letters.substr(initial.size()) : std::u32string_view();
        return !rime.empty() && rimes().contains(rime) && spelling_agrees(initial, rime) &&
               tone_agrees(syllable.tone, rime);
    });
}

}  // namespace ranh::text
