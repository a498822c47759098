#pragma once

#include "spatial/geom/geometry.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ranh::validation {

/// One use of a parcel, as on paper.
struct UsePurpose {
    std::string code;
    std::optional<double> area_m2;
    std::string term_end;  ///< as text; empty: none
};

/// What is on paper about one parcel. Fields the layer does not have are absent; those that are there and empty are
/// empty texts.
struct ParcelRecord {
    std::optional<std::string> commune;
    std::optional<std::string> sheet;
    std::optional<std::string> parcel;
    std::optional<std::string> land_code;  ///< "ONT", "ONT+CLN"
    std::optional<std::string> geohash;
    bool has_registered_area = false;  ///< the layer has the field
    std::optional<double> registered_area_m2;
    std::optional<double> computed_area_m2;  ///< in the plane of the source
    std::vector<UsePurpose> purposes;
    bool purposes_unreadable = false;
    std::optional<geom::GeometryView> lonlat;  ///< of the parcel, WGS 84
};

}  // namespace ranh::validation
