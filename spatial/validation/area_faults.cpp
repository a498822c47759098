#include "spatial/validation/area_faults.hpp"

#include "spatial/algorithm/area.hpp"
#include "spatial/validation/common_stretches.hpp"
#include "spatial/validation/ring_cycles.hpp"
#include "spatial/validation/ring_position.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace ranh::validation {
namespace {

using geom::Box;
using geom::Geometry;
using geom::GeometryView;
using geom::Point;

bool box_holds(const std::optional<Box>& outer, const std::optional<Box>& inner) {
    return outer && inner && geom::box_contains(*outer, inner->min) && geom::box_contains(*outer, inner->max);
}

/// From the point, around the corners after `first` up to and with `last`: half the sum of cross products.
double loop_area(const CleanRing& ring, Point at, std::size_t first, std::size_t last) {
    double sum = 0.0;
    Point from{};
    for (std::size_t i = first + 1; i <= last; ++i) {
        const Point to{ring.corners[i].x - at.x, ring.corners[i].y - at.y};
        sum += from.x * to.y - to.x * from.y;
        from = to;
    }
    return std::abs(sum) / 2.0;
}

}  // namespace

AreaFaults::AreaFaults(const GeometryView& area, PlaneScale scale) : m_area(area), m_scale(scale) {}

void AreaFaults::find(std::vector<ValidationIssue>& issues) {
    m_issues = &issues;
    read_rings();
    m_contacts = find_contacts(m_rings);
    sort_contacts();
    tell_self_contacts();
    tell_common_lines();
    tell_crossings();
    for (std::size_t part = 0; part < m_area.part_count(); ++part) {
        tell_holes(part);
        tell_disconnected(part);
    }
    tell_nested_shells();
    tell_orientation();
}

ValidationIssue& AreaFaults::tell(IssueCode code, std::uint32_t ring) {
    ValidationIssue& issue = m_issues->emplace_back();
    issue.code = code;
    issue.ring = ring;
    return issue;
}

void AreaFaults::tell_whole_ring(IssueCode code, std::uint32_t ring, std::uint32_t other) {
    ValidationIssue& issue = tell(code, ring);
    issue.other_ring = other;
    issue.point = m_rings[ring].corners.front();
    issue.measure = ring_area_m2(ring);
    issue.geometry = Geometry::polygon(m_rings[ring].corners);
}

void AreaFaults::read_rings() {
    m_rings.resize(m_area.path_count());
    m_meets_itself.resize(m_area.path_count());
    for (std::size_t part = 0; part < m_area.part_count(); ++part) {
        const auto [first, end] = m_area.part(part);
        m_part_of.resize(end, static_cast<std::uint32_t>(part));
        for (std::size_t ring = first; ring < end; ++ring) {
            tell_ring(ring);
            m_boxes.push_back(geom::box_of(m_rings[ring].corners));
        }
    }
}

/// What is wrong with a ring before it meets any other; fills m_rings, and leaves the ring empty where nothing bounds
/// ground.
void AreaFaults::tell_ring(std::size_t place) {
    const auto points = m_area.path(place);
    const auto number = static_cast<std::uint32_t>(place);
    bool finite = true;
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (!std::isfinite(points[i].x) || !std::isfinite(points[i].y)) {
            tell(IssueCode::not_finite, number).vertex = static_cast<std::uint32_t>(i);
            finite = false;
        }
    }
    if (!finite) {
        return;
    }
    CleanRing ring = clean_ring(points);
    if (!ring.closed && points.size() > 1) {
        ValidationIssue& issue = tell(IssueCode::ring_not_closed, number);
        issue.vertex = static_cast<std::uint32_t>(points.size() - 1);
        issue.point = points.back();
        issue.measure = std::hypot((points.back().x - points.front().x) * m_scale.x_m,
                                   (points.back().y - points.front().y) * m_scale.y_m);
        issue.geometry = Geometry::line_string({points.back(), points.front()});
    }
    for (const std::uint32_t vertex : ring.repeated) {
        ValidationIssue& issue = tell(IssueCode::repeated_point, number);
        issue.vertex = vertex;
        issue.point = points[vertex];
        issue.measure = 0.0;
    }
    if (ring.empty()) {
        const bool few = ring.distinct < 3;
        ValidationIssue& issue = tell(few ? IssueCode::too_few_points : IssueCode::zero_area, number);
        issue.point = points.empty() ? std::nullopt : std::optional(points.front());
        issue.measure = few ? static_cast<double>(ring.distinct) : 0.0;
    }
    for (Spike& spike : ring.spikes) {
        ValidationIssue& issue = tell(IssueCode::spike, number);
        issue.vertex = spike.tip;
        issue.point = spike.line.front();
        issue.measure = 0.0;
        for (std::size_t i = 1; i < spike.line.size(); ++i) {
            *issue.measure += std::hypot((spike.line[i].x - spike.line[i - 1].x) * m_scale.x_m,
                                         (spike.line[i].y - spike.line[i - 1].y) * m_scale.y_m);
        }
        issue.geometry = Geometry::line_string(std::move(spike.line));
    }
    m_rings[place] = std::move(ring);
}

