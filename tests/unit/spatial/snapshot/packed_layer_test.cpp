#include "spatial/snapshot/packed_layer.hpp"

#include "spatial/crs/transform.hpp"
#include "tests/support/seeds.hpp"
#include "tests/support/wkt.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ranh::test {
namespace {

using snapshot::GeometryColumn;
using snapshot::PackedLayer;
using snapshot::PackedLayerBuilder;

model::LayerVersion version_of(std::vector<crs::Crs> systems) {
    return {.layer = LayerId::parse("p").value(),
            .number = VersionNumber(1),
            .description = {},
            .systems = std::move(systems),
            .feature_count = 0,
            .held = false,
            .withdrawn = false,
            .known_from = {},
            .content_hash = {}};
}

crs::Crs system_of(int epsg) { return crs::Crs::from_epsg(epsg).value(); }

model::Feature feature_of(const std::string& id, std::optional<geom::Geometry> geometry, int epsg = 3405) {
    return {FeatureId(id), system_of(epsg), std::move(geometry), {std::string("value of ") + id}, {}};
}

std::shared_ptr<const PackedLayer> packed_of(std::vector<model::Feature> features) {
    PackedLayerBuilder builder(version_of({system_of(3405)}), crs::WorkingPlane());
    for (model::Feature& feature : features) {
        builder.add(std::move(feature));
    }
    return builder.finish();
}

/// A grid of squares of 50 m, ids in random order.
std::vector<model::Feature> grid(int columns, int rows, Random& random) {
    std::vector<int> numbers(static_cast<std::size_t>(columns * rows));
    std::iota(numbers.begin(), numbers.end(), 0);
    std::vector<model::Feature> features;
    while (!numbers.empty()) {
        const auto drawn = numbers.begin() + random.integer(0, static_cast<int>(numbers.size()) - 1);
        const double x = 500000.0 + 100.0 * (*drawn % columns);
        const double y = 1300000.0 + 100.0 * (*drawn / columns);
        features.push_back(feature_of(std::to_string(100000 + *drawn),
                                      geom::Geometry::polygon({{x, y}, {x + 50, y}, {x + 50, y + 50}, {x, y + 50}})));
        numbers.erase(drawn);
    }
    return features;
}

TEST(GeometryColumn, ShowsEachGeometryWithoutACopy) {
    const std::vector<geom::Geometry> geometries{"POLYGON((0 0,9 0,9 9,0 0),(3 1,4 1,4 2,3 1))"_wkt, "POINT(1 2)"_wkt,
                                                 "MULTILINESTRING((0 0,1 1),(2 2,3 3,4 4))"_wkt};
    GeometryColumn column;
    column.append(geometries[0]);
    column.append_nothing();
    column.append(geometries[1]);
    column.append(geometries[2]);
    ASSERT_EQ(column.size(), 4U);
    EXPECT_EQ(geom::Geometry::copy_of(column.at(0)), geometries[0]);
    EXPECT_TRUE(column.at(1).points.empty());
    EXPECT_EQ(geom::Geometry::copy_of(column.at(2)), geometries[1]);
    EXPECT_EQ(geom::Geometry::copy_of(column.at(3)), geometries[2]);
    EXPECT_EQ(column.at(3).path(1).size(), 3U);
}

TEST(PackedLayer, StandsInOrderOfItsIds) {
    const auto layer = packed_of({feature_of("b", "POINT(500000 1300000)"_wkt), feature_of("a", std::nullopt),
                                  feature_of("c", "POINT(500100 1300000)"_wkt)});
    ASSERT_EQ(layer->size(), 3U);
    EXPECT_EQ(layer->id(0).text(), "a");
    EXPECT_FALSE(layer->has_geometry(0));
    EXPECT_TRUE(layer->source(0).points.empty());
    EXPECT_EQ(layer->source(1).points[0], (geom::Point{500000, 1300000}));
    EXPECT_EQ(std::get<std::string>(layer->values(2)[0]), "value of c");
    EXPECT_EQ(layer->find(FeatureId("b")), 1U);
    EXPECT_EQ(layer->find(FeatureId("bb")), std::nullopt);
}

TEST(PackedLayer, HoldsSourceWorkingPlaneAndLongitudeLatitude) {
    const auto polygon = "POLYGON((500000 1300000,540000 1300000,540000 1330000,500000 1300000))"_wkt;
    const auto layer = packed_of({feature_of("a", polygon)});
    const crs::Crs crs = system_of(3405);
    EXPECT_EQ(geom::Geometry::copy_of(layer->source(0)), polygon);
    EXPECT_EQ(geom::Geometry::copy_of(layer->working(0)), crs::WorkingPlane().project(polygon, crs));
    EXPECT_GT(layer->working(0).points.size(), polygon.points().size());  // densified
    const auto corner = crs::Transform::between(crs, crs::wgs84()).value().apply({540000, 1330000});
    EXPECT_EQ(layer->lonlat(0).points[2], corner);
    EXPECT_EQ(layer->lonlat_box(0), layer->lonlat(0).box());
    EXPECT_EQ(layer->working_box(0), layer->working(0).box());
    EXPECT_EQ(layer->lonlat_extent(), layer->lonlat(0).box());
}

TEST(PackedLayer, KeepsEachFeatureInItsOwnSystem) {
    PackedLayerBuilder builder(version_of({system_of(3405), system_of(3406)}), crs::WorkingPlane());
    builder.add(feature_of("a", "POINT(500000 1300000)"_wkt, 3406));
    builder.add(feature_of("b", "POINT(500000 1300000)"_wkt, 3405));
    const auto layer = builder.finish();
    EXPECT_EQ(layer->source_crs(0).epsg(), 3406);
    EXPECT_EQ(layer->source_crs(1).epsg(), 3405);
    EXPECT_NEAR(layer->lonlat(0).points[0].x - layer->lonlat(1).points[0].x, 6.0, 1e-3);
}

TEST(PackedLayer, FindsByBoxWhatLiesThere) {
    SCOPED_TRACE(seed_note());
    Random random;
    const auto layer = packed_of(grid(30, 25, random));
    for (int round = 0; round < 50; ++round) {
        const auto centre = static_cast<std::size_t>(random.integer(0, 749));
        const geom::Box box = geom::grown(layer->working_box(centre), random.real(0, 400));
        std::vector<std::uint32_t> expected;
        for (std::uint32_t i = 0; i < layer->size(); ++i) {
            if (geom::boxes_meet(layer->working_box(i), box)) {
                expected.push_back(i);
            }
        }
        ASSERT_EQ(layer->in_working_box(box), expected);
    }
    EXPECT_EQ(layer->in_lonlat_box(layer->lonlat_extent().value()).size(), 750U);
}

TEST(PackedLayer, LeavesFeaturesWithoutGeometryOutOfSearches) {
    const auto layer = packed_of({feature_of("a", std::nullopt), feature_of("b", "POINT(500000 1300000)"_wkt),
                                  feature_of("c", std::nullopt), feature_of("d", "POINT(500000 1300000)"_wkt)});
    EXPECT_THAT(layer->in_working_box(layer->working_box(1)), testing::ElementsAre(1U, 3U));
    EXPECT_THAT(layer->in_lonlat_box(layer->lonlat_box(3)), testing::ElementsAre(1U, 3U));
}

TEST(PackedLayer, IsTheSameWhateverTheOrderOfItsSource) {
    Random one(1);
    Random two(2);
    const auto first = packed_of(grid(40, 40, one));
    const auto second = packed_of(grid(40, 40, two));
    for (std::size_t i = 0; i < first->size(); ++i) {
        ASSERT_EQ(first->id(i), second->id(i));
        ASSERT_EQ(geom::Geometry::copy_of(first->working(i)), geom::Geometry::copy_of(second->working(i)));
        ASSERT_EQ(geom::Geometry::copy_of(first->lonlat(i)), geom::Geometry::copy_of(second->lonlat(i)));
    }
}

TEST(PackedLayer, OfNothingIsEmpty) {
    const auto layer = packed_of({});
    EXPECT_EQ(layer->size(), 0U);
    EXPECT_FALSE(layer->lonlat_extent());
    EXPECT_TRUE(layer->in_working_box({{0, 0}, {1, 1}}).empty());
}

TEST(PackedLayer, NamesTheFeatureThatCannotBeProjected) {
    PackedLayerBuilder builder(version_of({system_of(3405)}), crs::WorkingPlane());
    builder.add(feature_of("far", "POINT(1e30 1e30)"_wkt));
    try {
        (void)builder.finish();
        FAIL() << "a point outside the earth was projected";
    } catch (const Failure& failure) {
        EXPECT_EQ(failure.error().kind, ErrorKind::corrupt_input);
        EXPECT_THAT(failure.error().sentence, testing::HasSubstr("'far' of p@1"));
    }
}

TEST(PackedLayerDeathTest, IsNotBuiltTwice) {
    PackedLayerBuilder builder(version_of({}), crs::WorkingPlane());
    (void)builder.finish();
    EXPECT_DEATH((void)builder.finish(), "m_state");
}

}  // namespace
}  // namespace ranh::test
