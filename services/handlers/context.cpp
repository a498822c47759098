#include "services/handlers/context.hpp"

namespace ranh::handlers {

std::shared_ptr<const snapshot::PackedLayer> Context::layer(std::string_view segment) const {
    const auto id = LayerId::parse(segment);
    if (!id) {
        throw Failure(ErrorKind::not_found,
                      "there is no collection '" + std::string(segment) + "'; /collections lists all there are");
    }
    return dependencies.engine->view().layer(id.value());
}

present::Collection Context::collection(std::shared_ptr<const snapshot::PackedLayer> layer) const {
    const bool stale = dependencies.is_stale && dependencies.is_stale(layer->version());
    return {std::move(layer), stale};
}

}  // namespace ranh::handlers
