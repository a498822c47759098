#include "spatial/engine/engine.hpp"

#include "tests/support/packed_layers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::engine {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr auto west = "POLYGON((0 0,100 0,100 100,0 100,0 0))";
constexpr auto middle = "POLYGON((50 0,150 0,150 100,50 100,50 0))";
constexpr auto far_away = "POLYGON((5000 0,5100 0,5100 100,5000 100,5000 0))";

Engine engine_over(std::vector<std::shared_ptr<const snapshot::PackedLayer>> layers, const Limits& limits = {}) {
    const auto state = std::make_shared<snapshot::Snapshot>(std::move(layers), Date::parse("2026-03-31").value(),
                                                            Timestamp::parse("2026-04-01T00:00:00Z").value());
    return Engine(std::make_shared<snapshot::Catalog>(state), limits);
}

/// Two zones that overlap, and a plan.
Engine two_layers(const Limits& limits = {}) {
    return engine_over(
        {test::packed({.id = "zones", .features = {{.id = "1", .wkt = west}, {.id = "2", .wkt = middle}}}),
         test::packed({.id = "plans", .features = {{.id = "1", .wkt = west}}})},
        limits);
}

CheckRequest request_for(const std::vector<test::DrawnFeature>& projects) {
    CheckRequest request;
    request.schema.fields = {{"name", model::FieldType::text},
                             {"owner", model::FieldType::text, model::Privacy::personal}};
    for (const test::DrawnFeature& project : projects) {
        request.projects.push_back(test::feature_of(project, 5899));
        request.crs_decisions.emplace_back("declared");
    }
    return request;
}

/// The failure a check ends with.
Error failure_of(const Engine& engine, const CheckRequest& request) {
    try {
        static_cast<void>(engine.check(engine.view(), request));
    } catch (const Failure& failure) {
        return failure.error();
    }
    return {ErrorKind::internal, "nothing failed", {}};
}

std::vector<std::string> layers_of(const CheckAnswer& answer) {
    std::vector<std::string> layers;
    for (const OverlapAnswer& overlaps : answer.overlaps) {
        layers.push_back(overlaps.right->version().layer.text());
    }
    return layers;
}

TEST(EngineCheck, MeasuresAProjectAgainstEveryLayer) {
    const Engine engine = two_layers();
    const CheckAnswer answer = engine.check(engine.view(), request_for({{.id = "P", .wkt = west}}));
    EXPECT_THAT(layers_of(answer), ElementsAre("plans", "zones"));
    ASSERT_EQ(answer.overlaps[0].result.pairs.size(), 1U);
    EXPECT_EQ(answer.overlaps[0].result.pairs[0].relation, model::Relation::equals);
    EXPECT_EQ(answer.overlaps[1].result.pairs.size(), 2U);
}

TEST(EngineCheck, CountsGroundOfSeveralLayersOnce) {
    const Engine engine = two_layers();
    const CheckAnswer answer = engine.check(engine.view(), request_for({{.id = "P", .wkt = west}}));
    const double hectare = 10000.0 / (0.9999 * 0.9999);
    EXPECT_NEAR(answer.totals.sum_m2, 2.5 * hectare, 0.1);
    EXPECT_NEAR(answer.totals.union_m2, hectare, 0.1);
}

TEST(EngineCheck, TellsBothDates) {
    const Engine engine = two_layers();
    const CheckAnswer answer = engine.check(engine.view(), request_for({{.id = "P", .wkt = west}}));
    EXPECT_EQ(answer.at.to_string(), "2026-03-31");
    EXPECT_EQ(answer.known_at.to_string(), "2026-04-01T00:00:00.000Z");
    EXPECT_EQ(answer.overlaps[0].at, answer.at);
}

TEST(EngineCheck, TellsItsMethod) {
    const Engine engine = two_layers();
    const CheckAnswer answer = engine.check(engine.view(), request_for({{.id = "P", .wkt = west}}));
    EXPECT_THAT(answer.method.plane, HasSubstr("LAEA"));
    EXPECT_THAT(answer.method.program, HasSubstr("ranh"));
    EXPECT_FALSE(answer.method.measure.empty());
    EXPECT_FALSE(answer.method.relation.empty());
}

TEST(EngineCheck, TakesOnlyTheLayersNamed) {
    const Engine engine = two_layers();
    CheckRequest request = request_for({{.id = "P", .wkt = west}});
    request.layers = {LayerId::parse("zones").value(), LayerId::parse("zones").value()};
    EXPECT_THAT(layers_of(engine.check(engine.view(), request)), ElementsAre("zones"));
}

TEST(EngineCheck, NamesTheLayersThereAreWhenOneIsUnknown) {
    CheckRequest request = request_for({{.id = "P", .wkt = west}});
    request.layers = {LayerId::parse("forests").value()};
    const Error error = failure_of(two_layers(), request);
    EXPECT_EQ(error.kind, ErrorKind::not_found);
    EXPECT_THAT(error.sentence, HasSubstr("forests"));
    EXPECT_THAT(error.sentence, HasSubstr("zones"));
}

TEST(EngineCheck, LeavesSavedResultsOutUnlessNamed) {
    test::DrawnLayer saved{.id = "overlaps-zones-plans", .features = {{.id = "1:1", .wkt = west}}};
    saved.description.provenance.inputs = {"zones@1", "plans@1"};
    const Engine engine =
        engine_over({test::packed(saved), test::packed({.id = "zones", .features = {{.id = "1", .wkt = west}}})});
    CheckRequest request = request_for({{.id = "P", .wkt = west}});
    EXPECT_THAT(layers_of(engine.check(engine.view(), request)), ElementsAre("zones"));
    request.layers = {LayerId::parse("overlaps-zones-plans").value()};
    EXPECT_THAT(layers_of(engine.check(engine.view(), request)), ElementsAre("overlaps-zones-plans"));
}

