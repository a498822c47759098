#pragma once

#include "spatial/base/error.hpp"

#include <compare>
#include <string>
#include <string_view>

namespace ranh::crs {

/// A coordinate reference system, named by its EPSG code and checked when made. x = easting or longitude, y = northing
/// or latitude, whatever axis order the registry lists; this is the one place where that is decided.
class Crs {
public:
    /// invalid_argument for a code PROJ does not know or that is neither projected nor geographic 2D; unsupported for a
    /// deprecated code (EPSG:6956-6959: false easting 0, false northing 500,000; the sentence names the code to use
    /// instead).
    [[nodiscard]] static Result<Crs> from_epsg(int code);
    /// "EPSG:5899" or "5899"; also "CRS84" and "WGS84" for EPSG:4326.
    [[nodiscard]] static Result<Crs> parse(std::string_view text);

    [[nodiscard]] int epsg() const { return m_epsg; }
    [[nodiscard]] std::string code() const;  // "EPSG:5899"
    /// The registry's name, "VN-2000 / TM-3 107-45".
    [[nodiscard]] std::string name() const;
    /// Well-known text 1 (OGC 01-009), as gpkg_spatial_ref_sys.definition wants it (OGC 12-128r17 §1.1.2); a system
    /// that has no such form gives well-known text 2 (OGC 12-063r5).
    [[nodiscard]] std::string wkt() const;
    /// Units are degrees (geographic) and not metres (projected).
    [[nodiscard]] bool is_geographic() const { return m_geographic; }
    /// Coordinates refer to VN-2000 (EPSG:4756 and its projections).
    [[nodiscard]] bool is_vn2000() const;

    friend auto operator<=>(const Crs&, const Crs&) = default;

private:
    Crs(int epsg, bool geographic) : m_epsg(epsg), m_geographic(geographic) {}
    int m_epsg;
    bool m_geographic;
};

/// WGS 84, longitude and latitude (EPSG:4326 in the order of CRS84).
[[nodiscard]] Crs wgs84();
/// VN-2000, longitude and latitude (EPSG:4756).
[[nodiscard]] Crs vn2000();

}  // namespace ranh::crs
