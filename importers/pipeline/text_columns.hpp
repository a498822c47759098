#pragma once

#include "importers/pipeline/import_job.hpp"
#include "importers/text/column_text.hpp"

#include <string>
#include <vector>

namespace ranh::pipeline {

/// How the text of one source is read, column by column: the encoding the mapping names for a field, itself or by a
/// font (".VnTimeH"; see text/font.hpp), else that of the options, else the one its values show.
class TextColumns {
public:
    /// Reads `reader` for the values of its text fields and rewinds it: the first 5,000 records of a format that
    /// prescribes UTF-8, all records of another. Failure invalid_argument for an encoding in the mapping that is none.
    TextColumns(FeatureReader& reader, const ImportOptions& options);

    /// That of the source, the names of its fields decoded too; one that cannot be is written with \xHH.
    [[nodiscard]] const model::Schema& schema() const { return m_schema; }
    /// The values with all text as composed UTF-8; corrupt_input naming field and bytes otherwise.
    [[nodiscard]] Result<std::vector<model::Value>> read(const std::vector<model::Value>& values) const;
    /// One value for people, whatever it holds.
    [[nodiscard]] model::Value printable(std::size_t field, const model::Value& value) const;
    /// One sentence per decision, with the scores; none for a source of ASCII text.
    [[nodiscard]] std::vector<std::string> reasons() const;

private:
    [[nodiscard]] Result<std::string> read_text(std::size_t field, std::string_view text) const;

    std::string m_source;
    model::Schema m_schema;
    std::vector<text::TextDecision> m_decisions;  ///< one per field
    std::vector<bool> m_named;                    ///< the encoding was named by a person
    std::vector<bool> m_capitals;                 ///< … as a font that shows all letters as capitals
};

/// What was decided for the columns of one file, one sentence per decision: fields that are UTF-8 together, then each
/// other one. `by_person`: one per decision.
[[nodiscard]] std::vector<std::string> text_reasons(const std::string& source, const std::vector<std::string>& names,
                                                    const std::vector<text::TextDecision>& decisions,
                                                    const std::vector<bool>& by_person);

}  // namespace ranh::pipeline
