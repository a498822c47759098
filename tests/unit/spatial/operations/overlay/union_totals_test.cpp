#include "spatial/operations/overlay/union_totals.hpp"

#include "spatial/algorithm/area.hpp"
#include "spatial/topology/topology.hpp"
#include "tests/support/packed_layers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::overlay {
namespace {

using test::DrawnFeature;
using Layer = std::shared_ptr<const snapshot::PackedLayer>;

DrawnFeature feature(std::string id, std::string wkt) { return {.id = std::move(id), .wkt = std::move(wkt)}; }

Layer layer(const std::string& id, std::vector<DrawnFeature> features) {
    return test::packed({.id = id, .features = std::move(features)});
}

/// The long way: every common area built and united by GEOS.
double union_by_geos(const std::vector<const snapshot::PackedLayer*>& lefts,
                     const std::vector<const snapshot::PackedLayer*>& rights) {
    std::vector<geom::Geometry> pieces;
    for (const auto* left : lefts) {
        for (const auto* right : rights) {
            for (std::size_t i = 0; i < left->size(); ++i) {
                for (std::size_t k = 0; k < right->size(); ++k) {
                    if (auto common = topology::intersection(left->working(i), right->working(k)).value()) {
                        pieces.push_back(std::move(*common));
                    }
                }
            }
        }
    }
    const auto whole = topology::unary_union(pieces).value();
    return whole ? algorithm::area(*whole) : 0.0;
}

constexpr auto west = "POLYGON((0 0,100 0,100 100,0 100,0 0))";
constexpr auto east = "POLYGON((100 0,200 0,200 100,100 100,100 0))";
constexpr auto middle = "POLYGON((50 0,150 0,150 100,50 100,50 0))";
constexpr auto all = "POLYGON((0 0,200 0,200 100,0 100,0 0))";
/// Ellipsoidal m² of a planar m² on the central meridian of TM-3.
constexpr double scale = 1.0 / (0.9999 * 0.9999);

TEST(UnionTotals, AreTheSumWhereNothingOverlaps) {
    const auto left = layer("left", {feature("A", all)});
    const auto right = layer("right", {feature("1", west), feature("2", east)});
    const auto totals = find_overlaps(*left, *right).totals;
    EXPECT_NEAR(totals.sum_m2, 20000.0 * scale, 0.1);
    EXPECT_EQ(totals.union_m2, totals.sum_m2);
    ASSERT_EQ(totals.per_left.size(), 1U);
    EXPECT_EQ(totals.per_left[0].union_m2, totals.per_left[0].sum_m2);
}

TEST(UnionTotals, CountGroundOnceWhereRightFeaturesOverlap) {
    const auto left = layer("left", {feature("A", all)});
    const auto right = layer("right", {feature("1", west), feature("2", middle)});
    const auto totals = find_overlaps(*left, *right).totals;
    EXPECT_NEAR(totals.sum_m2, 20000.0 * scale, 0.1);
    EXPECT_NEAR(totals.union_m2, 15000.0 * scale, 0.1);
    EXPECT_NEAR(totals.union_m2, union_by_geos({left.get()}, {right.get()}), 1e-6);
    EXPECT_NEAR(totals.per_left.at(0).union_m2, totals.union_m2, 1e-6);
}

TEST(UnionTotals, CountGroundOnceWhereLeftFeaturesOverlap) {
    const auto left = layer("left", {feature("A", west), feature("B", middle)});
    const auto right = layer("right", {feature("1", all)});
    const auto totals = find_overlaps(*left, *right).totals;
    EXPECT_NEAR(totals.sum_m2, 20000.0 * scale, 0.1);
    EXPECT_NEAR(totals.union_m2, union_by_geos({left.get()}, {right.get()}), 1e-6);
    ASSERT_EQ(totals.per_left.size(), 2U);
    EXPECT_EQ(totals.per_left[0].sum_m2, totals.per_left[0].union_m2);
}

TEST(UnionTotals, CountGroundOnceWhereBothSidesOverlap) {
    const auto left = layer("left", {feature("A", west), feature("B", middle), feature("C", all)});
    const auto right = layer("right", {feature("1", all), feature("2", east), feature("3", middle)});
    const auto totals = find_overlaps(*left, *right).totals;
    EXPECT_NEAR(totals.union_m2, union_by_geos({left.get()}, {right.get()}), 1e-6);
    EXPECT_NEAR(totals.union_m2, 20000.0 * scale, 0.1);
    EXPECT_GT(totals.sum_m2, totals.union_m2);
}

TEST(UnionTotals, OfALayerWithItselfCountOnlyTheCommonGround) {
    const auto zones = layer("zones", {feature("A", west), feature("B", middle), feature("C", east)});
    const auto totals = find_overlaps(*zones, *zones).totals;
    // A and B share 50 × 100, B and C share 50 × 100
    EXPECT_NEAR(totals.sum_m2, 10000.0 * scale, 0.1);
    EXPECT_NEAR(totals.union_m2, 10000.0 * scale, 0.1);
}

TEST(UnionTotals, OfALayerWithItselfCountTripleGroundOnce) {
    const auto zones = layer("zones", {feature("A", west), feature("B", west), feature("C", west)});
    const auto totals = find_overlaps(*zones, *zones).totals;
    EXPECT_NEAR(totals.sum_m2, 30000.0 * scale, 0.1);
    EXPECT_NEAR(totals.union_m2, 10000.0 * scale, 0.1);
}

TEST(UnionTotals, NameOnlyLeftFeaturesWithCommonGround) {
    const auto left =
        layer("left", {feature("B", west), feature("A", "POLYGON((500 0,600 0,600 100,500 0))"),
                       feature("C", "POINT(10 10)"), feature("D", "POLYGON((0 100,100 100,100 200,0 200,0 100))")});
    const auto right = layer("right", {feature("1", all)});
    const auto totals = find_overlaps(*left, *right).totals;
    ASSERT_EQ(totals.per_left.size(), 1U);
    EXPECT_EQ(totals.per_left[0].left.text(), "B");
}

TEST(UnionTotals, CountTheRepairedGroundOfARingThatCrossesItself) {
    const auto left = layer("left", {feature("A", "POLYGON((0 0,100 100,100 0,0 100,0 0))")});
    const auto right = layer("right", {feature("1", all)});
    const auto result = find_overlaps(*left, *right);
    EXPECT_NEAR(result.totals.sum_m2, 5000.0 * scale, 0.1);
    EXPECT_NEAR(result.totals.union_m2, 5000.0 * scale, 0.1);
    EXPECT_NEAR(result.pairs.at(0).share_right.value(), 0.25, 1e-4);
}

constexpr auto bow_tie = "POLYGON((0 0,100 100,100 0,0 100,0 0))";

TEST(UnionTotals, CountBothLobesOfABowTieOnEitherSide) {
    const auto bow = layer("left", {feature("A", bow_tie)});
    const auto halves = layer("right", {feature("1", "POLYGON((0 0,50 0,50 100,0 100,0 0))"),
                                        feature("2", "POLYGON((50 0,100 0,100 100,50 100,50 0))")});
    EXPECT_NEAR(find_overlaps(*bow, *halves).totals.union_m2, 5000.0 * scale, 0.01);
    EXPECT_NEAR(find_overlaps(*halves, *bow).totals.union_m2, 5000.0 * scale, 0.01);
}

TEST(UnionTotals, OfABowTieAreItsGroundHoweverManyLayersCoverIt) {
    const auto bow = layer("left", {feature("A", bow_tie)});
    const auto one = layer("one", {feature("1", west)});
    const auto two = layer("two", {feature("1", all)});
    const auto on_one = find_overlaps(*bow, *one);
    const auto on_two = find_overlaps(*bow, *two);
    const auto totals = total_of(*bow, {{&on_one, one.get()}, {&on_two, two.get()}});
    EXPECT_NEAR(totals.sum_m2, 10000.0 * scale, 0.01);
    EXPECT_NEAR(totals.union_m2, 5000.0 * scale, 0.01);
}

TEST(UnionTotals, AHoleOutsideOfItsShellTakesNoGroundFromANeighbour) {
    const auto left = layer("left", {feature("A", "POLYGON((0 0,300 0,300 100,0 100,0 0))")});
    const auto right =
        layer("right", {feature("1", "POLYGON((0 0,100 0,100 100,0 100,0 0),(200 0,300 0,300 100,200 100,200 0))"),
                        feature("2", "POLYGON((200 0,300 0,300 100,200 100,200 0))")});
    EXPECT_NEAR(find_overlaps(*left, *right).totals.union_m2, 20000.0 * scale, 0.01);
}

TEST(UnionTotals, OfAHoleAcrossItsShellAreTheRepairedGround) {
    const auto torn =
        layer("left", {feature("A", "POLYGON((0 0,100 0,100 100,0 100,0 0),(50 50,150 50,150 80,50 80,50 50))")});
    const auto rights = layer("right", {feature("1", "POLYGON((-10 -10,200 -10,200 110,-10 110,-10 -10))"),
                                        feature("2", "POLYGON((40 -10,210 -10,210 110,40 110,40 -10))")});
    EXPECT_NEAR(find_overlaps(*torn, *rights).totals.union_m2, 8500.0 * scale, 0.01);
    EXPECT_NEAR(find_overlaps(*rights, *torn).totals.union_m2, 8500.0 * scale, 0.01);
}

TEST(UnionTotals, StopWhenCancelled) {
    const auto left = layer("left", {feature("A", all)});
    const auto right = layer("right", {feature("1", west), feature("2", middle)});
    const auto found = find_overlaps(*left, *right);
    CancelToken cancel;
    cancel.stop();
    EXPECT_THROW(static_cast<void>(total_of(*left, {{&found, right.get()}}, &cancel)), Failure);
}

TEST(UnionTotals, AreZeroWithoutPairs) {
    const auto left = layer("left", {feature("A", west)});
    const auto right = layer("right", {feature("1", "POLYGON((500 0,600 0,600 100,500 0))")});
    const auto totals = find_overlaps(*left, *right).totals;
    EXPECT_EQ(totals.sum_m2, 0.0);
    EXPECT_EQ(totals.union_m2, 0.0);
    EXPECT_TRUE(totals.per_left.empty());
}

TEST(UnionTotals, CountGroundOnceOverSeveralRightLayers) {
    const auto left = layer("left", {feature("A", all)});
    const auto zones = layer("zones", {feature("1", west)});
    const auto plans = layer("plans", {feature("1", middle)});
    const auto on_zones = find_overlaps(*left, *zones);
    const auto on_plans = find_overlaps(*left, *plans);
    const auto totals = total_of(*left, {{&on_zones, zones.get()}, {&on_plans, plans.get()}});
    EXPECT_NEAR(totals.sum_m2, 20000.0 * scale, 0.1);
    EXPECT_NEAR(totals.union_m2, 15000.0 * scale, 0.1);
    EXPECT_NEAR(totals.union_m2, union_by_geos({left.get()}, {zones.get(), plans.get()}), 1e-6);
}

TEST(UnionTotals, CountGroundOnceWhereOnlyOneOfSeveralLayersMeetsALeftFeature) {
    const auto left = layer("left", {feature("A", all), feature("B", "POLYGON((900 0,990 0,990 90,900 90,900 0))")});
    const auto zones = layer("zones", {feature("1", west), feature("2", middle)});
    const auto plans = layer("plans", {feature("1", "POLYGON((950 0,999 0,999 90,950 90,950 0))")});
    const auto on_zones = find_overlaps(*left, *zones);
    const auto on_plans = find_overlaps(*left, *plans);
    const auto totals = total_of(*left, {{&on_zones, zones.get()}, {&on_plans, plans.get()}});
    EXPECT_NEAR(totals.union_m2, union_by_geos({left.get()}, {zones.get(), plans.get()}), 1e-6);
    ASSERT_EQ(totals.per_left.size(), 2U);
    EXPECT_NEAR(totals.per_left[0].union_m2, 15000.0 * scale, 0.1);
}

TEST(UnionTotals, OfALayerThatCoversTheLeftFeatureIsTheFeature) {
    const auto left = layer("left", {feature("A", middle)});
    const auto zones = layer("zones", {feature("1", west), feature("2", east)});
    const auto plans = layer("plans", {feature("1", all), feature("2", west)});
    const auto on_zones = find_overlaps(*left, *zones);
    const auto on_plans = find_overlaps(*left, *plans);
    const auto totals = total_of(*left, {{&on_zones, zones.get()}, {&on_plans, plans.get()}});
    EXPECT_NEAR(totals.sum_m2, 25000.0 * scale, 0.1);
    EXPECT_NEAR(totals.union_m2, 10000.0 * scale, 0.1);
}

}  // namespace
}  // namespace ranh::overlay
