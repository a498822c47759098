#include "importers/communes/commune_search.hpp"

#include "importers/text/unicode.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

namespace ranh::communes {
namespace {

using text::SearchMatch;

/// More candidates than a person reads are counted, not named.
constexpr std::size_t most_named = 12;

/// Ranks as search_words() writes them (đặc khu is one).
constexpr std::array<std::string_view, 9> ranks = {"phuong", "xa",        "thi tran", "dak khu", "quan",
                                                   "huyen",  "thanh pho", "thi xa",   "tinh"};
struct Short {
    std::string_view typed;
    std::string_view rank;
};
constexpr std::array<Short, 5> short_ranks = {
    {{"p", "phuong"}, {"tt", "thi tran"}, {"dk", "dak khu"}, {"tp", "thanh pho"}, {"tx", "thi xa"}}};

/// The words behind the rank, or all of them.
std::string_view without_rank(std::string_view words) {
    for (const std::string_view rank : ranks) {
        if (words.size() > rank.size() + 1 && words.starts_with(rank) && words[rank.size()] == ' ') {
            return words.substr(rank.size() + 1);
        }
    }
    return words;
}

std::string with_full_rank(std::string words) {
    const std::size_t space = words.find(' ');
    for (const Short& each : short_ranks) {
        if (space != std::string::npos && std::string_view(words).substr(0, space) == each.typed) {
            return std::string(each.rank) + words.substr(space);
        }
    }
    return words;
}

bool is_number(std::string_view words) { return words.find_first_not_of("0123456789") == std::string_view::npos; }

/// What was typed: a name, and perhaps, behind a comma or in brackets, what it lies in.
struct Typed {
    std::string words;
    std::string accented;
    std::string within;

