// The area common to two polygons without their intersection.
//
// Give every edge i of polygon A its height a_i(x) over its x-range I_i and a sign s_i: +1 when it runs from right to
// left, -1 from left to right, with shells counter-clockwise and holes clockwise. The winding number of A at (x, y) is
// then
//
//     w_A(x, y) = sum of s_i over all edges with x in I_i and y < a_i(x),
//
// and because w_A is 1 inside and 0 outside, the common area of A and B is the integral of w_A · w_B, that is
//
//     sum over i, j of  s_i t_j · (integral over I_i and J_j of min(a_i(x), b_j(x)) dx),
//
// heights counted from the bottom of the common box. Both operands are first cut to that box: what lies above it
// becomes a level edge along its top, what lies below it counts nothing. Every term is continuous in the coordinates: a
// touching or coincident edge gives the same value from either side, a vertical edge weighs nothing, so there is no
// case to decide and no tolerance. Min is ½(a + b) − ½|a − b|; with f = a − b linear between f0 and f1 the integral of
// |f| over a length L is L/2 · (|f0| + |f1|) when f keeps its sign, and L/2 · (f0² + f1²) / (|f0| + |f1|) when it does
// not.
#include "spatial/algorithm/area.hpp"

#include "spatial/algorithm/orientation.hpp"
#include "spatial/algorithm/sweep.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace ranh::algorithm {
namespace {

using geom::Box;
using geom::GeometryView;
using geom::Point;

/// Calls visit(from, to) for each segment of a path; closes it when `closed` asks for it and the path is not.
template <typename Visit>
void for_each_segment(std::span<const Point> path, bool closed, Visit&& visit) {
    for (std::size_t i = 1; i < path.size(); ++i) {
        visit(path[i - 1], path[i]);
    }
    if (closed && path.size() > 1 && path.front() != path.back()) {
        visit(path.back(), path.front());
    }
}

/// Sum with the error of each addition carried along (Knuth's two-sum: no branch, for the terms come in any size).
class CompensatedSum {
public:
    void add(double term) {
        const double sum = m_sum + term;
        const double term_part = sum - m_sum;
        m_lost += (m_sum - (sum - term_part)) + (term - term_part);
        m_sum = sum;
    }
    [[nodiscard]] double value() const { return m_sum + m_lost; }

private:
    double m_sum = 0.0;
    double m_lost = 0.0;
};

/// Part of an edge inside the common box, in coordinates of that box, walked from left to right (x0 < x1).
struct Edge {
    double x0;
    double x1;
    double y0;
    double slope;
    double sign;

    [[nodiscard]] double height(double x) const { return y0 + (x - x0) * slope; }
};

/// The common box: origin of the local coordinates and the sides everything is cut to. The axes are swapped when the
/// box is taller than wide, so that fewer edges share an x-range (both operands mirrored: the product of their signs
/// stays).
struct Frame {
    Point origin;
    double width;
    double height;
    bool swapped;

    [[nodiscard]] Point local(Point p) const {
        const Point moved{p.x - origin.x, p.y - origin.y};
        return swapped ? Point{moved.y, moved.x} : moved;
    }
};

Frame frame_of(const Box& common) {
    const double width = common.max.x - common.min.x;
    const double height = common.max.y - common.min.y;
    const bool swapped = height > width;
    return {common.min, swapped ? height : width, swapped ? width : height, swapped};
}

/// Cuts the edges of rings to the frame.
class EdgeCutter {
public:
    EdgeCutter(const Frame& frame, std::vector<Edge>& edges) : m_frame(frame), m_edges(edges) {}

    /// `turn` is +1 when the ring is walked as it should be (shell counter-clockwise, hole clockwise), else -1.
    void add_ring(std::span<const Point> ring, double turn) {
        m_turn = turn;
        m_run_from = m_run_to = 0.0;
        if (ring.empty()) {
            return;
        }
        Point from = m_frame.local(ring.front());
        for (std::size_t i = 1; i < ring.size(); ++i) {
            const Point to = m_frame.local(ring[i]);
            add_edge(from, to);
            from = to;
        }
        add_edge(from, m_frame.local(ring.front()));
        end_run();
    }

private:
    void add_edge(Point from, Point to) {
        const bool leftwards = to.x < from.x;
        const Point left = leftwards ? to : from;
        const Point right = leftwards ? from : to;
        if (left.x == right.x || right.x <= 0.0 || left.x >= m_frame.width || (left.y <= 0.0 && right.y <= 0.0)) {
            return;
        }
        if (left.y >= m_frame.height && right.y >= m_frame.height) {
            add_level(std::max(left.x, 0.0), std::min(right.x, m_frame.width), leftwards);
        } else {
            cut_edge(left, right, leftwards);
        }
    }

