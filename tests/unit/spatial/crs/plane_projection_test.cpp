#include "spatial/crs/plane_projection.hpp"

#include "tests/support/seeds.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace ranh::crs::detail {
namespace {

using geom::Point;

/// TM-3, central meridian 107°45', to the plane around 11.6° N 107.9° E.
ProjPipeline tm3_to_plane() {
    return ProjPipeline::parse(
               "+proj=pipeline +step +inv +proj=tmerc +lat_0=0 +lon_0=107.75 +k=0.9999 +x_0=500000 +y_0=0 +ellps=WGS84 "
               "+step +proj=laea +lat_0=11.6 +lon_0=107.9 +x_0=0 +y_0=0 +ellps=WGS84")
        .value();
}

PlaneProjection projection() { return {tm3_to_plane(), PlaneProjection::Source::metres}; }

Point random_point(test::Random& random, double reach_m) {
    return {500000.0 + random.real(-reach_m, reach_m), 1280000.0 + random.real(-reach_m, reach_m)};
}

double greatest_difference_m(double reach_m, std::size_t count) {
    test::Random random;
    std::vector<Point> points;
    for (std::size_t i = 0; i < count; ++i) {
        points.push_back(random_point(random, reach_m));
    }
    std::vector<Point> by_proj = points;
    projection().apply(points);
    tm3_to_plane().apply(by_proj);
    double greatest = 0.0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        greatest = std::max({greatest, std::abs(points[i].x - by_proj[i].x), std::abs(points[i].y - by_proj[i].y)});
    }
    return greatest;
}

TEST(PlaneProjection, AgreesWithProjToHundredthsOfAMicrometre) {
    SCOPED_TRACE(test::seed_note());
    EXPECT_LT(greatest_difference_m(150'000.0, test::rounds(20'000, 2'000'000)), 3e-8);
}

TEST(PlaneProjection, AgreesWithProjFarFromTheProvince) {
    SCOPED_TRACE(test::seed_note());
    EXPECT_LT(greatest_difference_m(1'200'000.0, 20'000), 1e-7);
}

TEST(PlaneProjection, GivesAPointTheSameBitsWhateverStandsAroundIt) {
    test::Random random(3);
    std::vector<Point> together;
    for (int i = 0; i < 200; ++i) {
        together.push_back(random_point(random, 60'000.0));
    }
    std::vector<Point> alone = together;
    projection().apply(together);
    const PlaneProjection other = projection();
    for (std::size_t i = alone.size(); i-- > 0;) {
        other.apply(std::span(&alone[i], 1));
    }
    EXPECT_EQ(alone, together);
}

TEST(PlaneProjection, LeavesWhatLiesFarAwayToProj) {
    std::vector<Point> points{{-3.5e6, 1.2e6}, {5e5, 4.5e6}};
    std::vector<Point> by_proj = points;
    projection().apply(points);
    tm3_to_plane().apply(by_proj);
    EXPECT_EQ(points, by_proj);
}

TEST(PlaneProjection, LeavesDegreesToProj) {
    const ProjPipeline degrees =
        ProjPipeline::parse(
            "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=laea +lat_0=11.6 "
            "+lon_0=107.9 +ellps=WGS84")
            .value();
    std::vector<Point> points{{107.8, 11.7}};
    std::vector<Point> by_proj = points;
    PlaneProjection(degrees, PlaneProjection::Source::degrees).apply(points);
    degrees.apply(by_proj);
    EXPECT_EQ(points, by_proj);
}

}  // namespace
}  // namespace ranh::crs::detail
