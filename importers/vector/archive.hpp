#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace ranh::vector {

/// A zip archive by its first bytes and the ending .zip (a KMZ or an XLSX is one too, and is read as what it is).
[[nodiscard]] bool is_archive(const std::filesystem::path& file);

/// A zip archive unpacked into a temporary folder, which goes with the object.
///
/// Errors  Failure corrupt_input for an archive that is damaged, encrypted or names files outside itself;
/// limit_exceeded beyond 100,000 entries or 64 GiB unpacked; io when the temporary folder cannot be written.
class UnpackedArchive {
public:
    explicit UnpackedArchive(const std::filesystem::path& file);
    ~UnpackedArchive();
    UnpackedArchive(const UnpackedArchive&) = delete;
    UnpackedArchive& operator=(const UnpackedArchive&) = delete;

    /// The one source in the archive, or that named `wanted` (with or without its folder). A Shapefile is its .shp, a
    /// FileGDB its folder. Failure not_found or, when several fit, invalid_argument; both list what there is.
    [[nodiscard]] std::filesystem::path source(const std::optional<std::string>& wanted) const;

private:
    std::filesystem::path m_folder;
    std::string m_name;
    std::vector<std::string> m_sources;  ///< paths inside the archive, ascending
};

}  // namespace ranh::vector