    /// Left and right end of the edge inside the box sides, then the stretch of it between bottom and top.
    void cut_edge(Point left, Point right, bool leftwards) {
        const double slope = (right.y - left.y) / (right.x - left.x);
        const double x0 = std::max(left.x, 0.0);
        const double x1 = std::min(right.x, m_frame.width);
        const double y0 = x0 == left.x ? left.y : left.y + (x0 - left.x) * slope;
        const double y1 = x1 == right.x ? right.y : left.y + (x1 - left.x) * slope;
        const auto x_where = [&](double y) {
            const double x = left.x + (y - left.y) * ((right.x - left.x) / (right.y - left.y));
            return std::min(std::max(x, x0), x1);
        };
        // Where the edge enters and leaves the height range [0, top]; outside of it the edge is above or below.
        const double top = m_frame.height;
        double begin = x0;
        double end = x1;
        if (std::max(y0, y1) <= 0.0) {
            return;
        }
        if (std::min(y0, y1) >= top) {
            add_level(x0, x1, leftwards);
            return;
        }
        if (y0 > top) {
            begin = x_where(top);
            add_level(x0, begin, leftwards);
        } else if (y0 < 0.0) {
            begin = x_where(0.0);
        }
        if (y1 > top) {
            end = x_where(top);
            add_level(end, x1, leftwards);
        } else if (y1 < 0.0) {
            end = x_where(0.0);
        }
        if (begin < end) {
            add({begin, end, std::clamp(y0, 0.0, top), std::clamp(y1, 0.0, top)}, leftwards);
        }
    }

    struct Stretch {
        double x0;
        double x1;
        double y0;
        double y1;
    };
    void add(const Stretch& s, bool leftwards) {
        const double slope = (s.y1 - s.y0) / (s.x1 - s.x0);
        if (std::isfinite(slope)) {  // else it is so narrow that it weighs nothing
            m_edges.push_back({s.x0, s.x1, s.y0, slope, leftwards ? m_turn : -m_turn});
        }
    }

    /// A stretch above the box: walks u -> v and v -> w along the top add up to u -> w, so a whole run becomes one
    /// level edge.
    void add_level(double x0, double x1, bool leftwards) {
        const double from = leftwards ? x1 : x0;
        const double to = leftwards ? x0 : x1;
        if (from != m_run_to) {
            end_run();
            m_run_from = from;
        }
        m_run_to = to;
    }
    void end_run() {
        if (m_run_from != m_run_to) {
            const double top = m_frame.height;
            add({std::min(m_run_from, m_run_to), std::max(m_run_from, m_run_to), top, top}, m_run_to < m_run_from);
        }
        m_run_from = m_run_to;
    }

