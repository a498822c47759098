#include "spatial/base/ids.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <unordered_set>

namespace ranh {
namespace {

TEST(LayerId, TakesSlugs) {
    EXPECT_EQ(LayerId::parse("bauxite-2026").value().text(), "bauxite-2026");
    EXPECT_TRUE(LayerId::parse("a").ok());
    EXPECT_TRUE(LayerId::parse(std::string(60, 'a')).ok());
    EXPECT_TRUE(LayerId::parse("history").ok());
}

class NoLayerId : public testing::TestWithParam<std::string> {};

TEST_P(NoLayerId, IsRefused) {
    const auto result = LayerId::parse(GetParam());
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().kind, ErrorKind::invalid_argument);
}

INSTANTIATE_TEST_SUITE_P(Texts, NoLayerId,
                         testing::Values("", "Bauxite", "1a", "-a", "a-", "a_b", "a b", "đất", "a.b", "a/b",
                                         std::string(61, 'a'), "zones-history", "ranh-layers", "gpkg-contents",
                                         "rtree-a", "a\n"));

TEST(VersionNumber, CountsInOrder) {
    EXPECT_LT(VersionNumber(2), VersionNumber(10));
    EXPECT_EQ(VersionNumber(3).value(), 3);
}

TEST(FeatureId, IsComparedAndHashedByItsText) {
    EXPECT_EQ(FeatureId("7"), FeatureId("7"));
    EXPECT_NE(FeatureId("7"), FeatureId("07"));
    const std::unordered_set<FeatureId> ids{FeatureId("a"), FeatureId("b"), FeatureId("a")};
    EXPECT_EQ(ids.size(), 2U);
}

TEST(FeatureRef, IsOrderedByLayerThenVersionThenFeature) {
    const LayerId a = LayerId::parse("a").value();
    const LayerId b = LayerId::parse("b").value();
    EXPECT_LT((FeatureRef{a, VersionNumber(9), FeatureId("z")}), (FeatureRef{b, VersionNumber(1), FeatureId("a")}));
    EXPECT_LT((FeatureRef{a, VersionNumber(1), FeatureId("z")}), (FeatureRef{a, VersionNumber(2), FeatureId("a")}));
}

}  // namespace
}  // namespace ranh
