#pragma once

#include "spatial/store/gpkg/sqlite.hpp"
#include "spatial/store/workspace.hpp"

#include <memory>
#include <optional>

namespace ranh::gpkg {

/// Writer of one version, given whole or as a change of `base`, over a connection of its own, so that reading the
/// workspace goes on beside it.
[[nodiscard]] std::unique_ptr<store::LayerWriter> make_layer_writer(std::unique_ptr<Database> database,
                                                                    const LayerId& layer,
                                                                    const model::LayerDescription& description,
                                                                    store::Publication publication,
                                                                    std::optional<VersionNumber> base);

}  // namespace ranh::gpkg
