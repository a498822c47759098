#include "importers/text/search_key.hpp"

#include "importers/text/unicode.hpp"

#include <algorithm>
#include <vector>

namespace ranh::text {
namespace {

constexpr std::size_t least_inside = 3;

/// ' ’ ‘ ʼ ` ´, in UTF-8: signs inside names of the Central Highlands.
constexpr std::string_view apostrophes[] = {"'", "\u2019", "\u2018", "\u02BC", "`", "\u00B4"};

std::string without_apostrophes(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const auto* const found = std::find_if(std::begin(apostrophes), std::end(apostrophes),
                                               [&](std::string_view sign) { return text.starts_with(sign); });
        if (found == std::end(apostrophes)) {
            result += text.front();
        }
        text.remove_prefix(found == std::end(apostrophes) ? 1 : found->size());
    }
    return result;
}

bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

/// Letters and digits in words parted by one space.
std::vector<std::string> split_words(std::string_view text) {
    std::vector<std::string> words;
    bool inside = false;
    for (const char c : text) {
        if (!is_letter_or_digit(c)) {
            inside = false;
            continue;
        }
        if (!inside) {
            words.emplace_back();
            inside = true;
        }
        words.back() += c;
    }
    return words;
}

bool is_vowel(char c) { return std::string_view("aeiouy").find(c) != std::string_view::npos; }

std::string usual_spelling(std::string word) {
    if (word == "dac") {
        return "dak";
    }
    if (word.ends_with('y')) {
        const std::string_view before = std::string_view(word).substr(0, word.size() - 1);
        if (before.empty() || before == "qu" || !is_vowel(before.back())) {
            word.back() = 'i';
        }
    }
    return word;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : " ") + word;
    }
    return text;
}

std::string without_spaces(std::string_view words) {
    std::string key(words);
    std::erase(key, ' ');
    return key;
}

/// Code points U+0300 to U+036F: 0xCC 0x80 to 0xCD 0xAF in UTF-8.
bool begins_mark(std::string_view text) {
    const auto first = static_cast<unsigned char>(text.front());
    const auto second = text.size() > 1 ? static_cast<unsigned char>(text[1]) : 0U;
    return first == 0xCC || (first == 0xCD && second <= 0xAF);
}

}  // namespace

std::string search_words(std::string_view text) {
    std::vector<std::string> words = split_words(fold_for_search(without_apostrophes(text)));
    std::transform(words.begin(), words.end(), words.begin(), usual_spelling);
    return joined(words);
}

std::string search_key(std::string_view text) { return without_spaces(search_words(text)); }

std::string accented_key(std::string_view text) {
    std::vector<std::string> words = split_words(fold_case(without_apostrophes(text)));
    for (std::string& word : words) {
        std::string letters;
        std::vector<std::string> marks;
        for (std::string_view rest = word; !rest.empty();) {
            if (begins_mark(rest)) {
                marks.emplace_back(rest.substr(0, 2));
                rest.remove_prefix(2);
            } else {
                letters += rest.front();
                rest.remove_prefix(1);
            }
        }
        std::sort(marks.begin(), marks.end());
        word = usual_spelling(std::move(letters));
        for (const std::string& mark : marks) {
            word += mark;
        }
    }
    return joined(words);
}

SearchMatch search_match(std::string_view name, std::string_view typed) {
    const std::string key = without_spaces(typed);
    if (key.empty()) {
        return SearchMatch::none;
    }
    if (without_spaces(name) == key) {
        return SearchMatch::whole;
    }
    if (name.starts_with(typed)) {
        return SearchMatch::start;
    }
    if ((" " + std::string(name)).find(" " + std::string(typed)) != std::string::npos) {
        return SearchMatch::word;
    }
    return key.size() >= least_inside && without_spaces(name).find(key) != std::string::npos ? SearchMatch::inside
                                                                                             : SearchMatch::none;
}

}  // namespace ranh::text
