#pragma once

#include "spatial/base/error.hpp"
#include "spatial/geom/geometry.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace ranh::gpkg {

/// GeoPackage geometry blob (OGC 12-128r17 §2.1.3): header with the system's number, the box (not for a point), and the
/// well-known binary given.
[[nodiscard]] std::string to_blob(std::string_view wkb, int srs_id, const geom::Geometry& geometry);

/// The well-known binary inside a blob; corrupt_input for bytes that are no such blob.
[[nodiscard]] Result<std::string_view> wkb_of_blob(std::string_view blob);

/// The box written in the header, else that of the geometry; nothing for an empty geometry and for bytes that are no
/// blob.
[[nodiscard]] std::optional<geom::Box> box_of_blob(std::string_view blob);

}  // namespace ranh::gpkg
