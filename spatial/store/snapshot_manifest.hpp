#pragma once

#include "spatial/crs/working_plane.hpp"
#include "spatial/model/layer.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace ranh::store {

/// `manifest.json` of a snapshot folder: the packed file of each layer version, by the version's name ("bauxite@2"),
/// and for those that are deltas the file that each stands on.
struct SnapshotManifest {
    crs::WorkingPlaneCentre centre;
    std::map<std::string, std::string> files;
    std::map<std::string, std::string> bases = {};  ///< by the file of the delta
    friend bool operator==(const SnapshotManifest&, const SnapshotManifest&) = default;
};

/// Empty when there is none or it cannot be read: what it says can always be found out again.
[[nodiscard]] SnapshotManifest read_manifest(const std::filesystem::path& folder);
/// In place of the one that is there, whole or not at all. io (Failure) when it cannot be written.
void write_manifest(const std::filesystem::path& folder, const SnapshotManifest& manifest);

/// Lock on a snapshot folder, held by one object in all programs; made with the folder when they are missing.
///
/// Errors  io (Failure) when folder or lock cannot be made.
class SnapshotLock {
public:
    explicit SnapshotLock(const std::filesystem::path& folder);
    ~SnapshotLock();
    SnapshotLock(const SnapshotLock&) = delete;
    SnapshotLock& operator=(const SnapshotLock&) = delete;

private:
    int m_descriptor = -1;
};

/// Endings of the two kinds of packed files.
inline constexpr std::string_view whole_ending = ".packed";
inline constexpr std::string_view delta_ending = ".delta";

/// Removes the packed files of a folder that the manifest does not name, as a version's or as a base, and what killed
/// programs left half-written. Inside the lock. A file that somebody has mapped lives on for them.
void remove_unnamed(const std::filesystem::path& folder, const SnapshotManifest& manifest);

}  // namespace ranh::store
