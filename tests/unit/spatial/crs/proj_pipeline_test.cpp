#include "spatial/crs/proj_pipeline.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <thread>
#include <vector>

namespace ranh::crs {
namespace {

using geom::Point;
using ::testing::HasSubstr;

ProjPipeline tm3() {
    return ProjPipeline::parse(
               "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad "
               "+step +proj=tmerc +lon_0=107.75 +k=0.9999 +x_0=500000 +ellps=WGS84")
        .value();
}

TEST(ProjPipeline, RunsBothWays) {
    std::vector<Point> points = {{107.75, 0.0}, {108.0, 11.5}};
    const std::vector<Point> before = points;
    tm3().apply(points);
    EXPECT_NEAR(points[0].x, 500000.0, 1e-6);
    EXPECT_NEAR(points[0].y, 0.0, 1e-6);
    tm3().apply(points, Direction::backward);
    EXPECT_NEAR(points[1].x, before[1].x, 1e-12);
    EXPECT_NEAR(points[1].y, before[1].y, 1e-12);
}

TEST(ProjPipeline, RefusesTextThatProjDoesNotUnderstand) {
    EXPECT_EQ(ProjPipeline::parse("+proj=nonsense").error().kind, ErrorKind::invalid_argument);
    EXPECT_EQ(ProjPipeline::parse("").error().kind, ErrorKind::invalid_argument);
}

TEST(ProjPipeline, NamesTheFirstPointThatFails) {
    std::vector<Point> points(300, Point{107.75, 11.0});
    points[270] = {107.75, std::numeric_limits<double>::quiet_NaN()};
    points[280] = {std::numeric_limits<double>::infinity(), 11.0};
    try {
        tm3().apply(points);
        FAIL() << "a point that is not a number was taken";
    } catch (const Failure& failure) {
        EXPECT_EQ(failure.error().kind, ErrorKind::corrupt_input);
        EXPECT_THAT(failure.error().sentence, HasSubstr("point 271"));
    }
}

TEST(ProjPipeline, GoesOnAfterAPointThatFails) {
    std::vector<Point> points = {{107.75, 11.0}, {std::numeric_limits<double>::quiet_NaN(), 1.0}, {107.75, 11.0}};
    EXPECT_EQ(tm3().try_apply(points), 1u);
    EXPECT_TRUE(std::isnan(points[1].x));
    EXPECT_EQ(points[0], points[2]);
}

TEST(ProjPipeline, TakesNoPoints) {
    std::vector<Point> none;
    tm3().apply(none);
    EXPECT_FALSE(tm3().try_apply(none).has_value());
}

TEST(ProjPipeline, GivesTheSameBitsOnEveryThread) {
    const ProjPipeline pipeline = tm3();
    std::vector<Point> results(8);
    std::vector<std::thread> threads;
    for (Point& result : results) {
        threads.emplace_back([&pipeline, &result] {
            for (int round = 0; round < 1000; ++round) {
                result = {108.123456789, 11.987654321};
                pipeline.apply(std::span(&result, 1));
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    for (const Point& result : results) {
        EXPECT_EQ(result, results.front());
    }
}

}  // namespace
}  // namespace ranh::crs
