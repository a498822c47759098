#pragma once

#include "tests/support/flat_layer.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ranh::bench {

using test::FlatLayer;

/// The same features along a Hilbert curve through the centres of their boxes, as a snapshot keeps them.
[[nodiscard]] FlatLayer hilbert_ordered(const FlatLayer& layer);

/// What data to make. Equal numbers give equal bytes on every machine with IEEE doubles.
struct BenchScale {
    std::size_t columns = 1600;  ///< parcels from west to east
    std::size_t rows = 1594;     ///< and from south to north, 40 m each, centred on (0, 0)
    std::uint64_t seed = 20261122;
};

/// Edge-matched parcels of ten vertices and 1,600 m² on average, along a Hilbert curve.
[[nodiscard]] FlatLayer make_parcels(const BenchScale& scale);

/// The same with `defects` faults of six classes in equal shares: vertex moved, vertex dropped, parcel twice, strip of
/// 5 cm over the neighbour, bow-tie, gap of 0.5 m. `touched` lists the faulty parcels, ascending.
struct FaultyParcels {
    FlatLayer layer;
    std::vector<std::uint32_t> touched;
};
[[nodiscard]] FaultyParcels make_faulty_parcels(const BenchScale& scale, std::size_t defects);

/// Star-shaped zones with a fractal outline, radius 6 to 10 km on the full extent, wholly inside the parcels.
[[nodiscard]] FlatLayer make_zones(const BenchScale& scale, std::size_t zones, std::size_t vertices);

/// Planning polygons that share their edges: groups of parcels, every vertex moved by up to 0.2 m, so that their
/// borders run almost but not quite along those of the parcels.
[[nodiscard]] FlatLayer make_plan_areas(const BenchScale& scale, std::size_t group_columns, std::size_t group_rows);

}  // namespace ranh::bench
