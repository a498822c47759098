#include "services/present/collections.hpp"

#include "tests/support/service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::present {
namespace {

using test::at;
using testing::HasSubstr;

std::shared_ptr<const snapshot::PackedLayer> served(const char* id) {
    return test::served_snapshot()->find(LayerId::parse(id).value());
}

codec::Json described(const char* id, bool stale = false) {
    return codec::parse_json(collection_json("http://a", {served(id), stale})).value();
}

TEST(CollectionJson, SaysWhatTheLayerIs) {
    const codec::Json json = described("areas", true);
    EXPECT_EQ(at(json, "id").string(), "areas");
    EXPECT_EQ(at(json, "title").string(), "Vùng thử");
    EXPECT_EQ(at(json, "itemType").string(), "feature");
    EXPECT_EQ(at(json, "ranh:status").string(), "draft");
    EXPECT_EQ(at(json, "ranh:statusLabel/vi").string(), model::status_label(model::LegalStatus::draft).vi);
    EXPECT_EQ(at(json, "ranh:featureCount").integer(), 3);
    EXPECT_EQ(at(json, "ranh:geometryTypes/0").string(), "Polygon");
    EXPECT_EQ(at(json, "ranh:sourceCrs/0").string(), "EPSG:5899");
    EXPECT_EQ(at(json, "ranh:stale").boolean(), true);
    EXPECT_TRUE(at(json, "ranh:validFrom").is_null());
}

TEST(CollectionJson, TheExtentHoldsEveryFeature) {
    const auto layer = served("plants");
    const auto extent = advertised_extent(*layer);
    ASSERT_TRUE(extent.has_value());
    for (std::size_t i = 0; i < layer->size(); ++i) {
        if (layer->has_geometry(i)) {
            EXPECT_TRUE(geom::box_contains(*extent, layer->lonlat(i).points.front()));
        }
    }
    EXPECT_LT(extent->max.x - layer->lonlat_extent()->max.x, 2e-7);
}

TEST(CollectionJson, ALayerWithoutGeometryHasNoExtent) {
    EXPECT_EQ(described("nothing").find("extent"), nullptr);
    EXPECT_EQ(at(described("nothing"), "title").string(), "nothing");
}

TEST(CollectionsHtml, ListsTheLayersAndMarksDrafts) {
    const std::string html = collections_html("http://a", {{served("areas")}, {served("plants")}});
    EXPECT_THAT(html, HasSubstr("http://a/collections/areas/items?f=html"));
    EXPECT_THAT(html, HasSubstr("class=\"draft\""));
}

}  // namespace
}  // namespace ranh::present
