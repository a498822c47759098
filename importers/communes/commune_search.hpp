#pragma once

#include "importers/communes/crosswalk.hpp"
#include "importers/text/search_key.hpp"
#include "spatial/base/error.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ranh::communes {

struct Commune {
    std::string code;
    std::string name;  ///< with its rank where that is known: "Phường Mũi Né"
};

/// A commune of today, and the name by which it was found.
struct CommuneMatch {
    Commune commune;
    /// The former unit whose name was typed; absent when it was the commune's own name or code.
    std::optional<FormerUnit> former;
    text::SearchMatch match = text::SearchMatch::none;
};

/// Finds communes by code, by name and by the names of the provinces, districts and communes that went into them.
///
/// Accents, đ, hyphens, apostrophes, y and i do not count (text::search_words); the rank may be left out or shortened
/// ("P. 2 Bảo Lộc"), and a district or province may follow to tell namesakes apart: "Tân Hà, Đức Linh", "Xã Tân Hà
/// (huyện Đức Linh)".
///
///     CommuneSearch search(open_crosswalk(file));
///     search.find("dak r moan");         // Phường Nam Gia Nghĩa, former Xã Đắk R'Moan
///     search.the_one("Tân Hà");          // invalid_argument: three communes had one
///
/// Cost     a search looks at every name: under 1 ms for a province.
/// Threads  const calls from any thread.
class CommuneSearch {
public:
    /// The communes a crosswalk leads to, and `others` that it does not know.
    explicit CommuneSearch(std::vector<FormerUnit> crosswalk, const std::vector<Commune>& others = {});

    /// By code.
    [[nodiscard]] const std::vector<Commune>& communes() const { return m_communes; }

    /// The better the match the earlier; alike, today's names before those of former communes, districts and provinces,
    /// then by code. Each commune once, by its best name.
    [[nodiscard]] std::vector<CommuneMatch> find(std::string_view text) const;

    /// The one commune that is called so, today or, if none is today, formerly; of several whose names differ in
    /// accents alone, the one with the accents typed. invalid_argument listing the candidates when there are several,
    /// not_found with what comes near when there is none.
    [[nodiscard]] Result<Commune> the_one(std::string_view text) const;

private:
    /// One name of a commune, as typed and as searched.
    struct Name {
        std::size_t commune = 0;
        std::optional<std::size_t> former;
        std::string words;
        std::string bare;  ///< without the rank; empty when that leaves a number alone
        std::vector<std::string> accented;
        std::string within;  ///< district and province, for what follows a name
    };
    struct Found {
        const Name* name = nullptr;
        text::SearchMatch match = text::SearchMatch::none;
        bool accents_agree = false;
    };

    void add_name(std::size_t commune, std::optional<std::size_t> former, std::string_view spelling);
    [[nodiscard]] std::vector<Found> matches(std::string_view text) const;
    [[nodiscard]] CommuneMatch match_of(const Found& found) const;

    std::vector<Commune> m_communes;
    std::vector<FormerUnit> m_crosswalk;
    std::vector<Name> m_names;
};

}  // namespace ranh::communes
