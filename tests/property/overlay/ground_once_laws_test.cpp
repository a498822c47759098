#include "spatial/algorithm/area.hpp"
#include "spatial/algorithm/cell_union.hpp"
#include "spatial/algorithm/merged_outline.hpp"
#include "spatial/topology/topology.hpp"
#include "tests/property/overlay/random_features.hpp"
#include "tests/support/flat_layer.hpp"
#include "tests/support/parcel_generator.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <numeric>
#include <vector>

namespace ranh::algorithm {
namespace {

using geom::Geometry;
using test::FlatLayer;

geom::Box extent_of(const FlatLayer& layer) {
    geom::Box extent = layer.view().boxes.front();
    for (const geom::Box& box : layer.view().boxes) {
        extent = geom::united(extent, box);
    }
    return extent;
}

/// Each edge in `pieces`.
Geometry with_more_corners(const Geometry& feature, int pieces) {
    Geometry more(geom::GeometryType::multi_polygon);
    for (std::size_t part = 0; part < feature.view().part_count(); ++part) {
        const auto [first, end] = feature.view().part(part);
        for (std::size_t path = first; path < end; ++path) {
            const auto ring = feature.view().path(path);
            for (std::size_t i = 1; i < ring.size(); ++i) {
                for (int k = 0; k < pieces; ++k) {
                    const double share = static_cast<double>(k) / pieces;
                    more.add_point({ring[i - 1].x + share * (ring[i].x - ring[i - 1].x),
                                    ring[i - 1].y + share * (ring[i].y - ring[i - 1].y)});
                }
            }
            more.add_point(ring.front());
            more.end_path();
        }
        more.end_part();
    }
    return more;
}

double measured(const std::vector<Geometry>& features, std::uint32_t lefts, const CellLattice& lattice,
                const std::function<bool(std::uint32_t, std::uint32_t)>& is_pair = {}) {
    const FlatLayer layer(features);
    const CellIndex index(layer.view(), CellIndex::Features::all, {}, lattice, lattice.window_of(extent_of(layer)), 1);
    return to_square_metres(ground_once(index, lefts, is_pair));
}

/// Every common area of a pair by GEOS, united by GEOS.
double by_geos(const std::vector<Geometry>& features, std::size_t lefts,
               const std::function<bool(std::uint32_t, std::uint32_t)>& is_pair = {}) {
    std::vector<Geometry> pieces;
    for (std::size_t i = 0; i < lefts; ++i) {
        for (std::size_t k = lefts; k < features.size(); ++k) {
            auto common = topology::intersection(features[i], features[k]).value();
            if (common && (!is_pair || is_pair(static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(k)))) {
                pieces.push_back(std::move(*common));
            }
        }
    }
    const auto whole = topology::unary_union(pieces).value();
    return whole ? algorithm::area(*whole) : 0.0;
}

TEST(GroundOnceLaws, TheGroundOfTwoGroupsIsThatOfTheUnionBuiltByGeos) {
    SCOPED_TRACE(test::seed_note());
    test::Random random;
    for (std::size_t round = 0; round < test::rounds(60, 5000); ++round) {
        const auto corners = test::random_corners(random);
        const auto features = test::random_features(random, corners, random.integer(2, 9));
        const auto lefts = static_cast<std::uint32_t>(random.integer(1, static_cast<int>(features.size()) - 1));
        const CellLattice lattice(random.integer(-1, 7));
        ASSERT_NEAR(measured(features, lefts, lattice), by_geos(features, lefts), 5e-6)
            << "round " << round << " level " << lattice.level();
    }
}

TEST(GroundOnceLaws, OnlyThePairsThatAreNamedCount) {
    SCOPED_TRACE(test::seed_note());
    test::Random random;
    for (std::size_t round = 0; round < test::rounds(40, 2000); ++round) {
        const auto features = test::random_features(random, test::random_corners(random), 6);
        const auto odd = [](std::uint32_t left, std::uint32_t right) { return (left + right) % 2 == 1; };
        ASSERT_NEAR(measured(features, 3, CellLattice(random.integer(0, 6)), odd), by_geos(features, 3, odd), 5e-6)
            << "round " << round;
    }
}

TEST(GroundOnceLaws, FeaturesMergedIntoOneOutlineCoverTheSameGround) {
    SCOPED_TRACE(test::seed_note());
    test::Random random;
    for (std::size_t round = 0; round < test::rounds(40, 2000); ++round) {
        auto features = test::random_features(random, test::random_corners(random), 7);
        features.at(2) = with_more_corners(features.at(2), random.integer(5, 40));
        features.at(3) = with_more_corners(features.at(3), random.integer(5, 40));
        const auto lefts = static_cast<std::uint32_t>(random.integer(1, 2));
        const FlatLayer layer(features);
        std::vector<std::uint32_t> rights(features.size() - lefts);
        std::iota(rights.begin(), rights.end(), lefts);
        std::vector<Geometry> merged(features.begin(), features.begin() + lefts);
        const geom::Box region = extent_of(FlatLayer(merged));
        merged.push_back(merged_outline(layer.view(), rights, region));
        const CellLattice lattice(random.integer(0, 6));
        ASSERT_NEAR(measured(merged, lefts, lattice), measured(features, lefts, lattice), 5e-6) << "round " << round;
    }
}

TEST(GroundOnceLaws, ParcelsMergedIntoOneOutlineLeaveNoEdgeBetweenThem) {
    test::ParcelGeneratorOptions options;
    options.columns = options.rows = 20;  // 400 parcels, more than are merged at once
    FlatLayer parcels;
    test::generate_parcels(options, [&](const test::SyntheticParcel& parcel) { parcels.add_ring(parcel.ring); });
    parcels.finish();
    std::vector<std::uint32_t> all(parcels.size());
    std::iota(all.begin(), all.end(), 0U);
    const Geometry merged = merged_outline(parcels.view(), all, extent_of(parcels));
    ASSERT_EQ(merged.view().path_count(), 1U);
    EXPECT_NEAR(algorithm::area(merged), 800.0 * 800.0, 1e-6);
}

TEST(GroundOnceLaws, TheLatticeChangesNothingButRounding) {
    SCOPED_TRACE(test::seed_note());
    test::Random random;
    for (std::size_t round = 0; round < test::rounds(20, 500); ++round) {
        const auto features = test::random_features(random, test::random_corners(random), 12);
        const double coarse = measured(features, 5, CellLattice(8));
        for (const int level : {-2, 1, 5}) {
            ASSERT_NEAR(measured(features, 5, CellLattice(level)), coarse, 5e-6) << "level " << level;
        }
    }
}

}  // namespace
}  // namespace ranh::algorithm
