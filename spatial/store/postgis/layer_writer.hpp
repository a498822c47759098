#pragma once

#include "spatial/store/postgis/postgres.hpp"
#include "spatial/store/workspace.hpp"

#include <memory>
#include <optional>

namespace ranh::postgis {

/// Where a version comes from that is not given whole as the next one.
struct WriterOrigin {
    std::optional<VersionNumber> base = {};           ///< a change of this version
    std::optional<model::LayerVersion> adopted = {};  ///< this version of another workspace
};

/// Writer of one version over a connection of its own, so that reading the workspace goes on beside it.
[[nodiscard]] std::unique_ptr<store::LayerWriter> make_layer_writer(std::unique_ptr<Database> database,
                                                                    const LayerId& layer,
                                                                    const model::LayerDescription& description,
                                                                    store::Publication publication,
                                                                    const WriterOrigin& origin = {});

}  // namespace ranh::postgis
