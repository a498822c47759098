#include "spatial/snapshot/packed_layer.hpp"

#include "spatial/algorithm/area.hpp"
#include "spatial/algorithm/cell_lattice.hpp"
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

std::vector<std::string> ids_in_order(const PackedLayer& layer) {
    std::vector<std::string> ids;
    for (const std::uint32_t i : layer.by_id()) {
        ids.emplace_back(layer.id_text(i));
    }
    return ids;
}

TEST(PackedLayer, NamesItsFeaturesInOrderOfTheirIds) {
    const auto layer = packed_of({feature_of("b", "POINT(500000 1300000)"_wkt), feature_of("a", std::nullopt),
                                  feature_of("c", "POINT(500100 1300000)"_wkt)});
    ASSERT_EQ(layer->size(), 3U);
    EXPECT_THAT(ids_in_order(*layer), testing::ElementsAre("a", "b", "c"));
    for (std::uint32_t rank = 0; rank < 3; ++rank) {
        EXPECT_EQ(layer->id_rank(layer->by_id()[rank]), rank);
    }
    EXPECT_EQ(layer->find(FeatureId("b")), layer->by_id()[1]);
    EXPECT_EQ(layer->find(FeatureId("bb")), std::nullopt);
    EXPECT_EQ(layer->find(FeatureId("")), std::nullopt);
    EXPECT_EQ(layer->find(FeatureId("d")), std::nullopt);
}

TEST(PackedLayer, KnowsWhichFeaturesShareGroundAndWhichCrossThemselves) {
    const auto layer = packed_of({
        feature_of("west", "POLYGON((500000 1300000,500100 1300000,500100 1300100,500000 1300100,500000 1300000))"_wkt),
        feature_of("east", "POLYGON((500100 1300000,500200 1300000,500200 1300100,500100 1300100,500100 1300000))"_wkt),
        feature_of("over", "POLYGON((500150 1300050,500300 1300050,500300 1300150,500150 1300150,500150 1300050))"_wkt),
        feature_of("bow", "POLYGON((501000 1300000,501100 1300100,501100 1300000,501000 1300100,501000 1300000))"_wkt),
        feature_of("nowhere", std::nullopt),
    });
    const auto place = [&](const char* id) { return layer->find(FeatureId(id)).value(); };
    EXPECT_THAT(layer->sharing_ground(place("over")), testing::ElementsAre(place("east")));
    EXPECT_THAT(layer->sharing_ground(place("east")), testing::ElementsAre(place("over")));
    for (const char* alone : {"west", "bow", "nowhere"}) {
        EXPECT_TRUE(layer->sharing_ground(place(alone)).empty()) << alone;
    }
    for (std::size_t i = 0; i < layer->size(); ++i) {
        EXPECT_EQ(layer->crosses_itself(i), i == place("bow")) << layer->id_text(i);
    }
}

TEST(PackedLayer, HoldsFeaturesWithoutGeometryLast) {
    const auto layer = packed_of({feature_of("b", "POINT(500000 1300000)"_wkt), feature_of("z", std::nullopt),
                                  feature_of("a", std::nullopt), feature_of("c", "POINT(500100 1300000)"_wkt)});
    EXPECT_EQ(layer->geometry_count(), 2U);
    EXPECT_EQ(layer->id_text(2), "a");
    EXPECT_EQ(layer->id_text(3), "z");
    EXPECT_FALSE(layer->has_geometry(2));
    EXPECT_TRUE(layer->source(2).points.empty());
    EXPECT_TRUE(layer->lonlat(3).points.empty());
    EXPECT_EQ(layer->values(3), std::vector<model::Value>{std::string("value of z")});
}

TEST(PackedLayer, HoldsNeighboursOnTheGroundAsNeighboursInMemory) {
    Random random(3);
    const auto layer = packed_of(grid(16, 16, random));
    double walk_m = 0.0;
    for (std::size_t i = 1; i < layer->size(); ++i) {
        const geom::Point a = layer->working_box(i - 1).min;
        const geom::Point b = layer->working_box(i).min;
        walk_m += std::hypot(a.x - b.x, a.y - b.y);
    }
    EXPECT_LT(walk_m, 1.3 * 100.0 * 255);  // a walk along a Hilbert curve steps from square to square
}

