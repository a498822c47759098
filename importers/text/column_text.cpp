#include "importers/text/column_text.hpp"

#include "importers/text/code_points.hpp"
#include "importers/text/syllable.hpp"
#include "importers/text/unicode.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace ranh::text {

namespace {

constexpr std::size_t most_cells = 2000;
constexpr std::size_t longest_cell = 4096;

/// An encoding reads a column when at least this share of its words are syllables …
constexpr double reads = 0.7;
/// … and is chosen when the next best stays so far behind.
constexpr double clear_lead = 0.1;
/// Text that is well-formed as it stands is touched only when it reads so much worse than the conversion,
constexpr double worth_converting = 0.4;
/// which reads better than chance makes the words of another language read …
constexpr double reads_surely = 0.85;
/// … in so many words.
constexpr std::size_t least_words = 5;
/// VISCII is rare and has a letter at nearly every byte.
constexpr std::size_t least_words_viscii = 20;

constexpr std::array vietnamese_encodings = {Encoding::tcvn3, Encoding::vni, Encoding::viscii, Encoding::windows_1258};

/// Printable ASCII and white space, the same in all these encodings; other control bytes are letters in VISCII.
bool is_plain_text(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= 0x20 && c < 0x7F) || c == '\t' || c == '\n' || c == '\r'; });
}

/// Signs that stand beside words in right text. Another sign beyond ASCII that touches a letter, such as the "©" in
/// "L©m", counts as a letter that no syllable has.
bool is_neutral(char32_t c) {
    constexpr std::u32string_view signs = U"\u00A0°±²³×÷–—‘’“”‚„†‡•…‰€™";
    return c < 0x80 || signs.find(c) != std::u32string_view::npos || c >= 0x2000;
}

bool is_word_part(char32_t c) { return is_letter(c) || !is_neutral(c); }

/// Đ was typed as another letter that looks like it.
char32_t with_vietnamese_d(char32_t c) {
    if (c == 0xD0 || c == 0x189) {
        return 0x110;
    }
    return c == 0xF0 || c == 0x256 ? 0x111 : c;
}

std::string utf8_of(std::u32string_view codes) {
    std::string text;
    for (const char32_t c : codes) {
        append_code_point(text, c);
    }
    return text;
}

std::u32string mended_word(std::u32string_view word) {
    std::u32string mended(word);
    std::transform(mended.begin(), mended.end(), mended.begin(), with_vietnamese_d);
    return mended;
}

std::string with_right_d(const std::string& text) {
    std::u32string codes = code_points(text);
    bool changed = false;
    for_each_word(codes, [&](std::size_t first, std::size_t end) {
        const std::u32string mended = mended_word(std::u32string_view(codes).substr(first, end - first));
        if (codes.compare(first, end - first, mended) != 0 && is_vietnamese_syllable(utf8_of(mended))) {
            codes.replace(first, end - first, mended);
            changed = true;
        }
    });
    return changed ? utf8_of(codes) : text;
}

std::string hexadecimal(std::string_view bytes) {
    constexpr std::size_t most = 12;
    std::string text;
    for (const char c : bytes.substr(0, most)) {
        text += fmt::format("{}{:02X}", text.empty() ? "" : " ", static_cast<unsigned char>(c));
    }
    return text + (bytes.size() > most ? " …" : "");
}

/// A cell in one of the old encodings; nothing when it does not hold such bytes.
std::optional<std::string> decoded(std::string_view cell, Encoding encoding, bool stored_bytes) {
    if (encoding == Encoding::utf8 || encoding == Encoding::utf8_twice || stored_bytes || !is_valid_utf8(cell)) {
        return decode(cell, encoding);
    }
    const auto bytes = windows_1252_bytes(cell);
    return bytes ? decode(*bytes, encoding) : std::nullopt;
}

Reading reading_of(const std::set<std::string, std::less<>>& cells, Encoding encoding, bool stored_bytes) {
    Reading sum;
    for (const auto& cell : cells) {
        const auto text = decoded(cell, encoding, stored_bytes);
        const Reading reading = text ? read_as_vietnamese(*text) : Reading{1, 0};
        sum.words += reading.words;
        sum.syllables += reading.syllables;
    }
    return sum;
}

double share_of(const TextDecision& decision, Encoding encoding) {
    const auto place = std::find_if(decision.scores.begin(), decision.scores.end(),
                                    [&](const EncodingScore& score) { return score.encoding == encoding; });
    return place == decision.scores.end() ? 0.0 : place->share;
}

bool fits(const TextDecision& decision, Encoding encoding) {
    const double best = decision.scores.empty() ? 0.0 : decision.scores.front().share;
    const double share = share_of(decision, encoding);
    return share >= reads && share > best - clear_lead;
}

bool only_best_fits(const TextDecision& decision) {
    return std::count_if(decision.scores.begin(), decision.scores.end(),
                         [&](const EncodingScore& score) { return fits(decision, score.encoding); }) == 1;
}

}  // namespace

Reading read_as_vietnamese(std::string_view text) {
    const std::u32string codes = code_points(text);
    Reading reading;
    std::size_t i = 0;
    while (i < codes.size()) {
        std::size_t end = i;
        bool marked = false;
        bool has_letter = false;
        while (end < codes.size() && is_word_part(codes[end])) {
            marked = marked || codes[end] >= 0x80;
            has_letter = has_letter || is_letter(codes[end]);
            ++end;
        }
        if (marked && has_letter) {
            ++reading.words;
            const std::u32string mended = mended_word(std::u32string_view(codes).substr(i, end - i));
            reading.syllables += is_vietnamese_syllable(utf8_of(mended)) ? 1U : 0U;
        }
        i = end + 1;
    }
    return reading;
}

