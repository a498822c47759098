#pragma once

#include "tests/support/sample_layers.hpp"
#include "tests/support/tables.hpp"

#include <string>
#include <vector>

namespace ranh::test {

/// A workspace with the tiny layers: `zones` (4) and `parcels` (8), EPSG:5899.
class SmallWorkspace {
public:
    SmallWorkspace();

    [[nodiscard]] const std::string& file() const { return m_workspace.file(); }
    [[nodiscard]] std::string path(std::string_view name) const { return m_workspace.folder().file(name); }
    [[nodiscard]] ProgramEnd run(std::vector<std::string> words, const ProgramOptions& options = {}) const {
        return m_workspace.run(std::move(words), options);
    }
    [[nodiscard]] codec::Json json(std::vector<std::string> words) const {
        return json_of(m_workspace.json(std::move(words)));
    }
    /// Imports a file as a new version of a layer; the words are options of `ranh import`.
    ProgramEnd import(const std::string& source, const std::string& layer,
                      const std::vector<std::string>& more_words = {}) const;
    /// The row of `ranh layers --json --all` of a version; Failure not_found when there is none.
    [[nodiscard]] codec::Json version(const std::string& layer, int number) const;

private:
    SampleWorkspace m_workspace{std::vector<std::string>{}};
};

}  // namespace ranh::test
