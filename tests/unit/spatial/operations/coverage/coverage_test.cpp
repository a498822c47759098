#include "spatial/operations/coverage/coverage.hpp"

#include "spatial/algorithm/area.hpp"
#include "tests/support/flat_layer.hpp"
#include "tests/support/wkt.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace ranh::coverage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

CoverageFindings check(const std::vector<std::string_view>& drawn, CoverageOptions options = {}) {
    std::vector<geom::Geometry> features;
    features.reserve(drawn.size());
    for (const std::string_view wkt : drawn) {
        features.push_back(test::from_wkt(wkt));
    }
    options.threads = 1;
    return check_coverage(test::FlatLayer(features).view(), algorithm::CellLattice(3), options);
}

constexpr std::string_view west = "POLYGON((0 0,10 0,10 10,0 10,0 0))";
constexpr std::string_view east = "POLYGON((10 0,20 0,20 10,10 10,10 0))";
constexpr std::string_view north_west = "POLYGON((0 10,10 10,10 20,0 20,0 10))";
constexpr std::string_view north_east = "POLYGON((10 10,20 10,20 20,10 20,10 10))";

TEST(CheckCoverage, FindsNothingWhereParcelsShareTheirVertices) {
    const CoverageFindings found = check({west, east, north_west, north_east});
    EXPECT_THAT(found.mismatches, IsEmpty());
    EXPECT_THAT(found.gaps, IsEmpty());
    EXPECT_THAT(found.overlaps, IsEmpty());
    EXPECT_EQ(found.edges,
              (EdgeCounts{.unmatched = 8, .within_grid = 0, .pieces = 8, .outline = 8, .gap = 0, .overlap = 0}));
}

TEST(CheckCoverage, GivesTheOutlineWithTheGroundOnItsRight) {
    const CoverageFindings found = check({west, east});
    ASSERT_THAT(found.outline, SizeIs(1));
    EXPECT_THAT(found.outline[0], SizeIs(7));
    EXPECT_DOUBLE_EQ(algorithm::signed_ring_area(found.outline[0]), -200.0);
}

TEST(CheckCoverage, NamesTheVertexMissingFromANeighbour) {
    // East has a vertex in the middle of the common border, west has none.
    const CoverageFindings found = check({west, "POLYGON((10 0,20 0,20 10,10 10,10 4,10 0))"});
    ASSERT_THAT(found.mismatches, SizeIs(1));
    const BoundaryMismatch& mismatch = found.mismatches[0];
    EXPECT_EQ(mismatch.vertex, (VertexPlace{.feature = 1, .ring = 0, .vertex = 4, .point = {10, 4}}));
    EXPECT_EQ(mismatch.lacking, 0U);
    EXPECT_EQ(mismatch.lacking_after, 1U);
    EXPECT_EQ(mismatch.moved, std::nullopt);
    EXPECT_DOUBLE_EQ(mismatch.distance_m, 0.0);
    EXPECT_THAT(found.gaps, IsEmpty());
    EXPECT_THAT(found.overlaps, IsEmpty());
}

TEST(CheckCoverage, NamesTheCornerOfTwoNeighboursMissingFromTheThird) {
    const CoverageFindings found = check({"POLYGON((0 0,20 0,20 10,0 10,0 0))", north_west, north_east});
    ASSERT_THAT(found.mismatches, SizeIs(1));
    EXPECT_EQ(found.mismatches[0].vertex.point, (geom::Point{10, 10}));
    EXPECT_EQ(found.mismatches[0].lacking, 0U);
    EXPECT_EQ(found.mismatches[0].lacking_after, 2U);
}

TEST(CheckCoverage, NamesEachVertexThatALongEdgeLacks) {
    const CoverageFindings found =
        check({"POLYGON((0 -5,30 -5,30 0,0 0,0 -5))", west, east, "POLYGON((20 0,30 0,30 10,20 10,20 0))"});
    ASSERT_THAT(found.mismatches, SizeIs(2));
    EXPECT_EQ(found.mismatches[0].vertex.point, (geom::Point{10, 0}));
    EXPECT_EQ(found.mismatches[1].vertex.point, (geom::Point{20, 0}));
    EXPECT_EQ(found.mismatches[0].lacking, 0U);
    EXPECT_EQ(found.mismatches[1].lacking, 0U);
}

