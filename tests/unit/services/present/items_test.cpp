#include "services/present/items.hpp"

#include "tests/support/service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::present {
namespace {

using test::at;
using testing::HasSubstr;
using testing::Not;

std::shared_ptr<const snapshot::PackedLayer> served(const char* id) {
    return test::served_snapshot()->find(LayerId::parse(id).value());
}

/// The n-th feature in the order of ids.
std::size_t nth(const char* id, std::size_t n) { return served(id)->by_id()[n]; }

TEST(ItemGeojson, HasAttributesAndNamedAreasButNothingPersonal) {
    const std::string text = item_geojson("http://a", *served("areas"), nth("areas", 0));
    const codec::Json json = codec::parse_json(text).value();
    EXPECT_EQ(at(json, "id").string(), "A-1");
    EXPECT_EQ(at(json, "properties/name").string(), "Tây <b>");
    EXPECT_EQ(at(json, "properties/planar_crs").string(), "EPSG:5899");
    EXPECT_NEAR(*at(json, "properties/area_planar_m2").number(), 1e6, 1e-3);
    EXPECT_NEAR(*at(json, "properties/area_ellipsoid_m2").number(), 1e6, 1e3);
    EXPECT_THAT(text, Not(HasSubstr("Nguyễn")));
    EXPECT_THAT(text, Not(HasSubstr("owner")));
}

TEST(ItemGeojson, AFeatureWithoutGeometryHasANullGeometry) {
    const codec::Json json = codec::parse_json(item_geojson("http://a", *served("plants"), nth("plants", 0))).value();
    EXPECT_TRUE(json.find("geometry")->is_null());
    EXPECT_EQ(json.find("bbox"), nullptr);
}

TEST(ItemsGeojson, LinksToTheNextPageWithTheQueryKept) {
    const auto layer = served("plants");
    const query::FeaturePage page = query::find_features(*layer, {.limit = 2}).value();
    const ItemsPage view{*layer,          page, ItemGeometry::leave_out, {{"skipGeometry", "true"}, {"limit", "2"}}, 2,
                         Timestamp::now()};
    const codec::Json json = codec::parse_json(items_geojson("http://a", view)).value();
    EXPECT_EQ(at(json, "numberReturned").integer(), 2);
    EXPECT_EQ(at(json, "numberMatched").integer(), 6);
    EXPECT_TRUE(at(json, "features/1/geometry").is_null());
    EXPECT_TRUE(at(json, "features/1/bbox").array() != nullptr);
    EXPECT_THAT(test::links_of(json, "next"),
                testing::ElementsAre("http://a/collections/plants/items?skipGeometry=true&limit=2&cursor=P-1&f=json"));
}

TEST(ItemsHtml, EscapesAttributes) {
    const auto layer = served("areas");
    const query::FeaturePage page = query::find_features(*layer, {}).value();
    const std::string html = items_html("http://a", {*layer, page, ItemGeometry::include, {}, 10, Timestamp::now()});
    EXPECT_THAT(html, HasSubstr("Tây &lt;b&gt;"));
    EXPECT_THAT(html, Not(HasSubstr("Tây <b>")));
    EXPECT_THAT(html, Not(HasSubstr("Nguyễn")));
}

TEST(ItemHtml, NamesTheFeature) {
    EXPECT_THAT(item_html("http://a", *served("plants"), nth("plants", 5)), HasSubstr("<h1>năm / lẻ</h1>"));
}

}  // namespace
}  // namespace ranh::present