TEST(PackedLayer, HoldsSourceWorkingPlaneAndLongitudeLatitude) {
    const auto polygon = "POLYGON((500000 1300000,540000 1300000,540000 1330000,500000 1300000))"_wkt;
    const auto layer = packed_of({feature_of("a", polygon)});
    const crs::Crs crs = system_of(3405);
    EXPECT_EQ(geom::Geometry::copy_of(layer->source(0)), polygon);
    EXPECT_EQ(geom::Geometry::copy_of(layer->working(0)), crs::WorkingPlane().project(polygon, crs));
    EXPECT_GT(layer->working(0).points.size(), polygon.points().size());  // densified
    const auto corner = crs::Transform::between(crs, crs::wgs84()).value().apply({540000, 1330000});
    EXPECT_NEAR(layer->lonlat(0).points[2].x, corner.x, 1e-11);
    EXPECT_NEAR(layer->lonlat(0).points[2].y, corner.y, 1e-11);
    EXPECT_EQ(layer->lonlat_box(0), layer->lonlat(0).box());
    EXPECT_EQ(layer->working_box(0), layer->working(0).box());
    EXPECT_EQ(layer->lonlat_extent(), layer->lonlat(0).box());
}

TEST(PackedLayer, KeepsEachFeatureInItsOwnSystem) {
    PackedLayerBuilder builder(version_of({system_of(3405), system_of(3406)}), crs::WorkingPlane());
    builder.add(feature_of("a", "POINT(500000 1300000)"_wkt, 3406));
    builder.add(feature_of("b", "POINT(500000 1300000)"_wkt, 3405));
    const auto layer = builder.finish();
    const std::size_t a = layer->find(FeatureId("a")).value();
    const std::size_t b = layer->find(FeatureId("b")).value();
    EXPECT_EQ(layer->source_crs(a).epsg(), 3406);
    EXPECT_EQ(layer->source_crs(b).epsg(), 3405);
    EXPECT_NEAR(layer->lonlat(a).points[0].x - layer->lonlat(b).points[0].x, 6.0, 1e-3);
}

TEST(PackedLayer, FindsByBoxWhatLiesThere) {
    SCOPED_TRACE(seed_note());
    Random random;
    const auto layer = packed_of(grid(30, 25, random));
    for (int round = 0; round < 50; ++round) {
        const auto centre = static_cast<std::size_t>(random.integer(0, 749));
        const geom::Box box = geom::grown(layer->working_box(centre), random.real(0, 400));
        std::vector<std::uint32_t> expected;
        for (const std::uint32_t i : layer->by_id()) {
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
    EXPECT_THAT(layer->in_working_box(layer->working_box(0)), testing::ElementsAre(0U, 1U));
    EXPECT_THAT(layer->in_lonlat_box(layer->lonlat_box(1)), testing::ElementsAre(0U, 1U));
}

TEST(PackedLayer, ShowsTheWorkingPlaneAsFlatArrays) {
    const auto polygon =
        "POLYGON((500000 1300000,540000 1300000,540000 1330000,500000 1300000),"
        "(530000 1310000,535000 1310000,535000 1315000,530000 1310000))"_wkt;
    const auto pair =
        "MULTIPOLYGON(((520000 1300000,521000 1300000,521000 1301000,520000 1300000)),"
        "((522000 1300000,523000 1300000,523000 1301000,522000 1300000)))"_wkt;
    const auto layer = packed_of({feature_of("p", polygon), feature_of("m", pair), feature_of("none", std::nullopt),
                                  feature_of("line", "LINESTRING(510000 1300000,511000 1301000)"_wkt)});
    const auto& all = layer->working_geometries();
    ASSERT_EQ(all.types.size(), 4U);
    ASSERT_EQ(all.point_begins.size(), 5U);
    EXPECT_EQ(all.point_begins[4], all.points.size());
    EXPECT_EQ(all.path_begins[4], all.path_ends.size());
    EXPECT_EQ(all.part_begins[4], all.part_ends.size());
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_EQ(geom::Geometry::copy_of(all.at(i)), geom::Geometry::copy_of(layer->working(i)));
        EXPECT_EQ(layer->working_areas_m2()[i], algorithm::area(layer->working(i))) << i;
        EXPECT_EQ(layer->working_boxes()[i], layer->working(i).box().value_or(geom::Box{}));
    }
    EXPECT_GT(layer->working_areas_m2()[layer->find(FeatureId("m")).value()], 9e5);
    EXPECT_THAT(layer->geometry_types(),
                testing::ElementsAre(geom::GeometryType::line_string, geom::GeometryType::polygon,
                                     geom::GeometryType::multi_polygon));
}

TEST(PackedLayer, HasTheLatticeOfItsVersionElseWhatSuitsItsAreas) {
    Random random(4);
    EXPECT_EQ(packed_of(grid(5, 5, random))->lattice_level(), algorithm::lattice_for(2500.0).level());
    EXPECT_EQ(packed_of({feature_of("a", "POINT(500000 1300000)"_wkt)})->lattice_level(), 6);
    model::LayerVersion version = version_of({system_of(3405)});
    version.lattice_level = -2;
    PackedLayerBuilder builder(version, crs::WorkingPlane());
    builder.add(grid(1, 1, random).front());
    EXPECT_EQ(builder.finish()->lattice_level(), -2);
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
