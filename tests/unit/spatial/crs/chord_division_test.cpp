#include "spatial/crs/chord_division.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::crs::detail {
namespace {

using geom::Point;

ProjPipeline plane_of_zone_48() {
    return ProjPipeline::parse(
               "+proj=pipeline +step +inv +proj=utm +zone=48 +ellps=WGS84 "
               "+step +proj=laea +lat_0=11.6 +lon_0=107.9 +ellps=WGS84")
        .value();
}

ChordDivision division() {
    return ChordDivision(PlaneProjection(plane_of_zone_48(), PlaneProjection::Source::metres), 1.0, 1e-4);
}

Edge edge(Point from, Point to) {
    std::vector<Point> plane = {from, to};
    plane_of_zone_48().apply(plane);
    return {from, to, plane[0], plane[1]};
}

TEST(ChordDivision, KnowsThatShortEdgesDoNotBend) {
    EXPECT_FALSE(division().may_bend(edge({800000, 1300000}, {800030, 1300020})));
    EXPECT_TRUE(division().may_bend(edge({800000, 1300000}, {803000, 1302000})));
}

TEST(ChordDivision, TestsEveryEdgeFarFromTheCentre) {
    EXPECT_TRUE(division().may_bend(edge({800000, 3300000}, {800030, 3300020})));
}

TEST(ChordDivision, InsertsTheSamePointsInBothDirections) {
    const Edge there = edge({800000, 1300000}, {812345, 1298765});
    const Edge back = {there.to, there.from, there.plane_to, there.plane_from};
    const InsertedPoints inserted = division().divide(std::vector<Edge>{there, back});
    ASSERT_EQ(inserted.ends.size(), 2u);
    ASSERT_GT(inserted.ends[0], 1u);
    ASSERT_EQ(inserted.ends[1], 2 * inserted.ends[0]);
    std::vector<Point> second(inserted.points.rbegin(),
                              inserted.points.rbegin() + static_cast<std::ptrdiff_t>(inserted.ends[0]));
    EXPECT_TRUE(std::equal(second.begin(), second.end(), inserted.points.begin()));
}

TEST(ChordDivision, InsertsNothingIntoAnEdgeThatStaysStraight) {
    const InsertedPoints inserted = division().divide(std::vector<Edge>{edge({800000, 1300000}, {800020, 1300000})});
    EXPECT_TRUE(inserted.points.empty());
    EXPECT_EQ(inserted.ends, std::vector<std::size_t>{0});
}

TEST(ChordDivision, RefusesAnEdgeAcrossTheWorld) {
    const ProjPipeline degrees = ProjPipeline::parse(
                                     "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad "
                                     "+step +proj=laea +lat_0=11.6 +lon_0=107.9 +ellps=WGS84")
                                     .value();
    const ChordDivision coarse(PlaneProjection(degrees, PlaneProjection::Source::degrees), 111320.0, 1e-9);
    std::vector<Point> ends = {{-60.0, -10.0}, {100.0, 80.0}};
    std::vector<Point> plane = ends;
    degrees.apply(plane);
    const std::vector<Edge> edges = {{ends[0], ends[1], plane[0], plane[1]}};
    EXPECT_THROW(static_cast<void>(coarse.divide(edges)), Failure);
}

}  // namespace
}  // namespace ranh::crs::detail
