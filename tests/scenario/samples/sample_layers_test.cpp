// Every sample layer of the demonstration, imported.
#include "tests/support/sample_layers.hpp"

#include "tests/support/tables.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace ranh::test {
namespace {

const SampleWorkspace& workspace() {
    static const SampleWorkspace layers({"communes", "power-plants", "bauxite", "titanium", "projects", "parcels"});
    return layers;
}

TEST(SampleLayers, HaveTheFeaturesTheirSourceNotesCount) {
    const std::map<std::string, double> expected = {{"communes", 124.0}, {"power-plants", 55.0}, {"bauxite", 24.0},
                                                    {"titanium", 16.0},  {"projects", 14.0},     {"parcels", 5202.0}};
    std::map<std::string, double> found;
    const codec::Json layers = json_of(workspace().json({"layers"}));
    for (const codec::Json& layer : *layers.array()) {
        found[text_of(layer, "layer")] = number_of(layer, "features");
    }
    EXPECT_THAT(found, testing::ContainerEq(expected));
}

TEST(SampleLayers, StandInTheirSystems) {
    const std::map<std::string, std::string> expected = {
        {"communes", "EPSG:4326\n"}, {"power-plants", "EPSG:4326\n"}, {"bauxite", "EPSG:3405\n"},
        {"titanium", "EPSG:3406\n"}, {"parcels", "EPSG:9218\n"},      {"projects", "EPSG:3405\nEPSG:5899\n"}};
    const codec::Json layers = json_of(workspace().json({"layers"}));
    for (const codec::Json& layer : *layers.array()) {
        EXPECT_EQ(lines_of(layer, "crs"), expected.at(text_of(layer, "layer"))) << text_of(layer, "layer");
    }
}

TEST(SampleLayers, OpenInGdalAsTheyAre) {
    // one table per layer and system; the two parts of the projects stand in two
    EXPECT_EQ(gdal_feature_count(workspace().file(), "communes"), 124U);
    EXPECT_EQ(gdal_feature_count(workspace().file(), "parcels"), 5202U);
    EXPECT_EQ(gdal_feature_count(workspace().file(), "bauxite"), 24U);
    EXPECT_EQ(
        gdal_feature_count(workspace().file(), "projects") + gdal_feature_count(workspace().file(), "projects_5899"),
        14U);
}

TEST(SampleLayers, MeetAsTheirSourceNotesSay) {
    const codec::Json answer = json_of(workspace().json({"overlaps", "parcels", "titanium"}));
    std::map<std::string, int> meeting;
    std::map<std::string, int> inside;
    for (const codec::Json& pair : array_of(answer, "overlaps")) {
        if (number_of(pair, "area_m2") > 0.0) {
            ++meeting[text_of(pair, "right_id")];
            inside[text_of(pair, "right_id")] += text_of(pair, "relation") == "within" ? 1 : 0;
        }
    }
    EXPECT_THAT(meeting, testing::ElementsAre(testing::Pair("TI-HT1", 1100), testing::Pair("TI-HT2", 417),
                                              testing::Pair("TI-VM", 141)));
    EXPECT_THAT(inside, testing::ElementsAre(testing::Pair("TI-HT1", 926), testing::Pair("TI-HT2", 296),
                                             testing::Pair("TI-VM", 97)));
}

TEST(SampleLayers, ComeBackFromTheWorkspaceBitForBit) {
    // the published coordinates of the communes, compared as GDAL prints them from the file and from our export
    const std::string file = workspace().folder().file("communes.fgb");
    ASSERT_EQ(workspace().run({"export", "communes", "-o", file}).exit_code, 0);
    const auto rows = [](const std::string& source, const std::string& layer) {
        const ProgramEnd end =
            run_program({"ogr2ogr", "-f", "CSV", "/vsistdout/", source, "-sql",
                         "SELECT code FROM \"" + layer + "\" ORDER BY code", "-lco", "GEOMETRY=AS_WKT"});
        EXPECT_EQ(end.exit_code, 0) << end.error;
        return end.output;
    };
    const std::string imported = rows(file, "communes");
    EXPECT_GT(imported.size(), 1'000'000U);
    EXPECT_TRUE(imported == rows(sample("lamdong/communes/communes.fgb"), "communes"));
}

}  // namespace
}  // namespace ranh::test
