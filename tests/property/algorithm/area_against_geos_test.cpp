#include "spatial/algorithm/area.hpp"
#include "tests/property/algorithm/geos_oracle.hpp"
#include "tests/property/algorithm/polygon_pairs.hpp"
#include "tests/support/wkt.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace ranh::test {
namespace {

class AreaAgainstGeos : public testing::TestWithParam<PairMode> {};

TEST_P(AreaAgainstGeos, OverlapIsThatOfTheIntersection) {
    SCOPED_TRACE(seed_note());
    Random random;
    const std::size_t count = rounds(2000, 100000);
    for (std::size_t i = 0; i < count; ++i) {
        const auto [a, b] = random_pair(random, GetParam());
        const auto expected = geos_overlap_area(a, b);
        ASSERT_TRUE(expected.has_value()) << to_text(a) << '\n' << to_text(b);
        const double smaller = std::min(algorithm::area(a), algorithm::area(b));
        ASSERT_NEAR(algorithm::overlap_area(a, b), *expected, 1e-7 * smaller) << to_text(a) << '\n' << to_text(b);
    }
}

INSTANTIATE_TEST_SUITE_P(Modes, AreaAgainstGeos,
                         testing::Values(PairMode::integer_grid, PairMode::near_duplicate, PairMode::shared_edge,
                                         PairMode::degrees, PairMode::vertex_on_edge),
                         [](const auto& mode) { return std::string(name_of(mode.param)); });

// Known from differential runs: a repeated point made another library lose the whole overlap.
TEST(AreaAgainstGeosOnOnePair, RepeatedPointChangesNothing) {
    const geom::Geometry a = "POLYGON((2 1,3 2,-1 6,-1 3,-4 -1,0 -5,1 -5,1 -2,2 1))"_wkt;
    const geom::Geometry b = "POLYGON((1 0,-3 0,-3 -2,-3 -2,1 0))"_wkt;
    EXPECT_NEAR(*geos_overlap_area(a, b), 4.0, 1e-12);
    EXPECT_NEAR(algorithm::overlap_area(a, b), 4.0, 1e-12);
}

}  // namespace
}  // namespace ranh::test
