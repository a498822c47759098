#include "spatial/operations/overlay/pair_measure.hpp"

#include "spatial/crs/transform.hpp"
#include "tests/support/packed_layers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::overlay {
namespace {

using model::Relation;
using model::SizeClass;

/// Ellipsoidal m² of a planar m² on the central meridian of TM-3.
constexpr double scale = 1.0 / (0.9999 * 0.9999);
constexpr auto unit_square = "POLYGON((0 0,100 0,100 100,0 100,0 0))";

/// What find_overlaps() makes of two layers of one feature each.
std::optional<model::Pair> only_pair(const snapshot::PackedLayer& left, const snapshot::PackedLayer& right,
                                     const OverlapOptions& options = {}) {
    auto result = find_overlaps(left, right, options);
    return result.pairs.empty() ? std::nullopt : std::optional(std::move(result.pairs.front()));
}

/// The pair of two geometries drawn in metres, if they make one. A layer each, both in EPSG:5899.
std::optional<model::Pair> pair_of(const std::string& left_wkt, const std::string& right_wkt,
                                   const OverlapOptions& options = {}) {
    const auto left = test::packed({.id = "left", .features = {{.id = "L", .wkt = left_wkt}}});
    const auto right = test::packed({.id = "right", .features = {{.id = "R", .wkt = right_wkt}}});
    return only_pair(*left, *right, options);
}

/// The same with the right side in the neighbouring meridian's system: nothing is shared bit for bit.
std::optional<model::Pair> pair_across_systems(const std::string& left_wkt, const std::string& right_wkt) {
    const crs::WorkingPlane plane;
    const auto left = test::packed({.id = "left", .features = {{.id = "L", .wkt = left_wkt}}});
    test::DrawnLayer drawn{.id = "right", .features = {}, .epsg = 9218};
    model::LayerVersion version = test::packed(drawn)->version();
    model::Feature moved = test::feature_of({.id = "R", .wkt = right_wkt}, 5899);
    crs::Transform::between(moved.crs, version.systems.front()).value().apply(moved.geometry->mutable_points());
    moved.crs = version.systems.front();
    version.feature_count = 1;
    snapshot::PackedLayerBuilder builder(std::move(version), plane);
    builder.add(std::move(moved));
    return only_pair(*left, *builder.finish());
}

struct RelationCase {
    std::string name;
    std::string right;
    Relation relation;
    double planar_m2;
    SizeClass size_class;
};

class PairRelation : public testing::TestWithParam<RelationCase> {};

TEST_P(PairRelation, AgreesWithTheDrawing) {
    const auto pair = pair_of(unit_square, GetParam().right);
    ASSERT_TRUE(pair);
    EXPECT_EQ(pair->relation, GetParam().relation) << model::to_string(pair->relation);
    EXPECT_EQ(pair->size_class, GetParam().size_class) << model::to_string(pair->size_class);
    if (GetParam().relation == Relation::touches) {
        EXPECT_EQ(pair->area_m2, 0.0);
        return;
    }
    ASSERT_TRUE(pair->area_planar_m2);
    EXPECT_NEAR(*pair->area_planar_m2, GetParam().planar_m2, 1e-6);
    // TM-3 scale on the central meridian is 0.9999, so the ellipsoid has 1/0.9999² of the planar area.
    EXPECT_NEAR(pair->area_m2, GetParam().planar_m2 / (0.9999 * 0.9999), GetParam().planar_m2 * 1e-6);
}

INSTANTIATE_TEST_SUITE_P(
    OfTwoAreas, PairRelation,
    testing::Values(RelationCase{"Contains", "POLYGON((10 10,20 10,20 20,10 20,10 10))", Relation::contains, 100.0,
                                 SizeClass::overlap},
                    RelationCase{"ContainsAlongTheEdge", "POLYGON((0 0,20 0,20 20,0 20,0 0))", Relation::contains,
                                 400.0, SizeClass::overlap},
                    RelationCase{"Within", "POLYGON((-50 -50,150 -50,150 150,-50 150,-50 -50))", Relation::within,
                                 10000.0, SizeClass::overlap},
                    RelationCase{"Equals", "POLYGON((100 100,0 100,0 0,100 0,100 100))", Relation::equals, 10000.0,
                                 SizeClass::overlap},
                    RelationCase{"Crosses", "POLYGON((50 50,150 50,150 150,50 150,50 50))", Relation::crosses, 2500.0,
                                 SizeClass::overlap},
                    RelationCase{"CrossesInTwoParts",
                                 "MULTIPOLYGON(((90 0,110 0,110 10,90 10,90 0)),((90 50,110 50,110 60,90 60,90 50)))",
                                 Relation::crosses, 200.0, SizeClass::overlap},
                    RelationCase{"CrossesAsASliver", "POLYGON((99.95 0,150 0,150 100,99.95 100,99.95 0))",
                                 Relation::crosses, 5.0, SizeClass::sliver},
                    RelationCase{"TouchesAlongAnEdge", "POLYGON((100 0,200 0,200 100,100 100,100 0))",
                                 Relation::touches, 0.0, SizeClass::none},
                    RelationCase{"TouchesInAPoint", "POLYGON((100 100,200 100,200 200,100 200,100 100))",
                                 Relation::touches, 0.0, SizeClass::none},
                    RelationCase{"TouchesFromInsideAHole",
                                 "POLYGON((-50 -50,150 -50,150 150,-50 150,-50 -50),(0 0,100 0,100 100,0 100,0 0))",
                                 Relation::touches, 0.0, SizeClass::none}),
    [](const auto& tested) { return tested.param.name; });

TEST(PairMeasure, GivesNothingForAreasApart) {
    EXPECT_FALSE(pair_of(unit_square, "POLYGON((100.001 0,200 0,200 100,100.001 100,100.001 0))"));
}

TEST(PairMeasure, GivesNothingForAnAreaInsideAHole) {
    EXPECT_FALSE(
        pair_of(unit_square, "POLYGON((-50 -50,150 -50,150 150,-50 150,-50 -50),(-1 -1,101 -1,101 101,-1 101,-1 -1))"));
}

TEST(PairMeasure, GivesTheSharesOfBothSides) {
    const auto pair = pair_of(unit_square, "POLYGON((50 0,250 0,250 100,50 100,50 0))");
    ASSERT_TRUE(pair);
    EXPECT_NEAR(pair->share_left.value(), 0.5, 1e-7);
    EXPECT_NEAR(pair->share_right.value(), 0.25, 1e-7);
}

TEST(PairMeasure, GivesNoShareAboveOneForAnEqualPair) {
    const auto pair = pair_of(unit_square, unit_square);
    ASSERT_TRUE(pair);
    EXPECT_LE(pair->share_left.value(), 1.0);
    EXPECT_NEAR(pair->share_left.value(), 1.0, 1e-12);
}

TEST(PairMeasure, GivesTheMeanWidthOfACrossingPair) {
    const auto pair = pair_of(unit_square, "POLYGON((98 0,150 0,150 100,98 100,98 0))");
    ASSERT_TRUE(pair);
    // 2 · 200 m² / (2 + 100 + 2 + 100) m
    EXPECT_NEAR(pair->width_m.value(), 400.0 / 204.0, 1e-3);
    EXPECT_NEAR(pair->thinness.value(), 4.0 * 3.14159265 * 200.0 / (204.0 * 204.0), 1e-4);
    EXPECT_EQ(pair->size_class, SizeClass::overlap);
}

TEST(PairMeasure, CallsAContainedStripNoSliver) {
    const auto pair = pair_of(unit_square, "POLYGON((0 0,0.05 0,0.05 100,0 100,0 0))");
    ASSERT_TRUE(pair);
    EXPECT_EQ(pair->relation, Relation::contains);
    EXPECT_EQ(pair->size_class, SizeClass::overlap);
}

TEST(PairMeasure, LeavesPairsBelowTheLeastAreaOut) {
    const std::string corner = "POLYGON((90 90,150 90,150 150,90 150,90 90))";  // 100 m²
    EXPECT_TRUE(pair_of(unit_square, corner, {.min_area = SquareMetres(99.0)}));
    EXPECT_FALSE(pair_of(unit_square, corner, {.min_area = SquareMetres(101.0)}));
}

TEST(PairMeasure, LeavesTouchingPairsOutOnceALeastAreaIsAsked) {
    const std::string neighbour = "POLYGON((100 0,200 0,200 100,100 100,100 0))";
    EXPECT_TRUE(pair_of(unit_square, neighbour));
    EXPECT_FALSE(pair_of(unit_square, neighbour, {.min_area = SquareMetres(1e-9)}));
    EXPECT_FALSE(pair_of(unit_square, neighbour, {.min_share = 1e-9}));
}

TEST(PairMeasure, ComparesTheLeastShareWithTheSmallerSide) {
    // 100 m² are 1 % of the left and 25 % of the right side.
    const std::string small = "POLYGON((90 90,110 90,110 110,90 110,90 90))";
    EXPECT_TRUE(pair_of(unit_square, small, {.min_share = 0.24}));
    EXPECT_FALSE(pair_of(unit_square, small, {.min_share = 0.26}));
}

TEST(PairMeasure, FindsNearAreasUpToTheDistanceAsked) {
    const std::string away = "POLYGON((130 0,200 0,200 100,130 100,130 0))";
    const auto pair = pair_of(unit_square, away, {.near = Metres(30.1)});
    ASSERT_TRUE(pair);
    EXPECT_EQ(pair->relation, Relation::near);
    EXPECT_EQ(pair->size_class, SizeClass::none);
    EXPECT_NEAR(pair->distance_m, 30.0, 0.01);
    EXPECT_EQ(pair->area_m2, 0.0);
    EXPECT_FALSE(pair_of(unit_square, away, {.near = Metres(29.9)}));
}

TEST(PairMeasure, FindsAnAreaInAHoleNear) {
    const std::string frame = "POLYGON((-50 -50,150 -50,150 150,-50 150,-50 -50),(-1 -1,101 -1,101 101,-1 101,-1 -1))";
    const auto pair = pair_of(unit_square, frame, {.near = Metres(2.0)});
    ASSERT_TRUE(pair);
    EXPECT_EQ(pair->relation, Relation::near);
    EXPECT_NEAR(pair->distance_m, 1.0, 0.001);
    EXPECT_FALSE(pair_of(unit_square, frame, {.near = Metres(0.5)}));
}

TEST(PairMeasure, FlagsARingThatCrossesItselfAndMeasuresARepairedCopy) {
    const auto pair = pair_of("POLYGON((0 0,100 100,100 0,0 100,0 0))", unit_square);
    ASSERT_TRUE(pair);
    EXPECT_TRUE(pair->invalid_input);
    EXPECT_NEAR(pair->area_repaired_m2.value(), 5000.0 / (0.9999 * 0.9999), 0.1);
    EXPECT_FALSE(pair_of(unit_square, "POLYGON((50 50,150 50,150 150,50 150,50 50))")->invalid_input);
}

TEST(PairMeasure, KeepsACrossingRingAboveTheLeastAreaThoughItWindsAroundNothing) {
    // Both lobes measure 1,250 m²; wound around is 0.
    const auto pair = pair_of("POLYGON((10 10,60 110,60 10,10 110,10 10))", "POLYGON((0 0,200 0,200 200,0 200,0 0))",
                              {.min_area = SquareMetres(2000.0)});
    ASSERT_TRUE(pair);
    EXPECT_TRUE(pair->invalid_input);
    EXPECT_NEAR(pair->area_repaired_m2.value(), 2500.0 * scale, 0.1);
}

TEST(PairMeasure, FlagsALongRingThatCrossesItself) {
    std::string ring = "POLYGON((0 0,";
    for (int i = 0; i <= 200; ++i) {
        ring += std::to_string(i) + " " + std::to_string(100 + i % 2) + ",";
    }
    const auto pair = pair_of(ring + "200 0,100 150,0 0))", unit_square);
    ASSERT_TRUE(pair);
    EXPECT_TRUE(pair->invalid_input);
}

TEST(PairMeasure, SaysThatAPointLiesWithin) {
    const auto pair = pair_of("POINT(50 50)", unit_square);
    ASSERT_TRUE(pair);
    EXPECT_EQ(pair->relation, Relation::within);
    EXPECT_EQ(pair->size_class, SizeClass::none);
    EXPECT_FALSE(pair->share_left);
    EXPECT_FALSE(pair->length_inside_m);
}

TEST(PairMeasure, SaysThatAnAreaContainsAPoint) {
    const auto pair = pair_of(unit_square, "POINT(50 50)");
    ASSERT_TRUE(pair);
    EXPECT_EQ(pair->relation, Relation::contains);
}

TEST(PairMeasure, SaysThatAPointOnTheBoundaryTouches) {
    const auto pair = pair_of("POINT(100 50)", unit_square);
    ASSERT_TRUE(pair);
    EXPECT_EQ(pair->relation, Relation::touches);
}

TEST(PairMeasure, GivesTheDistanceOfAPointNearby) {
    const auto pair = pair_of("POINT(103 104)", unit_square, {.near = Metres(10.0)});
    ASSERT_TRUE(pair);
    EXPECT_EQ(pair->relation, Relation::near);
    EXPECT_NEAR(pair->distance_m, 5.0, 0.002);
}

TEST(PairMeasure, GivesTheLengthOfALineInsideAnArea) {
    const auto pair = pair_of("LINESTRING(-50 50,150 50)", unit_square);
    ASSERT_TRUE(pair);
    EXPECT_EQ(pair->relation, Relation::crosses);
    EXPECT_NEAR(pair->length_inside_m.value(), 100.0 / 0.9999, 0.001);
    EXPECT_EQ(pair->size_class, SizeClass::none);
    EXPECT_EQ(pair->area_m2, 0.0);
}

TEST(PairMeasure, GivesTheLengthOfALineToTheRightOfAnArea) {
    const auto pair = pair_of(unit_square, "LINESTRING(10 10,10 60)");
    ASSERT_TRUE(pair);
    EXPECT_EQ(pair->relation, Relation::contains);
    EXPECT_NEAR(pair->length_inside_m.value(), 50.0 / 0.9999, 0.001);
}

TEST(PairMeasure, LeavesGeometryOutUnlessAsked) {
    const std::string corner = "POLYGON((50 50,150 50,150 150,50 150,50 50))";
    EXPECT_FALSE(pair_of(unit_square, corner)->geometry);
    const auto pair = pair_of(unit_square, corner, {.geometry = OverlapGeometry::include});
    ASSERT_TRUE(pair->geometry);
    EXPECT_EQ(pair->geometry->type(), geom::GeometryType::polygon);
    EXPECT_NEAR(pair->geometry_area_m2.value(), pair->area_m2, 1e-6);
    EXPECT_FALSE(pair->geometry_disagrees);
}

TEST(PairMeasure, GivesTheSameAreaWithAndWithoutGeometry) {
    const std::string corner = "POLYGON((50 50,150 50,150.5 150,50 151,50 50))";
    EXPECT_EQ(pair_of(unit_square, corner)->area_m2,
              pair_of(unit_square, corner, {.geometry = OverlapGeometry::include})->area_m2);
}

TEST(PairMeasure, GivesTheCommonBoxInLongitudeAndLatitude) {
    const auto pair = pair_of(unit_square, "POLYGON((50 50,150 50,150 150,50 150,50 50))");
    ASSERT_TRUE(pair);
    // half of 100 m is about 0.00046° of longitude and 0.00045° of latitude here
    EXPECT_NEAR(pair->box.max.x - pair->box.min.x, 0.000459, 3e-6);
    EXPECT_NEAR(pair->box.max.y - pair->box.min.y, 0.000452, 3e-6);
    EXPECT_NEAR(pair->box.min.x, 107.752, 0.001);
    EXPECT_NEAR(pair->box.min.y, 11.756, 0.001);
}

TEST(PairAcrossSystems, CallsASharedEdgeTouching) {
    const auto pair = pair_across_systems(unit_square, "POLYGON((100 0,200 0,200 100,100 100,100 0))");
    ASSERT_TRUE(pair);
    EXPECT_EQ(pair->relation, Relation::touches);
    EXPECT_EQ(pair->area_m2, 0.0);
}

TEST(PairAcrossSystems, HasNoPlanarArea) {
    const auto pair = pair_across_systems(unit_square, "POLYGON((50 50,150 50,150 150,50 150,50 50))");
    ASSERT_TRUE(pair);
    EXPECT_FALSE(pair->area_planar_m2);
    EXPECT_NEAR(pair->area_m2, 2500.0 / (0.9999 * 0.9999), 0.01);
}

TEST(PairAcrossSystems, RecognisesEqualAreas) {
    const auto pair = pair_across_systems(unit_square, unit_square);
    ASSERT_TRUE(pair);
    EXPECT_EQ(pair->relation, Relation::equals) << model::to_string(pair->relation);
}

TEST(PairAcrossSystems, RecognisesContainmentAlongAnEdge) {
    const auto pair = pair_across_systems(unit_square, "POLYGON((0 0,20 0,20 20,0 20,0 0))");
    ASSERT_TRUE(pair);
    EXPECT_EQ(pair->relation, Relation::contains) << model::to_string(pair->relation);
}

}  // namespace
}  // namespace ranh::overlay
