#include "importers/crs_detection/grid_zones.hpp"

#include "spatial/crs/transform.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace ranh::crs_detection {
namespace {

TEST(GridZones, SpanTheProvinceBoxToAHundredMetres) {
    const geom::Box box = province_box();
    for (const GridZone& zone : grid_zones()) {
        const auto to_zone = crs::Transform::between(crs::wgs84(), crs::Crs::from_epsg(zone.epsg).value()).value();
        std::vector<geom::Point> edge;
        for (int i = 0; i <= 100; ++i) {
            const double x = box.min.x + (box.max.x - box.min.x) * i / 100.0;
            const double y = box.min.y + (box.max.y - box.min.y) * i / 100.0;
            edge.insert(edge.end(), {{x, box.min.y}, {x, box.max.y}, {box.min.x, y}, {box.max.x, y}});
        }
        to_zone.apply(edge);
        const geom::Box found = geom::box_of(edge).value();
        EXPECT_NEAR(found.min.x, zone.range.min.x, 100.0) << zone.epsg;
        EXPECT_NEAR(found.max.x, zone.range.max.x, 100.0) << zone.epsg;
        EXPECT_NEAR(found.min.y, zone.range.min.y, 100.0) << zone.epsg;
        EXPECT_NEAR(found.max.y, zone.range.max.y, 100.0) << zone.epsg;
    }
}

TEST(GridZones, AgreeWithTheRegistry) {
    for (const GridZone& zone : grid_zones()) {
        const auto to_zone = crs::Transform::between(crs::vn2000(), crs::Crs::from_epsg(zone.epsg).value()).value();
        const geom::Point equator = to_zone.apply(geom::Point{zone.central_meridian_deg, 0.0});
        const geom::Point north = to_zone.apply(geom::Point{zone.central_meridian_deg, 0.01});
        EXPECT_NEAR(equator.x, 500'000.0, 1e-6);
        EXPECT_NEAR(equator.y, 0.0, 1e-6);
        // 0.01 degrees of meridian at the equator: a (1 - e²) · 0.01 · π / 180.
        EXPECT_NEAR(north.y / 1105.7427582, zone.scale, 1e-7) << zone.epsg;
    }
}

}  // namespace
}  // namespace ranh::crs_detection
