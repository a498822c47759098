#include "importers/vector/ogr_geometry.hpp"

#include "importers/vector/gdal_support.hpp"
#include "tests/support/wkt.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace ranh::vector::detail {
namespace {

using test::operator""_wkt;

GeometryPointer ogr(std::string text) {
    char* cursor = text.data();
    OGRGeometryH geometry = nullptr;
    EXPECT_EQ(OGR_G_CreateFromWkt(&cursor, nullptr, &geometry), OGRERR_NONE) << text;
    return GeometryPointer(geometry);
}

OgrReading reading_of(const std::string& text) { return read_ogr_geometry(ogr(text).get(), false); }

TEST(ReadOgrGeometry, KeepsPartsAndHoles) {
    const std::string text = "MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0),(1 1,2 1,2 2,1 1)),((20 0,21 0,21 1,20 0)))";
    EXPECT_EQ(reading_of(text).geometry, test::from_wkt(text));
    EXPECT_EQ(reading_of("MULTIPOINT((1 2),(3 4))").geometry, "MULTIPOINT((1 2),(3 4))"_wkt);
    EXPECT_EQ(reading_of("LINESTRING(1 2,3 4)").geometry, "LINESTRING(1 2,3 4)"_wkt);
}

TEST(ReadOgrGeometry, LeavesOutZAndEmptyParts) {
    const auto reading = reading_of("MULTIPOLYGON Z(((0 0 5,1 0 5,1 1 5,0 0 5)),EMPTY)");
    EXPECT_EQ(reading.geometry, "MULTIPOLYGON(((0 0,1 0,1 1,0 0)))"_wkt);
    EXPECT_TRUE(reading.had_z);
}

TEST(ReadOgrGeometry, ClosesAnOpenRing) {
    const auto reading = reading_of("POLYGON((0 0,1 0,1 1))");
    EXPECT_EQ(reading.geometry, "POLYGON((0 0,1 0,1 1,0 0))"_wkt);
    EXPECT_TRUE(reading.had_open_ring);
}

TEST(ReadOgrGeometry, StrokesArcsToAMillimetre) {
    const auto reading = reading_of("CURVEPOLYGON(CIRCULARSTRING(100 0,0 100,-100 0,0 -100,100 0))");
    ASSERT_TRUE(reading.geometry);
    EXPECT_TRUE(reading.had_curves);
    const auto points = reading.geometry->points();
    for (std::size_t i = 1; i < points.size(); ++i) {
        const double middle = std::hypot((points[i].x + points[i - 1].x) / 2, (points[i].y + points[i - 1].y) / 2);
        ASSERT_NEAR(middle, 100.0, 1e-3);
    }
    EXPECT_GT(points.size(), 400U);
}

TEST(ReadOgrGeometry, HasNoneForAnEmptyOne) {
    for (const char* text : {"POLYGON EMPTY", "GEOMETRYCOLLECTION EMPTY", "GEOMETRYCOLLECTION(POLYGON EMPTY)"}) {
        EXPECT_FALSE(reading_of(text).geometry) << text;
        EXPECT_TRUE(reading_of(text).problem.empty()) << text;
    }
}

TEST(ReadOgrGeometry, TakesTheAreasOfACollectionAsOne) {
    const auto reading = reading_of(
        "GEOMETRYCOLLECTION(POLYGON((0 0,1 0,1 1,0 0)),GEOMETRYCOLLECTION(MULTIPOLYGON(((5 0,6 0,6 1,5 0)))))");
    EXPECT_EQ(reading.geometry, "MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((5 0,6 0,6 1,5 0)))"_wkt);
    EXPECT_TRUE(reading.others.empty());
    EXPECT_EQ(reading_of("GEOMETRYCOLLECTION(POINT(1 2))").geometry, "POINT(1 2)"_wkt);
}

TEST(ReadOgrGeometry, PartsACollectionByDimension) {
    const auto reading = reading_of(
        "GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(0 0,1 1),POLYGON((0 0,1 0,1 1,0 0)),LINESTRING(2 2,3 3),POINT "
        "EMPTY)");
    EXPECT_EQ(reading.geometry, "POLYGON((0 0,1 0,1 1,0 0))"_wkt);
    ASSERT_EQ(reading.others.size(), 2U);
    EXPECT_EQ(reading.others[0], "MULTILINESTRING((0 0,1 1),(2 2,3 3))"_wkt);
    EXPECT_EQ(reading.others[1], "POINT(1 2)"_wkt);
}

TEST(ReadOgrGeometry, StrokesTheArcsInACollection) {
    const auto reading = reading_of(
        "GEOMETRYCOLLECTION(CURVEPOLYGON(CIRCULARSTRING(100 0,0 100,-100 0,0 -100,100 0)),"
        "COMPOUNDCURVE(CIRCULARSTRING(0 0,1 1,2 0),(2 0,3 0)))");
    ASSERT_TRUE(reading.geometry);
    EXPECT_TRUE(reading.had_curves);
    EXPECT_GT(reading.geometry->points().size(), 400U);
    ASSERT_EQ(reading.others.size(), 1U);
    EXPECT_EQ(reading.others[0].type(), geom::GeometryType::line_string);
}

TEST(MakeOgrGeometry, IsTheWayBack) {
    for (const auto* text : {"POINT(1 2)", "LINESTRING(1 2,3 4)", "POLYGON((0 0,9 0,9 9,0 0),(1 0.5,2 0.5,2 1,1 0.5))",
                             "MULTIPOINT((1 2),(3 4))", "MULTILINESTRING((1 2,3 4),(5 6,7 8))"}) {
        const auto geometry = test::from_wkt(text);
        const GeometryPointer made(make_ogr_geometry(geometry, false));
        EXPECT_EQ(read_ogr_geometry(made.get(), false).geometry, geometry);
    }
    const GeometryPointer multi(make_ogr_geometry("POINT(1 2)"_wkt, true));
    EXPECT_EQ(read_ogr_geometry(multi.get(), false).geometry, "MULTIPOINT((1 2))"_wkt);
}

}  // namespace
}  // namespace ranh::vector::detail