void AreaFaults::sort_contacts() {
    const auto add = [this](std::uint32_t a, std::uint32_t b) -> RingPair* {
        if (m_pairs.empty() || m_pairs.back().first != a || m_pairs.back().second != b) {
            m_pairs.push_back({a, b, {}, {}, false});
        }
        return &m_pairs.back();
    };
    for (const Meeting& meeting : m_contacts.meetings) {  // ordered by rings
        if (meeting.first.ring == meeting.second.ring) {
            m_meets_itself[meeting.first.ring] = true;
            continue;
        }
        RingPair* const pair = add(meeting.first.ring, meeting.second.ring);
        (meeting.crosses ? pair->crossings : pair->touches).push_back(&meeting);
    }
    std::vector<RingPair> only_lines;
    for (const CommonLine& line : m_contacts.common_lines) {
        if (line.first_ring == line.second_ring) {
            m_meets_itself[line.first_ring] = true;
        } else if (RingPair* const pair = pair_of(line.first_ring, line.second_ring)) {
            pair->has_common_line = true;
        } else if (only_lines.empty() || only_lines.back().first != line.first_ring ||
                   only_lines.back().second != line.second_ring) {
            only_lines.push_back({line.first_ring, line.second_ring, {}, {}, true});
        }
    }
    m_pairs.insert(m_pairs.end(), std::make_move_iterator(only_lines.begin()),
                   std::make_move_iterator(only_lines.end()));
    std::ranges::sort(m_pairs, {}, [](const RingPair& p) { return std::tuple(p.first, p.second); });
}

AreaFaults::RingPair* AreaFaults::pair_of(std::uint32_t a, std::uint32_t b) {
    const std::tuple key(std::min(a, b), std::max(a, b));
    const auto pair =
        std::ranges::lower_bound(m_pairs, key, {}, [](const RingPair& p) { return std::tuple(p.first, p.second); });
    return pair != m_pairs.end() && std::tuple(pair->first, pair->second) == key ? &*pair : nullptr;
}

std::uint32_t AreaFaults::vertex_of(const Passage& passage) const {
    return m_rings[passage.ring].vertices[passage.corner];
}

double AreaFaults::ring_area_m2(std::uint32_t ring) const {
    return std::abs(algorithm::signed_ring_area(m_rings[ring].corners)) * m_scale.x_m * m_scale.y_m;
}

double AreaFaults::common_area_m2(std::uint32_t a, std::uint32_t b) const {
    const Geometry first = Geometry::polygon(m_rings[a].corners);
    const Geometry second = Geometry::polygon(m_rings[b].corners);
    return std::max(0.0, algorithm::overlap_area(first, second)) * m_scale.x_m * m_scale.y_m;
}

