#include "spatial/crs/geodesic.hpp"

#include "spatial/crs/transform.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace ranh::crs {
namespace {

using geom::Point;

Crs epsg(int code) { return Crs::from_epsg(code).value(); }

/// Parts per million by which the grid area is too large at latitude 11.5 and the given longitude (VN-2000).
double ppm(int code, double longitude) {
    const Point grid = Transform::between(vn2000(), epsg(code)).value().apply(Point{longitude, 11.5});
    return (areal_scale(epsg(code), grid) - 1.0) * 1e6;
}

TEST(ArealScale, IsTheSquareOfTheScaleOnTheCentralMeridian) {
    EXPECT_NEAR(areal_scale(epsg(5899), {500000.0, 1300000.0}), 0.9999 * 0.9999, 1e-10);
    EXPECT_NEAR(areal_scale(epsg(3405), {500000.0, 1300000.0}), 0.9996 * 0.9996, 1e-10);
}

TEST(ArealScale, GrowsAwayFromTheCentralMeridian) {
    EXPECT_NEAR(ppm(5899, 107.2), -111.0, 1.0);
    EXPECT_NEAR(ppm(5899, 108.9), 189.0, 1.0);
    EXPECT_NEAR(ppm(9218, 107.2), 298.0, 1.0);
    EXPECT_NEAR(ppm(3405, 107.75), 1428.0, 1.0);
    EXPECT_NEAR(ppm(3406, 107.2), 3460.0, 1.0);
}

TEST(ArealScale, CountsWebMercatorAgainstTheEllipsoid) {
    const Point grid = Transform::between(wgs84(), epsg(3857)).value().apply(Point{108.0, 11.5});
    const double e2 = 0.00669437999014;
    const double latitude = 11.5 * std::acos(-1.0) / 180.0;
    const double bend = 1.0 - e2 * std::sin(latitude) * std::sin(latitude);
    const double expected = bend * bend / ((1.0 - e2) * std::cos(latitude) * std::cos(latitude));
    EXPECT_NEAR(areal_scale(epsg(3857), grid), expected, 1e-7);
}

TEST(ArealScaleDeathTest, IsNotDefinedForDegrees) {
    EXPECT_DEATH(static_cast<void>(areal_scale(vn2000(), {107.75, 11.5})), "is_geographic");
}

TEST(GeodesicArea, OfASmallSquareIsItsGridAreaByTheArealScale) {
    const std::vector<Point> square = {{500000, 1300000}, {500100, 1300000}, {500100, 1300100}, {500000, 1300100}};
    EXPECT_NEAR(geodesic_area(square, epsg(5899)).value(), 10000.0 / (0.9999 * 0.9999), 0.001);
}

TEST(GeodesicArea, IsTheSameForClosedAndReversedRings) {
    const std::vector<Point> open = {{500000, 1300000}, {509000, 1301000}, {504000, 1307000}};
    const std::vector<Point> reversed_and_closed = {open[2], open[1], open[0], open[2]};
    EXPECT_NEAR(geodesic_area(open, epsg(5899)).value(), geodesic_area(reversed_and_closed, epsg(5899)).value(), 1e-6);
}

TEST(GeodesicLine, GivesLengthAndAzimuth) {
    const GeodesicLine west = geodesic_line({108.0, 0.0}, {107.0, 0.0});
    EXPECT_NEAR(west.length.value(), 111319.4908, 0.001);
    EXPECT_NEAR(west.azimuth.value(), 270.0, 1e-9);
}

TEST(GeodesicLine, LeadsBackToItsEnd) {
    const Point start = {107.9, 11.6};
    const Point end = {108.3, 12.1};
    const Point found = geodesic_end(start, geodesic_line(start, end));
    EXPECT_NEAR(found.x, end.x, 1e-12);
    EXPECT_NEAR(found.y, end.y, 1e-12);
}

}  // namespace
}  // namespace ranh::crs
