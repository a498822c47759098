#pragma once

#include "spatial/store/workspace.hpp"

#include <chrono>
#include <filesystem>
#include <memory>

namespace ranh::gpkg {

using store::Access;

/// How long an operation waits for another program that has the file locked before it gives up with an io Failure.
constexpr std::chrono::milliseconds default_patience{20000};

/// Opens a workspace file. read_write creates it when missing (with `centre`); read_only of a missing file is not_found
/// naming `ranh import`. corrupt_input for a file that is no GeoPackage, no ranh workspace, or of a newer format
/// version.
///
/// The file is a GeoPackage 1.3 (OGC 12-128r17) that QGIS opens as it is: per layer and source Crs one feature table
/// with the current rows (`<layer>`, further systems `<layer>_<epsg>`), with R-tree, and one `<layer>_history` with
/// replaced rows; tables ranh_layer_version and ranh_quarantine, registered as 'attributes'; ranh_setting, ranh_guard,
/// ranh_part and the histories, not registered. Triggers refuse edits from outside with a sentence naming `ranh
/// import`.
///
/// A change is one transaction and on the disk when the call returns. It goes through a write-ahead log (file-wal), so
/// that readers (QGIS, ranh serve) go on with the state before, and is brought into the file at once: while nobody
/// writes, and no reader holds an older state for long, the file is whole by itself when it is copied; `ranh workspace
/// backup` gives a whole copy at any time. What a killed program left in the log is taken in by the next one. The first
/// version of a new file has no readers and no log. On a file system that other machines may use, a rollback journal
/// takes the place of the log (journal.hpp), and caution() says so. A file that cannot be written is read as it stands.
/// A writer collects its features in a temporary table of its own and holds the lock for writers only while commit()
/// runs.
///
/// layer_styles holds a default style per table, as QGIS keeps them (layer_style.hpp); people may change it there.
[[nodiscard]] std::unique_ptr<store::Workspace> open_workspace(const std::filesystem::path& file, Access access,
                                                               crs::WorkingPlaneCentre centre = {},
                                                               std::chrono::milliseconds patience = default_patience);

}  // namespace ranh::gpkg