TEST(EngineCheck, AnswersForAProjectThatMeetsNothing) {
    const Engine engine = two_layers();
    const CheckAnswer answer = engine.check(engine.view(), request_for({{.id = "P", .wkt = far_away}}));
    EXPECT_THAT(layers_of(answer), ElementsAre("plans", "zones"));
    EXPECT_TRUE(answer.overlaps[0].result.pairs.empty());
    EXPECT_EQ(answer.totals.sum_m2, 0.0);
}

TEST(EngineCheck, DoesNotCompareProjectsWithEachOther) {
    const Engine engine = two_layers();
    const CheckAnswer answer =
        engine.check(engine.view(), request_for({{.id = "P", .wkt = far_away}, {.id = "Q", .wkt = far_away}}));
    EXPECT_EQ(answer.projects->size(), 2U);
    EXPECT_TRUE(answer.overlaps[0].result.pairs.empty());
}

TEST(EngineCheck, TakesProjectsOfTwoSystems) {
    const Engine engine = two_layers();
    CheckRequest request = request_for({{.id = "P", .wkt = west}});
    request.projects.push_back(
        test::feature_of({.id = "Q", .wkt = "POINT(107.7518 11.7555)"}, 4326, crs::WorkingPlane(), false));
    const CheckAnswer answer = engine.check(engine.view(), request);
    const auto by_id = answer.projects->by_id();
    EXPECT_EQ(answer.projects->source_crs(by_id[0]).epsg(), 5899);
    EXPECT_EQ(answer.projects->source_crs(by_id[1]).epsg(), 4326);
    EXPECT_EQ(answer.overlaps[0].result.pairs.size(), 2U);
}

TEST(EngineCheck, NeedsAProject) {
    EXPECT_EQ(failure_of(two_layers(), request_for({})).kind, ErrorKind::invalid_argument);
}

TEST(EngineCheck, NeedsALayer) {
    const Error error = failure_of(engine_over({}), request_for({{.id = "P", .wkt = west}}));
    EXPECT_EQ(error.kind, ErrorKind::not_found);
    EXPECT_THAT(error.sentence, HasSubstr("ranh import"));
}

TEST(EngineCheck, RefusesMoreProjectsThanAllowed) {
    const Limits limits{.most_project_points = 1000, .most_projects = 1};
    EXPECT_EQ(failure_of(two_layers(limits), request_for({{.id = "P", .wkt = west}})).sentence, "nothing failed");
    const Error error =
        failure_of(two_layers(limits), request_for({{.id = "P", .wkt = west}, {.id = "Q", .wkt = west}}));
    EXPECT_EQ(error.kind, ErrorKind::limit_exceeded);
    EXPECT_THAT(error.sentence, HasSubstr("at most 1"));
}

TEST(EngineCheck, RefusesMoreCornersThanAllowed) {
    const Limits limits{.most_project_points = 9, .most_projects = 10};
    EXPECT_EQ(failure_of(two_layers(limits), request_for({{.id = "P", .wkt = west}})).sentence, "nothing failed");
    const Error error =
        failure_of(two_layers(limits), request_for({{.id = "P", .wkt = west}, {.id = "Q", .wkt = west}}));
    EXPECT_EQ(error.kind, ErrorKind::limit_exceeded);
    EXPECT_THAT(error.sentence, HasSubstr("10 corners"));
}

TEST(EngineCheck, StopsWhenCancelled) {
    CancelToken cancel;
    cancel.stop();
    CheckRequest request = request_for({{.id = "P", .wkt = west}});
    request.options.cancel = &cancel;
    EXPECT_EQ(failure_of(two_layers(), request).kind, ErrorKind::cancelled);
}

TEST(EngineCheck, AnswersFromTheSnapshotOfItsViewWhenTheCatalogMovesOn) {
    const auto state = [](const std::string& wkt) {
        return std::make_shared<snapshot::Snapshot>(
            std::vector{test::packed({.id = "zones", .features = {{.id = "1", .wkt = wkt}}})}, Date::today(),
            Timestamp::now());
    };
    const auto catalog = std::make_shared<snapshot::Catalog>(state(west));
    const Engine engine(catalog);
    const auto view = engine.view();
    catalog->swap(state(far_away));
    const CheckRequest request = request_for({{.id = "P", .wkt = west}});
    EXPECT_EQ(engine.check(view, request).overlaps[0].result.pairs.size(), 1U);
    EXPECT_TRUE(engine.check(engine.view(), request).overlaps[0].result.pairs.empty());
}

TEST(MeasureOverlaps, IsADraftWhenASideIs) {
    test::DrawnLayer drawn{.id = "plans", .features = {{.id = "1", .wkt = west}}};
    drawn.description.status = model::LegalStatus::draft;
    const auto draft = test::packed(drawn);
    const auto zones = test::packed({.id = "zones", .features = {{.id = "1", .wkt = west}}});
    const auto measured = [](const auto& left, const auto& right) {
        return measure_overlaps(left, right, Date::today(), Timestamp::now(), {});
    };
    EXPECT_TRUE(measured(draft, zones).is_draft());
    EXPECT_TRUE(measured(zones, draft).is_draft());
    EXPECT_FALSE(measured(zones, zones).is_draft());
}

}  // namespace
}  // namespace ranh::engine