double AreaFaults::loop_area_m2(const Meeting& meeting) const {
    const CleanRing& ring = m_rings[meeting.first.ring];
    const std::size_t first = meeting.first.corner;
    const std::size_t last = meeting.second.corner;
    const double loop = loop_area(ring, meeting.point, first, last);
    // The rest, from the corner after the second passage around to the first one.
    CleanRing rest;
    for (std::size_t i = last + 1; i < ring.size(); ++i) {
        rest.corners.push_back(ring.corners[i]);
    }
    rest.corners.insert(rest.corners.end(), ring.corners.begin(),
                        ring.corners.begin() + static_cast<std::ptrdiff_t>(first) + 1);
    rest.corners.insert(rest.corners.begin(), meeting.point);
    const double other = loop_area(rest, meeting.point, 0, rest.corners.size() - 1);
    return std::min(loop, other) * m_scale.x_m * m_scale.y_m;
}

/// One issue for each place, however many passages of the ring go through it.
void AreaFaults::tell_self_contacts() {
    std::vector<const Meeting*> own;
    for (const Meeting& meeting : m_contacts.meetings) {
        if (meeting.first.ring == meeting.second.ring) {
            own.push_back(&meeting);
        }
    }
    // At each place crossings first.
    std::ranges::stable_sort(
        own, {}, [](const Meeting* m) { return std::tuple(m->first.ring, m->point.x, m->point.y, !m->crosses); });
    for (std::size_t i = 0; i < own.size(); ++i) {
        const Meeting& meeting = *own[i];
        if (i > 0 && own[i - 1]->point == meeting.point && own[i - 1]->first.ring == meeting.first.ring) {
            continue;
        }
        ValidationIssue& issue =
            tell(meeting.crosses ? IssueCode::self_intersection : IssueCode::self_touch, meeting.first.ring);
        issue.vertex = vertex_of(meeting.first);
        issue.other_ring = meeting.second.ring;
        issue.other_vertex = vertex_of(meeting.second);
        issue.point = meeting.point;
        issue.measure = meeting.crosses ? loop_area_m2(meeting) : 0.0;
    }
}

void AreaFaults::tell_common_lines() {
    for (Stretch& stretch : common_stretches(m_contacts.common_lines, m_scale)) {
        const CommonLine& line = stretch.first_line;
        const bool own = line.first_ring == line.second_ring;
        ValidationIssue& issue = tell(own ? IssueCode::self_touch : IssueCode::shared_edge, line.first_ring);
        issue.vertex = m_rings[line.first_ring].vertices[line.first_corner];
        issue.other_ring = line.second_ring;
        issue.other_vertex = m_rings[line.second_ring].vertices[line.second_corner];
        issue.point = line.from;
        issue.measure = stretch.length_m;
        issue.geometry = std::move(stretch.lines);
    }
}

void AreaFaults::tell_crossings() {
    for (const RingPair& pair : m_pairs) {
        if (pair.crossings.empty()) {
            continue;
        }
        const bool one_part = m_part_of[pair.first] == m_part_of[pair.second];
        // In one part the second is a hole, the first is a hole too or the shell.
        const bool with_shell = one_part && pair.first == m_area.part(m_part_of[pair.first]).first;
        ValidationIssue& issue = tell(one_part ? IssueCode::hole_crossing : IssueCode::part_crossing, pair.second);
        const Meeting& meeting = *pair.crossings.front();
        issue.vertex = vertex_of(meeting.second);
        issue.other_ring = pair.first;
        issue.other_vertex = vertex_of(meeting.first);
        issue.point = meeting.point;
        const double common_m2 = common_area_m2(pair.first, pair.second);
        issue.measure = with_shell ? std::max(0.0, ring_area_m2(pair.second) - common_m2) : common_m2;
        Geometry places(geom::GeometryType::multi_point);
        for (const Meeting* const crossing : pair.crossings) {
            places.add_path(std::span(&crossing->point, 1));
            places.end_part();
        }
        issue.geometry = std::move(places);
    }
}

std::optional<bool> AreaFaults::lies_inside(std::uint32_t a, std::uint32_t b) {
    const RingPair* const pair = pair_of(a, b);
    if (pair != nullptr && !pair->crossings.empty()) {
        return std::nullopt;
    }
    const auto touches =
        pair != nullptr ? std::span<const Meeting* const>(pair->touches) : std::span<const Meeting* const>();
    const auto position = position_of(m_rings[a], a, m_rings[b], touches, !m_meets_itself[b]);
    return position ? std::optional(*position == Position::inside) : std::nullopt;
}

