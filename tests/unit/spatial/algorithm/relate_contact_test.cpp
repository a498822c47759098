#include "spatial/algorithm/relate_contact.hpp"

#include "tests/support/wkt.hpp"

#include <gtest/gtest.h>

namespace ranh::algorithm {
namespace {

using test::operator""_wkt;

const Boundary square("POLYGON((0 0,4 0,4 4,0 4,0 0))"_wkt);

TEST(EncounterWithin, TakesWhatRunsNearTheBoundaryAsLyingOnIt) {
    const NearEncounter along = encounter_within(Boundary("LINESTRING(1 0.05,3 -0.05)"_wkt), false, square, 0.1);
    EXPECT_TRUE(along.seen.meets);
    EXPECT_FALSE(along.seen.inside);
    EXPECT_FALSE(along.seen.outside);
    EXPECT_NEAR(along.length_on, 2.0025, 1e-4);
}

TEST(EncounterWithin, SeesBothSidesBeyondTheContact) {
    const NearEncounter through = encounter_within(Boundary("LINESTRING(2 -1,2 1)"_wkt), false, square, 0.1);
    EXPECT_TRUE(through.seen.meets);
    EXPECT_TRUE(through.seen.inside);
    EXPECT_TRUE(through.seen.outside);
    EXPECT_NEAR(through.length_on, 0.2, 1e-12);
}

TEST(EncounterWithin, ReachesAroundCornersByTheContact) {
    EXPECT_TRUE(encounter_within(Boundary("LINESTRING(4.06 4.06,9 9)"_wkt), false, square, 0.1).seen.meets);
    EXPECT_FALSE(encounter_within(Boundary("LINESTRING(4.08 4.08,9 9)"_wkt), false, square, 0.1).seen.meets);
}

TEST(EncounterWithin, FarAwaySeesOnlyTheOutside) {
    const NearEncounter far = encounter_within(Boundary("LINESTRING(20 20,30 30)"_wkt), false, square, 0.1);
    EXPECT_FALSE(far.seen.meets);
    EXPECT_TRUE(far.seen.outside);
}

TEST(DistanceTo, SegmentIsFromItsNearestPoint) {
    const Segment s{{0, 0}, {4, 0}, 0, false};
    EXPECT_EQ(distance_to(s, {2, 3}), 3.0);
    EXPECT_EQ(distance_to(s, {7, 4}), 5.0);
    EXPECT_EQ(distance_to(Segment{{1, 1}, {1, 1}, 0, false}, {4, 5}), 5.0);
}

TEST(DistanceTo, BoundaryIsFromItsNearestSegment) {
    EXPECT_EQ(distance_to(square, {2, 3}), 1.0);
    EXPECT_EQ(distance_to(square, {7, 8}), 5.0);
}

}  // namespace
}  // namespace ranh::algorithm
