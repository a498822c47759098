#include "spatial/validation/edge_faults.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ranh::validation {
namespace {

using geom::Point;

constexpr double degree = std::numbers::pi / 180.0;

/// From p to q, in metres.
Point step(Point p, Point q, PlaneScale scale) { return {(q.x - p.x) * scale.x_m, (q.y - p.y) * scale.y_m}; }

double length(Point v) { return std::hypot(v.x, v.y); }

/// Between the way back along `in` and the way out along `out`.
double corner_angle_deg(Point in, Point out) {
    const double cross = in.x * out.y - in.y * out.x;
    const double dot = in.x * out.x + in.y * out.y;
    return std::atan2(std::abs(cross), -dot) / degree;
}

/// A corner of the ring that differs from the one before it.
struct Corner {
    Point point;
    std::uint32_t vertex;
};

std::vector<Corner> distinct_corners(std::span<const Point> ring) {
    std::vector<Corner> corners;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        if (corners.empty() || corners.back().point != ring[i]) {
            corners.push_back({ring[i], static_cast<std::uint32_t>(i)});
        }
    }
    while (corners.size() > 1 && corners.back().point == corners.front().point) {
        corners.pop_back();
    }
    return corners;
}

ValidationIssue issue_at(IssueCode code, std::uint32_t ring, const Corner& corner, double measure) {
    ValidationIssue issue;
    issue.code = code;
    issue.ring = ring;
    issue.vertex = corner.vertex;
    issue.point = corner.point;
    issue.measure = measure;
    return issue;
}

}  // namespace

void find_edge_faults(std::span<const Point> ring, std::uint32_t number, PlaneScale scale, const EdgeLimits& limits,
                      std::vector<ValidationIssue>& issues) {
    const std::vector<Corner> corners = distinct_corners(ring);
    if (corners.size() < 2) {
        return;
    }
    // The edge that closes an open ring is nobody's: the ring is told for being open.
    const std::size_t edges = ring.front() == ring.back() ? corners.size() : corners.size() - 1;
    for (std::size_t i = 0; i < corners.size(); ++i) {
        const Corner& corner = corners[i];
        const Corner& before = corners[i == 0 ? corners.size() - 1 : i - 1];
        const Corner& after = corners[i + 1 == corners.size() ? 0 : i + 1];
        const Point in = step(before.point, corner.point, scale);
        const Point out = step(corner.point, after.point, scale);
        const double edge_m = length(out);
        if (i < edges && edge_m <= limits.grid_m) {
            issues.push_back(issue_at(IssueCode::repeated_point, number, after, edge_m));
        } else if (i < edges && edge_m < limits.least_edge_m) {
            auto issue = issue_at(IssueCode::short_edge, number, corner, edge_m);
            issue.geometry = geom::Geometry::line_string({corner.point, after.point});
            issues.push_back(std::move(issue));
        }
        const double angle_deg = corner_angle_deg(in, out);
        if (angle_deg < limits.least_angle_deg) {
            issues.push_back(issue_at(IssueCode::sharp_angle, number, corner, angle_deg));
        }
    }
}

bool may_have_edge_faults(std::span<const Point> ring, PlaneScale scale, const EdgeLimits& limits) {
    // A little more than the limits, so that rounding decides nothing here.
    const double least_m = 1.001 * std::max(limits.grid_m, limits.least_edge_m);
    const double sine = std::sin(std::min(1.001 * limits.least_angle_deg, 90.0) * degree);
    const double least_squared = least_m * least_m;
    const double sine_squared = sine * sine;
    Point in = step(ring[ring.size() - 2], ring[0], scale);  // the last point repeats the first
    double in_squared = in.x * in.x + in.y * in.y;
    bool found = false;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const Point out = step(ring[i], ring[i + 1], scale);
        const double out_squared = out.x * out.x + out.y * out.y;
        const double cross = in.x * out.y - in.y * out.x;
        const double dot = in.x * out.x + in.y * out.y;
        found |= out_squared <= least_squared;
        found |= dot < 0.0 && cross * cross <= sine_squared * in_squared * out_squared;
        in = out;
        in_squared = out_squared;
    }
    return found;
}

}  // namespace ranh::validation
