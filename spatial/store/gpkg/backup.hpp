#pragma once

#include <filesystem>

namespace ranh::gpkg {

/// A copy of a workspace file as it stands at one moment, made while others read and write it (SQLite's online backup).
/// The copy is written under a temporary name, synced and renamed: `copy` is whole or absent, and one that was there
/// before is replaced.
///
/// Errors  Failure not_found for a missing file; corrupt_input for one that is no workspace; io when the copy cannot be
///         written, naming the place.
void back_up(const std::filesystem::path& workspace, const std::filesystem::path& copy);

}  // namespace ranh::gpkg
