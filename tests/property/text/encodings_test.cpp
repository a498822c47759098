// Every Vietnamese syllable survives every encoding it may arrive in, alone and as part of a column, and a column that
// is already right is left as it is.
#include "importers/text/column_text.hpp"
#include "importers/text/syllable.hpp"
#include "importers/text/unicode.hpp"
#include "tests/support/legacy_text.hpp"
#include "tests/support/seeds.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace ranh {
namespace {

using test::vietnamese_syllables;
using text::Encoding;

constexpr std::array old_encodings = {Encoding::utf8_twice, Encoding::tcvn3, Encoding::vni, Encoding::viscii,
                                      Encoding::windows_1258};

std::string name_of(Encoding encoding) { return std::string(text::to_string(encoding)); }

/// A word, lower case, capitalised or in capitals, where the encoding has those letters.
std::string drawn_word(test::Random& random, Encoding encoding) {
    const auto& all = vietnamese_syllables();
    while (true) {
        const auto& word = all[static_cast<std::size_t>(random.integer(0, static_cast<int>(all.size()) - 1))];
        const int form = random.integer(0, 9);
        std::string cased = form == 0 ? test::in_capitals(word) : form < 6 ? test::with_first_capital(word) : word;
        if (test::in_encoding(cased, encoding)) {
            return cased;
        }
    }
}

std::vector<std::string> drawn_column(test::Random& random, Encoding encoding, int cells) {
    std::vector<std::string> column;
    for (int i = 0; i < cells; ++i) {
        // A number in front: right text also holds house and parcel numbers.
        std::string cell = random.chance(0.3) ? std::to_string(random.integer(1, 900)) : drawn_word(random, encoding);
        for (int words = random.integer(1, 4); words > 0; --words) {
            cell += " " + drawn_word(random, encoding);
        }
        column.push_back(cell);
    }
    return column;
}

text::TextDecision decision_for(const std::vector<std::string>& cells) {
    text::ColumnText column;
    std::for_each(cells.begin(), cells.end(), [&](const std::string& cell) { column.add(cell); });
    return column.decide();
}

class EveryEncoding : public testing::TestWithParam<Encoding> {};

TEST_P(EveryEncoding, KeepsEverySyllable) {
    ASSERT_GT(vietnamese_syllables().size(), 15000U);
    const bool has_capitals = GetParam() != Encoding::tcvn3;
    for (const auto& word : vietnamese_syllables()) {
        ASSERT_EQ(text::decode(test::in_encoding(word, GetParam()).value(), GetParam()), word);
        if (has_capitals) {
            const auto capitals = test::in_capitals(word);
            ASSERT_EQ(text::decode(test::in_encoding(capitals, GetParam()).value(), GetParam()), capitals);
        }
    }
}

TEST_P(EveryEncoding, IsFoundAndReadInAColumn) {
    SCOPED_TRACE(test::seed_note());
    test::Random random;
    for (std::size_t round = 0; round < test::rounds(60, 2000); ++round) {
        const auto right = drawn_column(random, GetParam(), 30);
        const bool recoded = random.chance(0.5) && GetParam() != Encoding::utf8_twice;
        std::vector<std::string> stored;
        for (const auto& cell : right) {
            const std::string bytes = test::in_encoding(cell, GetParam()).value();
            stored.push_back(recoded ? test::taken_for_windows_1252(bytes) : bytes);
        }
        const auto decision = decision_for(stored);
        ASSERT_FALSE(decision.open) << decision.evidence();
        ASSERT_EQ(decision.encoding, GetParam()) << decision.evidence();
        for (std::size_t i = 0; i < right.size(); ++i) {
            ASSERT_EQ(text::read_cell(stored[i], decision).value(), right[i]);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Text, EveryEncoding, testing::ValuesIn(old_encodings), [](const auto& test) {
    std::string name = name_of(test.param);
    name.erase(std::remove(name.begin(), name.end(), '-'), name.end());
    return name;
});

TEST(RightColumn, OfVietnameseIsNeverConverted) {
    SCOPED_TRACE(test::seed_note());
    test::Random random;
    for (std::size_t round = 0; round < test::rounds(300, 20000); ++round) {
        const auto column = drawn_column(random, Encoding::utf8, random.integer(1, 12));
        const auto decision = decision_for(column);
        ASSERT_FALSE(decision.converts()) << decision.evidence() << " " << column.front();
        for (const auto& cell : column) {
            ASSERT_EQ(text::read_cell(cell, decision).value(), cell);
        }
    }
}

TEST(RightColumn, InDecomposedFormIsComposedAndNotConverted) {
    test::Random random;
    const auto column = drawn_column(random, Encoding::utf8, 40);
    std::vector<std::string> decomposed;
    std::transform(column.begin(), column.end(), std::back_inserter(decomposed), text::to_nfd);
    const auto decision = decision_for(decomposed);
    EXPECT_TRUE(decision.decomposed);
    EXPECT_FALSE(decision.converts());
    for (std::size_t i = 0; i < column.size(); ++i) {
        ASSERT_EQ(text::read_cell(decomposed[i], decision).value(), column[i]);
    }
}

/// Words that hold letters beyond ASCII and are right: the nearer to windows-1252, the harder.
const std::vector<std::string> foreign_words = {
    "Café", "Forêt", "Hôtel",  "Élevage", "Château", "Müller", "Straße", "Größe",    "São",    "João",   "Nº 5",
    "m²",   "½ ha",  "±5",     "107°45'", "naïve",   "coöp",   "Ærø",    "Ångström", "garçon", "señor",  "mañana",
    "«A»",  "“A”",   "Où",     "là",      "déjà",    "goût",   "Noël",   "Curaçao",  "ភូមិ",     "北京",   "Улица",
    "ບ້ານ",  "Łódź",  "Dvořák", "© 2024",  "§ 5",     "Piñon",  "fête",   "crème",    "brûlée", "Zürich", "Köln"};

TEST(RightColumn, OfOtherLanguagesIsNeverConverted) {
    SCOPED_TRACE(test::seed_note());
    test::Random random;
    for (std::size_t round = 0; round < test::rounds(2000, 100000); ++round) {
        std::vector<std::string> column;
        for (int cells = random.integer(1, 8); cells > 0; --cells) {
            const auto index = static_cast<std::size_t>(random.integer(0, static_cast<int>(foreign_words.size()) - 1));
            column.push_back(foreign_words[index]);
        }
        const auto decision = decision_for(column);
        ASSERT_FALSE(decision.converts()) << decision.evidence() << " " << column.front();
        for (const auto& cell : column) {
            ASSERT_EQ(text::read_cell(cell, decision).value(), cell);
        }
    }
}

}  // namespace
}  // namespace ranh
