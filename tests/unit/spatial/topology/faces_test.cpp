#include "spatial/topology/faces.hpp"

#include "spatial/algorithm/area.hpp"
#include "tests/support/wkt.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <vector>

namespace ranh::topology {
namespace {

using geom::Geometry;
using geom::Point;
using test::operator""_wkt;
using testing::UnorderedElementsAre;

std::vector<double> areas_of(const LineFaces& faces) {
    std::vector<double> areas;
    std::transform(faces.faces.begin(), faces.faces.end(), std::back_inserter(areas),
                   [](const Geometry& face) { return algorithm::area(face); });
    return areas;
}

TEST(FacesOfLines, AreCutAtEveryCrossing) {
    const std::vector<Geometry> lines = {"LINESTRING(0 0,10 0,10 10,0 10,0 0)"_wkt, "LINESTRING(4 -1,4 11)"_wkt};
    const auto faces = faces_of_lines(lines).value();
    EXPECT_THAT(areas_of(faces), UnorderedElementsAre(40.0, 60.0));
    EXPECT_EQ(faces.dangles.size(), 2U) << "the ends that stand out";
    EXPECT_EQ(faces.moved_points, 0U);
}

TEST(FacesOfLines, HaveTheirIslandsCutOut) {
    const std::vector<Geometry> lines = {"LINESTRING(0 0,10 0,10 10,0 10,0 0)"_wkt,
                                         "LINESTRING(2 2,4 2,4 4,2 4,2 2)"_wkt};
    EXPECT_THAT(areas_of(faces_of_lines(lines).value()), UnorderedElementsAre(96.0, 4.0));
}

TEST(FacesOfLines, CountLinesDrawnTwiceOnce) {
    const std::vector<Geometry> lines = {"LINESTRING(0 0,10 0,10 10,0 10,0 0)"_wkt, "LINESTRING(10 0,0 0)"_wkt,
                                         "LINESTRING(2 0,6 0)"_wkt};
    const auto faces = faces_of_lines(lines).value();
    EXPECT_THAT(areas_of(faces), UnorderedElementsAre(100.0));
    EXPECT_TRUE(faces.dangles.empty());
}

TEST(FacesOfLines, NameLinesThatBoundNothing) {
    // A line that runs into the square and ends there, in two pieces; a bridge from the square to a second one.
    const std::vector<Geometry> lines = {"LINESTRING(0 0,10 0,10 10,0 10,0 0)"_wkt, "LINESTRING(0 5,3 5)"_wkt,
                                         "LINESTRING(3 5,6 5)"_wkt, "LINESTRING(10 5,20 5)"_wkt,
                                         "LINESTRING(20 0,30 0,30 10,20 10,20 0)"_wkt};
    const auto faces = faces_of_lines(lines).value();
    EXPECT_EQ(faces.faces.size(), 2U);
    ASSERT_EQ(faces.dangles.size(), 1U) << "one chain";
    EXPECT_EQ(faces.dangles.front().points().size(), 3U);
    EXPECT_EQ(faces.cuts.size(), 1U);
}

TEST(FacesOfLines, LeaveEveryCornerWhereItIs) {
    // A network of lines in projected coordinates with crossings at odd places.
    std::vector<Geometry> lines;
    for (int i = 0; i < 30; ++i) {
        lines.push_back(
            Geometry::line_string({{500000.0 + 3.7 * i, 1299990.123}, {500100.777 - 2.3 * i, 1300111.456}}));
        lines.push_back(Geometry::line_string({{499990.5, 1300000.0 + 3.1 * i}, {500120.25, 1300100.1 - 1.9 * i}}));
    }
    const auto faces = faces_of_lines(lines).value();
    EXPECT_EQ(faces.moved_points, 0U);
    EXPECT_GT(faces.faces.size(), 300U);
}

TEST(FacesOfLines, OfNothingAreNone) { EXPECT_TRUE(faces_of_lines({}).value().faces.empty()); }

TEST(FacesOfLines, RefuseNumbersThatAreNone) {
    const std::vector<Geometry> lines = {
        Geometry::line_string({{0, 0}, {std::numeric_limits<double>::quiet_NaN(), 1}})};
    EXPECT_EQ(faces_of_lines(lines).error().kind, ErrorKind::corrupt_input);
}

}  // namespace
}  // namespace ranh::topology
