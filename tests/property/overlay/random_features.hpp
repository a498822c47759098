#pragma once

#include "spatial/geom/geometry.hpp"
#include "tests/support/seeds.hpp"

#include <vector>

namespace ranh::test {

/// How the corners of random features are placed: anywhere, on whole metres (so on lines and corners of every lattice
/// of 1 m or more), or on multiples of 4 m.
enum class Corners { anywhere, metres, lattice };

[[nodiscard]] Corners random_corners(Random& random);

/// A valid area some metres to a hundred metres wide within 110 m of (0, 0): a star, some with a hole, or one of many
/// parts and holes.
[[nodiscard]] geom::Geometry random_feature(Random& random, Corners corners);

[[nodiscard]] std::vector<geom::Geometry> random_features(Random& random, Corners corners, int count);

}  // namespace ranh::test
