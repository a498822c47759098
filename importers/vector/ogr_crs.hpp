#pragma once

#include "spatial/crs/crs.hpp"

#include <ogr_api.h>

#include <optional>
#include <string>

namespace ranh::vector::detail {

/// What a layer says of its coordinate system.
struct DeclaredCrs {
    std::optional<crs::Crs> crs;
    std::string text;     ///< its words; empty when it says nothing
    std::string how;      ///< how `crs` was found: "declared by the file as …", "its definition is that of …"
    std::string problem;  ///< why the words name no system, with the remedy
};

/// EPSG code of the layer, or the one whose definition PROJ finds equal; CRS84 is EPSG:4326. A system with an unknown
/// datum, or with WGS 84 under the TM-3 grid of VN-2000 ("nội bộ"), is not taken for another one: it stays undecided.
/// The seven parameters of Decision 05/2007/QĐ-BTNMT in +towgs84 with a TM-3 grid are VN-2000. Failure unsupported for
/// a deprecated code, naming the one to use.
[[nodiscard]] DeclaredCrs declared_crs(OGRLayerH layer, const std::string& file_name);

/// For writers; the caller releases it. x = easting or longitude.
[[nodiscard]] OGRSpatialReferenceH make_ogr_crs(const crs::Crs& crs);

}  // namespace ranh::vector::detail
