#pragma once

#include "spatial/geom/geometry.hpp"

#include <cstdint>
#include <span>

namespace ranh::algorithm {

/// Signed area of a ring by the shoelace formula, positive counter-clockwise, square units of the coordinates;
/// coordinates are taken relative to the first point. The ring need not be closed.
[[nodiscard]] double signed_ring_area(std::span<const geom::Point> ring);

/// The ring is walked counter-clockwise: its signed area is above 0. Where that is below 1e-3 of its box (a bow-tie of
/// equal lobes, a winding river), so that rounding or the plane might decide, the turn at its lowest leftmost corner
/// says so, exactly: for a ring that keeps apart from itself that is the same. A ring walked the other way round gives
/// the other answer, and the corner it begins with does not matter.
///
/// Cost  O(n); O(n²) where loops cancel and the ring runs back or meets itself at that corner. Bad input  a ring that
/// is the same both ways, as one without area: any answer.
[[nodiscard]] bool is_counter_clockwise(std::span<const geom::Point> ring);

/// Area of all parts: shells minus holes whatever their winding, summed over the parts; 0 for points and lines.
[[nodiscard]] double area(const geom::GeometryView& geometry);

/// Length of all rings or lines, units of the coordinates.
[[nodiscard]] double length(const geom::GeometryView& geometry);

/// Area common to two polygonal geometries of one plane, measured without building the common geometry (signed integral
/// of the lower of two edges over their common x-range, summed over all pairs of edges; derivation at the head of the
/// .cpp).
///
/// Units, axes  metres in, square metres out; x = easting, y = northing.
/// Cost         O((n + m) log(n + m) + pairs of edges that share x-range inside the common box).
/// Guarantees   finite for every input with coordinates below 1e150; swapping the operands gives the same bits;
/// touching gives 0
///              up to rounding (relative 1e-12 of the smaller area), never less than 0 for valid input.
/// Not done     no topology: for "do the interiors meet at all?" ask relate().
/// Bad input    a self-crossing ring counts by winding number.
/// Threads      pure.
[[nodiscard]] double overlap_area(const geom::GeometryView& a, const geom::GeometryView& b);

/// Rings of which it is told how they wind: +1 for one that is walked as it should be (shell counter-clockwise, hole
/// clockwise), else -1.
struct TurnedRings {
    geom::GeometryView rings;
    std::span<const std::int8_t> turns;
};

/// The same inside `common`, a box outside of which the rings may be any: for outlines cut to the neighbourhood of a
/// pair (near_outline.hpp). The sum as it is, which rounding may leave a little below 0.
[[nodiscard]] double overlap_area(const TurnedRings& a, const TurnedRings& b, const geom::Box& common);

}  // namespace ranh::algorithm
