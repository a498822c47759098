#include "tests/scenario/acceptance/planning_workspace.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

namespace ranh::test {
namespace {

struct PublishedOverlap {
    const char* layer;
    const char* left;
    const char* right;
    double planar_m2;
    double ellipsoid_m2;
};

constexpr std::array<PublishedOverlap, 6> published = {{
    {"bauxite", "BX-GN", "BX-GN21", 16'004'000.0, 15'986'997.6},
    {"bauxite", "BX-DS", "BX-DS1", 11'154'436.0, 11'139'386.7},
    {"bauxite", "BX-NC", "BX-DSR", 6'930.1, 6'923.5},
    {"bauxite", "BX-BL1", "BX-BL", 4'101.3, 4'095.5},
    {"bauxite", "BX-NC", "BX-QT", 1'393.2, 1'391.7},
    {"titanium", "TI-HT1", "TI-HT2", 13.49, 13.48},
}};

const codec::Json& overlaps_of(const std::string& layer) {
    static const std::map<std::string, codec::Json> answers = {
        {"bauxite", json_of(planning().workspace.json({"overlaps", "bauxite", "bauxite"}))},
        {"titanium", json_of(planning().workspace.json({"overlaps", "titanium", "titanium"}))}};
    return answers.at(layer);
}

/// 0.1 m² or a millionth; 0.01 m² for the smallest.
double tolerance(double area_m2) { return area_m2 > 100.0 ? std::max(0.1, 1e-6 * area_m2) : 0.01; }

class PublishedOverlaps : public testing::TestWithParam<PublishedOverlap> {};

TEST_P(PublishedOverlaps, HaveTheAreasOfThePlan) {
    const codec::Json* pair = find_pair(overlaps_of(GetParam().layer), GetParam().left, GetParam().right);
    ASSERT_NE(pair, nullptr);
    EXPECT_NEAR(number_of(*pair, "area_planar_m2"), GetParam().planar_m2, tolerance(GetParam().planar_m2));
    EXPECT_NEAR(number_of(*pair, "area_m2"), GetParam().ellipsoid_m2, tolerance(GetParam().ellipsoid_m2));
}

INSTANTIATE_TEST_SUITE_P(InsideTheData, PublishedOverlaps, testing::ValuesIn(published), [](const auto& tested) {
    std::string name = std::string(tested.param.left) + "And" + tested.param.right;
    std::erase(name, '-');
    return name;
});

TEST(PublishedOverlapsOfTheLayer, AreAllThereAre) {
    std::size_t found = 0;
    for (const std::string layer : {"bauxite", "titanium"}) {
        for (const codec::Json& pair : array_of(overlaps_of(layer), "overlaps")) {
            if (number_of(pair, "area_m2") <= 0.01) {
                continue;
            }
            ++found;
            const bool known =
                std::any_of(published.begin(), published.end(), [&pair](const PublishedOverlap& overlap) {
                    const std::string a = text_of(pair, "left_id");
                    const std::string b = text_of(pair, "right_id");
                    return (a == overlap.left && b == overlap.right) || (a == overlap.right && b == overlap.left);
                });
            EXPECT_TRUE(known) << codec::to_text(pair);
        }
    }
    EXPECT_EQ(found, published.size());
}

TEST(PublishedOverlapsOfTheLayer, DoNotOccurBetweenBauxiteAndTitanium) {
    EXPECT_TRUE(array_of(json_of(planning().workspace.json({"overlaps", "bauxite", "titanium"})), "overlaps").empty());
}

struct Touching {
    const char* layer;
    const char* left;
    const char* right;
};

class TouchingAreas : public testing::TestWithParam<Touching> {};

TEST_P(TouchingAreas, TouchWithoutArea) {
    const codec::Json* pair = find_pair(overlaps_of(GetParam().layer), GetParam().left, GetParam().right);
    ASSERT_NE(pair, nullptr);
    EXPECT_EQ(text_of(*pair, "relation"), "touches");
    EXPECT_EQ(text_of(*pair, "size_class"), "none");
    EXPECT_EQ(number_of(*pair, "area_m2"), 0.0);
    EXPECT_EQ(number_of(*pair, "distance_m"), 0.0);
}

INSTANTIATE_TEST_SUITE_P(InsideTheData, TouchingAreas,
                         testing::Values(Touching{"bauxite", "BX-TT", "BX-QS"},
                                         Touching{"titanium", "TI-LS1", "TI-LS2"},
                                         Touching{"bauxite", "BX-GN", "BX-TN15"}, Touching{"bauxite", "BX-GN", "BX-TD"},
                                         Touching{"bauxite", "BX-BL1", "BX-LL"},
                                         Touching{"titanium", "TI-LS1", "TI-LS3"}),
                         [](const auto& tested) {
                             std::string name = std::string(tested.param.left) + "And" + tested.param.right;
                             std::erase(name, '-');
                             return name;
                         });

TEST(TouchingAreasOfTheLayer, AreAllThereAre) {
    std::size_t found = 0;
    for (const std::string layer : {"bauxite", "titanium"}) {
        for (const codec::Json& pair : array_of(overlaps_of(layer), "overlaps")) {
            found += text_of(pair, "relation") == "touches" ? 1U : 0U;
        }
    }
    EXPECT_EQ(found, 6U);
}

TEST(PublishedOverlapsOfTheLayer, AreMarkedAsDraft) {
    EXPECT_EQ(member(overlaps_of("bauxite"), "draft").boolean(), true);
    EXPECT_THAT(planning().workspace.run({"overlaps", "bauxite", "bauxite"}).output,
                testing::HasSubstr("dự thảo, chưa ký"));
}

}  // namespace
}  // namespace ranh::test
