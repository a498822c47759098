// Both measures of the area two polygons share, the pair kernel and the join by cells, beside the intersection that
// GEOS builds.

#include "spatial/algorithm/area.hpp"
#include "tests/support/geos_oracle.hpp"
#include "tests/support/joined_area.hpp"
#include "tests/support/polygon_pairs.hpp"
#include "tests/support/wkt.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace ranh::overlay {
namespace {

using geom::Geometry;
using test::PairMode;

/// Degrees as lengths of some hundred metres, so that cells of the lattice cut them; a power of two, so every digit
/// stays.
Geometry in_metres(const Geometry& degrees) {
    Geometry metres = degrees;
    for (geom::Point& p : metres.mutable_points()) {
        p = {p.x * 0x1p17, p.y * 0x1p17};
    }
    return metres;
}

class AreasAgainstGeos : public testing::TestWithParam<PairMode> {};

TEST_P(AreasAgainstGeos, AreThatOfTheIntersection) {
    SCOPED_TRACE(test::seed_note());
    constexpr double allowed = 1e-6;  // of the smaller polygon
    test::Random random;
    double worst_kernel = 0.0;
    double worst_join = 0.0;
    const std::size_t count = test::rounds(4000, 200000);
    for (std::size_t i = 0; i < count; ++i) {
        auto [a, b] = test::random_pair(random, GetParam());
        if (GetParam() == PairMode::degrees) {
            a = in_metres(a);
            b = in_metres(b);
        }
        const algorithm::CellLattice lattice = test::lattice_for_pair(a, b, random.integer(-1, 4));
        const auto expected = test::geos_overlap_area(a, b);
        ASSERT_TRUE(expected.has_value()) << test::to_text(a) << '\n' << test::to_text(b);
        const double smaller = std::min(algorithm::area(a), algorithm::area(b));
        const double kernel = std::abs(algorithm::overlap_area(a, b) - *expected) / smaller;
        const double join = std::abs(test::joined_area(a, b, lattice) - *expected) / smaller;
        ASSERT_LE(kernel, allowed) << test::to_text(a) << '\n' << test::to_text(b);
        ASSERT_LE(join, allowed) << "level " << lattice.level() << '\n' << test::to_text(a) << '\n' << test::to_text(b);
        worst_kernel = std::max(worst_kernel, kernel);
        worst_join = std::max(worst_join, join);
    }
    std::printf("%s: %zu pairs; greatest difference to GEOS, share of the smaller: kernel %.1e, join %.1e\n",
                std::string(test::name_of(GetParam())).c_str(), count, worst_kernel, worst_join);
}

INSTANTIATE_TEST_SUITE_P(Modes, AreasAgainstGeos, testing::ValuesIn(test::all_pair_modes),
                         [](const auto& mode) { return std::string(test::name_of(mode.param)); });

}  // namespace
}  // namespace ranh::overlay
