#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace ranh::vector {

/// A zip archive, an empty one too, by its first bytes and the ending .zip (a KMZ or an XLSX is one too, and is read as
/// what it is).
[[nodiscard]] bool is_archive(const std::filesystem::path& file);

/// What an archive may unpack to, so that a small one does not fill a disk.
struct ArchiveLimits {
    int entries = 100'000;                             ///< files and folders. Default: 100,000
    std::uintmax_t bytes = std::uintmax_t{64} << 30U;  ///< of all files together. Default: 64 GiB
};

/// A zip archive unpacked into a temporary folder, which goes with the object.
///
/// Errors  Failure corrupt_input for an archive that is empty, damaged, encrypted, names files outside itself or has a
/// file that is also a folder; limit_exceeded beyond the limits; io when the temporary folder cannot be written.
class UnpackedArchive {
public:
    explicit UnpackedArchive(const std::filesystem::path& file, const ArchiveLimits& limits = {});
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
