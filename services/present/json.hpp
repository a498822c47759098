#pragma once

#include "importers/pipeline/import_job.hpp"
#include "spatial/codec/json.hpp"
#include "spatial/engine/engine.hpp"

namespace ranh::present {

/// The JSON forms of results, one for the command line and the service. Areas in m², lengths in m, shares 0..1, boxes
/// in longitude and latitude (WGS 84), ids are source ids as text.

[[nodiscard]] codec::Json layer_json(const model::LayerVersion& version, bool stale = false);
/// layer_json and all that is known of the version: decision, source, how the Crs was decided, transformation, counts,
/// notes.
[[nodiscard]] codec::Json version_json(const model::LayerVersion& version);
[[nodiscard]] codec::Json pair_json(const model::Pair& pair, const crs::WorkingPlane& plane);
[[nodiscard]] codec::Json overlaps_json(const engine::OverlapAnswer& answer);
[[nodiscard]] codec::Json check_json(const engine::CheckAnswer& answer);
[[nodiscard]] codec::Json import_json(const pipeline::ImportReport& report, const LayerId& layer);

}  // namespace ranh::present
