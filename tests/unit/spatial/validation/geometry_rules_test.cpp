#include "spatial/validation/geometry_rules.hpp"

#include "tests/support/wkt.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace ranh::validation {
namespace {

using test::operator""_wkt;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<ValidationIssue> check(const geom::Geometry& area, const Profile& profile = Profile(),
                                   PlaneScale scale = {}) {
    std::vector<ValidationIssue> issues;
    GeometryRules(profile).check(area, scale, issues);
    return issues;
}

/// "code ring/vertex (other ring/vertex) at x y = measure", places counted from 0.
std::string text_of(const ValidationIssue& issue) {
    std::string text(to_string(issue.code));
    const auto place = [](const auto& ring, const auto& vertex) {
        return vertex ? fmt::format("{}/{}", *ring, *vertex) : fmt::format("{}", *ring);
    };
    if (issue.ring) {
        text += ' ' + place(issue.ring, issue.vertex);
    }
    if (issue.other_ring) {
        text += " with " + place(issue.other_ring, issue.other_vertex);
    }
    if (issue.point) {
        text += fmt::format(" at {} {}", issue.point->x, issue.point->y);
    }
    if (issue.measure) {
        text += fmt::format(" = {:.6g}", *issue.measure);
    }
    return text;
}

struct Case {
    std::string_view wkt;
    std::vector<std::string> issues;
};

const Case cases[] = {
    // Nothing wrong.
    {"POLYGON((0 0,8 0,8 8,0 8,0 0))", {}},
    {"POLYGON((0 0,8 0,8 8,0 8,0 0),(0 0,1 2,2 1,0 0))", {}},
    {"POLYGON((0 0,8 0,8 8,0 8,0 0),(2 2,2 4,4 4,4 2,2 2),(4 4,4 6,6 6,6 4,4 4))", {}},
    {"MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0)),((4 4,8 4,8 8,4 8,4 4)))", {}},
    {"MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0),(1 1,1 8,8 8,8 1,1 1)),((2 2,7 2,7 7,2 7,2 2)))", {}},
    // One ring.
    {"POLYGON((0 0,4 4,0 0,0 0))", {"too_few_points 0 at 0 0 = 2", "repeated_point 0/3 at 0 0 = 0"}},
    {"POLYGON((0 0,4 4,8 8,2 2,0 0))", {"zero_area 0 at 0 0 = 0"}},
    {"POLYGON((0 0,4 4,4 0,0 4,0 0))", {"self_intersection 0/0 with 0/2 at 2 2 = 4"}},
    {"POLYGON((0 0,2 2,4 4,4 0,2 2,0 4,0 0))", {"self_intersection 0/1 with 0/4 at 2 2 = 4"}},
    {"POLYGON((0 0,8 0,8 8,4 0,0 8,0 0))", {"self_touch 0/0 with 0/3 at 4 0 = 0"}},
    {"POLYGON((0 0,2 2,4 0,4 4,2 2,0 4,0 0))", {"self_touch 0/1 with 0/4 at 2 2 = 0"}},
    {"POLYGON((0 0,8 0,8 8,4 8,4 2,3 2,3 8,4 8,4 9,0 9,0 0))", {"self_touch 0/3 with 0/7 at 4 8 = 0"}},
    {"POLYGON((0 0,4 0,9 0,4 0,4 4,0 4,0 0))", {"spike 0/2 at 9 0 = 5"}},
    {"POLYGON((0 0,4 0,4 4,4 7,4 5,0 5,0 0))", {"spike 0/3 at 4 7 = 2"}},
    {"POLYGON((0 0,8 0,8 4,4 4,4 2,6 2,6 1,4 1,4 4,0 4,0 0))", {"self_touch 0/3 with 0/7 at 4 2 = 2"}},
    {"POLYGON((0 0,4 0,4 0,4 4,0 4,0 0))", {"repeated_point 0/2 at 4 0 = 0"}},
    {"POLYGON((0 0,4 0,4.00005 0,4 4,0 4,0 0))", {"repeated_point 0/2 at 4.00005 0 = 5e-05"}},
    {"POLYGON((0 0,4 0,4.004 0.003,4 4,0 4,0 0))", {"short_edge 0/1 at 4 0 = 0.005"}},
    {"POLYGON((0 0,4 0,4 2,100 2.01,4 2.02,4 4,0 4,0 0))", {"sharp_angle 0/3 at 100 2.01 = 0.0119366"}},
    {"POLYGON((0 0,0.2 0,0.2 0.2,0 0.2,0 0))", {"small_area at 0 0 = 0.04"}},
    // Several at once, all of them told.
    {"POLYGON((0 0,4 4,4 0,0 4,-2 4,-2 9,-2 4,-4 4,-4 0,-2 0,-2 0,0 0))",
     {"self_intersection 0/0 with 0/2 at 2 2 = 4", "spike 0/5 at -2 9 = 5", "repeated_point 0/10 at -2 0 = 0"}},
    // Holes.
    {"POLYGON((0 0,8 0,8 8,0 8,0 0),(6 6,6 10,10 10,10 6,6 6))", {"hole_crossing 1/3 with 0/1 at 8 6 = 12"}},
    {"POLYGON((0 0,8 0,8 8,0 8,0 0),(10 0,10 2,12 2,12 0,10 0))", {"hole_outside 1 with 0 at 10 0 = 4"}},
    {"POLYGON((0 0,8 0,8 8,0 8,0 0),(8 8,8 9,9 9,9 8,8 8))", {"hole_outside 1 with 0 at 8 8 = 1"}},
    {"POLYGON((0 0,8 0,8 8,0 8,0 0),(-1 -1,-1 9,9 9,9 -1,-1 -1))", {"hole_outside 1 with 0 at -1 -1 = 100"}},
    {"POLYGON((0 0,8 0,8 8,0 8,0 0),(0 2,0 4,2 4,2 2,0 2))", {"shared_edge 0/3 with 1/0 at 0 2 = 2"}},
    {"POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,1 8,8 8,8 1,1 1),(2 2,2 3,3 3,3 2,2 2))", {"hole_nested 2 with 1 at 2 2 = 1"}},
    {"POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,1 4,4 4,4 1,1 1),(3 3,3 5,5 5,5 3,3 3))",
     {"hole_crossing 2/0 with 1/1 at 3 4 = 1"}},
    {"POLYGON((0 0,8 0,8 8,0 8,0 0),(0 4,4 5,8 4,4 3,0 4))", {"interior_disconnected 1/2 at 8 4"}},
    {"POLYGON((0 0,9 0,9 9,0 9,0 0),(2 2,2 4,4 4,4 2,2 2),(4 4,4 6,6 6,6 4,4 4),(2 4,2 6,4 6,2 4))",
     {"interior_disconnected 3/2 at 4 6"}},
    // Parts.
    {"MULTIPOLYGON(((0 0,8 0,8 8,0 8,0 0)),((2 2,4 2,4 4,2 4,2 2)))", {"nested_shells 1 with 0 at 2 2 = 4"}},
    {"MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0)),((2 2,6 2,6 6,2 6,2 2)))", {"part_crossing 1/0 with 0/1 at 4 2 = 4"}},
    {"MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0)),((4 1,8 1,8 3,4 3,4 1)))", {"shared_edge 0/1 with 1/3 at 4 1 = 2"}},
    {"MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0)),((0 0,4 0,4 4,0 4,0 0)))", {"shared_edge 0/0 with 1/0 at 0 0 = 16"}},
    // Orientation.
    {"POLYGON((0 0,8 0,8 8,0 8,0 0),(2 2,4 2,4 4,2 4,2 2))", {"wrong_orientation 1 at 2 2"}},
    {"POLYGON((0 0,0 8,8 8,8 0,0 0),(2 2,4 2,4 4,2 4,2 2))", {}},
    {"MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0)),((5 5,5 8,8 8,8 5,5 5)))", {"wrong_orientation 1 at 5 5"}},
};

TEST(GeometryRules, TellEachFaultWithPlaceAndMeasure) {
    for (const Case& one : cases) {
        std::vector<std::string> told;
        for (const auto& issue : check(test::from_wkt(one.wkt))) {
            told.push_back(text_of(issue));
        }
        EXPECT_EQ(told, one.issues) << one.wkt;
    }
}

TEST(GeometryRules, SayTheSameFarFromTheOrigin) {
    for (const Case& one : cases) {
        geom::Geometry area = test::from_wkt(one.wkt);
        for (geom::Point& p : area.mutable_points()) {
            p = {p.x * 1024.0 + 524288.0, p.y * 1024.0 + 1310720.0};  // exact
        }
        EXPECT_EQ(is_valid_area(area), is_valid_area(test::from_wkt(one.wkt))) << one.wkt;
    }
}

TEST(GeometryRules, TellAnOpenRingByTheDistanceOfItsEnds) {
    geom::Geometry area(geom::GeometryType::polygon);
    const geom::Point ring[] = {{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0.25}};
    area.add_path(ring);
    area.end_part();
    const auto issues = check(area);
    ASSERT_EQ(issues.size(), 1U);
    EXPECT_EQ(text_of(issues[0]), "ring_not_closed 0/4 at 0 0.25 = 0.25");
    EXPECT_FALSE(is_valid_area(area));
}

TEST(GeometryRules, TellCoordinatesThatAreNoNumbers) {
    geom::Geometry area = "POLYGON((0 0,4 0,4 4,0 4,0 0))"_wkt;
    area.mutable_points()[1].x = std::numeric_limits<double>::infinity();
    area.mutable_points()[2].y = std::nan("");
    const auto issues = check(area);
    ASSERT_EQ(issues.size(), 2U);
    EXPECT_EQ(text_of(issues[0]), "not_finite 0/1");
    EXPECT_EQ(text_of(issues[1]), "not_finite 0/2");
}

TEST(GeometryRules, GiveEachFaultItsGeometry) {
    const auto bay = check("POLYGON((0 0,8 0,8 4,4 4,4 2,6 2,6 1,4 1,4 4,0 4,0 0))"_wkt);
    EXPECT_EQ(bay.at(0).geometry, "MULTILINESTRING((4 2,4 4))"_wkt);
    const auto spike = check("POLYGON((0 0,4 0,9 0,4 0,4 4,0 4,0 0))"_wkt);
    EXPECT_EQ(spike.at(0).geometry, "LINESTRING(9 0,4 0)"_wkt);
    const auto outside = check("POLYGON((0 0,8 0,8 8,0 8,0 0),(10 0,10 2,12 2,12 0,10 0))"_wkt);
    EXPECT_EQ(outside.at(0).geometry, "POLYGON((10 0,10 2,12 2,12 0,10 0))"_wkt);
    const auto crossing = check("POLYGON((0 0,8 0,8 8,0 8,0 0),(6 6,6 10,10 10,10 6,6 6))"_wkt);
    EXPECT_EQ(crossing.at(0).geometry->view().part_count(), 2U);
}

TEST(GeometryRules, FollowTheProfile) {
    const auto area = "POLYGON((0 0,4 0,4.004 0.003,4 4,0 4,0 0))"_wkt;
    Profile profile;
    profile.set_severity(IssueCode::short_edge, Severity::info);
    const auto told = check(area, profile);
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].severity, Severity::info);
    EXPECT_EQ(told[0].tolerance, 0.01);

    profile.set_severity(IssueCode::short_edge, std::nullopt);
    EXPECT_THAT(check(area, profile), IsEmpty());

    ASSERT_TRUE(Profile(profile).set_value(Parameter::least_edge_m, 0.001));
    Profile finer;
    ASSERT_TRUE(finer.set_value(Parameter::least_edge_m, 0.001));
    EXPECT_THAT(check(area, finer), IsEmpty());
}

TEST(GeometryRules, MeasureDegreesInMetres) {
    // A parcel near Đà Lạt with an edge of a ten-millionth of a degree of latitude, 11 mm.
    const auto area = "POLYGON((108.4 11.9,108.401 11.9,108.401 11.901,108.4 11.9000001,108.4 11.9))"_wkt;
    Profile profile;
    ASSERT_TRUE(profile.set_value(Parameter::least_edge_m, 0.02));
    const PlaneScale scale = plane_scale(crs::wgs84(), {108.4, 11.9});
    const auto issues = check(area, profile, scale);
    ASSERT_EQ(issues.size(), 1U);
    EXPECT_EQ(issues[0].code, IssueCode::short_edge);
    EXPECT_NEAR(*issues[0].measure, 0.01106, 1e-4);
    EXPECT_NEAR(scale.x_m, 108950.0, 100.0);
    EXPECT_NEAR(scale.y_m, 110620.0, 50.0);
}

TEST(GeometryRules, SayNothingOfPointsAndLines) {
    EXPECT_THAT(check("LINESTRING(0 0,1 0,0 0)"_wkt), IsEmpty());
    EXPECT_THAT(check("POINT(0 0)"_wkt), IsEmpty());
}

}  // namespace
}  // namespace ranh::validation