TEST(CheckCoverage, AMissingVertexFarOffIsTheCauseOfTheGap) {
    const CoverageFindings found = check({west, "POLYGON((10 0,20 0,20 10,10 10,13 4,10 0))"});
    ASSERT_THAT(found.mismatches, SizeIs(1));
    EXPECT_EQ(found.mismatches[0].lacking, 0U);
    EXPECT_DOUBLE_EQ(found.mismatches[0].distance_m, 3.0);
    ASSERT_THAT(found.gaps, SizeIs(1));
    EXPECT_DOUBLE_EQ(found.gaps[0].area_m2, 15.0);
    EXPECT_THAT(found.gaps[0].neighbours, ElementsAre(0, 1));
    EXPECT_EQ(found.gaps[0].cause, 0U);
    EXPECT_THAT(found.overlaps, IsEmpty());
}

TEST(CheckCoverage, AMissingVertexFarOffIsTheCauseOfTheOverlap) {
    const CoverageFindings found = check({west, "POLYGON((10 0,20 0,20 10,10 10,7 4,10 0))"});
    ASSERT_THAT(found.mismatches, SizeIs(1));
    EXPECT_THAT(found.gaps, IsEmpty());
    ASSERT_THAT(found.overlaps, SizeIs(1));
    EXPECT_NEAR(found.overlaps[0].area_m2, 15.0, 1e-9);
    EXPECT_EQ(found.overlaps[0].kind, OverlapKind::overlap);
    EXPECT_EQ(found.overlaps[0].cause, 0U);
    EXPECT_NEAR(found.overlaps[0].share_left, 0.15, 1e-9);
}

TEST(CheckCoverage, AMovedVertexIsOneMismatchWithTheWayItWasMoved) {
    // The common corner (10 5) stands at (11 5) in the eastern parcel.
    const CoverageFindings found =
        check({"POLYGON((0 0,10 0,10 5,10 10,0 10,0 0))", "POLYGON((10 0,20 0,20 10,10 10,11 5,10 0))"});
    ASSERT_THAT(found.mismatches, SizeIs(1));
    EXPECT_EQ(found.mismatches[0].vertex.point, (geom::Point{10, 5}));
    EXPECT_EQ(found.mismatches[0].lacking, 1U);
    ASSERT_TRUE(found.mismatches[0].moved.has_value());
    EXPECT_EQ(found.mismatches[0].moved->point, (geom::Point{11, 5}));
    EXPECT_DOUBLE_EQ(found.mismatches[0].distance_m, 1.0);
    ASSERT_THAT(found.gaps, SizeIs(1));
    EXPECT_EQ(found.gaps[0].cause, 0U);
}

TEST(CheckCoverage, AMovedCornerOfFourParcelsIsOneMismatch) {
    const CoverageFindings found = check({west, east, north_west, "POLYGON((12 11,20 10,20 20,10 20,12 11))"});
    ASSERT_THAT(found.mismatches, SizeIs(1));
    EXPECT_EQ(found.mismatches[0].vertex.point, (geom::Point{10, 10}));
    EXPECT_EQ(found.mismatches[0].lacking, 3U);
    EXPECT_NEAR(found.mismatches[0].distance_m, std::hypot(2.0, 1.0), 1e-12);
    ASSERT_THAT(found.gaps, SizeIs(1));
    EXPECT_EQ(found.gaps[0].cause, 0U);
    EXPECT_THAT(found.gaps[0].neighbours, ElementsAre(1, 2, 3));
}

TEST(CheckCoverage, BordersThatCrossGiveAGapAndAnOverlapOfOneCause) {
    const CoverageFindings found =
        check({"POLYGON((0 0,10 0,11 3,10 10,0 10,0 0))", "POLYGON((10 0,20 0,20 10,10 10,11 7,10 0))"});
    ASSERT_THAT(found.mismatches, SizeIs(1));
    EXPECT_DOUBLE_EQ(found.mismatches[0].distance_m, 4.0);
    ASSERT_THAT(found.gaps, SizeIs(1));
    ASSERT_THAT(found.overlaps, SizeIs(1));
    EXPECT_EQ(found.gaps[0].cause, 0U);
    EXPECT_EQ(found.overlaps[0].cause, 0U);
    EXPECT_NEAR(found.gaps[0].area_m2, found.overlaps[0].area_m2, 1e-9);
}

