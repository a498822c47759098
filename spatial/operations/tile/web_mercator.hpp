#pragma once

#include "spatial/operations/tile/tile.hpp"

namespace ranh::tile {

/// Longitude and latitude (WGS 84) to units of one tile: (0, 0) is its north-west corner, x to the east, y down,
/// `extent` units a side. Spherical Mercator on WGS 84 (EPSG:3857; OGC 17-083r4, Annex D.1). Latitudes beyond the
/// matrix set are moved to ±89.9°.
class TileFrame {
public:
    TileFrame(const TileAddress& tile, std::uint32_t extent);
    [[nodiscard]] geom::Point to_units(geom::Point lonlat) const;
    [[nodiscard]] geom::Geometry to_units(const geom::GeometryView& lonlat) const;
    /// North-west corner of a lon/lat box becomes the min corner.
    [[nodiscard]] geom::Box to_units(const geom::Box& lonlat) const;

private:
    double m_tiles;  // tiles along one side of the matrix
    double m_x;
    double m_y;
    double m_extent;
};

/// The tile and `margin` tiles (a fraction) around it in longitude and latitude.
[[nodiscard]] geom::Box lonlat_box(const TileAddress& tile, double margin);

/// Tiles of one zoom that a box in longitude and latitude meets; both ends inclusive.
struct TileRange {
    std::uint32_t min_x = 0;
    std::uint32_t max_x = 0;
    std::uint32_t min_y = 0;
    std::uint32_t max_y = 0;
    friend bool operator==(const TileRange&, const TileRange&) = default;
};
[[nodiscard]] TileRange tiles_of(const geom::Box& lonlat, std::uint32_t z);

}  // namespace ranh::tile