void AreaFaults::tell_holes(std::size_t part) {
    const auto [first, end] = m_area.part(part);
    const auto shell = static_cast<std::uint32_t>(first);
    for (auto hole = shell + 1; hole < end; ++hole) {
        if (m_rings[hole].empty() || m_rings[shell].empty()) {
            continue;
        }
        if (lies_inside(hole, shell) == false) {
            tell_whole_ring(IssueCode::hole_outside, hole, shell);
        }
        for (auto other = shell + 1; other < end; ++other) {
            if (other != hole && box_holds(m_boxes[other], m_boxes[hole]) && lies_inside(hole, other) == true) {
                tell_whole_ring(IssueCode::hole_nested, hole, other);
                break;
            }
        }
    }
}

bool AreaFaults::lies_in_hole_of(std::uint32_t shell, std::size_t part) {
    const auto [first, end] = m_area.part(part);
    for (auto hole = static_cast<std::uint32_t>(first) + 1; hole < end; ++hole) {
        // What crosses the hole, or shares all of it, is told so.
        if (!m_rings[hole].empty() && box_holds(m_boxes[hole], m_boxes[shell]) &&
            lies_inside(shell, hole).value_or(true)) {
            return true;
        }
    }
    return false;
}

void AreaFaults::tell_nested_shells() {
    const std::size_t parts = m_area.part_count();
    if (parts < 2) {
        return;
    }
    for (std::size_t inner = 0; inner < parts; ++inner) {
        const auto shell = static_cast<std::uint32_t>(m_area.part(inner).first);
        for (std::size_t outer = 0; outer < parts; ++outer) {
            const auto around = static_cast<std::uint32_t>(m_area.part(outer).first);
            if (inner != outer && box_holds(m_boxes[around], m_boxes[shell]) && lies_inside(shell, around) == true &&
                !lies_in_hole_of(shell, outer)) {
                tell_whole_ring(IssueCode::nested_shells, shell, around);
                break;
            }
        }
    }
}

/// Rings that touch each other in a circle cut the interior; asked only of a part whose rings are in order otherwise.
void AreaFaults::tell_disconnected(std::size_t part) {
    const auto [first, end] = m_area.part(part);
    std::vector<const Meeting*> touches;
    for (const RingPair& pair : m_pairs) {
        if (m_part_of[pair.first] != part || m_part_of[pair.second] != part) {
            continue;
        }
        if (!pair.crossings.empty() || pair.has_common_line) {
            return;
        }
        touches.insert(touches.end(), pair.touches.begin(), pair.touches.end());
    }
    for (std::size_t ring = first; ring < end; ++ring) {
        if (m_rings[ring].empty() || m_meets_itself[ring]) {
            return;
        }
    }
    for (const ClosedCircle& circle : closed_circles(touches, m_rings.size())) {
        ValidationIssue& issue = tell(IssueCode::interior_disconnected, circle.passage.ring);
        issue.vertex = vertex_of(circle.passage);
        issue.point = circle.point;
    }
}

void AreaFaults::tell_orientation() {
    std::optional<bool> shells_left;
    for (std::size_t part = 0; part < m_area.part_count(); ++part) {
        const auto [first, end] = m_area.part(part);
        std::optional<bool> shell_left;
        for (auto ring = static_cast<std::uint32_t>(first); ring < end; ++ring) {
            if (m_rings[ring].empty() || m_meets_itself[ring]) {
                continue;
            }
            const bool left = turns_left(m_rings[ring]);
            const bool is_shell = ring == first;
            if (is_shell) {
                shell_left = left;
                shells_left = shells_left.value_or(left);
            }
            if (is_shell ? left != *shells_left : left == shell_left) {
                tell(IssueCode::wrong_orientation, ring).point = m_rings[ring].corners.front();
            }
        }
    }
}

}  // namespace ranh::validation
