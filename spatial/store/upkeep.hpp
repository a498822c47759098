#pragma once

#include "spatial/store/workspace.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace ranh::store {

/// What keeps a workspace in order, over any backend: which versions may be forgotten, whether every byte is what was
/// written, and its copy into another one.

/// Withdrawn versions that nothing needs: no saved result was computed from them, no other version names them as its
/// successor, and their layer has a later one (so that no number is given twice).
[[nodiscard]] std::vector<model::LayerVersion> forgettable_versions(const std::vector<model::LayerVersion>& versions);

/// One thing that was checked: "tables", "bauxite@2" or the name of a packed file.
struct Checked {
    std::string object;
    std::int64_t features = 0;
    std::string fault;  ///< what was found and expected; empty when all is well
};

/// Checks everything: the tables of the store (Workspace::damage), of each version the count and content hash
/// recomputed from its rows, and each packed file byte by byte. Faults are results, not errors.
///
/// Cost  every version is read whole.
[[nodiscard]] std::vector<Checked> verify_workspace(const Workspace& workspace);

/// A version that a copy brought over or found there.
struct CopiedVersion {
    model::LayerVersion version;  ///< as it stands in the target
    bool was_there = false;
};

/// Brings every version of a workspace, with its quarantine, into another of the same working plane, as it is: number,
/// state, dates, provenance. A version that is there with the same content is passed, so that an interrupted copy goes
/// on where it stopped. The content hash of each is recomputed from what was read and must be that of its record.
///
/// Errors  conflict (Failure) when the planes differ or a version of that number has another content; corrupt_input
///         for a version that is not what it was published as; what the workspaces throw.
[[nodiscard]] std::vector<CopiedVersion> copy_workspace(const Workspace& from, Workspace& to);

}  // namespace ranh::store
