#include "spatial/algorithm/relate_exact.hpp"

#include "tests/support/wkt.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace ranh::algorithm {
namespace {

using geom::Point;
using test::operator""_wkt;
using Place = Stretch::Place;

const Boundary square("POLYGON((0 0,4 0,4 4,0 4,0 0))"_wkt);

TEST(FindContacts, AreInOrderAlongTheBoundary) {
    const Boundary line("LINESTRING(-2 0,9 0)"_wkt);
    const Contacts contacts = find_contacts(line, false, square, true, AtCrossing::stop);
    ASSERT_FALSE(contacts.of_a.empty());
    for (std::size_t i = 1; i < contacts.of_a.size(); ++i) {
        EXPECT_LE(contacts.of_a[i - 1].begin.x, contacts.of_a[i].begin.x);
    }
    EXPECT_EQ(contacts.of_a.size(), contacts.of_b.size());
}

TEST(FindContacts, SharedStretchRunsInTheDirectionOfItsSegment) {
    const Boundary line("LINESTRING(3 0,1 0)"_wkt);
    const Contacts contacts = find_contacts(line, false, square, true, AtCrossing::stop);
    ASSERT_EQ(contacts.of_a.size(), 1U);
    EXPECT_EQ(contacts.of_a[0].begin, (Point{3, 0}));
    EXPECT_EQ(contacts.of_a[0].end, (Point{1, 0}));
    EXPECT_FALSE(contacts.of_a[0].same_direction);
    EXPECT_EQ(contacts.of_b[0].begin, (Point{1, 0}));
}

TEST(FindContacts, StopsAtACrossingOnlyWhenTold) {
    const Boundary line("LINESTRING(-1 2,9 2)"_wkt);
    EXPECT_EQ(find_contacts(line, false, square, true, AtCrossing::stop).of_a.size(), 1U);
    const Contacts all = find_contacts(line, false, square, true, AtCrossing::go_on);
    EXPECT_TRUE(all.crossing);
    ASSERT_EQ(all.of_a.size(), 2U);
    EXPECT_EQ(all.of_a[1].begin, (Point{4, 2}));
}

TEST(WalkStretches, TellsWhereEachStretchLies) {
    const Boundary line("LINESTRING(-2 0,0 0,2 0,4 4,6 6)"_wkt);
    const Contacts contacts = find_contacts(line, false, square, true, AtCrossing::stop);
    std::vector<Place> places;
    walk_stretches(line, contacts.of_a, contacts.cancelled_a, square, [&](const Stretch& stretch) {
        places.push_back(stretch.place);
        return true;
    });
    EXPECT_EQ(places, (std::vector<Place>{Place::outside, Place::shared, Place::inside, Place::outside}));
}

TEST(WalkStretches, StopsWhenToldTo) {
    const Boundary line("LINESTRING(1 1,2 1,2 2,3 2)"_wkt);
    int calls = 0;
    walk_stretches(line, {}, {}, square, [&](const Stretch&) { return ++calls < 2; });
    EXPECT_EQ(calls, 2);
}

TEST(EncounterOfAreas, TellsTheSidesOfSharedEdges) {
    const AreaEncounter neighbour = encounter_of_areas(square, Boundary("POLYGON((4 0,8 0,8 4,4 4,4 0))"_wkt));
    EXPECT_TRUE(neighbour.a.opposite_side);
    EXPECT_FALSE(neighbour.a.same_side);
    const AreaEncounter half = encounter_of_areas(square, Boundary("POLYGON((2 0,4 0,4 4,2 4,2 0))"_wkt));
    EXPECT_TRUE(half.a.same_side);
    EXPECT_FALSE(half.a.opposite_side);
    EXPECT_TRUE(half.b.inside);
}

}  // namespace
}  // namespace ranh::algorithm
