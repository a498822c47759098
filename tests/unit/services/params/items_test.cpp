#include "services/params/items.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::params {
namespace {

using testing::ElementsAre;
using testing::Pair;

const model::Schema schema{{{"name", model::FieldType::text},
                            {"owner", model::FieldType::text, model::Privacy::personal},
                            {"limit", model::FieldType::integer}}};

TEST(ItemParameters, AreTheFixedOnesAndTheOpenFields) {
    EXPECT_THAT(item_parameters(schema),
                ElementsAre("f", "bbox", "datetime", "limit", "cursor", "skipGeometry", "name"));
}

TEST(ParseItems, ReadsEveryParameter) {
    const ItemsRequest request = parse_items({{"bbox", "107,11,108,12"},
                                              {"datetime", "2026-01-01/.."},
                                              {"limit", "25"},
                                              {"cursor", "BX-1"},
                                              {"skipGeometry", "true"},
                                              {"name", "Gia Nghĩa"},
                                              {"f", "json"}},
                                             schema)
                                     .value();
    EXPECT_EQ(request.query.lonlat_box, (geom::Box{{107, 11}, {108, 12}}));
    EXPECT_EQ(request.query.limit, 25U);
    EXPECT_EQ(request.query.after, FeatureId("BX-1"));
    EXPECT_EQ(request.geometry, GeometryMember::skip);
    EXPECT_THAT(request.query.equals, ElementsAre(Pair("name", "Gia Nghĩa")));
}

TEST(ParseItems, AnAntimeridianBoxBecomesTwo) {
    const ItemsRequest request = parse_items({{"bbox", "177,65,-177,70"}}, schema).value();
    EXPECT_TRUE(request.query.lonlat_box.has_value());
    EXPECT_TRUE(request.query.other_lonlat_box.has_value());
}

TEST(ParseItems, ALimitAboveTheMaximumIsLowered) {
    EXPECT_EQ(parse_items({}, schema).value().query.limit, default_limit);
    EXPECT_EQ(parse_items({{"limit", "10001"}}, schema).value().query.limit, most_limit);
    EXPECT_EQ(parse_items({{"limit", "99999999999999999999999"}}, schema).value().query.limit, most_limit);
}

TEST(ParseItems, RefusesUnknownNamesAndInvalidValues) {
    for (const QueryPairs& query : {QueryPairs{{"limit", "0"}},
                                    {{"limit", "-1"}},
                                    {{"limit", "ten"}},
                                    {{"limit", ""}},
                                    {{"limit", "1.5"}},
                                    {{"bbox", "1,2,3"}},
                                    {{"datetime", "soon"}},
                                    {{"skipGeometry", "yes"}},
                                    {{"colour", "red"}},
                                    {{"owner", "Nguyễn A"}},
                                    {{"name", "a"}, {"name", "b"}}}) {
        const auto parsed = parse_items(query, schema);
        ASSERT_FALSE(parsed.ok()) << query.front().first << "=" << query.front().second;
        EXPECT_EQ(parsed.error().kind, ErrorKind::invalid_argument);
    }
}

}  // namespace
}  // namespace ranh::params
