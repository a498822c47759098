#pragma once

#include "importers/pipeline/import_job.hpp"
#include "spatial/codec/json.hpp"
#include "spatial/operations/overlay/overlaps.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ranh::params {

/// Outlines as text: GeoJSON (starts with '{') or pasted corner rows, and how to read them.
struct OutlineText {
    std::string text;
    pipeline::ReadOptions options;
};

/// A feature that is in a layer already.
struct FeatureChoice {
    LayerId collection;
    FeatureId id;
};

/// What an execution of the process overlap-check asks for.
struct CheckInputs {
    std::variant<OutlineText, FeatureChoice> subject;
    std::vector<LayerId> layers;  ///< empty: all
    overlay::OverlapOptions options;
    std::optional<Date> at;
    std::optional<Timestamp> known_at;
};

/// Most metres `near` may be: beyond, a question about neighbours becomes one about the province.
inline constexpr double most_near_m = 50'000.0;

/// An execute request (OGC 18-062r2, 7.11.2) {"inputs": {...}} with exactly one of
///   geometry   GeoJSON geometry, Feature or FeatureCollection; WGS 84, unless the input "crs" or a member "crs" of
///              GeoJSON 2008 names another system by its EPSG code; x = easting or longitude
///   corners    corner rows as text, with "crs" ("auto" by default) and "inner_ring" (hole, part, ignore)
///   feature    {"collection", "id"}
/// and any of layers, min_area, min_share, near, at, known_at, geometry_of_overlaps.
///
/// Errors  corrupt_input for text that is not JSON; invalid_argument naming the input that is missing, unknown or out
///         of range, also for longitudes and latitudes that are not on the globe, with the likely cause (metres, "X/Y
///         đảo").
[[nodiscard]] Result<CheckInputs> parse_check(std::string_view body);

}  // namespace ranh::params
