#include "spatial/validation/geometry_rules.hpp"

#include "spatial/algorithm/area.hpp"
#include "spatial/algorithm/simple_ring.hpp"
#include "spatial/validation/area_faults.hpp"
#include "spatial/validation/edge_faults.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

namespace ranh::validation {
namespace {

using geom::GeometryView;

auto rank(const ValidationIssue& issue) {
    return std::tuple(issue.ring.value_or(0), issue.vertex.value_or(0), issue.code, issue.other_ring.value_or(0),
                      issue.other_vertex.value_or(0));
}

/// Rings that bound nothing, or whose coordinates are no numbers: their edges and corners are not looked at.
bool has_no_edges(IssueCode code) {
    return code == IssueCode::not_finite || code == IssueCode::too_few_points || code == IssueCode::zero_area;
}

bool breaks_area(const std::vector<ValidationIssue>& found) {
    return std::ranges::any_of(found, [](const ValidationIssue& one) { return rule_of(one.code).breaks_area; });
}

/// Appends faults of edges and corners; the tip of a spike is no sharp corner besides.
void find_all_edge_faults(const GeometryView& area, PlaneScale scale, const EdgeLimits& limits,
                          std::vector<ValidationIssue>& found) {
    std::vector<bool> is_left_out(area.path_count());
    std::vector<std::tuple<std::uint32_t, std::uint32_t>> tips;
    for (const ValidationIssue& issue : found) {
        is_left_out[*issue.ring] = is_left_out[*issue.ring] || has_no_edges(issue.code);
        if (issue.code == IssueCode::spike) {
            tips.emplace_back(*issue.ring, *issue.vertex);
        }
    }
    for (std::size_t i = 0; i < area.path_count(); ++i) {
        if (!is_left_out[i]) {
            find_edge_faults(area.path(i), static_cast<std::uint32_t>(i), scale, limits, found);
        }
    }
    std::ranges::sort(tips);
    std::erase_if(found, [&tips](const ValidationIssue& issue) {
        return issue.code == IssueCode::sharp_angle &&
               std::ranges::binary_search(tips, std::tuple(*issue.ring, *issue.vertex));
    });
}

}  // namespace

GeometryRules::GeometryRules(Profile profile)
    : m_profile(std::move(profile)),
      m_limits{.grid_m = limit(IssueCode::repeated_point),
               .least_edge_m = limit(IssueCode::short_edge),
               .least_angle_deg = limit(IssueCode::sharp_angle)} {}

double GeometryRules::limit(IssueCode code) const {
    return m_profile.holds(code) ? m_profile.value(rule_of(code).parameter.value()) : 0.0;
}

bool GeometryRules::is_surely_clean(const GeometryView& area, PlaneScale scale) const {
    if (area.path_count() != 1) {
        return false;
    }
    const auto ring = area.path(0);
    if (ring.size() < 4 || ring.front() != ring.back() || may_have_edge_faults(ring, scale, m_limits)) {
        return false;
    }
    const double area_m2 = std::abs(algorithm::signed_ring_area(ring)) * scale.x_m * scale.y_m;
    // is_simple_ring() takes infinite coordinates for a ring like any other; their area is not finite.
    return std::isfinite(area_m2) && area_m2 >= limit(IssueCode::small_area) && algorithm::is_simple_ring(ring);
}

void GeometryRules::check(const GeometryView& area, PlaneScale scale, std::vector<ValidationIssue>& issues) const {
    if (geom::dimension(area.type) != 2 || area.points.empty() || is_surely_clean(area, scale)) {
        return;
    }
    std::vector<ValidationIssue> found;
    AreaFaults(area, scale).find(found);
    find_all_edge_faults(area, scale, m_limits, found);
    const double area_m2 = algorithm::area(area) * scale.x_m * scale.y_m;
    // Of rings that cross or lie on each other the sum of areas says nothing.
    if (std::abs(area_m2) < limit(IssueCode::small_area) && !breaks_area(found)) {
        ValidationIssue issue;
        issue.code = IssueCode::small_area;
        issue.point = area.points.front();
        issue.measure = area_m2;
        found.push_back(std::move(issue));
    }
    std::ranges::sort(found, [](const auto& p, const auto& q) { return rank(p) < rank(q); });
    for (ValidationIssue& issue : found) {
        if (const auto severity = m_profile.severity(issue.code)) {
            issue.severity = *severity;
            const auto parameter = rule_of(issue.code).parameter;
            issue.tolerance = parameter ? std::optional(m_profile.value(*parameter)) : std::nullopt;
            issues.push_back(std::move(issue));
        }
    }
}

bool is_valid_area(const GeometryView& area) {
    std::vector<ValidationIssue> found;
    AreaFaults(area, {}).find(found);
    return !breaks_area(found);
}

}  // namespace ranh::validation
