#include "tests/property/overlay/random_features.hpp"

#include "spatial/topology/topology.hpp"
#include "tests/support/random_polygons.hpp"

namespace ranh::test {

using geom::Geometry;

Corners random_corners(Random& random) { return static_cast<Corners>(random.integer(0, 2)); }

Geometry random_feature(Random& random, Corners corners) {
    Geometry feature;
    if (random.chance(0.2)) {
        feature = moved(random_squares(random, 6, 5, 0.5), random.integer(-60, 60), random.integer(-60, 60));
        if (feature.empty()) {
            feature = rectangle(0, 0, 8, 8);
        }
        feature = topology::unary_union(std::span(&feature, 1)).value().value();
    } else {
        feature = random_star(random, {.centre = {random.real(-60.0, 60.0), random.real(-60.0, 60.0)},
                                       .radius = random.real(2.0, 50.0),
                                       .vertices = random.integer(5, 24),
                                       .hole = random.chance(0.3)});
    }
    const double step = corners == Corners::anywhere ? 0.0 : corners == Corners::metres ? 1.0 : 4.0;
    if (step == 0.0) {
        return feature;
    }
    const auto valid = topology::make_valid(snapped(feature, step)).value();
    return valid ? *valid : rectangle(-8, -8, 16, 12);
}

std::vector<Geometry> random_features(Random& random, Corners corners, int count) {
    std::vector<Geometry> features;
    for (int i = 0; i < count; ++i) {
        features.push_back(random_feature(random, corners));
    }
    return features;
}

}  // namespace ranh::test
