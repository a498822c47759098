#include "tests/support/sample_layers.hpp"
#include "tests/support/tables.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <tuple>

namespace ranh::test {
namespace {

/// project, layer, area, relation, size class
using Row = std::tuple<std::string, std::string, std::string, std::string, std::string>;

const SampleWorkspace& workspace() {
    static const SampleWorkspace layers({"bauxite", "titanium", "projects"});
    return layers;
}

std::set<Row> expected_rows() {
    std::set<Row> rows;
    for (const auto& row : read_csv(sample("lamdong/projects-illustrative/expected-relations.csv")).rows) {
        rows.emplace(row.at("project_id"), row.at("layer"), row.at("area_id"), row.at("relation"),
                     row.at("size_class"));
    }
    return rows;
}

TEST(IllustrativeProjects, LieToThePlanningAreasAsDrawn) {
    std::set<Row> found;
    for (const std::string layer : {"bauxite", "titanium"}) {
        const codec::Json answer = json_of(workspace().json({"overlaps", "projects", layer}));
        for (const codec::Json& pair : array_of(answer, "overlaps")) {
            found.emplace(text_of(pair, "left_id"), layer, text_of(pair, "right_id"), text_of(pair, "relation"),
                          text_of(pair, "size_class"));
        }
    }
    EXPECT_THAT(found, testing::ContainerEq(expected_rows()));
}

TEST(IllustrativeProjects, LieTheSameWhenCheckedAsAFile) {
    std::set<Row> found;
    for (const std::string file : {"projects.gpkg", "projects-3405.gpkg"}) {
        const codec::Json answer = json_of(workspace().json(
            {"check", sample("lamdong/projects-illustrative/" + file), "--layers", "bauxite,titanium"}));
        for (const codec::Json& pair : array_of(answer, "overlaps")) {
            found.emplace(text_of(pair, "left_id"), text_of(pair, "right_layer"), text_of(pair, "right_id"),
                          text_of(pair, "relation"), text_of(pair, "size_class"));
        }
    }
    EXPECT_THAT(found, testing::ContainerEq(expected_rows()));
}

TEST(IllustrativeProjects, HaveTheLengthsOfTheLineInsideTheAreas) {
    const codec::Json answer = json_of(workspace().json({"overlaps", "projects", "titanium"}));
    const std::map<std::string, double> expected = {{"TI-LS3", 3419.0}, {"TI-LS1", 8188.6}, {"TI-LS2", 6454.9}};
    std::size_t found = 0;
    for (const codec::Json& pair : array_of(answer, "overlaps")) {
        if (text_of(pair, "left_id") == "DA-05") {
            // planar metres of the plan: up to 0.1 % from the ellipsoid's
            EXPECT_NEAR(number_of(pair, "length_inside_m"), expected.at(text_of(pair, "right_id")), 0.001 * 8188.6);
            ++found;
        }
    }
    EXPECT_EQ(found, expected.size());
}

TEST(IllustrativeProjects, FindThePlantsNearAreasOnlyWhenAsked) {
    const SampleWorkspace plants({"power-plants", "titanium"});
    const auto pairs = [&plants](const std::string& near) {
        return json_of(plants.json({"overlaps", "power-plants", "titanium", "--near", near}));
    };
    const codec::Json none = pairs("0");
    for (const codec::Json& pair : array_of(none, "overlaps")) {
        EXPECT_NE(text_of(pair, "relation"), "near");
    }
    std::size_t near = 0;
    const codec::Json some = pairs("5000");
    for (const codec::Json& pair : array_of(some, "overlaps")) {
        if (text_of(pair, "relation") == "near") {
            EXPECT_GT(number_of(pair, "distance_m"), 0.0);
            EXPECT_LE(number_of(pair, "distance_m"), 5000.0);
            ++near;
        }
    }
    EXPECT_GT(near, 0U);
    EXPECT_GT(array_of(some, "overlaps").size(), array_of(none, "overlaps").size());
}

}  // namespace
}  // namespace ranh::test
