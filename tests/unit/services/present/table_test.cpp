#include "services/present/table.hpp"

#include "tests/support/packed_layers.hpp"
#include "tests/support/tables.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::present {
namespace {

using testing::ElementsAre;
using testing::StartsWith;

constexpr auto west = "POLYGON((0 0,100 0,100 100,0 100,0 0))";
constexpr auto middle = "POLYGON((50 0,150 0,150 100,50 100,50 0))";
constexpr auto east = "POLYGON((100 0,200 0,200 100,100 100,100 0))";

engine::OverlapAnswer answer_for(const std::vector<test::DrawnFeature>& left,
                                 const std::vector<test::DrawnFeature>& right,
                                 const overlay::OverlapOptions& options = {}) {
    test::DrawnLayer plans{.id = "plans", .features = right};
    plans.description.status = model::LegalStatus::draft;
    return engine::measure_overlaps(test::packed({.id = "projects", .features = left}), test::packed(plans),
                                    Date::parse("2026-03-31").value(), Timestamp::parse("2026-04-01T00:00:00Z").value(),
                                    options);
}

TEST(CsvField, IsQuotedOnlyWhenItMustBe) {
    EXPECT_EQ(csv_field("plain"), "plain");
    EXPECT_EQ(csv_field(""), "");
    EXPECT_EQ(csv_field("Đắk Nông"), "Đắk Nông");
    EXPECT_EQ(csv_field("a,b"), "\"a,b\"");
    EXPECT_EQ(csv_field("a\"b"), "\"a\"\"b\"");
    EXPECT_EQ(csv_field("a\nb"), "\"a\nb\"");
    EXPECT_EQ(csv_field("a\rb"), "\"a\rb\"");
}

TEST(VietnameseNumbers, HaveDotsBetweenThousandsAndADecimalComma) {
    EXPECT_EQ(square_metres_text(15986997.6), "15.986.997,6 m²");
    EXPECT_EQ(square_metres_text(999.94), "999,9 m²");
    EXPECT_EQ(square_metres_text(999.96), "1.000,0 m²");
    EXPECT_EQ(square_metres_text(1000.0), "1.000,0 m²");
    EXPECT_EQ(square_metres_text(123456.7), "123.456,7 m²");
    EXPECT_EQ(square_metres_text(0.0), "0,0 m²");
    EXPECT_EQ(square_metres_text(-1234.5), "-1.234,5 m²");
}

TEST(VietnameseNumbers, GiveHectaresWithTwoDecimals) {
    EXPECT_EQ(hectares_text(15986997.6), "1.598,70 ha");
    EXPECT_EQ(hectares_text(13.49), "0,00 ha");
}

TEST(VietnameseNumbers, GiveSharesAsPercent) {
    EXPECT_EQ(percent_text(0.172), "17,2 %");
    EXPECT_EQ(percent_text(1.0), "100,0 %");
    EXPECT_EQ(percent_text(0.0), "0,0 %");
}

TEST(OverlapsCsv, StartsWithAByteOrderMarkAndEndsLinesAsTheStandardSays) {
    const std::string csv = overlaps_csv(answer_for({{.id = "P", .wkt = west}}, {{.id = "Z", .wkt = middle}}));
    EXPECT_THAT(csv, StartsWith("\xEF\xBB\xBFleft_id,left_name,"));
    EXPECT_TRUE(csv.ends_with("\r\n"));
}

TEST(OverlapsCsv, HasOneRowPerPairWithNamesVersionsAndDates) {
    const auto table =
        test::parse_csv(overlaps_csv(answer_for({{.id = "P", .wkt = west, .name = "Dự án \"A\", giai đoạn 1"}},
                                                {{.id = "Z", .wkt = middle}, {.id = "Y", .wkt = east}})));
    ASSERT_EQ(table.rows.size(), 2U);
    const auto& row = table.row("right_id", "Z");
    EXPECT_EQ(row.at("left_name"), "Dự án \"A\", giai đoạn 1");
    EXPECT_EQ(row.at("relation"), "crosses");
    EXPECT_EQ(row.at("left_version"), "projects@1");
    EXPECT_EQ(row.at("right_version"), "plans@1");
    EXPECT_EQ(row.at("right_status"), "dự thảo, chưa ký");
    EXPECT_EQ(row.at("at"), "2026-03-31");
    EXPECT_EQ(row.at("known_at"), "2026-04-01T00:00:00.000Z");
    EXPECT_NEAR(test::number_in(row, "area_planar_m2"), 5000.0, 1e-6);
    EXPECT_EQ(table.row("right_id", "Y").at("relation"), "touches");
    EXPECT_EQ(table.row("right_id", "Y").at("area_planar_m2"), "");
}

TEST(OverlapsCsv, WritesAreasThatReadBackTheSame) {
    const auto answer = answer_for({{.id = "P", .wkt = west}},
                                   {{.id = "Z", .wkt = "POLYGON((33.333 0,150 7,150 100,33.3 100,33.333 0))"}});
    const auto table = test::parse_csv(overlaps_csv(answer));
    EXPECT_EQ(test::number_in(table.rows.at(0), "area_m2"), answer.result.pairs.at(0).area_m2);
}

TEST(OverlapsCsv, HasAHeaderWithoutPairs) {
    const auto table = test::parse_csv(overlaps_csv(answer_for({{.id = "P", .wkt = west}}, {})));
    EXPECT_TRUE(table.rows.empty());
    EXPECT_EQ(table.header.front(), "left_id");
}

TEST(PairFeature, AgreesWithItsSchema) {
    const auto answer = answer_for({{.id = "P", .wkt = west}}, {{.id = "Z", .wkt = middle}});
    const model::Feature feature = pair_feature(answer.result.pairs.at(0), answer, crs::vn2000());
    const model::Schema schema = pair_schema();
    EXPECT_EQ(feature.id.text(), "P:Z");
    ASSERT_EQ(feature.values.size(), schema.fields.size());
    for (std::size_t i = 0; i < feature.values.size(); ++i) {
        const auto type = model::type_of(feature.values[i]);
        EXPECT_TRUE(!type || *type == schema.fields[i].type) << schema.fields[i].name;
    }
    EXPECT_FALSE(feature.geometry);
}

TEST(PairFeature, BringsItsGeometryIntoTheSystemAsked) {
    const auto answer = answer_for({{.id = "P", .wkt = west}}, {{.id = "Z", .wkt = middle}},
                                   {.geometry = overlay::OverlapGeometry::include});
    const auto grid = crs::Crs::from_epsg(5899).value();
    const model::Feature feature = pair_feature(answer.result.pairs.at(0), answer, grid);
    ASSERT_TRUE(feature.geometry);
    EXPECT_EQ(feature.crs, grid);
    const geom::Box box = *feature.geometry->box();
    EXPECT_NEAR(box.min.x, 500050.0, 1e-3);
    EXPECT_NEAR(box.max.x, 500100.0, 1e-3);
    EXPECT_NEAR(box.min.y, 1300000.0, 1e-3);
    EXPECT_NEAR(box.max.y, 1300100.0, 1e-3);
}

}  // namespace
}  // namespace ranh::present
