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

/// Brings a backup back as the workspace. One that is there is changed in one transaction, so that who has it open
/// (QGIS, ranh serve) keeps the state before or gets the new one, and a writer that waits goes on after it; one that is
/// too damaged for that is replaced as back_up() does.
///
/// Errors  those of back_up(); conflict when a damaged workspace has a journal beside it, which would be played into
///         the new file.
void restore(const std::filesystem::path& backup, const std::filesystem::path& target);

}  // namespace ranh::gpkg
