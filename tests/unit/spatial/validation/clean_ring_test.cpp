#include "spatial/validation/clean_ring.hpp"

#include "spatial/geom/geometry.hpp"
#include "tests/support/wkt.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::validation {
namespace {

using test::operator""_wkt;
using testing::ElementsAre;

CleanRing clean(const geom::Geometry& polygon) { return clean_ring(polygon.view().path(0)); }

TEST(CleanRing, KeepsASquareAsItIs) {
    const CleanRing ring = clean("POLYGON((0 0,4 0,4 4,0 4,0 0))"_wkt);
    EXPECT_TRUE(ring.closed);
    EXPECT_EQ(ring.distinct, 4U);
    EXPECT_THAT(ring.vertices, ElementsAre(0U, 1U, 2U, 3U));
    EXPECT_EQ(ring.next(3), (geom::Point{0, 0}));
    EXPECT_EQ(ring.previous(0), (geom::Point{0, 4}));
}

TEST(CleanRing, DropsRepeatedPointsAndNamesThem) {
    const CleanRing ring = clean("POLYGON((0 0,4 0,4 0,4 4,0 4,0 0,0 0))"_wkt);
    EXPECT_THAT(ring.repeated, ElementsAre(2U, 6U));
    EXPECT_THAT(ring.vertices, ElementsAre(0U, 1U, 3U, 4U));
}

TEST(CleanRing, CutsASpikeOffAndKeepsItsLine) {
    const CleanRing ring = clean("POLYGON((0 0,4 0,9 0,4 0,4 4,0 4,0 0))"_wkt);
    ASSERT_EQ(ring.spikes.size(), 1U);
    EXPECT_EQ(ring.spikes[0].tip, 2U);
    EXPECT_THAT(ring.spikes[0].line, ElementsAre(geom::Point{9, 0}, geom::Point{4, 0}));
    EXPECT_EQ(ring.size(), 4U);
}

TEST(CleanRing, CutsASpikeWithCornersAlongItAsOne) {
    const CleanRing ring = clean("POLYGON((0 0,4 0,6 0,8 2,6 0,5 0,4 0,4 4,0 4,0 0))"_wkt);
    ASSERT_EQ(ring.spikes.size(), 1U);
    EXPECT_EQ(ring.spikes[0].tip, 3U);
    EXPECT_THAT(ring.spikes[0].line,
                ElementsAre(geom::Point{8, 2}, geom::Point{6, 0}, geom::Point{5, 0}, geom::Point{4, 0}));
    EXPECT_EQ(ring.size(), 4U);
}

TEST(CleanRing, CutsASpikeOverTheFirstPoint) {
    const CleanRing ring = clean("POLYGON((-3 0,0 0,4 0,4 4,0 4,0 0,-3 0))"_wkt);
    ASSERT_EQ(ring.spikes.size(), 1U);
    EXPECT_EQ(ring.spikes[0].tip, 0U);
    EXPECT_EQ(ring.size(), 4U);
}

TEST(CleanRing, LeavesNothingOfALineWalkedToAndFro) {
    const CleanRing ring = clean("POLYGON((0 0,4 4,8 8,2 2,0 0))"_wkt);
    EXPECT_TRUE(ring.empty());
    EXPECT_EQ(ring.distinct, 4U);
    EXPECT_TRUE(ring.spikes.empty());
}

TEST(CleanRing, CountsTheDistinctPointsOfWhatIsNoRing) {
    EXPECT_EQ(clean("POLYGON((0 0,4 4,0 0,0 0))"_wkt).distinct, 2U);
    const geom::Point open[] = {{0, 0}, {4, 0}, {4, 4}};
    EXPECT_FALSE(clean_ring(open).closed);
    EXPECT_EQ(clean_ring(open).size(), 3U);
    EXPECT_EQ(clean_ring({}).distinct, 0U);
}

TEST(CleanRing, IsLinearInACombOfSpikes) {
    std::vector<geom::Point> ring;
    constexpr int teeth = 100000;
    for (int i = 0; i < teeth; ++i) {
        const auto x = static_cast<double>(i);
        ring.insert(ring.end(), {{x, 0}, {x, -5}, {x, 0}});
    }
    ring.insert(ring.end(), {{teeth, 9}, {0, 9}, {0, 0}});
    const CleanRing result = clean_ring(ring);
    EXPECT_EQ(result.spikes.size(), static_cast<std::size_t>(teeth));
}

}  // namespace
}  // namespace ranh::validation
