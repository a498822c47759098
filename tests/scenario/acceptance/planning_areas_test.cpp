#include "spatial/codec/geojson.hpp"
#include "tests/scenario/acceptance/planning_workspace.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::test {
namespace {

constexpr double hectare = 10'000.0;

std::size_t corner_count(const geom::Geometry& geometry) {
    // each ring of a result repeats its first corner at the end
    return geometry.points().size() - geometry.view().path_count();
}

TEST(PlanningAreas, EndTheImportWithOneForARejectedRingAndWithZeroOtherwise) {
    EXPECT_EQ(planning().bauxite_import.exit_code, 1) << planning().bauxite_import.text();
    EXPECT_EQ(planning().titanium_import.exit_code, 0) << planning().titanium_import.text();
}

TEST(PlanningAreas, AreFortyWithSevenHundredAndThreePoints) {
    EXPECT_EQ(planning().exported().size(), 40U);
    ASSERT_EQ(planning_table().rows.size(), 40U);
    std::size_t kept = 0;
    for (const auto& row : planning_table().rows) {
        kept += corner_count(planning().geometry(row.at("area_id")));
    }
    std::size_t quarantined = 0;
    for (const PrintedCorner& corner : printed_corners()) {
        quarantined += corner.area == "BX-TT" && corner.part != "1" ? 1U : 0U;
    }
    EXPECT_EQ(quarantined, 6U);
    constexpr std::size_t dropped_repeats = 1;  // TI-LSSN
    EXPECT_EQ(kept + quarantined + dropped_repeats, 703U);
    EXPECT_EQ(printed_corners().size(), 703U);
}

TEST(PlanningAreas, CountRingsAsReadKeptAndRejected) {
    const auto count = [](const codec::Json& report, const char* name) {
        return static_cast<int>(number_of(report, name));
    };
    const codec::Json& bauxite = planning().bauxite_report;
    EXPECT_EQ(text_of(bauxite, "unit"), "ring");
    EXPECT_EQ(count(bauxite, "read"), 30);
    EXPECT_EQ(count(bauxite, "kept"), 29);
    EXPECT_EQ(count(bauxite, "rejected"), 1);
    EXPECT_EQ(count(bauxite, "features"), 24);
    const codec::Json& titanium = planning().titanium_report;
    EXPECT_EQ(count(titanium, "read"), 21);
    EXPECT_EQ(count(titanium, "kept"), 21);
    EXPECT_EQ(count(titanium, "repaired"), 1);
    EXPECT_EQ(count(titanium, "rejected"), 0);
    EXPECT_EQ(count(titanium, "features"), 16);
}

TEST(PlanningAreas, HaveThePlanarAreasOfThePlan) {
    for (const auto& row : planning_table().rows) {
        const auto& exported = planning().exported().at(row.at("area_id"));
        EXPECT_NEAR(number_in(exported, "area_planar_m2") / hectare, number_in(row, "planar_ha"), 0.01)
            << row.at("area_id");
    }
}

TEST(PlanningAreas, HaveTheEllipsoidalAreasWithEdgesStraightInTheGrid) {
    for (const auto& row : planning_table().rows) {
        const auto& exported = planning().exported().at(row.at("area_id"));
        EXPECT_NEAR(number_in(exported, "area_ellipsoid_m2") / hectare, number_in(row, "ellipsoid_ha_grid_edges"),
                    0.0002)
            << row.at("area_id");
    }
}

TEST(PlanningAreas, KeepTheStatedAreaApart) {
    for (const auto& row : planning_table().rows) {
        const auto& exported = planning().exported().at(row.at("area_id"));
        EXPECT_NEAR(number_in(exported, "area_stated_m2") / hectare, number_in(row, "stated_ha"), 1e-6)
            << row.at("area_id");
    }
}

TEST(PlanningAreas, KeepThePrintedSystem) {
    for (const auto& row : planning_table().rows) {
        EXPECT_EQ(planning().exported().at(row.at("area_id")).at("crs"), "EPSG:" + row.at("source_epsg"))
            << row.at("area_id");
    }
}

TEST(PlanningAreas, CarryTheAttributesJoinedByKey) {
    for (const auto& row : planning_table().rows) {
        const auto& exported = planning().exported().at(row.at("area_id"));
        EXPECT_EQ(exported.at("name"), row.at("name"));
        EXPECT_EQ(exported.at("communes"), row.at("communes"));
    }
}

TEST(PlanningAreas, AreDraftsInEveryListing) {
    const codec::Json layers = json_of(planning().workspace.json({"layers"}));
    for (const codec::Json& layer : *layers.array()) {
        EXPECT_EQ(text_of(layer, "status"), "draft");
        EXPECT_EQ(text_of(layer, "kind"), "plan_area");
    }
    EXPECT_THAT(planning().workspace.run({"layers"}).output, testing::HasSubstr("dự thảo, chưa ký"));
}

/// Centroid of an area, parts added; holes do not occur in these data.
geom::Point centroid_of(const geom::Geometry& area) {
    double twice = 0.0;
    geom::Point sum;
    for (std::size_t i = 0; i < area.view().path_count(); ++i) {
        const auto ring = area.view().path(i);
        double ring_twice = 0.0;
        geom::Point ring_sum;
        for (std::size_t k = 0; k + 1 < ring.size(); ++k) {
            const double cross = ring[k].x * ring[k + 1].y - ring[k + 1].x * ring[k].y;
            ring_twice += cross;
            ring_sum = {ring_sum.x + cross * (ring[k].x + ring[k + 1].x),
                        ring_sum.y + cross * (ring[k].y + ring[k + 1].y)};
        }
        const double turn = ring_twice < 0.0 ? -1.0 : 1.0;
        twice += turn * ring_twice;
        sum = {sum.x + turn * ring_sum.x, sum.y + turn * ring_sum.y};
    }
    return {sum.x / (3.0 * twice), sum.y / (3.0 * twice)};
}

TEST(PlanningAreas, StandAtTheirPlacesInWgs84) {
    std::size_t seen = 0;
    for (const std::string layer : {"bauxite", "titanium"}) {
        const std::string file = planning().workspace.folder().file(layer + "-places.geojson");
        ASSERT_EQ(planning().workspace.run({"export", layer, "-o", file}).exit_code, 0);
        for (const codec::GeoJsonFeature& feature : codec::parse_geojson(json_of(read_file(file))).value()) {
            const auto& row = planning_table().row("area_id", feature.id);
            const geom::Point place = centroid_of(feature.geometry.value());
            EXPECT_NEAR(place.x, number_in(row, "lon"), 1e-4) << feature.id;
            EXPECT_NEAR(place.y, number_in(row, "lat"), 1e-4) << feature.id;
            ++seen;
        }
    }
    EXPECT_EQ(seen, 40U);
}

}  // namespace
}  // namespace ranh::test
