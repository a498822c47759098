#pragma once

#include "importers/pipeline/import_job.hpp"
#include "services/http/server.hpp"
#include "spatial/engine/engine.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace ranh::handlers {

/// What the handlers are given by the program; all functions may be called from many threads.
struct Dependencies {
    std::shared_ptr<const engine::Engine> engine;
    /// The state of other dates; absent ones mean those of the server.
    std::function<std::shared_ptr<const snapshot::Snapshot>(std::optional<Date>, std::optional<Timestamp>)> snapshot_at;
    /// A saved result whose inputs have newer versions. May be empty.
    std::function<bool(const model::LayerVersion&)> is_stale;
    /// The reader for text: GeoJSON when it starts with '{', else pasted corner rows.
    std::function<std::unique_ptr<pipeline::FeatureReader>(std::string_view, const pipeline::ReadOptions&)>
        read_corners;
    /// Static files of the map page; absent: /map/ answers 404 with the reason.
    std::optional<std::filesystem::path> viewer_folder;
    /// Told one line for every answer 500, which the client does not get to see: the path without its query, and the
    /// reason. May be empty.
    std::function<void(const std::string&)> report_failure;
    /// Whose pages may read GET answers: "https://maps.example" or "*". Default: empty, only the server's own.
    std::string allow_origin;
    /// Bytes of tiles and files kept ready to send. Default: 64 MiB.
    std::size_t cache_bytes = std::size_t{64} << 20U;
};

/// All resources of the service as one handle: path, method, query, negotiation, errors as problem documents by one
/// table, gzip, entity tags. GET answers carry Access-Control-Allow-Origin when `allow_origin` is set; POST never does.
///
/// Threads  any number at once.
[[nodiscard]] http::Handle make_router(Dependencies dependencies);

}  // namespace ranh::handlers
