#include "spatial/crs/transform.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

namespace ranh::crs {
namespace {

using geom::Point;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

Crs epsg(int code) { return Crs::from_epsg(code).value(); }
Transform between(int from, int to) { return Transform::between(epsg(from), epsg(to)).value(); }

struct GoldenPoint {
    std::string place;
    Point wgs84;
    std::vector<std::pair<int, Point>> grid;
};

/// place,lat,lon,n_5899,e_5899,n_9218,e_9218,n_3405,e_3405,n_3406,e_3406
std::vector<GoldenPoint> golden_points() {
    std::ifstream file(RANH_SOURCE_DIR "/tests/unit/spatial/crs/golden_points.csv");
    std::vector<GoldenPoint> points;
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        std::istringstream row(line);
        GoldenPoint point;
        std::getline(row, point.place, ',');
        std::vector<double> numbers;
        for (std::string cell; std::getline(row, cell, ',');) {
            numbers.push_back(std::stod(cell));
        }
        point.wgs84 = {numbers.at(1), numbers.at(0)};
        const int codes[] = {5899, 9218, 3405, 3406};
        for (std::size_t i = 0; i < 4; ++i) {
            point.grid.emplace_back(codes[i], Point{numbers.at(3 + 2 * i), numbers.at(2 + 2 * i)});
        }
        points.push_back(point);
    }
    return points;
}

TEST(GoldenPoints, AreMetFromWgs84ToOneMillimetre) {
    ASSERT_EQ(golden_points().size(), 6u);
    for (const GoldenPoint& golden : golden_points()) {
        for (const auto& [code, grid] : golden.grid) {
            const Point found = between(4326, code).apply(golden.wgs84);
            EXPECT_NEAR(found.x, grid.x, 0.001) << golden.place << ' ' << code;
            EXPECT_NEAR(found.y, grid.y, 0.001) << golden.place << ' ' << code;
        }
    }
}

TEST(GoldenPoints, AreMetBackToWgs84ToOneMillimetre) {
    constexpr double millimetre_deg = 0.001 / 111'320.0;
    for (const GoldenPoint& golden : golden_points()) {
        for (const auto& [code, grid] : golden.grid) {
            const Point found = between(code, 4326).apply(grid);
            EXPECT_NEAR(found.x, golden.wgs84.x, millimetre_deg) << golden.place << ' ' << code;
            EXPECT_NEAR(found.y, golden.wgs84.y, millimetre_deg) << golden.place << ' ' << code;
        }
    }
}

TEST(GoldenPoints, AreMetBetweenTheGrids) {
    for (const GoldenPoint& golden : golden_points()) {
        for (const auto& [from, start] : golden.grid) {
            for (const auto& [to, end] : golden.grid) {
                const Point found = between(from, to).apply(start);
                EXPECT_NEAR(found.x, end.x, 0.0015) << golden.place << ' ' << from << " -> " << to;
                EXPECT_NEAR(found.y, end.y, 0.0015) << golden.place << ' ' << from << " -> " << to;
            }
        }
    }
}

/// Circulars 20/2019/TT-BGTVT and 37/2019/TT-BGTVT print harbour limits in both systems.
TEST(Transform, MeetsTheHarbourLimitsToATenthOfASecond) {
    struct Harbour {
        const char* name;
        double wgs84[4];  // latitude minutes, seconds, longitude minutes, seconds
        double vn2000[4];
        double lat_deg, lon_deg;
    };
    const Harbour harbours[] = {
        {"VP1", {33, 36.0, 26, 0.0}, {33, 39.7, 25, 53.6}, 12, 109},
        {"VP3", {24, 0.0, 20, 30.0}, {24, 3.7, 20, 23.6}, 12, 109},
        {"BT1", {12, 27.9, 11, 18.8}, {12, 31.6, 11, 12.4}, 12, 109},
        {"LS1", {22, 29.0, 6, 7.0}, {22, 32.7, 6, 0.5}, 15, 109},
    };
    for (const Harbour& h : harbours) {
        const auto place = [&h](const double(&m)[4]) {
            return Point{h.lon_deg + m[2] / 60.0 + m[3] / 3600.0, h.lat_deg + m[0] / 60.0 + m[1] / 3600.0};
        };
        const Point found = between(4326, 4756).apply(place(h.wgs84));
        EXPECT_NEAR(found.x * 3600.0, place(h.vn2000).x * 3600.0, 0.1) << h.name;
        EXPECT_NEAR(found.y * 3600.0, place(h.vn2000).y * 3600.0, 0.1) << h.name;
    }
}

TEST(Transform, TakesLongitudeBeforeLatitudeInVn2000) {
    const Point found = between(4756, 5899).apply(Point{107.75, 11.0});
    EXPECT_NEAR(found.x, 500000.0, 1e-6);
    EXPECT_NEAR(found.y, 1216000.0, 1000.0);
}

TEST(Transform, UsesEpsg6960BetweenVn2000AndWgs84) {
    for (const auto& [from, to] : {std::pair(3405, 4326), {5899, 3857}, {4756, 32648}, {9218, 32649}, {3406, 4326}}) {
        EXPECT_THAT(between(from, to).name(), EndsWith(" by EPSG:6960 VN-2000 to WGS 84 (2)"));
        EXPECT_THAT(between(to, from).name(), HasSubstr("by EPSG:6960 "));
        EXPECT_EQ(between(from, to).accuracy(), Metres(1.0));
    }
    EXPECT_EQ(between(3405, 4326).name(), "EPSG:3405 -> EPSG:4326 by EPSG:6960 VN-2000 to WGS 84 (2)");
}

TEST(Transform, CarriesTheSevenParametersOfDecision05) {
    const std::string& text = between(4756, 4326).pipeline().definition();
    for (const char* parameter :
         {"+x=-191.90441429", "+y=-39.30318279", "+z=-111.45032835", "+rx=-0.00928836", "+ry=0.01975479",
          "+rz=-0.00427372", "+s=0.252906278", "+convention=coordinate_frame"}) {
        EXPECT_THAT(text, HasSubstr(parameter));
    }
}

TEST(Transform, KeepsTheDatumInsideVn2000) {
    const Transform inside = between(9218, 5899);
    EXPECT_EQ(inside.name(), "EPSG:9218 -> EPSG:5899 by projection only");
    EXPECT_EQ(inside.accuracy(), Metres(0.0));
    EXPECT_THAT(inside.pipeline().definition(), Not(HasSubstr("helmert")));
    EXPECT_EQ(between(4326, 3857).name(), "EPSG:4326 -> EPSG:3857 by projection only");
}

TEST(Transform, ShiftsVn2000ByAbout225Metres) {
    const Point grid = {500000.0, 1300000.0};
    const Point vn2000_place = between(5899, 4756).apply(grid);
    const Point wgs84_place = between(5899, 4326).apply(grid);
    EXPECT_NEAR(wgs84_place.y, 11.755311406, 1e-9);
    EXPECT_NEAR(wgs84_place.x, 107.751789139, 1e-9);
    EXPECT_NEAR((vn2000_place.y - wgs84_place.y) * 3600.0, 3.7, 0.05);
    EXPECT_NEAR((vn2000_place.x - wgs84_place.x) * 3600.0, -6.4, 0.05);
}

TEST(Transform, LeavesPointsOfTheSameSystemAlone) {
    const Point odd = {500000.123456789, 1300000.987654321};
    EXPECT_EQ(between(5899, 5899).apply(odd), odd);
}

TEST(Transform, ReachesOtherDatumsByWayOfWgs84) {
    const Transform indian = between(4131, 5899);  // Indian 1960, the older national datum
    EXPECT_THAT(indian.name(), HasSubstr("EPSG:6960"));
    EXPECT_THAT(indian.name(), HasSubstr("Indian 1960 to WGS 84"));
    EXPECT_GT(indian.accuracy(), Metres(1.0));
}

TEST(Transform, RefusesABallparkOperation) {
    const auto made = Transform::between(epsg(4295), vn2000());  // Serindung: no parameters registered
    ASSERT_FALSE(made.ok());
    EXPECT_EQ(made.error().kind, ErrorKind::unsupported);
    EXPECT_THAT(made.error().sentence, HasSubstr("ballpark"));
    EXPECT_THAT(made.error().sentence, HasSubstr("EPSG:4295"));
    EXPECT_THAT(made.error().sentence, HasSubstr("EPSG:4756"));
}

TEST(Transform, NamesAPointThatCannotBeTransformed) {
    std::vector<Point> points = {{500000.0, 1300000.0}, {1e30, 1e30}};
    try {
        between(5899, 4326).apply(points);
        FAIL() << "a point outside of the projection was taken";
    } catch (const Failure& failure) {
        EXPECT_EQ(failure.error().kind, ErrorKind::corrupt_input);
        EXPECT_THAT(failure.error().sentence, HasSubstr("point 2 "));
    }
}

TEST(Transform, InterpolatesToAMicrometre) {
    for (const auto& [from, to, tolerance] : {std::tuple(5899, 4326, 1e-11), std::tuple(3405, 4326, 1e-11),
                                              std::tuple(5899, 3406, 1e-7), std::tuple(4756, 4326, 0.0)}) {
        const Transform transform = between(from, to);
        std::vector<Point> points;
        for (int i = 0; i < 400; ++i) {
            points.push_back(from == 4756 ? Point{106.0 + 0.01 * i, 11.0 + 0.003 * i}
                                          : Point{400'000.0 + 777.7 * i, 1'200'000.0 + 512.3 * i});
        }
        std::vector<Point> exact = points;
        transform.apply(exact);
        transform.apply_interpolated(points);
        for (std::size_t i = 0; i < points.size(); ++i) {
            ASSERT_NEAR(points[i].x, exact[i].x, tolerance) << from << " to " << to;
            ASSERT_NEAR(points[i].y, exact[i].y, tolerance) << from << " to " << to;
        }
    }
}

TEST(Transform, ServesManyThreadsWithTheSameBits) {
    const Transform transform = between(5899, 3857);
    const Point expected = transform.apply(Point{512345.678, 1298765.432});
    std::vector<int> agreeing(8, 0);
    std::vector<std::thread> threads;
    for (int& count : agreeing) {
        threads.emplace_back([copy = transform, expected, &count] {
            for (int i = 0; i < 500; ++i) {
                count += copy.apply(Point{512345.678, 1298765.432}) == expected ? 1 : 0;
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    EXPECT_THAT(agreeing, ::testing::Each(500));
}

}  // namespace
}  // namespace ranh::crs