    const Frame& m_frame;
    std::vector<Edge>& m_edges;
    double m_turn = 1.0;
    double m_run_from = 0.0;
    double m_run_to = 0.0;
};

/// Twice the signed area, and the area of the box, whatever corner the ring begins with.
struct RingExtent {
    double twice_area = 0.0;
    double box_area = 0.0;
};

RingExtent extent_of(std::span<const Point> ring) {
    RingExtent extent;
    Point from{0.0, 0.0};
    Point least{0.0, 0.0};
    Point greatest{0.0, 0.0};
    for (const Point& p : ring.subspan(1)) {
        const Point to{p.x - ring.front().x, p.y - ring.front().y};
        extent.twice_area += from.x * to.y - to.x * from.y;
        least = {std::min(least.x, to.x), std::min(least.y, to.y)};
        greatest = {std::max(greatest.x, to.x), std::max(greatest.y, to.y)};
        from = to;
    }
    extent.box_area = (greatest.x - least.x) * (greatest.y - least.y);
    return extent;
}

bool less_by_x_then_y(Point p, Point q) { return p.x < q.x || (p.x == q.x && p.y < q.y); }

/// Corners of the ring without repeated points, walked onwards or back, beginning where that gives the least sequence.
std::vector<Point> least_walk(std::vector<Point> corners) {
    const std::size_t n = corners.size();
    std::vector<Point> least = corners;
    for (std::size_t k = 1; k < n; ++k) {
        std::rotate(corners.begin(), corners.begin() + 1, corners.end());
        if (std::ranges::lexicographical_compare(corners, least, less_by_x_then_y)) {
            least = corners;
        }
    }
    return least;
}

/// For a ring whose loops all but cancel. The turn at the least corner by x, then y, is that of the ring when the ring
/// keeps apart from itself. Where it passes that corner twice, or runs straight back there, the walks compared decide:
/// any rule will do that gives each direction the other answer.
bool is_counter_clockwise_by_corners(std::span<const Point> ring) {
    std::vector<Point> corners(ring.begin(), ring.end());
    corners.erase(std::unique(corners.begin(), corners.end()), corners.end());
    while (corners.size() > 1 && corners.front() == corners.back()) {
        corners.pop_back();
    }
    if (corners.size() < 3) {
        return false;
    }
    std::rotate(corners.begin(), std::ranges::min_element(corners, less_by_x_then_y), corners.end());
    const int turn = orientation(corners.back(), corners[0], corners[1]);
    if (turn != 0 && std::ranges::count(corners, corners[0]) == 1) {
        return turn > 0;
    }
    std::vector<Point> back(corners.rbegin(), corners.rend());
    return std::ranges::lexicographical_compare(least_walk(std::move(corners)), least_walk(std::move(back)),
                                                less_by_x_then_y);
}

bool is_counter_clockwise(std::span<const Point> ring, const RingExtent& extent) {
    // Projections change the areas of two loops by more than rounding: 5e-9 for each metre between them.
    constexpr double all_but_cancelled = 1e-3;
    if (std::abs(extent.twice_area) <= all_but_cancelled * extent.box_area) {
        return is_counter_clockwise_by_corners(ring);
    }
    return extent.twice_area > 0.0;
}

/// Fills `edges` with the geometry cut to the frame and returns its area.
double cut_to(const Frame& frame, const GeometryView& geometry, std::vector<Edge>& edges) {
    edges.clear();
    EdgeCutter cutter(frame, edges);
    double total = 0.0;
    for (std::size_t part = 0; part < geometry.part_count(); ++part) {
        const auto [first, end] = geometry.part(part);
        for (std::size_t i = first; i < end; ++i) {
            const std::span<const Point> ring = geometry.path(i);
            const RingExtent extent = ring.size() > 2 ? extent_of(ring) : RingExtent();
            const bool is_shell = i == first;
            cutter.add_ring(ring, is_counter_clockwise(ring, extent) == is_shell ? 1.0 : -1.0);
            total += std::abs(0.5 * extent.twice_area) * (is_shell ? 1.0 : -1.0);
        }
    }
    return total;
}

void cut_to(const Frame& frame, const TurnedRings& turned, std::vector<Edge>& edges) {
    edges.clear();
    EdgeCutter cutter(frame, edges);
    for (std::size_t i = 0; i < turned.rings.path_count(); ++i) {
        cutter.add_ring(turned.rings.path(i), static_cast<double>(turned.turns[i]));
    }
}

/// Integral of the lower of the two edges over their common x-range.
double lower_integral(const Edge& a, const Edge& b) {
    const double x0 = std::max(a.x0, b.x0);
    const double x1 = std::min(a.x1, b.x1);
    if (!(x0 < x1)) {
        return 0.0;
    }
    const double a0 = a.height(x0);
    const double a1 = a.height(x1);
    const double b0 = b.height(x0);
    const double b1 = b.height(x1);
    const double f0 = std::abs(a0 - b0);
    const double f1 = std::abs(a1 - b1);
    const bool keeps_sign = (a0 >= b0) == (a1 >= b1);  // also when both are 0, so the division below is safe
    const double g = keeps_sign ? f0 + f1 : (f0 * f0 + f1 * f1) / (f0 + f1);
    return 0.25 * (x1 - x0) * (((a0 + a1) + (b0 + b1)) - g);
}

/// Below this many pairs of edges looking at all of them is cheaper than sorting.
constexpr std::size_t few_pairs = 600;

double sum_over_pairs(std::vector<Edge>& a, std::vector<Edge>& b) {
    CompensatedSum sum;
    if (a.size() * b.size() <= few_pairs) {
        for (const Edge& edge_a : a) {
            for (const Edge& edge_b : b) {
                sum.add(edge_a.sign * edge_b.sign * lower_integral(edge_a, edge_b));
            }
        }
        return sum.value();
    }
    sweep_pairs(std::span(a), std::span(b), [&](const Edge& edge_a, const Edge& edge_b) {
        sum.add(edge_a.sign * edge_b.sign * lower_integral(edge_a, edge_b));
        return true;
    });
    return sum.value();
}

/// A total order on operands, so that both orders of a call run the very same additions.
bool comes_first(const GeometryView& a, const GeometryView& b) {
    const auto less = [](Point p, Point q) { return p.x < q.x || (p.x == q.x && p.y < q.y); };
    if (!std::equal(a.points.begin(), a.points.end(), b.points.begin(), b.points.end())) {
        return std::lexicographical_compare(a.points.begin(), a.points.end(), b.points.begin(), b.points.end(), less);
    }
    if (!std::equal(a.path_ends.begin(), a.path_ends.end(), b.path_ends.begin(), b.path_ends.end())) {
        return std::lexicographical_compare(a.path_ends.begin(), a.path_ends.end(), b.path_ends.begin(),
                                            b.path_ends.end());
    }
    return std::lexicographical_compare(a.part_ends.begin(), a.part_ends.end(), b.part_ends.begin(), b.part_ends.end());
}

/// A negative sum of this share of the smaller area, or of the common box where a needle has next to no area, is
/// rounding; below it the input winds the wrong way somewhere.
constexpr double rounding_share = 1e-9;
constexpr double rounding_share_of_box = 1e-13;

double ordered_overlap_area(const GeometryView& a, const GeometryView& b, const Frame& frame) {
    // Kept between calls: most pairs are small and allocation would cost more than the sum.
    thread_local std::vector<Edge> edges_a;
    thread_local std::vector<Edge> edges_b;
    const double area_a = cut_to(frame, a, edges_a);
    const double area_b = cut_to(frame, b, edges_b);
    const double sum = sum_over_pairs(edges_a, edges_b);
    const double rounding = std::max(rounding_share * std::min(std::abs(area_a), std::abs(area_b)),
                                     rounding_share_of_box * frame.width * frame.height);
    return sum < 0.0 && -sum <= rounding ? 0.0 : sum;
}

}  // namespace

