#pragma once

#include "spatial/base/progress.hpp"
#include "spatial/snapshot/snapshot.hpp"
#include "spatial/store/workspace.hpp"

#include <memory>
#include <vector>

namespace ranh::store {

/// Packs one version.
[[nodiscard]] std::shared_ptr<const snapshot::PackedLayer> pack_layer(const Workspace& workspace,
                                                                      const model::LayerVersion& version);

/// Snapshot of the versions that stand for all layers at a date (choose_version), or of `selected` alone when given.
/// Layers that have no version for the date are left out. Layers of `previous` with the same content hash and legal
/// data are shared, not read.
[[nodiscard]] std::shared_ptr<const snapshot::Snapshot> load_snapshot(
    const Workspace& workspace, Date at, Timestamp known_at, const std::vector<model::LayerVersion>* selected = nullptr,
    const snapshot::Snapshot* previous = nullptr);

}  // namespace ranh::store
