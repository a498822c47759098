#include "services/present/json.hpp"

#include "tests/support/packed_layers.hpp"
#include "tests/support/tables.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::present {
namespace {

using codec::Json;
using test::array_of;
using test::member;
using test::number_of;
using test::text_of;
using testing::ElementsAre;
using testing::IsSupersetOf;

constexpr auto west = "POLYGON((0 0,100 0,100 100,0 100,0 0))";
constexpr auto middle = "POLYGON((50 0,150 0,150 100,50 100,50 0))";

/// What a reader of our text gets.
Json through_text(const Json& json) { return test::json_of(codec::to_text(json, codec::JsonLayout::indented)); }

std::vector<std::string> members_of(const Json& json) {
    std::vector<std::string> names;
    for (const codec::JsonMember& entry : *json.object()) {
        names.push_back(entry.first);
    }
    return names;
}

std::shared_ptr<const snapshot::PackedLayer> draft_plans() {
    test::DrawnLayer plans{.id = "plans", .features = {{.id = "Z", .wkt = middle, .name = "Khu vực"}}};
    plans.description.title = "Quy hoạch";
    plans.description.kind = model::LayerKind::plan_area;
    plans.description.status = model::LegalStatus::draft;
    plans.description.validity =
        DateRange::from_inclusive(Date::parse("2026-01-01").value(), Date::parse("2026-12-31").value()).value();
    plans.description.provenance.decision = "866/QĐ-TTg";
    return test::packed(plans);
}

engine::OverlapAnswer overlaps_with(const overlay::OverlapOptions& options = {}) {
    return engine::measure_overlaps(
        test::packed({.id = "projects", .features = {{.id = "P", .wkt = west, .name = "Dự án", .owner = "Bà B"}}}),
        draft_plans(), Date::parse("2026-03-31").value(), Timestamp::parse("2026-04-01T00:00:00Z").value(), options);
}

TEST(LayerJson, HasTheFieldsPromised) {
    const Json json = through_text(layer_json(draft_plans()->version()));
    EXPECT_THAT(members_of(json), IsSupersetOf({"layer", "version", "kind", "status", "features", "crs", "valid_from",
                                                "valid_to", "held", "title"}));
    EXPECT_EQ(text_of(json, "layer"), "plans");
    EXPECT_EQ(number_of(json, "version"), 1.0);
    EXPECT_EQ(text_of(json, "kind"), "plan_area");
    EXPECT_EQ(text_of(json, "status"), "draft");
    EXPECT_EQ(number_of(json, "features"), 1.0);
    EXPECT_EQ(array_of(json, "crs").at(0).string(), "EPSG:5899");
    EXPECT_EQ(text_of(json, "valid_from"), "2026-01-01");
    EXPECT_EQ(text_of(json, "valid_to"), "2026-12-31");
    EXPECT_EQ(member(json, "held").boolean(), false);
    EXPECT_EQ(text_of(json, "title"), "Quy hoạch");
}

TEST(LayerJson, WritesOpenDatesAsNull) {
    const Json json = layer_json(test::packed({.id = "zones", .features = {}})->version());
    EXPECT_TRUE(member(json, "valid_from").is_null());
    EXPECT_TRUE(member(json, "valid_to").is_null());
}

TEST(VersionJson, TellsWhereTheVersionComesFrom) {
    const Json json = through_text(version_json(draft_plans()->version()));
    EXPECT_EQ(text_of(json, "decision"), "866/QĐ-TTg");
    EXPECT_EQ(text_of(member(json, "status_label"), "vi"), "dự thảo, chưa ký");
    EXPECT_THAT(members_of(json), IsSupersetOf({"source", "source_sha256", "crs_decision", "transform", "importer",
                                                "imported_at", "known_from", "read", "kept", "repaired", "rejected",
                                                "notes", "inputs", "content_hash"}));
}

TEST(OverlapsJson, HasTheFieldsPromised) {
    const Json json = through_text(overlaps_json(overlaps_with()));
    EXPECT_THAT(members_of(json), IsSupersetOf({"at", "known_at", "overlaps", "totals", "versions", "method"}));
    EXPECT_EQ(text_of(json, "at"), "2026-03-31");
    EXPECT_EQ(text_of(json, "known_at"), "2026-04-01T00:00:00.000Z");
    EXPECT_EQ(member(json, "draft").boolean(), true);
    ASSERT_EQ(array_of(json, "overlaps").size(), 1U);
    const Json& pair = array_of(json, "overlaps")[0];
    EXPECT_THAT(members_of(pair),
                IsSupersetOf({"left_id", "right_id", "relation", "size_class", "area_m2", "area_planar_m2",
                              "share_left", "share_right", "width_m", "distance_m", "bbox", "left_layer", "right_layer",
                              "right_version", "right_name", "right_title", "status", "status_label", "geometry"}));
    EXPECT_EQ(text_of(pair, "left_id"), "P");
    EXPECT_EQ(text_of(pair, "right_name"), "Khu vực");
    EXPECT_EQ(text_of(pair, "relation"), "crosses");
    EXPECT_EQ(text_of(pair, "size_class"), "overlap");
    EXPECT_NEAR(number_of(pair, "area_planar_m2"), 5000.0, 1e-6);
    EXPECT_EQ(array_of(pair, "bbox").size(), 4U);
    EXPECT_TRUE(member(pair, "geometry").is_null());
}

TEST(OverlapsJson, KeepsAreasBitForBit) {
    const auto answer = overlaps_with();
    const Json json = through_text(overlaps_json(answer));
    EXPECT_EQ(number_of(array_of(json, "overlaps").at(0), "area_m2"), answer.result.pairs.at(0).area_m2);
}

TEST(OverlapsJson, HasTotalsPerLeftFeatureAndOverAll) {
    const Json json = through_text(overlaps_json(overlaps_with()));
    const Json& totals = member(json, "totals");
    EXPECT_EQ(number_of(totals, "sum_m2"), number_of(totals, "union_m2"));
    ASSERT_EQ(array_of(totals, "per_left").size(), 1U);
    EXPECT_EQ(text_of(array_of(totals, "per_left")[0], "left_id"), "P");
    EXPECT_EQ(number_of(array_of(totals, "per_left")[0], "sum_m2"), number_of(totals, "sum_m2"));
}

TEST(OverlapsJson, NamesBothVersionsAndTheMethod) {
    const Json json = through_text(overlaps_json(overlaps_with()));
    ASSERT_EQ(array_of(json, "versions").size(), 2U);
    EXPECT_EQ(text_of(array_of(json, "versions")[0], "layer"), "projects");
    EXPECT_EQ(text_of(array_of(json, "versions")[1], "layer"), "plans");
    EXPECT_THAT(members_of(member(json, "method")), ElementsAre("measure", "plane", "relation", "geometry", "program"));
}

TEST(OverlapsJson, HoldsGeometryOnlyWhenItWasBuilt) {
    const Json json = through_text(overlaps_json(overlaps_with({.geometry = overlay::OverlapGeometry::include})));
    const Json& geometry = member(array_of(json, "overlaps").at(0), "geometry");
    EXPECT_EQ(text_of(geometry, "type"), "Polygon");
    const auto lon = (*array_of(geometry, "coordinates").at(0).array()).at(0).array()->at(0).number();
    EXPECT_NEAR(lon.value(), 107.752, 0.001);
}

TEST(OverlapsJson, ShowsNoPersonalField) {
    EXPECT_EQ(codec::to_text(overlaps_json(overlaps_with())).find("Bà B"), std::string::npos);
}

TEST(CheckJson, HasTheFieldsPromised) {
    const auto snapshot =
        std::make_shared<snapshot::Snapshot>(std::vector{draft_plans()}, Date::parse("2026-03-31").value(),
                                             Timestamp::parse("2026-04-01T00:00:00Z").value());
    const engine::Engine engine(std::make_shared<snapshot::Catalog>(snapshot));
    engine::CheckRequest request;
    request.projects = {test::feature_of({.id = "P", .wkt = west, .name = "Dự án", .owner = "Bà B"}, 5899)};
    request.schema.fields = {{"name"}, {"owner", model::FieldType::text, model::Privacy::personal}};
    request.crs_decisions = {"khai báo / declared"};
    request.notes = {"a note"};
    const Json json = through_text(check_json(engine.check(engine.view(), request)));
    EXPECT_THAT(members_of(json),
                IsSupersetOf({"at", "known_at", "projects", "overlaps", "totals", "versions", "method", "notes"}));
    const Json& project = array_of(json, "projects").at(0);
    EXPECT_EQ(text_of(project, "id"), "P");
    EXPECT_EQ(text_of(project, "name"), "Dự án");
    EXPECT_EQ(text_of(project, "crs"), "EPSG:5899");
    EXPECT_NEAR(number_of(member(project, "areas"), "area_planar_m2"), 10000.0, 1e-6);
    EXPECT_EQ(text_of(member(project, "areas"), "planar_crs"), "EPSG:5899");
    EXPECT_EQ(text_of(member(project, "geometry"), "type"), "Polygon");
    EXPECT_EQ(text_of(array_of(json, "overlaps").at(0), "status"), "draft");
    EXPECT_EQ(text_of(array_of(json, "versions").at(0), "layer"), "plans");
    EXPECT_EQ(codec::to_text(json).find("Bà B"), std::string::npos);
}

TEST(ImportJson, CountsWhatWasReadKeptAndRejected) {
    pipeline::ImportReport report;
    report.unit = "ring";
    report.read = 30;
    report.kept = 29;
    report.repaired = 1;
    report.rejected = 1;
    report.features = 24;
    report.systems = {crs::Crs::from_epsg(3405).value()};
    report.quarantine = {{"part 2 of BX-TT", "ring in ring", "TT.22;1;2"}};
    const Json json = through_text(import_json(report, LayerId::parse("bauxite").value()));
    EXPECT_EQ(text_of(json, "layer"), "bauxite");
    EXPECT_TRUE(member(json, "version").is_null());
    EXPECT_EQ(text_of(json, "unit"), "ring");
    EXPECT_EQ(number_of(json, "read"), number_of(json, "kept") + number_of(json, "rejected"));
    EXPECT_EQ(number_of(json, "features"), 24.0);
    EXPECT_EQ(text_of(array_of(json, "quarantine").at(0), "original"), "TT.22;1;2");
    EXPECT_EQ(array_of(json, "crs").at(0).string(), "EPSG:3405");
}

}  // namespace
}  // namespace ranh::present
