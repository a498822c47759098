#include "spatial/crs/working_plane.hpp"

#include "spatial/crs/transform.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace ranh::crs {
namespace {

using geom::Geometry;
using geom::GeometryType;
using geom::Point;

Crs epsg(int code) { return Crs::from_epsg(code).value(); }

TEST(WorkingPlane, HasItsCentreAtTheOrigin) {
    const WorkingPlane plane;
    const Point origin = plane.project(Point{107.9, 11.6}, vn2000());
    EXPECT_NEAR(origin.x, 0.0, 1e-6);
    EXPECT_NEAR(origin.y, 0.0, 1e-6);
    EXPECT_GT(plane.project(Point{108.0, 11.6}, vn2000()).x, 10000.0);
    EXPECT_GT(plane.project(Point{107.9, 11.7}, vn2000()).y, 10000.0);
}

TEST(WorkingPlane, IsNamedByItsCentre) {
    EXPECT_EQ(WorkingPlane().name(), "LAEA 11.6N 107.9E on VN-2000 (EPSG:4756)");
    EXPECT_EQ((WorkingPlane({-2.5, -3.0}).name()), "LAEA 2.5S 3W on VN-2000 (EPSG:4756)");
}

TEST(WorkingPlane, BringsTheSamePlaceOfEverySystemTogether) {
    const WorkingPlane plane;
    const Point expected = plane.project(Point{107.8, 11.9}, wgs84());
    for (const int code : {4756, 3405, 3406, 5899, 9218, 32648, 3857}) {
        const Point there = Transform::between(wgs84(), epsg(code)).value().apply(Point{107.8, 11.9});
        const Point found = plane.project(there, epsg(code));
        EXPECT_NEAR(found.x, expected.x, 1e-5) << code;
        EXPECT_NEAR(found.y, expected.y, 1e-5) << code;
    }
}

TEST(WorkingPlane, LeadsBackToTheSource) {
    const WorkingPlane plane;
    for (const int code : {3405, 5899, 32649}) {
        const Point there = Transform::between(vn2000(), epsg(code)).value().apply(Point{108.4, 11.1});
        const Point back = plane.unproject(plane.project(there, epsg(code)), epsg(code));
        EXPECT_NEAR(back.x, there.x, 1e-7) << code;
        EXPECT_NEAR(back.y, there.y, 1e-7) << code;
    }
}

TEST(WorkingPlane, LeavesShortEdgesUndivided) {
    const Geometry parcel =
        Geometry::polygon({{500000, 1300000}, {500040, 1300000}, {500040, 1300020}, {500000, 1300020}});
    const Geometry projected = WorkingPlane().project(parcel, epsg(5899));
    EXPECT_EQ(projected.points().size(), parcel.points().size());
    EXPECT_EQ(projected.points().front(), projected.points().back());
}

TEST(WorkingPlane, DividesLongEdgesIntoPowersOfTwo) {
    const Geometry line = Geometry::line_string({{760000, 1300000}, {765000, 1302000}});
    const std::size_t pieces = WorkingPlane().project(line, epsg(3405)).points().size() - 1;
    EXPECT_GT(pieces, 1u);
    EXPECT_LE(pieces, 128u);
    EXPECT_EQ(pieces & (pieces - 1), 0u);
}

TEST(WorkingPlane, KeepsPartsHolesAndRepeatedPoints) {
    Geometry source(GeometryType::multi_polygon);
    source.add_path(std::vector<Point>{
        {500000, 1300000}, {540000, 1300000}, {540000, 1300000}, {520000, 1340000}, {500000, 1300000}});
    source.add_path(std::vector<Point>{{515000, 1305000}, {520000, 1310000}, {525000, 1305000}, {515000, 1305000}});
    source.end_part();
    source.add_path(std::vector<Point>{{600000, 1300000}, {600010, 1300000}, {600000, 1300010}, {600000, 1300000}});
    source.end_part();
    const Geometry projected = WorkingPlane().project(source, epsg(5899));
    ASSERT_EQ(projected.view().part_count(), 2u);
    ASSERT_EQ(projected.view().path_count(), 3u);
    EXPECT_GT(projected.view().path(0).size(), 5u);
    EXPECT_EQ(projected.view().path(2).size(), 4u);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(projected.view().path(i).front(), projected.view().path(i).back());
    }
    const auto shell = projected.view().path(0);
    EXPECT_NE(std::adjacent_find(shell.begin(), shell.end()), shell.end()) << "the repeated point stays repeated";
}

TEST(WorkingPlane, DividesTheClosingEdgeOfAnOpenRing) {
    const std::vector<Point> corners = {{500000, 1300000}, {540000, 1300000}, {520000, 1340000}};
    Geometry open(GeometryType::polygon);
    open.add_path(corners);
    open.end_part();
    const Geometry closed = Geometry::polygon(corners);
    const WorkingPlane plane;
    EXPECT_EQ(plane.project(open, epsg(5899)).points().size() + 1, plane.project(closed, epsg(5899)).points().size());
}

TEST(WorkingPlane, ProjectsPointsAsTheyAre) {
    Geometry points(GeometryType::multi_point);
    for (const Point p : {Point{500000, 1300000}, Point{600000, 1400000}}) {
        points.add_path(std::vector<Point>{p});
        points.end_part();
    }
    const Geometry projected = WorkingPlane().project(points, epsg(5899));
    EXPECT_EQ(projected.type(), GeometryType::multi_point);
    EXPECT_EQ(projected.view().part_count(), 2u);
    EXPECT_EQ(projected.points().size(), 2u);
}

TEST(WorkingPlane, NamesAPointThatCannotBeProjected) {
    const Geometry line = Geometry::line_string({{500000, 1300000}, {1e30, 1300000}});
    EXPECT_THROW(static_cast<void>(WorkingPlane().project(line, epsg(5899))), Failure);
}

TEST(WorkingPlane, RefusesASystemWithoutParameters) {
    EXPECT_THROW(static_cast<void>(WorkingPlane().project(Point{107.0, 11.0}, epsg(4295))), Failure);
}

TEST(WorkingPlane, CopiesGiveTheSameBits) {
    const WorkingPlane plane({11.0, 108.0});
    const WorkingPlane copy = plane;
    const Geometry line = Geometry::line_string({{760000, 1300000}, {765000, 1302000}});
    EXPECT_EQ(plane.project(line, epsg(3405)), copy.project(line, epsg(3405)));
    EXPECT_EQ(plane.project(line, epsg(3405)), WorkingPlane({11.0, 108.0}).project(line, epsg(3405)));
}

}  // namespace
}  // namespace ranh::crs
