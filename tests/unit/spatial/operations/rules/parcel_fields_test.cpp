#include "spatial/operations/rules/parcel_fields.hpp"

#include "spatial/operations/rules/layer_check.hpp"
#include "tests/support/packed_layers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace ranh::rules {
namespace {

using model::FieldType;
using testing::ElementsAre;
using validation::IssueCode;

struct Row {
    std::string id;
    std::string commune;
    std::string parcel;
    std::string land_code;
    std::string purposes;
    double registered_m2;
};

/// Parcels of 20 m by 20 m side by side.
std::shared_ptr<const snapshot::PackedLayer> layer_of(const std::vector<Row>& rows, model::LayerKind kind) {
    model::LayerVersion version{.layer = LayerId::parse("parcels").value(),
                                .number = VersionNumber(1),
                                .description = {},
                                .systems = {crs::Crs::from_epsg(5899).value()},
                                .feature_count = static_cast<std::int64_t>(rows.size()),
                                .known_from = {},
                                .content_hash = {}};
    version.description.kind = kind;
    version.description.provenance.map_scale = 1000;
    version.description.schema.fields = {{"commune_code"}, {"sheet", FieldType::integer},
                                         {"parcel"},       {"land_code"},
                                         {"use_purposes"}, {"registered_area_m2", FieldType::real}};
    const crs::WorkingPlane plane;
    snapshot::PackedLayerBuilder builder(std::move(version), plane);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto x = std::to_string(20 * i);
        const auto next = std::to_string(20 * i + 20);
        model::Feature feature = test::feature_of(
            {rows[i].id, "POLYGON((" + x + " 0," + next + " 0," + next + " 20," + x + " 20," + x + " 0))"}, 5899,
            plane);
        const auto text = [](const std::string& value) { return value.empty() ? model::Value() : model::Value(value); };
        feature.values = {text(rows[i].commune),   std::int64_t{54},       text(rows[i].parcel),
                          text(rows[i].land_code), text(rows[i].purposes), rows[i].registered_m2};
        feature.areas.area_stated_m2 = rows[i].registered_m2;
        builder.add(std::move(feature));
    }
    return builder.finish();
}

const std::vector<Row> rows = {
    {"a", "24778", "1", "ONT", R"([{"maMucDichSuDung":"ONT","dienTich":"400","ngayHetHanSuDung":"2020-01-01"}])", 400},
    {"b", "24778", "2", "BHK", "[{", 400},
    {"c", "24778", "1", "ONT", R"([{"maMucDichSuDung":"ONT","dienTich":390.5}])", 400},
    {"d", "24781", "1", "", "", 410},
    {"e", "24781", "", "CLN", "", 400},
};

std::vector<std::string> told(const validation::ValidationReport& report) {
    std::vector<std::string> lines;
    for (const auto& issue : report.issues) {
        lines.push_back(issue.feature_id.text() + ' ' + std::string(to_string(issue.code)));
    }
    return lines;
}

LayerCheckOptions options_of(const std::string& commune = {}) {
    return {.profile = {}, .day = Date::parse("2026-11-22").value(), .commune = commune};
}

TEST(ParcelRules, AreHeldOverALayerOfParcels) {
    const auto report = check_layer(*layer_of(rows, model::LayerKind::parcel), options_of());
    EXPECT_THAT(told(report),
                ElementsAre("a term_ended", "b land_code_not_in_force", "b purposes_unreadable", "c purposes_area",
                            "c key_duplicate", "d land_code_missing", "d area_differs", "e key_missing"));
    EXPECT_EQ(report.issues[4].other_feature_id, FeatureId("a"));
    EXPECT_EQ(report.issues[4].found, "24778.54.1");
    EXPECT_NEAR(*report.issues[6].measure, 10.0, 1e-6);
}

TEST(ParcelRules, AreHeldOverOneCommuneWhenAsked) {
    const auto report = check_layer(*layer_of(rows, model::LayerKind::parcel), options_of("24781"));
    EXPECT_THAT(told(report), ElementsAre("d land_code_missing", "d area_differs", "e key_missing"));
    EXPECT_EQ(report.features_checked, 2U);
}

TEST(ParcelRules, AreNotHeldOverOtherLayers) {
    const auto report = check_layer(*layer_of(rows, model::LayerKind::plan_area), options_of());
    EXPECT_EQ(report.counts.total(), 0U);
    EXPECT_TRUE(report.unchecked.empty());
}

TEST(ParcelRules, NameWhatCouldNotBeHeldAndWhy) {
    const auto report = check_layer(*layer_of(rows, model::LayerKind::parcel), options_of());
    ASSERT_EQ(report.unchecked.size(), 4U);
    EXPECT_TRUE(std::ranges::all_of(report.unchecked, [](const auto& one) {
        return one.reason == "không có trường mã định danh / no field geohash";
    }));

    validation::Profile profile;
    profile.set_severity(IssueCode::key_duplicate, std::nullopt);
    const auto unchecked = unchecked_rules(profile, {}, false);
    EXPECT_TRUE(std::ranges::none_of(unchecked, [](const auto& one) { return one.code == IssueCode::key_duplicate; }));
    EXPECT_TRUE(std::ranges::any_of(unchecked, [](const auto& one) { return one.code == IssueCode::key_missing; }));
}

}  // namespace
}  // namespace ranh::rules
