#pragma once

#include "importers/vector/vector_reader.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ranh::test {

/// A folder of its own, removed with all it holds.
class VectorFolder {
public:
    VectorFolder();
    ~VectorFolder();
    VectorFolder(const VectorFolder&) = delete;
    VectorFolder& operator=(const VectorFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    [[nodiscard]] std::filesystem::path file(std::string_view name) const { return m_path / name; }
    /// Writes a file and returns its path.
    std::filesystem::path write(std::string_view name, std::string_view text) const;

private:
    std::filesystem::path m_path;
};

[[nodiscard]] std::vector<pipeline::SourceRecord> all_records(pipeline::FeatureReader& reader);
[[nodiscard]] std::vector<pipeline::SourceRecord> read_all(const std::filesystem::path& file,
                                                           const pipeline::ReadOptions& options = {});
/// All notes of a source, one a line.
[[nodiscard]] std::string notes_of(pipeline::FeatureReader& reader);

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
