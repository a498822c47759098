#include "importers/linework/parcel_label.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <system_error>
#include <utility>

namespace ranh::linework {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool is_small(char c) { return c >= 'a' && c <= 'z'; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// Between values of a label line.
bool is_stroke(char c) { return c == '/' || c == '|' || c == '\\' || c == ';'; }

constexpr std::string_view stroke = "/";

/// Words and strokes of a text.
std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        const bool end = i == text.size() || is_blank(text[i]) || is_stroke(text[i]);
        if (!end) {
            continue;
        }
        if (i > begin) {
            words.push_back(text.substr(begin, i - begin));
        }
        if (i < text.size() && is_stroke(text[i])) {
            words.push_back(stroke);
        }
        begin = i + 1;
    }
    return words;
}

/// "123", "659a".
bool is_parcel_number(std::string_view word) {
    constexpr std::size_t most_digits = 6;
    const auto digits = static_cast<std::size_t>(std::find_if_not(word.begin(), word.end(), is_digit) - word.begin());
    const bool suffix = digits + 1 == word.size() && (is_small(word.back()) || is_capital(word.back()));
    return digits > 0 && digits <= most_digits && (digits == word.size() || suffix);
}

bool is_whole(std::string_view word) { return std::all_of(word.begin(), word.end(), is_digit); }

constexpr std::array<std::string_view, 2> units = {"m2", "m\xC2\xB2"};

bool is_unit(std::string_view word) { return std::find(units.begin(), units.end(), word) != units.end(); }

/// "250.5", "250,5", "250.5m2", "1250"; nothing for a number that is no area.
std::optional<double> area_of(std::string_view word) {
    for (const std::string_view unit : units) {
        if (word.ends_with(unit)) {
            word.remove_suffix(unit.size());
        }
    }
    std::string plain(word);
    std::replace(plain.begin(), plain.end(), ',', '.');
    double value = 0.0;
    const char* end = plain.data() + plain.size();
    const auto [rest, problem] = std::from_chars(plain.data(), end, value, std::chars_format::fixed);
    const bool whole_text = problem == std::errc() && rest == end && !plain.empty() && is_digit(plain.front());
    return whole_text && std::isfinite(value) && value > 0.0 ? std::optional(value) : std::nullopt;
}

/// "ODT", "ONT+CLN", "T", "2L": capitals and digits with at least one capital, beginning with at most one digit.
bool is_land_code(std::string_view word) {
    constexpr std::size_t longest = 16;
    const bool form = std::all_of(word.begin(), word.end(),
                                  [](char c) { return is_capital(c) || is_digit(c) || c == '+' || c == '-'; });
    const auto digits = std::find_if_not(word.begin(), word.end(), is_digit) - word.begin();
    return form && word.size() <= longest && digits <= 1 && std::any_of(word.begin(), word.end(), is_capital);
}

/// Letters of a code before a number written on: "1L654" is 1L and 654.
std::size_t code_before_number(std::string_view word) {
    std::size_t end = 0;
    while (end < word.size() && is_digit(word[end])) {
        ++end;
    }
    const std::size_t letters = end;
    while (end < word.size() && is_capital(word[end])) {
        ++end;
    }
    return end > letters && end < word.size() && letters <= 1 && is_parcel_number(word.substr(end)) ? end : 0;
}

template <typename Value>
void add_new(std::vector<Value>& values, Value value) {
    if (std::find(values.begin(), values.end(), value) == values.end()) {
        values.push_back(std::move(value));
    }
}

/// One label line, or values by their role.
class LabelLine {
public:
    explicit LabelLine(LabelRole role) : m_role(role) {}

    /// False, and nothing of it taken, for a text with a word that is no value.
    bool take(std::string_view text) {
        const LabelLine before = *this;
        for (const std::string_view word : words_of(text)) {
            if (!take_word(word)) {
                *this = before;
                return false;
            }
        }
        return true;
    }

    [[nodiscard]] const ParcelLabel& label() const { return m_label; }

private:
    bool take_word(std::string_view word) {
        if (word == stroke) {
            m_after_stroke = m_has_number;
            return true;
        }
        if (is_unit(word)) {
            return true;
        }
        const bool after_stroke = std::exchange(m_after_stroke, false);
        if (m_role == LabelRole::land_code && take_code(word)) {
            return true;
        }
        if (m_role != LabelRole::area && is_parcel_number(word) && !(after_stroke && is_whole(word))) {
            take_number(word);
            return true;
        }
        const auto area = area_of(word);
        if (area && (m_role == LabelRole::area || after_stroke || !is_whole(word))) {
            add_new(m_label.areas_m2, *area);
            return true;
        }
        return take_code(word);
    }

    void take_number(std::string_view word) {
        add_new(m_label.numbers, std::string(word));
        m_has_number = true;
    }

    bool take_code(std::string_view word) {
        const std::size_t code = code_before_number(word);
        if (code > 0) {
            take_number(word.substr(code));
            word = word.substr(0, code);
        } else if (!is_land_code(word)) {
            return false;
        }
        add_new(m_label.land_codes, std::string(word));
        return true;
    }

    LabelRole m_role;
    ParcelLabel m_label;
    bool m_has_number = false;
    bool m_after_stroke = false;
};

template <typename Value>
void add_all(std::vector<Value>& values, const std::vector<Value>& more) {
    for (const Value& value : more) {
        add_new(values, value);
    }
}

}  // namespace

ParcelLabel read_label(const std::vector<LabelText>& texts) {
    std::array<LabelLine, 3> lines = {LabelLine(LabelRole::number), LabelLine(LabelRole::land_code),
                                      LabelLine(LabelRole::area)};
    ParcelLabel label;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (!lines[static_cast<std::size_t>(texts[i].role)].take(texts[i].text)) {
            label.unread.push_back(i);
        }
    }
    for (const LabelLine& line : lines) {
        add_all(label.numbers, line.label().numbers);
        add_all(label.land_codes, line.label().land_codes);
        add_all(label.areas_m2, line.label().areas_m2);
    }
    return label;
}

std::optional<double> nearest_area(const std::vector<double>& stated_m2, double computed_m2) {
    const auto nearest = std::min_element(stated_m2.begin(), stated_m2.end(), [&](double a, double b) {
        return std::abs(a - computed_m2) < std::abs(b - computed_m2);
    });
    return nearest == stated_m2.end() ? std::nullopt : std::optional(*nearest);
}

}  // namespace ranh::linework