TEST(CheckCoverage, MeasuresTheGapOfAParcelThatIsNotThere) {
    const CoverageFindings found =
        check({west, east, "POLYGON((20 0,30 0,30 10,20 10,20 0))", north_west,
               "POLYGON((20 10,30 10,30 20,20 20,20 10))", "POLYGON((0 20,10 20,10 30,0 30,0 20))",
               "POLYGON((10 20,20 20,20 30,10 30,10 20))", "POLYGON((20 20,30 20,30 30,20 30,20 20))"});
    EXPECT_THAT(found.mismatches, IsEmpty());
    EXPECT_THAT(found.overlaps, IsEmpty());
    ASSERT_THAT(found.gaps, SizeIs(1));
    EXPECT_DOUBLE_EQ(found.gaps[0].area_m2, 100.0);
    EXPECT_DOUBLE_EQ(found.gaps[0].width_m, 5.0);
    EXPECT_FALSE(found.gaps[0].sliver);
    EXPECT_EQ(found.gaps[0].cause, std::nullopt);
    EXPECT_THAT(found.gaps[0].neighbours, ElementsAre(1, 3, 4, 6));
    EXPECT_DOUBLE_EQ(algorithm::area(found.gaps[0].ground), 100.0);
}

TEST(CheckCoverage, AParcelThatStandsFreeInAHoleLeavesAGapAroundIt) {
    const CoverageFindings found = check({"POLYGON((0 0,30 0,30 30,0 30,0 0),(10 10,10 20,20 20,20 10,10 10))",
                                          "POLYGON((10.5 10.5,19.5 10.5,19.5 19.5,10.5 19.5,10.5 10.5))"});
    EXPECT_THAT(found.mismatches, IsEmpty());
    EXPECT_THAT(found.overlaps, IsEmpty());
    ASSERT_THAT(found.gaps, SizeIs(1));
    EXPECT_DOUBLE_EQ(found.gaps[0].area_m2, 19.0);
    EXPECT_EQ(found.gaps[0].ground.view().path_count(), 2U);
    EXPECT_THAT(found.gaps[0].neighbours, ElementsAre(0, 1));
    EXPECT_NEAR(found.gaps[0].width_m, 2.0 * 19.0 / 76.0, 1e-12);
}

TEST(CheckCoverage, FindsAParcelInsideAnother) {
    const CoverageFindings found = check({west, east, "POLYGON((2 2,5 2,5 5,2 5,2 2))"});
    EXPECT_THAT(found.mismatches, IsEmpty());
    EXPECT_THAT(found.gaps, IsEmpty());
    ASSERT_THAT(found.overlaps, SizeIs(1));
    EXPECT_EQ(found.overlaps[0].kind, OverlapKind::containment);
    EXPECT_EQ(found.overlaps[0].left, 0U);
    EXPECT_EQ(found.overlaps[0].right, 2U);
    EXPECT_NEAR(found.overlaps[0].area_m2, 9.0, 1e-9);
    EXPECT_NEAR(found.overlaps[0].share_right, 1.0, 1e-9);
    EXPECT_EQ(found.edges.overlap, 4U);
}

TEST(CheckCoverage, FindsADuplicateWhereverItsRingBeginsAndHoweverItTurns) {
    const CoverageFindings found = check({west, east, "POLYGON((10 10,10 0,0 0,0 10,10 10))"});
    EXPECT_THAT(found.mismatches, IsEmpty());
    EXPECT_THAT(found.gaps, IsEmpty());
    ASSERT_THAT(found.overlaps, SizeIs(1));
    EXPECT_EQ(found.overlaps[0].kind, OverlapKind::duplicate);
    EXPECT_DOUBLE_EQ(found.overlaps[0].iou, 1.0);
    EXPECT_EQ(found.overlaps[0].cause, std::nullopt);
}

