#pragma once

#include "tests/support/program.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ranh::test {

/// The words that import a sample layer as the demonstration does: communes, power-plants, bauxite, titanium, projects,
/// parcels.
[[nodiscard]] std::vector<std::string> import_words(std::string_view layer, const std::string& workspace);

/// A workspace in a folder of its own that holds sample layers.
class SampleWorkspace {
public:
    /// Failure internal with what the program said when an import does not end with 0 or 1.
    explicit SampleWorkspace(const std::vector<std::string>& layers);

    [[nodiscard]] const std::string& file() const { return m_file; }
    [[nodiscard]] const TemporaryFolder& folder() const { return m_folder; }
    /// `ranh WORDS… -w <this workspace>`.
    [[nodiscard]] ProgramEnd run(std::vector<std::string> words, const ProgramOptions& options = {}) const;
    /// The same with --json; Failure internal when the exit code is not 0.
    [[nodiscard]] std::string json(std::vector<std::string> words) const;

private:
    TemporaryFolder m_folder;
    std::string m_file;
};

/// Features GDAL counts in a source (file, "OAPIF:http://…"), over all its layers or in one.
[[nodiscard]] std::size_t gdal_feature_count(const std::string& source, const std::string& layer = {},
                                             const std::vector<std::string>& more_words = {});

}  // namespace ranh::test
