#include "spatial/algorithm/area.hpp"
#include "spatial/operations/overlay/overlaps.hpp"
#include "spatial/operations/overlay/union_totals.hpp"
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

/// Stars, some of them longer than what is merged whole, over 3 km.
test::DrawnLayer long_outlines(test::Random& random, const std::string& id, int count, double radius_m) {
    test::DrawnLayer layer{.id = id, .features = {}};
    for (int i = 0; i < count; ++i) {
        const auto star = test::random_star(random, {.centre = {random.real(0, 3000), random.real(0, 3000)},
                                                     .radius = radius_m * random.real(0.1, 1.0),
                                                     .vertices = random.integer(5, 400),
                                                     .hole = random.chance(0.3)});
        layer.features.push_back({.id = "F" + std::to_string(i), .wkt = test::to_text(star)});
    }
    return layer;
}

std::vector<geom::Geometry> in_working_plane(const Layer& layer) {
    std::vector<geom::Geometry> all;
    for (std::size_t i = 0; i < layer->size(); ++i) {
        all.push_back(geom::Geometry::copy_of(layer->working(i)));
    }
    return all;
}

TEST(OverlapLaws, TheUnionOverSeveralLayersIsTheAreaThatGeosUnites) {
    SCOPED_TRACE(test::seed_note());
    test::Random random;
    for (std::size_t round = 0; round < test::rounds(12, 500); ++round) {
        const Layer left = test::packed(long_outlines(random, "left", random.integer(1, 3), 1500.0));
        std::vector<Layer> rights;
        std::vector<OverlapResult> results;
        std::vector<geom::Geometry> all;
        for (int k = 0; k < random.integer(1, 4); ++k) {
            rights.push_back(test::packed(
                long_outlines(random, "right" + std::to_string(k), random.integer(1, 12), random.real(100, 2500))));
            results.push_back(find_overlaps(*left, *rights.back()));
            const auto more = in_working_plane(rights.back());
            all.insert(all.end(), more.begin(), more.end());
        }
        std::vector<PairsOfLayer> layers;
        for (std::size_t k = 0; k < rights.size(); ++k) {
            layers.push_back({&results[k], rights[k].get()});
        }
        const auto common = topology::intersection(*topology::unary_union(in_working_plane(left)).value(),
                                                   *topology::unary_union(all).value())
                                .value();
        const double expected = common ? algorithm::area(*common) : 0.0;
        ASSERT_NEAR(total_of(*left, layers).union_m2, expected, 1e-9 * expected + 1e-5) << "round " << round;
    }
}

/// Bow-ties, parts on parts, holes across their shells: whatever comes.
test::DrawnLayer torn_layer(test::Random& random, const std::string& id, int count, int most_corners = 9) {
    test::DrawnLayer layer{.id = id, .features = {}};
    const auto ring = [&] {
        const double x = random.integer(0, 300);
        const double y = random.integer(0, 300);
        std::vector<geom::Point> points;
        for (int i = 0; i < random.integer(std::min(4, most_corners), most_corners); ++i) {
            points.push_back({x + random.integer(0, 120), y + random.integer(0, 120)});
        }
        points.push_back(points.front());
        return points;
    };
    for (int i = 0; i < count; ++i) {
        geom::Geometry torn(geom::GeometryType::multi_polygon);
        for (int part = 0; part < random.integer(1, 2); ++part) {
            for (int path = 0; path < random.integer(1, 2); ++path) {
                torn.add_path(ring());
            }
            torn.end_part();
        }
        layer.features.push_back({.id = "F" + std::to_string(i), .wkt = test::to_text(torn)});
    }
    return layer;
}

TEST(OverlapLaws, GroundOfTornAreasIsInThePairsWhereverGeosOrTheCellsFindIt) {
    SCOPED_TRACE(test::seed_note());
    test::Random random;
    for (std::size_t round = 0; round < test::rounds(20, 1000); ++round) {
        const Layer left = test::packed(torn_layer(random, "left", 8));
        const Layer right = test::packed(torn_layer(random, "right", 8));
        const OverlapResult found = find_overlaps(*left, *right);
        std::map<std::pair<std::uint32_t, std::uint32_t>, const model::Pair*> pairs;
        for (std::size_t i = 0; i < found.pairs.size(); ++i) {
            pairs[{found.members[i].left, found.members[i].right}] = &found.pairs[i];
        }
        for (std::uint32_t i = 0; i < left->size(); ++i) {
            for (std::uint32_t k = 0; k < right->size(); ++k) {
                const double wound_m2 = algorithm::overlap_area(left->working(i), right->working(k));
                const auto common = topology::intersection(left->working(i), right->working(k)).value();
                const double ground_m2 = common ? algorithm::area(*common) : 0.0;
                const auto pair = pairs.find({i, k});
                if (std::abs(wound_m2) > 1e-3 || ground_m2 > 1e-3) {
                    ASSERT_NE(pair, pairs.end())
                        << left->id_text(i) << " x " << right->id_text(k) << " round " << round;
                    ASSERT_NEAR(model::ground_m2(*pair->second), ground_m2, 1e-5);
                }
            }
        }
        const auto common = topology::intersection(*topology::unary_union(in_working_plane(left)).value(),
                                                   *topology::unary_union(in_working_plane(right)).value())
                                .value();
        ASSERT_NEAR(found.totals.union_m2, common ? algorithm::area(*common) : 0.0, 1e-4) << "round " << round;
        ASSERT_LE(found.totals.union_m2, found.totals.sum_m2 + 1e-6);
    }
}

TEST(OverlapLaws, WhatWindsOnceIsWhatGeosLeavesAsItIs) {
    SCOPED_TRACE(test::seed_note());
    test::Random random;
    std::size_t once = 0;
    for (std::size_t round = 0; round < test::rounds(500, 100'000); ++round) {
        const Layer layer = test::packed(torn_layer(random, "left", 4, random.integer(3, 5)));
        for (std::uint32_t i = 0; i < layer->size(); ++i) {
            const auto repaired = topology::make_valid(layer->working(i)).value();
            const bool valid = !topology::invalidity(layer->working(i)).has_value();
            once += layer->crosses_itself(i) ? 0U : 1U;
            ASSERT_FALSE(valid && layer->crosses_itself(i)) << test::to_text(layer->working(i));
            if (!layer->crosses_itself(i)) {
                ASSERT_NEAR(algorithm::area(layer->working(i)), repaired ? algorithm::area(*repaired) : 0.0, 1e-4)
                    << test::to_text(layer->working(i));
            }
        }
    }
    ASSERT_GT(once, 100U);
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