std::string TextDecision::evidence() const {
    std::vector<std::string> parts;
    parts.reserve(scores.size());
    for (const auto& score : scores) {
        parts.push_back(fmt::format("{} {:.2f}", to_string(score.encoding), score.share));
    }
    return fmt::format("{} of {} word(s)", fmt::join(parts, ", "), words);
}

void ColumnText::add(std::string_view cell) {
    if (is_plain_text(cell)) {
        return;
    }
    const bool valid = is_valid_utf8(cell);
    m_stored_bytes = m_stored_bytes || !valid;
    m_decomposed = m_decomposed || (valid && to_nfc(cell) != cell);
    if (m_cells.size() < most_cells && cell.size() <= longest_cell && !m_cells.contains(cell)) {
        m_cells.emplace(cell);
    }
}

bool ColumnText::is_full() const { return m_cells.size() >= most_cells; }

TextDecision ColumnText::scored() const {
    TextDecision decision;
    decision.stored_bytes = m_stored_bytes;
    decision.decomposed = m_decomposed;
    if (m_cells.empty()) {
        return decision;
    }
    const auto add_score = [&](Encoding encoding) {
        const Reading reading = reading_of(m_cells, encoding, m_stored_bytes);
        decision.scores.push_back({encoding, reading.share(), reading.words});
        decision.words = std::max(decision.words, reading.words);
    };
    add_score(Encoding::utf8);
    if (!m_stored_bytes) {
        add_score(Encoding::utf8_twice);
    }
    for (const Encoding encoding : vietnamese_encodings) {
        add_score(encoding);
    }
    std::stable_sort(decision.scores.begin(), decision.scores.end(),
                     [](const EncodingScore& a, const EncodingScore& b) { return a.share > b.share; });
    return decision;
}

TextDecision ColumnText::decide(std::optional<Encoding> declared) const {
    TextDecision decision = scored();
    if (decision.scores.empty()) {
        return decision;
    }
    const EncodingScore best = decision.scores.front();
    const double as_it_stands = share_of(decision, Encoding::utf8);
    if (!m_stored_bytes && best.share - as_it_stands < worth_converting) {
        return decision;
    }
    const std::size_t least = best.encoding == Encoding::viscii ? least_words_viscii : least_words;
    const bool enough = m_stored_bytes || (best.share >= reads_surely && best.words >= least);
    if (best.share >= reads && only_best_fits(decision) && enough) {
        decision.encoding = best.encoding;
    } else if (m_stored_bytes && declared &&
               (fits(decision, *declared) || (declared == Encoding::windows_1252 && best.share < reads))) {
        decision.encoding = *declared;
    } else {
        decision.open = m_stored_bytes || best.share >= reads;
    }
    return decision;
}

TextDecision ColumnText::decide_for(Encoding encoding) const {
    TextDecision decision = scored();
    decision.encoding = encoding;
    return decision;
}

bool ColumnText::allows(Encoding encoding) const { return fits(scored(), encoding); }

std::vector<TextDecision> decide_columns(const std::vector<ColumnText>& columns, std::optional<Encoding> declared) {
    std::vector<TextDecision> decisions;
    std::set<Encoding> agreed;
    for (const auto& column : columns) {
        decisions.push_back(column.decide(declared));
        if (decisions.back().converts()) {
            agreed.insert(decisions.back().encoding);
        }
    }
    for (std::size_t i = 0; i < columns.size() && agreed.size() == 1; ++i) {
        if (decisions[i].open && columns[i].allows(*agreed.begin())) {
            decisions[i] = columns[i].decide_for(*agreed.begin());
            decisions[i].by_other_columns = true;
        }
    }
    return decisions;
}

Result<std::string> read_cell(std::string_view cell, const TextDecision& decision) {
    if (is_plain_text(cell)) {
        return std::string(cell);
    }
    const bool valid = is_valid_utf8(cell);
    if (valid && !decision.converts()) {
        return with_right_d(to_nfc(cell));
    }
    auto text = decision.open ? std::nullopt : decoded(cell, decision.encoding, decision.stored_bytes);
    if (valid) {
        const std::string as_it_stands = to_nfc(cell);
        const double share = read_as_vietnamese(as_it_stands).share();
        if (!text || share > read_as_vietnamese(*text).share()) {
            return with_right_d(as_it_stands);
        }
    }
    if (!text) {
        const std::string why = decision.open ? fmt::format("its encoding is open ({})", decision.evidence())
                                              : fmt::format("is no {} text", to_string(decision.encoding));
        return Error{ErrorKind::corrupt_input,
                     fmt::format("the text with the bytes {} {}{}; name the encoding of the text with --text-encoding, "
                                 "or of this field in the mapping (encoding: tcvn3)",
                                 hexadecimal(cell), decision.open ? "cannot be read: " : "", why),
                     {}};
    }
    return decision.encoding == Encoding::tcvn3 ? upper_case_of_capital_fonts(*text) : with_right_d(*text);
}

}  // namespace ranh::text
