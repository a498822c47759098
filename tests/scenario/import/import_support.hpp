#pragma once

#include "importers/pipeline/import_job.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ranh::test {

/// Path of a sample file.
[[nodiscard]] std::filesystem::path sample_file(std::string_view name);

/// A folder of its own, removed with all it holds.
class ImportFolder {
public:
    ImportFolder();
    ~ImportFolder();
    ImportFolder(const ImportFolder&) = delete;
    ImportFolder& operator=(const ImportFolder&) = delete;
    [[nodiscard]] std::filesystem::path file(std::string_view name) const { return m_path / name; }

private:
    std::filesystem::path m_path;
};

/// What an import wrote: its report and the features by id.
struct Imported {
    pipeline::ImportReport report;
    std::map<std::string, model::Feature> features;

    [[nodiscard]] const model::Feature& feature(const std::string& id) const;
    [[nodiscard]] model::Value value(const std::string& id, std::string_view field) const;
    /// All notes, one a line: for HasSubstr.
    [[nodiscard]] std::string notes() const;
};

/// Imports sources into a new workspace of their own and reads the version back.
[[nodiscard]] Imported import_sources(std::vector<std::unique_ptr<pipeline::FeatureReader>> sources,
                                      const pipeline::ImportOptions& options = {});

/// A corner table of data-samples, opened as the program does, with the communes of the province at hand.
[[nodiscard]] std::unique_ptr<pipeline::FeatureReader> open_corners(
    const std::filesystem::path& file, pipeline::InnerRing inner_ring = pipeline::InnerRing::undecided);
[[nodiscard]] Imported import_file(const std::filesystem::path& file, const pipeline::ImportOptions& options = {},
                                   pipeline::InnerRing inner_ring = pipeline::InnerRing::undecided);

/// The Error of the Failure that `work` throws; an Error of kind internal that says so when it throws none.
template <typename Work>
[[nodiscard]] Error error_of(const Work& work) {
    try {
        work();
    } catch (const Failure& failure) {
        return failure.error();
    }
    return {ErrorKind::internal, "no Failure was thrown", {}};
}

}  // namespace ranh::test
