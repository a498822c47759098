#include "spatial/algorithm/area.hpp"
#include "spatial/operations/overlay/overlaps.hpp"
#include "spatial/topology/topology.hpp"
#include "tests/support/packed_layers.hpp"
#include "tests/support/random_polygons.hpp"
#include "tests/support/wkt.hpp"

#include <gtest/gtest.h>

#include <map>

namespace ranh::overlay {
namespace {

using Layer = std::shared_ptr<const snapshot::PackedLayer>;

/// Random stars within a square kilometre, some of them copies of the one before (equal pairs) or on a coarse grid
/// (shared corners).
test::DrawnLayer random_layer(test::Random& random, const std::string& id, int count) {
    test::DrawnLayer layer{.id = id, .features = {}};
    geom::Geometry star;
    for (int i = 0; i < count; ++i) {
        if (i == 0 || !random.chance(0.1)) {
            star = test::random_star(random, {.centre = {random.real(0.0, 1000.0), random.real(0.0, 1000.0)},
                                              .radius = random.real(20.0, 250.0),
                                              .vertices = random.integer(4, 20),
                                              .hole = false});
        }
        layer.features.push_back({.id = std::to_string(i), .wkt = test::to_text(star)});
    }
    return layer;
}

TEST(OverlapLaws, EveryPairHasTheAreaThatGeosBuilds) {
    SCOPED_TRACE(test::seed_note());
    test::Random random;
    for (std::size_t round = 0; round < test::rounds(5, 200); ++round) {
        const Layer left = test::packed(random_layer(random, "left", 20));
        const Layer right = test::packed(random_layer(random, "right", 20));
        std::map<std::pair<std::string, std::string>, double> found;
        for (const model::Pair& pair : find_overlaps(*left, *right).pairs) {
            found[{pair.left.feature.text(), pair.right.feature.text()}] = pair.area_m2;
        }
        for (std::size_t i = 0; i < left->size(); ++i) {
            for (std::size_t k = 0; k < right->size(); ++k) {
                const auto common = topology::intersection(left->working(i), right->working(k)).value();
                const double expected = common ? algorithm::area(*common) : 0.0;
                const double measured = found[{left->id(i).text(), right->id(k).text()}];
                ASSERT_NEAR(measured, expected, 1e-9 * expected + 1e-6)
                    << left->id(i).text() << " x " << right->id(k).text();
            }
        }
    }
}

TEST(OverlapLaws, ExchangedSidesGiveTheSameAreasBitForBit) {
    SCOPED_TRACE(test::seed_note());
    test::Random random;
    for (std::size_t round = 0; round < test::rounds(5, 200); ++round) {
        const Layer left = test::packed(random_layer(random, "left", 30));
        const Layer right = test::packed(random_layer(random, "right", 30));
        const auto there = find_overlaps(*left, *right).pairs;
        const auto back = find_overlaps(*right, *left).pairs;
        ASSERT_EQ(there.size(), back.size());
        std::map<std::pair<std::string, std::string>, const model::Pair*> mirrored;
        for (const model::Pair& pair : back) {
            mirrored[{pair.right.feature.text(), pair.left.feature.text()}] = &pair;
        }
        for (const model::Pair& pair : there) {
            const model::Pair* other = mirrored[{pair.left.feature.text(), pair.right.feature.text()}];
            ASSERT_NE(other, nullptr);
            ASSERT_EQ(pair.area_m2, other->area_m2);
            ASSERT_EQ(pair.area_planar_m2, other->area_planar_m2);
            ASSERT_EQ(pair.share_left, other->share_right);
        }
    }
}

TEST(OverlapLaws, TheUnionEqualsTheAreaThatGeosUnites) {
    SCOPED_TRACE(test::seed_note());
    test::Random random;
    for (std::size_t round = 0; round < test::rounds(5, 200); ++round) {
        const Layer left = test::packed(random_layer(random, "left", 12));
        const Layer right = test::packed(random_layer(random, "right", 12));
        std::vector<geom::Geometry> lefts;
        std::vector<geom::Geometry> rights;
        for (std::size_t i = 0; i < left->size(); ++i) {
            lefts.push_back(geom::Geometry::copy_of(left->working(i)));
            rights.push_back(geom::Geometry::copy_of(right->working(i)));
        }
        // another way to the same ground: unite each side first, then intersect
        const auto common =
            topology::intersection(*topology::unary_union(lefts).value(), *topology::unary_union(rights).value())
                .value();
        const double expected = common ? algorithm::area(*common) : 0.0;
        const OverlapTotals totals = find_overlaps(*left, *right).totals;
        ASSERT_NEAR(totals.union_m2, expected, 1e-9 * expected + 1e-6);
        ASSERT_LE(totals.union_m2, totals.sum_m2 + 1e-6);
    }
}

}  // namespace
}  // namespace ranh::overlay