    explicit Typed(std::string_view text) {
        const std::size_t mark = text.find_first_of(",(");
        const std::string_view name = text.substr(0, mark);
        words = with_full_rank(text::search_words(name));
        accented = text::accented_key(name);
        if (mark != std::string_view::npos) {
            within = without_rank(with_full_rank(text::search_words(text.substr(mark + 1))));
        }
    }
};

int rank_of(const std::optional<FormerUnit>& former) {
    if (!former) {
        return 0;
    }
    return former->level == UnitLevel::commune ? 1 : former->level == UnitLevel::district ? 2 : 3;
}

/// "Xã Hàm Tân (23236, trước là / formerly Xã Tân Hà, Huyện Hàm Tân)".
std::string described(const CommuneMatch& match) {
    if (!match.former) {
        return fmt::format("{} ({})", match.commune.name, match.commune.code);
    }
    const FormerUnit& former = *match.former;
    return fmt::format("{} ({}, trước là / formerly {}{})", match.commune.name, match.commune.code, former.name,
                       former.level == UnitLevel::commune ? ", " + former.district : "");
}

std::string listed(const std::vector<CommuneMatch>& matches) {
    std::string text;
    for (std::size_t i = 0; i < std::min(matches.size(), most_named); ++i) {
        text += (text.empty() ? "" : "; ") + described(matches[i]);
    }
    if (matches.size() > most_named) {
        text += fmt::format("; … ({})", matches.size());
    }
    return text;
}

}  // namespace

CommuneSearch::CommuneSearch(std::vector<FormerUnit> crosswalk, const std::vector<Commune>& others)
    : m_crosswalk(std::move(crosswalk)) {
    std::map<std::string, std::string> names;
    for (const FormerUnit& unit : m_crosswalk) {
        names.emplace(unit.commune_code, unit.commune_name);
    }
    for (const Commune& other : others) {
        names.emplace(other.code, other.name);
    }
    std::unordered_map<std::string, std::size_t> by_code;
    for (const auto& [code, name] : names) {
        by_code.emplace(code, m_communes.size());
        m_communes.push_back({code, name});
        add_name(m_communes.size() - 1, std::nullopt, name);
    }
    for (std::size_t row = 0; row < m_crosswalk.size(); ++row) {
        const FormerUnit& unit = m_crosswalk[row];
        const std::size_t commune = by_code.at(unit.commune_code);
        // The commune's own name stands at its index.
        m_names[commune].within += " " + text::search_words(unit.commune_province);
        if (unit.level != UnitLevel::commune) {
            m_names[commune].within += " " + text::search_words(unit.name);
        }
        add_name(commune, row, unit.name);
        if (!unit.also_written.empty()) {
            add_name(commune, row, unit.also_written);
        }
    }
}

void CommuneSearch::add_name(std::size_t commune, std::optional<std::size_t> former, std::string_view spelling) {
    Name name{commune, former, text::search_words(spelling), {}, {text::accented_key(spelling)}, {}};
    const std::string_view bare = without_rank(name.words);
    if (bare.size() < name.words.size() && !is_number(bare)) {
        name.bare = bare;
        // The rank has as many words with its accents.
        std::string_view accented = name.accented.front();
        for (auto words =
                 std::count(name.words.begin(), name.words.end() - static_cast<std::ptrdiff_t>(bare.size()), ' ');
             words > 0; --words) {
            accented.remove_prefix(accented.find(' ') + 1);
        }
        name.accented.emplace_back(accented);
    }
    if (former) {
        const FormerUnit& unit = m_crosswalk[*former];
        name.within = text::search_words(
            fmt::format("{} {} {} {}", unit.district, unit.province, unit.commune_name, unit.commune_province));
    }
    m_names.push_back(std::move(name));
}

std::vector<CommuneSearch::Found> CommuneSearch::matches(std::string_view text) const {
    std::vector<Found> found;
    if (!text::is_valid_utf8(text)) {
        return found;
    }
    const Typed typed(text);
    for (const Name& name : m_names) {
        const auto match = std::max(text::search_match(name.words, typed.words),
                                    name.bare.empty() ? SearchMatch::none : text::search_match(name.bare, typed.words));
        const bool lies_within =
            typed.within.empty() || text::search_match(name.within, typed.within) != SearchMatch::none;
        if (match != SearchMatch::none && lies_within) {
            found.push_back(
                {&name, match,
                 std::find(name.accented.begin(), name.accented.end(), typed.accented) != name.accented.end()});
        }
    }
    return found;
}

CommuneMatch CommuneSearch::match_of(const Found& found) const {
    return {m_communes[found.name->commune],
            found.name->former ? std::optional(m_crosswalk[*found.name->former]) : std::nullopt, found.match};
}

std::vector<CommuneMatch> CommuneSearch::find(std::string_view text) const {
    std::vector<CommuneMatch> all;
    for (const Commune& commune : m_communes) {
        if (commune.code == text) {
            all.push_back({commune, std::nullopt, SearchMatch::whole});
        }
    }
    for (const Found& found : matches(text)) {
        all.push_back(match_of(found));
    }
    std::stable_sort(all.begin(), all.end(), [](const CommuneMatch& a, const CommuneMatch& b) {
        return std::tuple(-static_cast<int>(a.match), rank_of(a.former), std::string_view(a.commune.code)) <
               std::tuple(-static_cast<int>(b.match), rank_of(b.former), std::string_view(b.commune.code));
    });
    std::set<std::string> seen;
    std::erase_if(all, [&](const CommuneMatch& match) { return !seen.insert(match.commune.code).second; });
    return all;
}

Result<Commune> CommuneSearch::the_one(std::string_view text) const {
    const auto by_code =
        std::find_if(m_communes.begin(), m_communes.end(), [&](const Commune& each) { return each.code == text; });
    if (by_code != m_communes.end()) {
        return *by_code;
    }
    std::vector<Found> whole = matches(text);
    std::erase_if(whole, [](const Found& found) { return found.match != SearchMatch::whole; });
    const auto keep_if_any = [&](const auto& wanted) {
        if (std::any_of(whole.begin(), whole.end(), wanted)) {
            std::erase_if(whole, [&](const Found& found) { return !wanted(found); });
        }
    };
    keep_if_any([](const Found& found) { return !found.name->former; });
    keep_if_any([](const Found& found) { return found.accents_agree; });
    std::vector<CommuneMatch> candidates;
    for (const Found& found : whole) {
        if (std::none_of(candidates.begin(), candidates.end(), [&](const CommuneMatch& each) {
                return each.commune.code == m_communes[found.name->commune].code;
            })) {
            candidates.push_back(match_of(found));
        }
    }
    if (candidates.size() == 1) {
        return candidates.front().commune;
    }
    if (!candidates.empty()) {
        return Error{
            ErrorKind::invalid_argument,
            fmt::format("'{}' có thể là nhiều xã, hãy ghi mã hoặc thêm tên huyện cũ / may be several communes; "
                        "give a code, or add the former district behind a comma: {}",
                        text, listed(candidates)),
            {}};
    }
    const std::vector<CommuneMatch> near = find(text);
    return Error{ErrorKind::not_found,
                 near.empty()
                     ? fmt::format("không có xã nào tên '{0}' / there is no commune '{0}', today or formerly; `ranh "
                                   "communes` lists them",
                                   text)
                     : fmt::format("không có xã nào tên đúng là '{0}' / no commune is called just '{0}'; near it: {1}",
                                   text, listed(near)),
                 {}};
}

}  // namespace ranh::communes
