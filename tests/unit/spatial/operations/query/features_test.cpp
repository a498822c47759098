#include "spatial/operations/query/features.hpp"

#include "tests/support/packed_layers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::query {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::shared_ptr<const snapshot::PackedLayer> layer() {
    return test::packed({.id = "zones",
                         .features = {{"d", "POINT(5000 5000)", "bốn"},
                                      {"a", "POLYGON((0 0,100 0,100 100,0 100,0 0))", "một", "Nguyễn A"},
                                      {"c", "", "ba"},
                                      {"b", "POINT(50 200)", "hai"},
                                      {"e", "POINT(60 210)", "hai"}}});
}

std::vector<std::string> ids(const snapshot::PackedLayer& zones, const FeaturePage& page) {
    std::vector<std::string> texts;
    for (const std::uint32_t i : page.features) {
        texts.push_back(zones.id(i).text());
    }
    return texts;
}

TEST(FindFeatures, GivesPagesInOrderOfTheIds) {
    const auto zones = layer();
    FeatureQuery query{.limit = 2};
    std::vector<std::string> all;
    for (int pages = 0; pages < 3; ++pages) {
        const FeaturePage page = find_features(*zones, query).value();
        EXPECT_EQ(page.matched, 5U);
        for (const std::string& id : ids(*zones, page)) {
            all.push_back(id);
        }
        EXPECT_EQ(page.next.has_value(), pages < 2);
        query.after = page.next;
    }
    EXPECT_THAT(all, ElementsAre("a", "b", "c", "d", "e"));
}

TEST(FindFeatures, ACursorThatIsNoIdStartsAfterItsPlace) {
    const auto zones = layer();
    const FeaturePage page = find_features(*zones, {.after = FeatureId("bb"), .limit = 10}).value();
    EXPECT_THAT(ids(*zones, page), ElementsAre("c", "d", "e"));
    EXPECT_FALSE(page.next.has_value());
    EXPECT_TRUE(find_features(*zones, {.after = FeatureId("z")}).value().features.empty());
}

TEST(FindFeatures, FeaturesWithoutGeometryMatchEveryBox) {
    const auto zones = layer();
    const geom::Box around_a = zones->lonlat_box(*zones->find(FeatureId("a")));
    const FeaturePage page = find_features(*zones, {.lonlat_box = around_a}).value();
    EXPECT_THAT(ids(*zones, page), ElementsAre("a", "c"));
}

TEST(FindFeatures, TwoBoxesAcrossTheAntimeridianGiveEachFeatureOnce) {
    const auto zones = layer();
    const geom::Box around_a = zones->lonlat_box(*zones->find(FeatureId("a")));
    const FeaturePage page = find_features(*zones, {.lonlat_box = around_a, .other_lonlat_box = around_a}).value();
    EXPECT_EQ(page.matched, 2U);
}

TEST(FindFeatures, ConditionsOnFieldsHoldTogetherWithBoxAndPage) {
    const auto zones = layer();
    const FeaturePage page = find_features(*zones, {.equals = {{"name", "hai"}}, .limit = 1}).value();
    EXPECT_THAT(ids(*zones, page), ElementsAre("b"));
    EXPECT_EQ(page.matched, 2U);
    EXPECT_EQ(page.next, FeatureId("b"));
}

TEST(FindFeatures, PersonalAndUnknownFieldsAreRefusedAlike) {
    const auto zones = layer();
    for (const char* field : {"owner", "colour"}) {
        const auto refused = find_features(*zones, {.equals = {{field, "Nguyễn A"}}});
        ASSERT_FALSE(refused.ok());
        EXPECT_THAT(refused.error().sentence, HasSubstr("there are: name"));
        EXPECT_THAT(refused.error().sentence, testing::Not(HasSubstr("owner,")));
    }
}

}  // namespace
}  // namespace ranh::query
