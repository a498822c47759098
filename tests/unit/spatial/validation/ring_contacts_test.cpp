#include "spatial/validation/ring_contacts.hpp"

#include "tests/support/wkt.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace ranh::validation {
namespace {

using geom::Point;
using test::operator""_wkt;
using testing::IsEmpty;
using testing::SizeIs;

RingContacts contacts(const geom::Geometry& area) {
    std::vector<CleanRing> rings;
    for (std::size_t i = 0; i < area.view().path_count(); ++i) {
        rings.push_back(clean_ring(area.view().path(i)));
    }
    return find_contacts(rings);
}

TEST(IsBetween, TurnsCounterClockwiseFromOneRayToTheOther) {
    const Point east{1, 0};
    const Point north{0, 1};
    const Point west{-1, 0};
    EXPECT_TRUE(is_between({}, east, north, {1, 1}));
    EXPECT_FALSE(is_between({}, east, north, {-1, 1}));
    EXPECT_FALSE(is_between({}, east, north, {2, 0}));
    EXPECT_TRUE(is_between({}, north, east, {-1, -1}));
    EXPECT_FALSE(is_between({}, north, east, {1, 1}));
    EXPECT_FALSE(is_between({}, north, east, {0, 3}));
    EXPECT_TRUE(is_between({}, east, west, {0, 1}));
    EXPECT_FALSE(is_between({}, east, west, {0, -1}));
}

TEST(RingContacts, AreNoneInASimpleRing) {
    const RingContacts none = contacts("POLYGON((0 0,4 0,2 1,4 4,0 4,0 0))"_wkt);
    EXPECT_THAT(none.meetings, IsEmpty());
    EXPECT_THAT(none.common_lines, IsEmpty());
}

TEST(RingContacts, CrossAtACornerOrTouchThere) {
    const RingContacts crossing = contacts("POLYGON((0 0,2 2,4 0,4 4,2 2,0 4,0 0))"_wkt);
    ASSERT_THAT(crossing.meetings, SizeIs(1));
    EXPECT_FALSE(crossing.meetings[0].crosses);
    const RingContacts touching = contacts("POLYGON((0 0,2 2,4 4,4 0,2 2,0 4,0 0))"_wkt);
    ASSERT_THAT(touching.meetings, SizeIs(1));
    EXPECT_TRUE(touching.meetings[0].crosses);
}

TEST(RingContacts, RunAlongCommonLinesWithoutMeetingThere) {
    const RingContacts found = contacts("MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0)),((4 1,8 1,8 3,4 3,4 1)))"_wkt);
    EXPECT_THAT(found.meetings, IsEmpty());
    ASSERT_THAT(found.common_lines, SizeIs(1));
    EXPECT_EQ(found.common_lines[0].from, (Point{4, 1}));
    EXPECT_EQ(found.common_lines[0].to, (Point{4, 3}));
}

/// More edges than are compared one by one: the tree finds the same.
TEST(RingContacts, OfManyEdgesAreFoundToo) {
    std::vector<Point> wave;
    for (int i = 0; i <= 100; ++i) {
        wave.push_back({static_cast<double>(i), i % 2 == 0 ? 0.0 : 5.0});
    }
    wave.insert(wave.end(), {{100, 9}, {0, 9}, {0, 4}, {102, 3}, {102, 10}, {-1, 10}, {-1, 0}, {0, 0}});
    const CleanRing ring = clean_ring(wave);
    const RingContacts found = find_contacts(std::span(&ring, 1));
    // The hundred edges of the wave, and the one that goes up behind them.
    EXPECT_THAT(found.meetings, SizeIs(101));
    for (const Meeting& meeting : found.meetings) {
        EXPECT_TRUE(meeting.crosses);
    }
}

}  // namespace
}  // namespace ranh::validation
