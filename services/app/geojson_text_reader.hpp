#pragma once

#include "importers/pipeline/import_job.hpp"

#include <memory>
#include <string_view>

namespace ranh::app {

/// Features of GeoJSON text (a geometry, a Feature or a FeatureCollection); WGS 84 as RFC 7946 says, unless options.crs
/// names another. Members of `properties` become text fields. Failure corrupt_input for anything else.
[[nodiscard]] std::unique_ptr<pipeline::FeatureReader> open_geojson_text(std::string_view text,
                                                                         const pipeline::ReadOptions& options);

}  // namespace ranh::app
