#include "spatial/topology/geos_context.hpp"

#include "tests/support/wkt.hpp"

#include <gtest/gtest.h>

#include <string_view>
#include <thread>

namespace ranh::topology {
namespace {

using test::operator""_wkt;

class ThereAndBack : public testing::TestWithParam<std::string_view> {};

TEST_P(ThereAndBack, KeepsEveryPoint) {
    const geom::Geometry area = test::from_wkt(GetParam());
    EXPECT_EQ(polygons_of(to_geos(area).get()), area);
}

INSTANTIATE_TEST_SUITE_P(
    Areas, ThereAndBack,
    testing::Values("POLYGON((0 0,9 0,9 9,0 0))", "POLYGON((0 0,9 0,9 9,0 0),(3 1,5 1,5 2,3 1))",
                    "MULTIPOLYGON(((0 0,9 0,9 9,0 0),(3 1,5 1,5 2,3 1)),((20 0,21 0,21 1,20 0)))"));

TEST(ToGeos, ClosesAnOpenRing) {
    geom::Geometry open(geom::GeometryType::polygon);
    open.add_path(std::vector<geom::Point>{{0, 0}, {9, 0}, {9, 9}});
    open.end_part();
    EXPECT_EQ(polygons_of(to_geos(open).get()), "POLYGON((0 0,9 0,9 9,0 0))"_wkt);
}

TEST(ToGeos, RingOfOnePointIsRefusedWithAReason) {
    geom::Geometry bad(geom::GeometryType::polygon);
    bad.add_path(std::vector<geom::Point>{{7, 8}});
    bad.end_part();
    EXPECT_EQ(to_geos(bad), nullptr);
    EXPECT_NE(GeosContext::of_this_thread().take_message(), "no reason given");
    EXPECT_EQ(GeosContext::of_this_thread().take_message(), "no reason given");
}

TEST(PolygonsOf, LinesAndPointsAreLeftOut) {
    EXPECT_FALSE(polygons_of(to_geos("LINESTRING(0 0,1 1)"_wkt).get()).has_value());
    EXPECT_FALSE(polygons_of(to_geos("MULTIPOINT((0 0),(1 1))"_wkt).get()).has_value());
}

TEST(GeosContext, EachThreadHasItsOwn) {
    const GEOSContextHandle_t here = GeosContext::of_this_thread().handle();
    GEOSContextHandle_t there = nullptr;
    std::thread([&] { there = GeosContext::of_this_thread().handle(); }).join();
    EXPECT_EQ(GeosContext::of_this_thread().handle(), here);
    EXPECT_NE(there, here);
}

}  // namespace
}  // namespace ranh::topology
