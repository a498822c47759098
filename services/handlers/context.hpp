#pragma once

#include "services/handlers/blob_cache.hpp"
#include "services/handlers/routes.hpp"
#include "services/present/collections.hpp"

namespace ranh::handlers {

/// What all handlers share.
struct Context {
    explicit Context(Dependencies given) : dependencies(std::move(given)), cache(dependencies.cache_bytes) {}
    Dependencies dependencies;
    BlobCache cache;

    /// The layer of a path segment in the current state; Failure not_found when there is none of that name, or it is no
    /// name at all.
    [[nodiscard]] std::shared_ptr<const snapshot::PackedLayer> layer(std::string_view segment) const;
    [[nodiscard]] present::Collection collection(std::shared_ptr<const snapshot::PackedLayer> layer) const;
};

}  // namespace ranh::handlers
