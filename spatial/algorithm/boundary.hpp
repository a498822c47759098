#pragma once

#include "spatial/algorithm/orientation.hpp"
#include "spatial/geom/geometry.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace ranh::algorithm {

/// One segment of a ring or line, in the direction in which the path is walked; never of zero length.
struct Segment {
    geom::Point from;
    geom::Point to;
    std::uint32_t path = 0;
    /// The path continues here from the end of the segment before this one.
    bool continues = false;
};

[[nodiscard]] inline geom::Box box_of(const Segment& s) {
    const auto low = [](double p, double q) { return p < q ? p : q; };
    const auto high = [](double p, double q) { return p < q ? q : p; };
    return {{low(s.from.x, s.to.x), low(s.from.y, s.to.y)}, {high(s.from.x, s.to.x), high(s.from.y, s.to.y)}};
}

/// All segments of a geometry's rings (closed, without spikes) or lines, in order; what relate(), distance() and
/// length_inside() work on.
class Boundary {
public:
    /// Precondition: the geometry has at least one point.
    explicit Boundary(const geom::GeometryView& geometry);

    [[nodiscard]] std::span<const Segment> segments() const { return m_segments; }
    [[nodiscard]] std::size_t path_count() const { return m_path_count; }
    [[nodiscard]] const geom::Box& box() const { return m_box; }

    /// The number of edges to the right of a point that is on no edge is odd: the point is inside. Exact; O(n).
    /// A point on an edge gets one of the two answers.
    [[nodiscard]] bool encloses(geom::Point p) const;
    [[nodiscard]] bool encloses(const Midpoint& p) const;

    /// The interior lies to the left of the segment, as even-odd counting has it at the segment's middle. O(n).
    [[nodiscard]] bool interior_left_of(const Segment& segment) const;

private:
    std::vector<Segment> m_segments;
    std::size_t m_path_count;
    geom::Box m_box;
};

/// A segment as an item of sweep_pairs(): its extent along the longer side of the region looked at, and across it.
struct SweptSegment {
    double x0;
    double x1;
    double y0;
    double y1;
    std::uint32_t index;
};

/// The segments of a boundary whose boxes meet a region.
struct NearSegments {
    std::vector<SweptSegment> kept;
    /// One flag per segment of the boundary: it is near, and yet left out; empty when none is.
    std::vector<bool> cancelled;
};

/// With `cancel_doubles`, segments that stand there twice (a border between two parts of one geometry) are left out in
/// pairs, for they bound nothing by the even-odd rule.
[[nodiscard]] NearSegments segments_near(const Boundary& boundary, const geom::Box& region, bool cancel_doubles);

}  // namespace ranh::algorithm