double signed_ring_area(std::span<const Point> ring) {
    if (ring.size() < 3) {
        return 0.0;
    }
    const Point origin = ring.front();
    double twice = 0.0;
    Point from{0.0, 0.0};
    for (const Point& p : ring.subspan(1)) {
        const Point to{p.x - origin.x, p.y - origin.y};
        twice += from.x * to.y - to.x * from.y;
        from = to;
    }
    return 0.5 * twice;
}

bool is_counter_clockwise(std::span<const Point> ring) {
    return ring.size() > 2 && is_counter_clockwise(ring, extent_of(ring));
}

double area(const GeometryView& geometry) {
    if (geom::dimension(geometry.type) != 2) {
        return 0.0;
    }
    double total = 0.0;
    for (std::size_t part = 0; part < geometry.part_count(); ++part) {
        const auto [first, end] = geometry.part(part);
        for (std::size_t i = first; i < end; ++i) {
            const double ring_area = std::abs(signed_ring_area(geometry.path(i)));
            total += i == first ? ring_area : -ring_area;
        }
    }
    return total;
}

double length(const GeometryView& geometry) {
    const int dimension = geom::dimension(geometry.type);
    CompensatedSum total;
    for (std::size_t i = 0; dimension > 0 && i < geometry.path_count(); ++i) {
        for_each_segment(geometry.path(i), dimension == 2,
                         [&](Point p, Point q) { total.add(std::hypot(q.x - p.x, q.y - p.y)); });
    }
    return total.value();
}

double overlap_area(const GeometryView& a, const GeometryView& b) {
    if (geom::dimension(a.type) != 2 || geom::dimension(b.type) != 2) {
        return 0.0;
    }
    const auto box_a = a.box();
    const auto box_b = b.box();
    if (!box_a || !box_b) {
        return 0.0;
    }
    const Box common{{std::max(box_a->min.x, box_b->min.x), std::max(box_a->min.y, box_b->min.y)},
                     {std::min(box_a->max.x, box_b->max.x), std::min(box_a->max.y, box_b->max.y)}};
    if (!(common.min.x < common.max.x && common.min.y < common.max.y)) {
        return 0.0;
    }
    const Frame frame = frame_of(common);
    return comes_first(b, a) ? ordered_overlap_area(b, a, frame) : ordered_overlap_area(a, b, frame);
}

double overlap_area(const TurnedRings& a, const TurnedRings& b, const Box& common) {
    if (!(common.min.x < common.max.x && common.min.y < common.max.y)) {
        return 0.0;
    }
    const Frame frame = frame_of(common);
    thread_local std::vector<Edge> edges_a;
    thread_local std::vector<Edge> edges_b;
    const bool exchanged = comes_first(b.rings, a.rings);
    cut_to(frame, exchanged ? b : a, edges_a);
    cut_to(frame, exchanged ? a : b, edges_b);
    return sum_over_pairs(edges_a, edges_b);
}

}  // namespace ranh::algorithm
