#include "importers/vector/stroked_arc.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ranh::vector {
namespace {

using geom::Point;

constexpr Point centre{500123.25, 1300456.5};

std::vector<Point> stroked(double radius_x, double radius_y, double from, double sweep, int points) {
    std::vector<Point> arc;
    for (int i = 0; i < points; ++i) {
        const double angle = (from + sweep * i / (points - 1)) * std::numbers::pi / 180.0;
        arc.push_back({centre.x + radius_x * std::cos(angle), centre.y + radius_y * std::sin(angle)});
    }
    return arc;
}

/// Greatest distance of the middles of the chords from the circle.
double chord_error(const std::vector<Point>& arc, double radius) {
    double most = 0.0;
    for (std::size_t i = 0; i + 1 < arc.size(); ++i) {
        const Point middle{(arc[i].x + arc[i + 1].x) / 2.0, (arc[i].y + arc[i + 1].y) / 2.0};
        most = std::max(most, std::abs(radius - std::hypot(middle.x - centre.x, middle.y - centre.y)));
    }
    return most;
}

TEST(RefinedArc, KeepsItsPointsAndTheChordError) {
    struct Case {
        double radius;
        double sweep;
        int points;
    };
    for (const auto& [radius, sweep, points] :
         {Case{50, 180, 37}, Case{50, -90, 19}, Case{300, 360, 73}, Case{5, 30, 7}}) {
        const auto arc = stroked(radius, radius, 20, sweep, points);
        const auto refined = refined_arc(arc, 1e-3);
        ASSERT_TRUE(refined.has_value()) << radius;
        EXPECT_LE(chord_error(*refined, radius), 1e-3 + 1e-8) << radius;
        for (const Point& point : arc) {
            EXPECT_NE(std::find(refined->begin(), refined->end(), point), refined->end());
        }
        EXPECT_EQ(refined->front(), arc.front());
        EXPECT_EQ(refined->back(), arc.back());
    }
}

TEST(RefinedArc, IsNoneOfAnEllipseALineOrTwoPoints) {
    EXPECT_FALSE(refined_arc(stroked(50, 30, 0, 180, 37), 1e-3).has_value());
    EXPECT_FALSE(refined_arc(std::vector<Point>{{0, 0}, {1, 1}, {2, 2}}, 1e-3).has_value());
    EXPECT_FALSE(refined_arc(std::vector<Point>{{0, 0}, {1, 1}}, 1e-3).has_value());
    EXPECT_FALSE(refined_arc(std::vector<Point>{{0, 0}, {0, 0}, {0, 0}}, 1e-3).has_value());
}

TEST(RefinedArc, IsNoneOfACircleTooLargeToBeOne) {
    EXPECT_FALSE(refined_arc(std::vector<Point>{{0, 0}, {1000, 1e-3}, {2000, 0}}, 1e-3).has_value());
}

}  // namespace
}  // namespace ranh::vector
