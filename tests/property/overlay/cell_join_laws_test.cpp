#include "spatial/algorithm/area.hpp"
#include "spatial/algorithm/cell_join.hpp"
#include "spatial/algorithm/relate.hpp"
#include "spatial/topology/topology.hpp"
#include "tests/property/overlay/random_features.hpp"
#include "tests/support/flat_layer.hpp"
#include "tests/support/parcel_generator.hpp"
#include "tests/support/random_polygons.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <vector>

namespace ranh::algorithm {
namespace {

using geom::Geometry;
using geom::Point;
using test::FlatLayer;

using Areas = std::map<std::pair<std::uint32_t, std::uint32_t>, SquareMicrometres>;

Areas areas_of(const CellJoinResult& result) {
    Areas areas;
    result.for_each([&](const CellPair& pair) {
        const bool added = areas.emplace(std::pair(pair.left, pair.right), pair.area_um2).second;
        EXPECT_TRUE(added) << "pair reported twice: " << pair.left << " x " << pair.right;
    });
    return areas;
}

double area_of(const Areas& areas, std::size_t left, std::size_t right) {
    const auto found = areas.find({static_cast<std::uint32_t>(left), static_cast<std::uint32_t>(right)});
    return found == areas.end() ? 0.0 : to_square_metres(found->second);
}

TEST(CellJoinLaws, EveryPairHasTheAreaOfThePairKernelAndOfGeos) {
    SCOPED_TRACE(test::seed_note());
    test::Random random;
    for (std::size_t round = 0; round < test::rounds(30, 2000); ++round) {
        const auto corners = test::random_corners(random);
        const auto lefts = test::random_features(random, corners, 12);
        const auto rights = test::random_features(random, corners, 15);
        const FlatLayer left(lefts);
        const FlatLayer right(rights);
        const int level = random.integer(-1, 7);
        const Areas found = areas_of(join_cells(left.view(), right.view(), CellLattice(level)));
        for (std::size_t i = 0; i < lefts.size(); ++i) {
            for (std::size_t k = 0; k < rights.size(); ++k) {
                const double area = area_of(found, i, k);
                ASSERT_NEAR(area, overlap_area(lefts[i], rights[k]), 2e-6) << i << " x " << k << " level " << level;
                const auto common = topology::intersection(lefts[i], rights[k]).value();
                ASSERT_NEAR(area, common ? algorithm::area(*common) : 0.0, 2e-6)
                    << i << " x " << k << " level " << level;
            }
        }
    }
}

TEST(CellJoinLaws, TheSideOfTheCellsDoesNotChangeTheAreas) {
    SCOPED_TRACE(test::seed_note());
    test::Random random;
    for (std::size_t round = 0; round < test::rounds(10, 500); ++round) {
        const auto corners = test::random_corners(random);
        const FlatLayer left(test::random_features(random, corners, 15));
        const FlatLayer right(test::random_features(random, corners, 15));
        const Areas expected = areas_of(join_cells(left.view(), right.view(), CellLattice(12)));
        for (int level = -2; level < 12; ++level) {
            const Areas found = areas_of(join_cells(left.view(), right.view(), CellLattice(level)));
            for (std::size_t i = 0; i < left.size(); ++i) {
                for (std::size_t k = 0; k < right.size(); ++k) {
                    const double smaller = std::min(left.view().areas_m2[i], right.view().areas_m2[k]);
                    ASSERT_NEAR(area_of(found, i, k), area_of(expected, i, k), 1e-9 * smaller + 1e-6)
                        << "level " << level;
                }
            }
        }
    }
}

/// A closed walk along the lines of the unit grid; it may cross and repeat itself.
std::vector<Point> random_walk(test::Random& random, int steps) {
    std::vector<Point> ring{{static_cast<double>(random.integer(-6, 6)), static_cast<double>(random.integer(-6, 6))}};
    for (int i = 0; i < steps; ++i) {
        Point next = ring.back();
        (i % 2 == 0 ? next.x : next.y) = random.integer(-8, 8);
        ring.push_back(next);
    }
    ring.push_back({ring.front().x, ring.back().y});
    ring.push_back(ring.front());
    return ring;
}

int winding_at(std::span<const Point> ring, double x, double y) {
    int winding = 0;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        if (std::min(ring[i - 1].y, ring[i].y) < y && y < std::max(ring[i - 1].y, ring[i].y) && ring[i].x > x) {
            winding += ring[i].y > ring[i - 1].y ? 1 : -1;
        }
    }
    return signed_ring_area(ring) > 0.0 ? winding : -winding;
}

TEST(CellJoinLaws, RingsThatCrossThemselvesCountByTheProductOfTheirWindingNumbers) {
    SCOPED_TRACE(test::seed_note());
    test::Random random;
    for (std::size_t round = 0; round < test::rounds(100, 20000); ++round) {
        const auto ring_a = random_walk(random, random.integer(2, 9));
        const auto ring_b = random_walk(random, random.integer(2, 9));
        double expected = 0.0;
        for (double x = -8.5; x < 9.0; ++x) {
            for (double y = -8.5; y < 9.0; ++y) {
                expected += winding_at(ring_a, x, y) * winding_at(ring_b, x, y);
            }
        }
        const FlatLayer left(std::vector{Geometry::polygon(ring_a)});
        const FlatLayer right(std::vector{Geometry::polygon(ring_b)});
        const int level = random.integer(-1, 5);
        const Areas found = areas_of(join_cells(left.view(), right.view(), CellLattice(level)));
        ASSERT_NEAR(area_of(found, 0, 0), expected, 1e-9) << "level " << level;
    }
}

/// Left features of one layer given in another order: the areas must follow them bit for bit.
Areas renamed(const Areas& areas, const std::vector<std::uint32_t>& left, const std::vector<std::uint32_t>& right) {
    Areas result;
    for (const auto& [pair, area] : areas) {
        result[{left[pair.first], right[pair.second]}] = area;
    }
    return result;
}

TEST(CellJoinLaws, ThreadsBandsOrderAndSidesDoNotChangeABit) {
    SCOPED_TRACE(test::seed_note());
    test::Random random;
    for (std::size_t round = 0; round < test::rounds(10, 500); ++round) {
        const auto corners = test::random_corners(random);
        const auto lefts = test::random_features(random, corners, 40);
        const FlatLayer left(lefts);
        const FlatLayer right(test::random_features(random, corners, 25));
        const CellLattice lattice(random.integer(0, 6));
        const Areas expected = areas_of(join_cells(left.view(), right.view(), lattice));
        for (const unsigned threads : {1U, 2U, 7U}) {
            ASSERT_EQ(areas_of(join_cells(left.view(), right.view(), lattice, {.threads = threads})), expected);
        }
        for (const std::size_t bytes : {1UL, 20'000UL, 60'000UL}) {
            ASSERT_EQ(areas_of(join_cells(left.view(), right.view(), lattice, {.index_bytes = bytes})), expected);
        }
        Areas exchanged;
        for (const auto& [pair, area] : areas_of(join_cells(right.view(), left.view(), lattice))) {
            exchanged[{pair.second, pair.first}] = area;
        }
        ASSERT_EQ(exchanged, expected);

        std::vector<std::uint32_t> order(lefts.size());
        std::iota(order.begin(), order.end(), 0U);
        for (std::size_t i = order.size(); i > 1; --i) {
            std::swap(order[i - 1], order[static_cast<std::size_t>(random.integer(0, static_cast<int>(i) - 1))]);
        }
        std::vector<Geometry> shuffled;
        for (const std::uint32_t i : order) {
            shuffled.push_back(lefts[i]);
        }
        std::vector<std::uint32_t> same(right.size());
        std::iota(same.begin(), same.end(), 0U);
        ASSERT_EQ(renamed(areas_of(join_cells(FlatLayer(shuffled).view(), right.view(), lattice)), order, same),
                  expected);
    }
}

TEST(CellJoinLaws, AListOfContactsNamesEveryPairThatSharesGroundOrTouches) {
    SCOPED_TRACE(test::seed_note());
    test::Random random;
    for (std::size_t round = 0; round < test::rounds(30, 2000); ++round) {
        const auto corners = test::random_corners(random);
        const auto lefts = test::random_features(random, corners, 12);
        const auto rights = test::random_features(random, corners, 15);
        const FlatLayer left(lefts);
        const FlatLayer right(rights);
        CellJoinOptions listing{.least_um2 = 0, .contacts = CellJoinOptions::Contacts::list, .margin_m = 1e-3};
        listing.index_bytes = random.integer(0, 1) == 0 ? 20'000 : std::size_t{1} << 30U;
        std::map<std::pair<std::uint32_t, std::uint32_t>, bool> listed;
        join_cells(left.view(), right.view(), CellLattice(random.integer(-1, 7)), listing)
            .for_each([&](const CellPair& pair) {
                listed[{pair.left, pair.right}] = pair.all_inside;
            });
        for (std::uint32_t i = 0; i < lefts.size(); ++i) {
            for (std::uint32_t k = 0; k < rights.size(); ++k) {
                const SpatialRelation relation = relate(lefts[i], rights[k]);
                const auto pair = listed.find({i, k});
                ASSERT_TRUE(relation == SpatialRelation::disjoint || pair != listed.end()) << i << " x " << k;
                if (pair != listed.end() && pair->second) {
                    ASSERT_TRUE(relation == SpatialRelation::within || relation == SpatialRelation::contains)
                        << i << " x " << k;
                }
            }
        }
    }
}

FlatLayer parcels(std::size_t side) {
    FlatLayer layer;
    test::ParcelGeneratorOptions options;
    options.columns = options.rows = side;
    options.origin_x_m = options.origin_y_m = -20.0 * static_cast<double>(side);
    test::generate_parcels(options, [&](const test::SyntheticParcel& parcel) { layer.add_ring(parcel.ring); });
    layer.finish();
    return layer;
}

TEST(CellJoinLaws, TheShareOfAllParcelsAddsUpToTheZone) {
    SCOPED_TRACE(test::seed_note());
    test::Random random;
    const FlatLayer cover = parcels(30);
    for (std::size_t round = 0; round < test::rounds(10, 300); ++round) {
        const FlatLayer zone(
            std::vector{test::random_star(random, {.centre = {random.real(-50.0, 50.0), random.real(-50.0, 50.0)},
                                                   .radius = 500.0,
                                                   .vertices = random.integer(5, 900)})});
        const CellJoinResult result = join_cells(cover.view(), zone.view(), CellLattice(random.integer(3, 8)));
        ASSERT_NEAR(to_square_metres(result.total_um2()), zone.view().areas_m2[0], 1e-6);
    }
}

TEST(CellJoinLaws, AParcelInsideAZoneGivesItsStoredArea) {
    const FlatLayer cover = parcels(12);
    const FlatLayer zone(std::vector{test::rectangle(-1000, -1000, 1000, 1000)});
    join_cells(cover.view(), zone.view(), CellLattice(6)).for_each([&](const CellPair& pair) {
        EXPECT_TRUE(pair.all_inside);
        EXPECT_EQ(pair.area_um2, to_square_micrometres(cover.view().areas_m2[pair.left]));
    });
}

TEST(CellJoinLaws, ALayerWithItselfGivesThePairsOfBruteForce) {
    SCOPED_TRACE(test::seed_note());
    test::Random random;
    for (std::size_t round = 0; round < test::rounds(15, 1000); ++round) {
        const auto features = test::random_features(random, test::random_corners(random), 25);
        const FlatLayer layer(features);
        const CellLattice lattice(random.integer(-1, 7));
        const Areas found = areas_of(self_join_cells(layer.view(), lattice));
        for (const std::size_t bytes : {1UL, 40'000UL}) {
            ASSERT_EQ(areas_of(self_join_cells(layer.view(), lattice, {.index_bytes = bytes})), found);
        }
        for (std::size_t i = 0; i < features.size(); ++i) {
            for (std::size_t k = i + 1; k < features.size(); ++k) {
                ASSERT_NEAR(area_of(found, i, k), overlap_area(features[i], features[k]), 2e-6) << i << " x " << k;
            }
        }
    }
}

TEST(CellJoinLaws, ACoverageSharesNoGroundAndEveryFaultInItIsFound) {
    SCOPED_TRACE(test::seed_note());
    test::Random random;
    const FlatLayer sound = parcels(20);
    EXPECT_EQ(self_join_cells(sound.view(), CellLattice(6)).pair_count(), 0U);
    for (std::size_t round = 0; round < test::rounds(10, 500); ++round) {
        std::vector<Geometry> features;
        for (std::size_t i = 0; i < sound.size(); ++i) {
            features.push_back(Geometry::copy_of(sound.view().feature(i)));
        }
        const auto any = [&] {
            return static_cast<std::size_t>(random.integer(0, static_cast<int>(sound.size()) - 1));
        };
        features.push_back(features[any()]);
        features[any()] = test::jittered(random, features[any()], 3.0);
        Geometry& bow_tie = features[any()];
        std::swap(bow_tie.mutable_points()[1], bow_tie.mutable_points()[3]);
        const FlatLayer faulty(features);
        const Areas found = areas_of(self_join_cells(faulty.view(), CellLattice(random.integer(4, 7))));
        for (std::size_t i = 0; i < features.size(); ++i) {
            for (std::size_t k = i + 1; k < features.size(); ++k) {
                if (geom::boxes_meet(faulty.view().boxes[i], faulty.view().boxes[k])) {
                    ASSERT_NEAR(area_of(found, i, k), overlap_area(features[i], features[k]), 2e-6) << i << " x " << k;
                }
            }
        }
    }
}

TEST(CellJoinLaws, AStoppedJoinEndsWithItsOwnError) {
    const FlatLayer layer = parcels(20);
    CancelToken token;
    token.stop();
    for (const bool self : {false, true}) {
        try {
            self ? self_join_cells(layer.view(), CellLattice(6), {.cancel = &token})
                 : join_cells(layer.view(), layer.view(), CellLattice(6), {.cancel = &token});
            FAIL() << "the join went on";
        } catch (const Failure& failure) {
            EXPECT_EQ(failure.error().kind, ErrorKind::cancelled);
        }
    }
}

}  // namespace
}  // namespace ranh::algorithm
