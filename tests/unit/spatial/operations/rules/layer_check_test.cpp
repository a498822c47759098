#include "spatial/operations/rules/layer_check.hpp"

#include "tests/support/packed_layers.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::rules {
namespace {

using testing::ElementsAre;
using validation::IssueCode;

std::vector<std::string> told(const validation::ValidationReport& report) {
    std::vector<std::string> lines;
    for (const auto& issue : report.issues) {
        lines.push_back(issue.feature_id.text() + ' ' + std::string(to_string(issue.code)));
    }
    return lines;
}

const std::vector<test::DrawnFeature> drawn = {
    {"c", "POLYGON((0 0,8 8,8 0,0 8,0 0))", "N"},
    {"a", "POLYGON((20 0,28 0,28 8,20 8,20 0))", "N"},
    {"b", "POLYGON((40 0,48 0,60 0,48 0,48 8,40 8,40 0))", "S"},
    {"d", "", "S"},
    {"e", "LINESTRING(0 0,5 5)", "S"},
    {"f", "POLYGON((60 0,68 0,68 8,60 8,60 0),(70 0,70 1,71 1,71 0,70 0))", "S"},
};

TEST(LayerCheck, TellsIssuesInOrderOfIdWithSourceCoordinates) {
    const auto layer = test::packed({.features = drawn});
    const validation::ValidationReport report = check_layer(*layer, {});
    EXPECT_THAT(told(report), ElementsAre("b spike", "c self_intersection", "f hole_outside"));
    EXPECT_EQ(report.features_checked, 6U);
    EXPECT_EQ(report.counts.of(IssueCode::spike), 1U);
    EXPECT_EQ(report.counts.total(), 3U);
    EXPECT_EQ(report.issues[0].point, (geom::Point{500060, 1300000}));
    EXPECT_EQ(report.issues[0].measure, 12.0);
}

TEST(LayerCheck, FollowsTheProfile) {
    const auto layer = test::packed({.features = drawn});
    LayerCheckOptions options;
    options.profile.set_severity(IssueCode::spike, std::nullopt);
    options.profile.set_severity(IssueCode::hole_outside, validation::Severity::info);
    const validation::ValidationReport report = check_layer(*layer, options);
    EXPECT_THAT(told(report), ElementsAre("c self_intersection", "f hole_outside"));
    EXPECT_EQ(report.counts.of(validation::Severity::info), 1U);
}

TEST(LayerCheck, RefusesACommuneWhereNoFieldHoldsOne) {
    const auto layer = test::packed({.features = drawn});
    LayerCheckOptions options;
    options.commune = "24778";
    EXPECT_THROW(static_cast<void>(check_layer(*layer, options)), Failure);
}

TEST(LayerCheck, SaysTheSameWithAnyNumberOfThreads) {
    std::vector<test::DrawnFeature> many;
    for (int i = 0; i < 9000; ++i) {
        const int x = i % 100 * 20;
        const int y = i / 100 * 20;
        const bool torn = i % 7 == 0;
        many.push_back({fmt::format("p{}", i * 7919 % 9001),
                        torn ? fmt::format("POLYGON(({0} {1},{2} {3},{2} {1},{0} {3},{0} {1}))", x, y, x + 9, y + 9)
                             : fmt::format("POLYGON(({0} {1},{2} {1},{2} {3},{0} {3},{0} {1}))", x, y, x + 9, y + 9)});
    }
    const auto layer = test::packed({.features = many});
    LayerCheckOptions options;
    options.threads = 1;
    const auto one = check_layer(*layer, options);
    EXPECT_EQ(one.counts.of(IssueCode::self_intersection), 1286U);
    for (const unsigned threads : {2U, 7U}) {
        options.threads = threads;
        const auto several = check_layer(*layer, options);
        EXPECT_EQ(told(several), told(one));
        EXPECT_EQ(several.counts, one.counts);
    }
}

TEST(LayerCheck, StopsWhenTold) {
    const auto layer = test::packed({.features = drawn});
    CancelToken cancel;
    cancel.stop();
    LayerCheckOptions options;
    options.cancel = &cancel;
    EXPECT_THROW(static_cast<void>(check_layer(*layer, options)), Failure);
}

}  // namespace
}  // namespace ranh::rules
