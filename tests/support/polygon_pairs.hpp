#pragma once

#include "spatial/geom/geometry.hpp"
#include "tests/support/seeds.hpp"

#include <array>
#include <string_view>

namespace ranh::test {

struct PolygonPair {
    geom::Geometry a;
    geom::Geometry b;
};

/// The five ways in which overlay programs were seen to fail.
enum class PairMode {
    integer_grid,    // small integer coordinates: much touching, many shared edges
    near_duplicate,  // the same polygon, moved by some 1e-9 m at coordinates as large as those of VN-2000
    shared_edge,     // two polygons over one edge, which has further vertices computed to lie on it
    degrees,         // degrees on a grid of 1e-7
    vertex_on_edge,  // a vertex of one computed to lie on an edge of the other
};

inline constexpr std::array all_pair_modes{PairMode::integer_grid, PairMode::near_duplicate, PairMode::shared_edge,
                                           PairMode::degrees, PairMode::vertex_on_edge};

/// A pair of polygons that are valid for GEOS.
[[nodiscard]] PolygonPair random_pair(Random& random, PairMode mode);

[[nodiscard]] std::string_view name_of(PairMode mode);

}  // namespace ranh::test
