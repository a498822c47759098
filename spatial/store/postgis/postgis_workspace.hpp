#pragma once

#include "spatial/store/postgis/address.hpp"
#include "spatial/store/workspace.hpp"

#include <chrono>
#include <filesystem>
#include <memory>

namespace ranh::postgis {

using store::Access;

/// How long a change waits for another writer, or a table for its readers, before it gives up with an io Failure.
constexpr std::chrono::milliseconds default_patience{20000};

struct OpenOptions {
    /// For a workspace that is made.
    crs::WorkingPlaneCentre centre = {};
    /// Folder below which the packed files lie; empty: the environment XDG_CACHE_HOME, else HOME/.cache, each with
    /// "ranh" behind it.
    std::filesystem::path snapshot_root = {};
    std::chrono::milliseconds patience = default_patience;
};

/// Opens the workspace in a schema of a PostgreSQL database with PostGIS. read_write makes it when missing; read_only
/// of a missing one is not_found naming `ranh import`.
///
/// Tables  as in the GeoPackage, and readable by QGIS and GDAL as they are: per layer and source Crs one table with the
///         current rows (GiST and unique index of ids) and one with the replaced ones; ranh_layer_version,
///         ranh_quarantine, ranh_setting, ranh_part, ranh_migration. Triggers refuse edits from outside with a sentence
///         naming `ranh import`; beside them the rights: role <schema>_reader reads, <schema>_writer changes, and owns
///         what is made.
/// Changes  a writer brings its features by COPY into a table of its own connection; commit() is one transaction under
///         an advisory lock, which the next writer waits for, and ends in a NOTIFY.
/// Packed files lie in a local folder of the workspace's own (its id is in the name).
///
/// Errors  as store::Workspace; forbidden when the server does not let the user in or lacks a right.
[[nodiscard]] std::unique_ptr<store::Workspace> open_workspace(const Address& address, Access access,
                                                               const OpenOptions& options = {});

}  // namespace ranh::postgis