TEST(CheckCoverage, FindsANearDuplicateByTheGroundBothShare) {
    const CoverageFindings found = check({west, "POLYGON((0.1 0,10 0,10 9.9,0.1 9.9,0.1 0))"});
    ASSERT_THAT(found.overlaps, SizeIs(1));
    EXPECT_EQ(found.overlaps[0].kind, OverlapKind::near_duplicate);
    EXPECT_NEAR(found.overlaps[0].iou, 0.9801, 1e-9);
}

TEST(CheckCoverage, AnOverlapOfFiveCentimetresIsASliver) {
    const CoverageFindings found = check({west, "POLYGON((9.95 -0.02,20 -0.02,20 10.02,9.95 10.02,9.95 -0.02))"});
    EXPECT_THAT(found.mismatches, IsEmpty());
    ASSERT_THAT(found.overlaps, SizeIs(1));
    EXPECT_EQ(found.overlaps[0].kind, OverlapKind::sliver);
    EXPECT_NEAR(found.overlaps[0].area_m2, 0.5, 1e-9);
    EXPECT_NEAR(found.overlaps[0].width_m, 0.05, 1e-3);
}

TEST(CheckCoverage, TakesPointsWithinTheGridForOneAndTellsOfThem) {
    const CoverageFindings found = check({west, "POLYGON((10.00002 0,20 0,20 10,10 10,10.00002 0))"});
    ASSERT_THAT(found.mismatches, SizeIs(1));
    EXPECT_TRUE(found.mismatches[0].below_grid);
    EXPECT_NEAR(found.mismatches[0].distance_m, 0.00002, 1e-9);
    EXPECT_EQ(found.edges.within_grid, 2U);
    EXPECT_EQ(found.edges.outline, 6U);
    EXPECT_THAT(found.gaps, IsEmpty());
    EXPECT_THAT(found.overlaps, IsEmpty());
}

TEST(CheckCoverage, HoldsEachToleranceForItself) {
    const std::vector<std::string_view> apart{west, "POLYGON((10.006 0,20 0,20 10,10.006 10,10.006 0))",
                                              "POLYGON((0 10,20 10,20 20,0 20,0 10))",
                                              "POLYGON((0 -9,20 -9,20 0,0 0,0 -9))"};
    const CoverageFindings as_it_is = check(apart);
    ASSERT_THAT(as_it_is.gaps, SizeIs(1));
    EXPECT_NEAR(as_it_is.gaps[0].area_m2, 0.06, 1e-9);
    EXPECT_TRUE(as_it_is.gaps[0].sliver);
    const CoverageFindings less_told = check(apart, {.reporting_m2 = 0.1});
    EXPECT_THAT(less_told.gaps, IsEmpty());
    EXPECT_EQ(less_told.mismatches, as_it_is.mismatches);
    const CoverageFindings coarse = check(apart, {.grid_m = 0.01});
    EXPECT_THAT(coarse.gaps, IsEmpty());
    const CoverageFindings unmatched = check(apart, {.matching_m = 0.001});
    EXPECT_THAT(unmatched.gaps, SizeIs(1));
    EXPECT_LT(unmatched.mismatches.size(), as_it_is.mismatches.size());
}

TEST(CheckCoverage, MarksWhatLiesBesideARingThatCrossesItself) {
    const std::vector<std::uint8_t> flags{0, 1};
    const CoverageFindings found =
        check({west, "POLYGON((10 0,20 0,20 10,10 10,13 4,10 0))"}, {.crosses_itself = flags});
    ASSERT_THAT(found.gaps, SizeIs(1));
    EXPECT_TRUE(found.gaps[0].invalid_ring);
    EXPECT_TRUE(found.mismatches.at(0).invalid_ring);
}

TEST(CheckCoverage, PointsThatDivideAnEdgeAreNoVertices) {
    CoverageOptions options;
    options.is_corner = [](const VertexPlace& place) { return place.point.y != 4; };
    const CoverageFindings found = check({west, "POLYGON((10 0,20 0,20 10,10 10,10 4,10 0))"}, options);
    EXPECT_THAT(found.mismatches, IsEmpty());
    EXPECT_EQ(found.edges.outline, 6U);
}

TEST(CheckCoverage, AnswersForNothing) {
    const CoverageFindings found = check({});
    EXPECT_EQ(found.edges, EdgeCounts{});
    EXPECT_THAT(found.outline, IsEmpty());
}

}  // namespace
}  // namespace ranh::coverage
