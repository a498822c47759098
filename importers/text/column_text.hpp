#pragma once

#include "importers/text/encoding.hpp"

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace ranh::text {

/// How a column would read in one encoding.
struct EncodingScore {
    Encoding encoding = Encoding::utf8;
    double share = 0.0;     ///< of the words with a letter beyond ASCII, those spelled as Vietnamese syllables
    std::size_t words = 0;  ///< such words
};

/// How the cells of one column are read.
struct TextDecision {
    Encoding encoding = Encoding::utf8;
    bool stored_bytes = false;      ///< cells are the bytes of `encoding`; else text that was recoded from windows-1252
    bool open = false;              ///< two encodings fit, or none does: only cells that are UTF-8 are taken
    bool by_other_columns = false;  ///< the column alone left it open
    bool decomposed = false;        ///< some cells were UTF-8 in decomposed form
    std::size_t words = 0;          ///< words with a letter beyond ASCII that were looked at
    std::vector<EncodingScore> scores;  ///< best first; empty when all was ASCII

    [[nodiscard]] bool converts() const { return !open && encoding != Encoding::utf8; }
    /// "tcvn3 0.98, viscii 0.11, utf-8 0.00 of 412 words".
    [[nodiscard]] std::string evidence() const;
};

/// The cells of one column that hold more than ASCII, up to a bound, and what they say about its encoding.
///
/// A column whose cells are well-formed UTF-8 stays as it is unless it hardly reads as Vietnamese, all but reads so in
/// another encoding, and clearly better in that one than in any third: a column that is already right is never
/// converted. Cost: bounded memory; deciding decodes each kept cell once per encoding.
class ColumnText {
public:
    void add(std::string_view cell);
    [[nodiscard]] bool is_ascii() const { return m_cells.empty(); }
    /// More cells would change nothing.
    [[nodiscard]] bool is_full() const;
    /// `declared`: what the file says of itself; it decides between encodings that fit alike, and is taken where no
    /// Vietnamese one fits.
    [[nodiscard]] TextDecision decide(std::optional<Encoding> declared = {}) const;
    /// The decision of a person, or of the other columns of the file, with the scores of this one.
    [[nodiscard]] TextDecision decide_for(Encoding encoding) const;
    /// Whether `encoding` is among those this column leaves open.
    [[nodiscard]] bool allows(Encoding encoding) const;

private:
    [[nodiscard]] TextDecision scored() const;
    std::set<std::string, std::less<>> m_cells;  ///< distinct
    bool m_stored_bytes = false;                 ///< a cell is no well-formed UTF-8
    bool m_decomposed = false;
};

/// Decides the columns of one file: one that leaves an encoding open takes the one that all decided columns agree on,
/// when it allows it.
[[nodiscard]] std::vector<TextDecision> decide_columns(const std::vector<ColumnText>& columns,
                                                       std::optional<Encoding> declared);

/// A cell as composed UTF-8 text by the decision for its column. ASCII stays as it is, and so does a cell of a
/// converted column that already reads as Vietnamese. Of TCVN3, words in capital fonts become capitals. "Ð" (U+00D0)
/// and "Ɖ" become "Đ" in Vietnamese words. Errors  corrupt_input with the bytes when the cell cannot be read so, naming
/// the option that decides.
[[nodiscard]] Result<std::string> read_cell(std::string_view cell, const TextDecision& decision);

/// Share of the words with a letter beyond ASCII that are Vietnamese syllables; 0 when `words` is 0.
struct Reading {
    std::size_t words = 0;
    std::size_t syllables = 0;
    [[nodiscard]] double share() const {
        return words == 0 ? 0.0 : static_cast<double>(syllables) / static_cast<double>(words);
    }
};
/// Precondition: well-formed UTF-8, composed (asserted).
[[nodiscard]] Reading read_as_vietnamese(std::string_view text);

}  // namespace ranh::text
