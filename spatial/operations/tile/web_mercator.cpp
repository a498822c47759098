#include "spatial/operations/tile/web_mercator.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ranh::tile {
namespace {

constexpr double pi = std::numbers::pi;
constexpr double radians = pi / 180.0;
constexpr double steepest_latitude = 89.9;

double tiles_at(std::uint32_t z) { return static_cast<double>(std::uint64_t{1} << z); }

/// 0 at 180° W and 1 at 180° E; 0 at the northern edge of the matrix set and 1 at the southern one.
double world_x(double longitude) { return longitude / 360.0 + 0.5; }
double world_y(double latitude) {
    const double bounded = std::clamp(latitude, -steepest_latitude, steepest_latitude);
    return 0.5 - std::asinh(std::tan(bounded * radians)) / (2.0 * pi);
}
double longitude_of(double x) { return (x - 0.5) * 360.0; }
double latitude_of(double y) { return std::atan(std::sinh(pi * (1.0 - 2.0 * y))) / radians; }

std::uint32_t tile_index(double position, std::uint32_t z) {
    return static_cast<std::uint32_t>(std::clamp(std::floor(position * tiles_at(z)), 0.0, tiles_at(z) - 1.0));
}

}  // namespace

TileFrame::TileFrame(const TileAddress& tile, std::uint32_t extent)
    : m_tiles(tiles_at(tile.z)), m_x(tile.x), m_y(tile.y), m_extent(extent) {}

geom::Point TileFrame::to_units(geom::Point lonlat) const {
    return {(world_x(lonlat.x) * m_tiles - m_x) * m_extent, (world_y(lonlat.y) * m_tiles - m_y) * m_extent};
}

geom::Geometry TileFrame::to_units(const geom::GeometryView& lonlat) const {
    geom::Geometry units = geom::Geometry::copy_of(lonlat);
    for (geom::Point& p : units.mutable_points()) {
        p = to_units(p);
    }
    return units;
}

geom::Box TileFrame::to_units(const geom::Box& lonlat) const {
    return {to_units(geom::Point{lonlat.min.x, lonlat.max.y}), to_units(geom::Point{lonlat.max.x, lonlat.min.y})};
}

geom::Box lonlat_box(const TileAddress& tile, double margin) {
    const double tiles = tiles_at(tile.z);
    const double x = tile.x;
    const double y = tile.y;
    return {{longitude_of((x - margin) / tiles), latitude_of((y + 1.0 + margin) / tiles)},
            {longitude_of((x + 1.0 + margin) / tiles), latitude_of((y - margin) / tiles)}};
}

geom::Box lonlat_box(const TileAddress& tile) { return lonlat_box(tile, 0.0); }

TileRange tiles_of(const geom::Box& lonlat, std::uint32_t z) {
    return {tile_index(world_x(lonlat.min.x), z), tile_index(world_x(lonlat.max.x), z),
            tile_index(world_y(lonlat.max.y), z), tile_index(world_y(lonlat.min.y), z)};
}

Result<TileAddress> checked_tile(std::uint64_t z, std::uint64_t x, std::uint64_t y) {
    if (z > deepest_zoom) {
        return Error{ErrorKind::invalid_argument,
                     "zoom " + std::to_string(z) + " is above " + std::to_string(deepest_zoom) +
                         ", the deepest of WebMercatorQuad here",
                     "tile"};
    }
    const std::uint64_t tiles = std::uint64_t{1} << z;
    if (x >= tiles || y >= tiles) {
        return Error{ErrorKind::invalid_argument,
                     "column " + std::to_string(x) + ", row " + std::to_string(y) + " lie outside zoom " +
                         std::to_string(z) + ", whose columns and rows go from 0 to " + std::to_string(tiles - 1),
                     "tile"};
    }
    return TileAddress{static_cast<std::uint32_t>(z), static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y)};
}

}  // namespace ranh::tile
