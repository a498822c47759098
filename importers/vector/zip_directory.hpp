#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace ranh::vector::detail {

/// What the directory of a zip archive says of a file or folder in it.
struct ZipEntry {
    std::string name;     ///< as it stands, with ../ and a leading / (GDAL leaves both out); a folder ends with '/'
    bool locked = false;  ///< encrypted
};

/// The central directory of a zip archive, with 64-bit sizes too (APPNOTE 6.3.10, 4.3.12 to 4.3.16). The entries up to
/// the first that is damaged; none when the directory is not found.
[[nodiscard]] std::vector<ZipEntry> zip_directory(const std::filesystem::path& file);

}  // namespace ranh::vector::detail
