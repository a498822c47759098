#include "importers/linework/corner_snap.hpp"

#include "tests/support/seeds.hpp"
#include "tests/support/wkt.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace ranh::linework {
namespace {

using geom::Geometry;
using geom::Point;
using test::operator""_wkt;

TEST(SnapCorners, JoinsCornersThatMissEachOther) {
    std::vector<Geometry> lines = {"LINESTRING(0 0,10 0)"_wkt, "LINESTRING(10.004 0.003,10 10)"_wkt};
    const auto report = snap_corners(lines, 0.01);
    EXPECT_EQ(lines[0], "LINESTRING(0 0,10 0)"_wkt) << "the first one stays";
    EXPECT_EQ(lines[1], "LINESTRING(10 0,10 10)"_wkt);
    EXPECT_EQ(report.moved, 1U);
    EXPECT_NEAR(report.farthest, 0.005, 1e-12);
    EXPECT_EQ(report.farthest_at, (Point{10, 0}));
}

TEST(SnapCorners, DrawsAnEndToTheSideItMisses) {
    std::vector<Geometry> lines = {"LINESTRING(0 0,10 0)"_wkt, "LINESTRING(4 5,4 0.004)"_wkt,
                                   "LINESTRING(7 5,7 -0.006)"_wkt};
    const auto report = snap_corners(lines, 0.01);
    EXPECT_EQ(lines[0], "LINESTRING(0 0,4 0,7 0,10 0)"_wkt) << "straight as it was";
    EXPECT_EQ(lines[1], "LINESTRING(4 5,4 0)"_wkt) << "fell short";
    EXPECT_EQ(lines[2], "LINESTRING(7 5,7 0)"_wkt) << "reached beyond";
    EXPECT_EQ(report.drawn, 2U);
    EXPECT_EQ(report.bent, 0U);
}

TEST(SnapCorners, LeadsASideThroughACornerOfSeveralLines) {
    std::vector<Geometry> lines = {"LINESTRING(0 0,10 0)"_wkt, "LINESTRING(4 5,4 0.004)"_wkt,
                                   "LINESTRING(4 0.004,7 5)"_wkt};
    const auto report = snap_corners(lines, 0.01);
    EXPECT_EQ(lines[0], "LINESTRING(0 0,4 0.004,10 0)"_wkt);
    EXPECT_EQ(report.bent, 1U);
}

TEST(SnapCorners, LeavesWhatIsFartherApart) {
    std::vector<Geometry> lines = {"LINESTRING(0 0,10 0)"_wkt, "LINESTRING(4 5,4 0.02)"_wkt,
                                   "LINESTRING(10.02 0,20 0)"_wkt};
    const auto before = lines;
    const auto report = snap_corners(lines, 0.01);
    EXPECT_EQ(lines, before);
    EXPECT_EQ(report.moved + report.drawn + report.bent, 0U);
}

TEST(SnapCorners, MovesNothingWithoutATolerance) {
    std::vector<Geometry> lines = {"LINESTRING(0 0,10 0)"_wkt, "LINESTRING(10.0001 0,10 10)"_wkt};
    const auto before = lines;
    EXPECT_EQ(snap_corners(lines, 0.0).moved, 0U);
    EXPECT_EQ(lines, before);
}

TEST(SnapCorners, ClosesARingButKeepsItsSmallSides) {
    std::vector<Geometry> lines = {"LINESTRING(0 0,10 0,10 0.005,10 10,0 0.004)"_wkt};
    (void)snap_corners(lines, 0.01);
    EXPECT_EQ(lines[0], "LINESTRING(0 0,10 0,10 0.005,10 10,0 0)"_wkt);
}

TEST(SnapCorners, MovesNoPointFartherThanTheTolerance) {
    test::Random random;
    const auto place = [&random] { return Point{random.real(0.0, 1.0), random.real(0.0, 1.0)}; };
    SCOPED_TRACE(test::seed_note());
    constexpr double tolerance = 0.02;
    for (std::size_t round = 0; round < test::rounds(50, 2000); ++round) {
        std::vector<Geometry> lines;
        for (int i = 0; i < 40; ++i) {
            lines.push_back(Geometry::line_string({place(), place()}));
        }
        const auto before = lines;
        const auto report = snap_corners(lines, tolerance);
        EXPECT_LE(report.farthest, tolerance);
        ASSERT_EQ(lines.size(), before.size());
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const Point a = lines[i].points().front();
            const Point b = before[i].points().front();
            EXPECT_LE(std::hypot(a.x - b.x, a.y - b.y), tolerance);
        }
    }
}

TEST(NearestLine, IsNoneThatPassesThroughThePoint) {
    const NearestLine nearest({"LINESTRING(0 0,5 0,5 1)"_wkt, "LINESTRING(0 3,10 3)"_wkt});
    EXPECT_DOUBLE_EQ(nearest.distance({5, 1}, 5.0).value(), 2.0);
    EXPECT_FALSE(nearest.distance({5, 1}, 1.0).has_value());
}

}  // namespace
}  // namespace ranh::linework
