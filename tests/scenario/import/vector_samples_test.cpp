// The vector samples of data-samples, imported whole.
#include "importers/vector/vector_reader.hpp"
#include "tests/scenario/import/import_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh {
namespace {

using testing::HasSubstr;

TEST(VectorSamples, TheCommunesAre124WithAreasOnTheEllipsoid) {
    const auto imported = test::import_file(test::sample_file("lamdong/communes/communes.fgb"));
    EXPECT_EQ(imported.report.read, 124);
    EXPECT_EQ(imported.features.size(), 124U);
    const auto& feature = imported.features.begin()->second;
    EXPECT_FALSE(feature.areas.area_planar_m2);
    EXPECT_GT(feature.areas.area_ellipsoid_m2.value(), 1e6);
    EXPECT_THAT(imported.report.crs_reasons.front(), HasSubstr("EPSG:4326 (declared by the file)"));
}

TEST(VectorSamples, ThePowerPlantsArePoints) {
    const auto imported = test::import_file(test::sample_file("lamdong/power-plants/power-plants.geojson"));
    EXPECT_EQ(imported.features.size(), 55U);
    EXPECT_EQ(imported.features.begin()->second.geometry->type(), geom::GeometryType::point);
    EXPECT_FALSE(imported.features.begin()->second.areas.area_ellipsoid_m2);
}

TEST(VectorSamples, TheParcelsAreNamedByCommuneSheetAndParcel) {
    const auto imported = test::import_file(test::sample_file("lamdong/parcels-synthetic/parcels.fgb"));
    EXPECT_EQ(imported.report.kept, imported.report.read);
    const auto& [id, feature] = *imported.features.begin();
    EXPECT_EQ(std::count(id.begin(), id.end(), '.'), 2);
    EXPECT_EQ(feature.crs.epsg(), 9218);
    EXPECT_TRUE(feature.areas.area_stated_m2);
}

TEST(VectorSamples, TwoFilesOfTwoSystemsBecomeOneLayer) {
    const std::string folder = "lamdong/projects-illustrative/";
    std::vector<std::unique_ptr<pipeline::FeatureReader>> sources;
    sources.push_back(vector::open_vector(test::sample_file(folder + "projects.gpkg"), {}));
    sources.push_back(vector::open_vector(test::sample_file(folder + "projects-3405.gpkg"), {}));
    const auto imported = test::import_sources(std::move(sources));
    EXPECT_GE(imported.report.systems.size(), 2U);
    EXPECT_EQ(imported.report.crs_reasons.size(), 2U);
    EXPECT_EQ(imported.report.read, imported.report.kept);
}

}  // namespace
}  // namespace ranh
