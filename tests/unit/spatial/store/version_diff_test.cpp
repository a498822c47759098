#include "spatial/store/version_diff.hpp"

#include "spatial/store/gpkg/gpkg_workspace.hpp"
#include "tests/support/program.hpp"
#include "tests/unit/spatial/store/drawn_versions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace ranh::test {
namespace {

class VersionDiff : public testing::Test {
protected:
    TemporaryFolder folder;
    std::unique_ptr<store::Workspace> workspace = gpkg::open_workspace(folder.file("w.gpkg"), gpkg::Access::read_write);

    std::map<std::string, store::FeatureDifference> differences(const model::LayerVersion& a,
                                                                const model::LayerVersion& b) {
        std::map<std::string, store::FeatureDifference> found;
        store::read_differences(*workspace, a, b, [&](store::FeatureDifference difference) {
            const std::string id = difference.id().text();
            found.emplace(id, std::move(difference));
        });
        return found;
    }
};

TEST_F(VersionDiff, TellsWhatWasAddedRemovedAndChanged) {
    auto features = squares(2000);
    const auto first = write(*workspace, "p", squares_description(), features);
    features[10].values[0] = std::string("renamed");
    features[20].geometry = square(3000).geometry;
    features[30].areas.area_ellipsoid_m2 = 99.0;  // measured anew: no difference of the data
    features[40].crs = crs::Crs::from_epsg(3406).value();
    features[40].areas.planar_epsg = 3406;
    features.pop_back();
    features.push_back(square(5000));
    const auto second = write(*workspace, "p", squares_description(), features);
    auto found = differences(first, second);
    ASSERT_EQ(found.size(), 5U);
    EXPECT_FALSE(found.at("p-0010").geometry);
    EXPECT_THAT(found.at("p-0010").fields, testing::ElementsAre("name"));
    EXPECT_TRUE(found.at("p-0020").geometry);
    EXPECT_TRUE(found.at("p-0020").fields.empty());
    EXPECT_TRUE(found.at("p-0040").geometry);
    EXPECT_FALSE(found.at("p-1999").after);
    EXPECT_FALSE(found.at("p-5000").before);
    EXPECT_EQ(differences(second, first).size(), 5U);
    EXPECT_TRUE(differences(first, first).empty());
}

TEST_F(VersionDiff, LooksAtWhatAnyTwoOfManyVersionsDoNotShare) {
    std::vector<std::map<std::string, model::Value>> texts(1);
    auto features = squares(20);
    write(*workspace, "p", squares_description(), features);
    for (const model::Feature& feature : features) {
        texts[0][feature.id.text()] = feature.values[0];
    }
    for (int number = 2; number <= 7; ++number) {
        const auto writer = change(*workspace, "p", number - 1);
        texts.push_back(texts.back());
        const std::string gone = square((5 * number) % 20).id.text();
        writer->remove(FeatureId(gone));
        texts.back().erase(gone);
        for (const int i : {number, 7 * number % 20}) {
            model::Feature feature = square(i);
            feature.values[0] = "in " + std::to_string(number / 2);
            writer->append(feature);
            texts.back()[feature.id.text()] = feature.values[0];
        }
        (void)writer->commit({});
    }
    for (std::size_t a = 0; a < texts.size(); ++a) {
        for (std::size_t b = 0; b < texts.size(); ++b) {
            const auto found = workspace->unshared_ids(layer_id("p"), VersionNumber(static_cast<int>(a) + 1),
                                                       VersionNumber(static_cast<int>(b) + 1));
            for (int i = 0; i < 20; ++i) {
                const FeatureId id = square(i).id;
                const auto in_a = texts[a].find(id.text());
                const auto in_b = texts[b].find(id.text());
                const bool same = in_a == texts[a].end() ? in_b == texts[b].end()
                                                         : in_b != texts[b].end() && in_a->second == in_b->second;
                EXPECT_TRUE(same || std::count(found.begin(), found.end(), id) == 1) << id.text() << a << b;
            }
            EXPECT_LE(found.size(), 3 * (a > b ? a - b : b - a));
        }
    }
}

TEST_F(VersionDiff, ComparesFieldsByTheirNames) {
    auto before = bare("a", "POINT(1 2)", 3405);
    before.values = {std::string("north"), std::int64_t{12}};
    auto after = bare("a", "POINT(1 2)", 3405);
    after.values = {std::int64_t{12}, std::string("red")};
    const auto first =
        write(*workspace, "p",
              description_of({{{"name", model::FieldType::text}, {"size", model::FieldType::integer}}}), {before});
    const auto second =
        write(*workspace, "p",
              description_of({{{"size", model::FieldType::integer}, {"colour", model::FieldType::text}}}), {after});
    EXPECT_THAT(differences(first, second).at("a").fields, testing::ElementsAre("colour", "name"));
}

}  // namespace
}  // namespace ranh::test
