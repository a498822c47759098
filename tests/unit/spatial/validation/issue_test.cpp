#include "spatial/validation/issue.hpp"

#include <gtest/gtest.h>

namespace ranh::validation {
namespace {

ValidationIssue short_edge() {
    ValidationIssue issue;
    issue.code = IssueCode::short_edge;
    issue.severity = Severity::warning;
    issue.ring = 0;
    issue.vertex = 2;
    issue.point = geom::Point{500010.5, 1200000.25};
    issue.measure = 0.004;
    issue.tolerance = 0.01;
    return issue;
}

TEST(ValidationIssue, SpeaksOfPlaceMeasureLimitAndRemedyInBothLanguages) {
    EXPECT_EQ(sentence_en(short_edge()),
              "Short edge (ring 1, corner 3) at (500010.5, 1200000.25), length of the edge 0.004 m (limit 0.01 m, "
              "least_edge_m). See whether the two corners are one mark; if so, remove one.");
    EXPECT_EQ(sentence_vi(short_edge()),
              "Cạnh quá ngắn (vòng 1, đỉnh 3) tại (500010.5, 1200000.25), chiều dài cạnh 0.004 m (ngưỡng 0.01 m, "
              "least_edge_m). Xem hai đỉnh có phải là một mốc không; nếu phải, bỏ một đỉnh.");
}

TEST(ValidationIssue, NamesTheOtherRing) {
    ValidationIssue issue;
    issue.code = IssueCode::hole_nested;
    issue.ring = 2;
    issue.other_ring = 1;
    issue.measure = 4.0;
    EXPECT_EQ(
        sentence_en(issue),
        "Hole inside another hole (ring 3; with ring 2), area of the ring 4 m2. Remove the inner hole, or make it "
        "a part of its own.");
}

TEST(ValidationIssue, NamesFieldValueAndTheOtherFeature) {
    ValidationIssue issue;
    issue.code = IssueCode::geohash_duplicate;
    issue.field = "geohash";
    issue.found = "w6hdggyrwsv7";
    issue.other_feature_id = FeatureId("24778.54.42");
    EXPECT_EQ(
        sentence_en(issue),
        "Same parcel identifier twice, field geohash: 'w6hdggyrwsv7', with 24778.54.42. Compute it again for both "
        "parcels.");
}

TEST(ValidationReport, CountsByCodeAndSeverity) {
    ValidationReport report;
    report.add(short_edge());
    report.add(short_edge());
    ValidationIssue broken;
    broken.code = IssueCode::spike;
    report.add(broken);
    EXPECT_EQ(report.counts.of(IssueCode::short_edge), 2U);
    EXPECT_EQ(report.counts.of(IssueCode::short_edge, Severity::error), 0U);
    EXPECT_EQ(report.counts.of(Severity::warning), 2U);
    EXPECT_EQ(report.counts.of(Severity::error), 1U);
    EXPECT_EQ(report.counts.total(), report.issues.size());

    IssueCounts sum = report.counts;
    sum.add(report.counts);
    EXPECT_EQ(sum.of(IssueCode::short_edge), 4U);
    EXPECT_EQ(sum.of(IssueCode::self_touch), 0U);
}

}  // namespace
}  // namespace ranh::validation
