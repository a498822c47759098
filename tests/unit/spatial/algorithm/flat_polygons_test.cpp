#include "spatial/algorithm/flat_polygons.hpp"

#include "spatial/algorithm/area.hpp"
#include "tests/support/wkt.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::algorithm {
namespace {

using geom::Geometry;
using test::operator""_wkt;

const std::vector<Geometry>& features() {
    static const std::vector<Geometry> all = {
        "MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0),(1 1,1 2,2 2,1 1)))"_wkt,
        "MULTIPOLYGON(((20 0,21 0,21 1,20 0)),((30 0,34 0,34 4,30 4,30 0),(31 1,31 2,32 2,31 1)))"_wkt,
        "MULTIPOLYGON(((-5 -5,-4 -5,-4 -4,-5 -5)))"_wkt};
    return all;
}

void expect_features(const FlatPolygons& polygons) {
    ASSERT_EQ(polygons.size(), features().size());
    const PolygonsView view = polygons.view();
    for (std::size_t i = 0; i < view.size(); ++i) {
        EXPECT_EQ(Geometry::copy_of(view.feature(i)), features()[i]) << i;
        EXPECT_EQ(view.boxes[i], features()[i].box()) << i;
        EXPECT_EQ(view.areas_m2[i], area(features()[i])) << i;
    }
}

TEST(FlatPolygons, KeepFeaturesOneByOne) {
    FlatPolygons polygons;
    polygons.reserve(1, 1);
    for (const Geometry& feature : features()) {
        polygons.add(feature);
        polygons.finish();
    }
    expect_features(polygons);
    EXPECT_EQ(polygons.point_count(), 26U);
}

TEST(FlatPolygons, TakeFeaturesApartFromOneMultiPolygon) {
    Geometry parts(geom::GeometryType::multi_polygon);
    for (const Geometry& feature : features()) {
        for (std::size_t part = 0; part < feature.view().part_count(); ++part) {
            for (auto path = feature.view().part(part).first; path < feature.view().part(part).end; ++path) {
                parts.add_path(feature.view().path(path));
            }
            parts.end_part();
        }
    }
    FlatPolygons polygons;
    polygons.add_features(parts, std::vector<std::uint32_t>{1, 3, 4});
    polygons.finish();
    expect_features(polygons);
}

TEST(FlatPolygons, AppendOthers) {
    FlatPolygons all;
    for (const Geometry& feature : features()) {
        FlatPolygons one;
        one.add(feature);
        one.finish();
        all.append(one);
    }
    all.append(FlatPolygons());
    expect_features(all);
}

TEST(MedianArea, LooksAtAreasOnly) {
    EXPECT_EQ(median_area({}), 0.0);
    FlatPolygons polygons;
    for (const Geometry& feature : {"POLYGON((0 0,1 0,0 0))"_wkt, "POLYGON((0 0,2 0,2 2,0 2,0 0))"_wkt,
                                    "POLYGON((0 0,3 0,3 3,0 3,0 0))"_wkt, "POLYGON((0 0,9 0,9 9,0 9,0 0))"_wkt}) {
        polygons.add(feature);
    }
    polygons.finish();
    EXPECT_EQ(median_area(polygons.view().areas_m2), 9.0);
}

}  // namespace
}  // namespace ranh::algorithm
