#pragma once

#include "spatial/base/progress.hpp"
#include "spatial/snapshot/snapshot.hpp"
#include "spatial/store/publisher.hpp"

#include <memory>
#include <vector>

namespace ranh::store {

/// Packs one version in memory.
[[nodiscard]] std::shared_ptr<const snapshot::PackedLayer> pack_layer(const Workspace& workspace,
                                                                      const model::LayerVersion& version);

/// The versions that stand for all layers at a date (choose_version); `all` by layer, as Workspace::versions() gives
/// them. Layers that have no version for the date are left out.
[[nodiscard]] std::vector<model::LayerVersion> standing_versions(const std::vector<model::LayerVersion>& all, Date at,
                                                                 Timestamp known_at);

/// Snapshot of the versions that stand for all layers at a date (choose_version), or of `selected` alone when given.
/// Layers of `previous` with the same content hash and legal data are shared, the others come from their packed files.
[[nodiscard]] std::shared_ptr<const snapshot::Snapshot> load_snapshot(
    const Publisher& publisher, Date at, Timestamp known_at, const std::vector<model::LayerVersion>* selected = nullptr,
    const snapshot::Snapshot* previous = nullptr);

}  // namespace ranh::store
