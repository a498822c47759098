#pragma once

#include "spatial/crs/plane_projection.hpp"
#include "spatial/geom/geometry.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace ranh::crs::detail {

/// An edge in its source system and where its ends lie in the plane.
struct Edge {
    geom::Point from;
    geom::Point to;
    geom::Point plane_from;
    geom::Point plane_to;
};

/// Points to insert into edges: those of edge i, in its own direction, are points[ends[i-1] .. ends[i]).
struct InsertedPoints {
    std::vector<geom::Point> points;
    std::vector<std::size_t> ends;
};

/// Divides edges that are straight in a source system so that their image in the plane keeps within `tolerance_m` of
/// its chords.
///
/// Guarantees  what is inserted into an edge depends on its two ends only, not on its direction nor on the edges around
/// it:
///             2^k equal pieces, from the lower end (by y, then x) to the higher, parameter i / 2^k.
/// Cost        an edge below the length that cannot bend costs a comparison; others at least three projected points.
/// Threads     immutable after construction.
/// Errors      corrupt_input when an edge would need more than 2^max_level pieces or leaves the projection.
class ChordDivision {
public:
    static constexpr int max_level = 20;

    /// `to_plane` maps the source, in metres or degrees (`source_unit_m`: 1 or roughly 111,320), to the plane.
    ChordDivision(PlaneProjection to_plane, double source_unit_m, double tolerance_m);

    [[nodiscard]] const PlaneProjection& to_plane() const { return m_to_plane; }
    /// False: the edge certainly keeps within the tolerance as it is.
    [[nodiscard]] bool may_bend(const Edge& edge) const;
    [[nodiscard]] InsertedPoints divide(std::span<const Edge> edges) const;

private:
    [[nodiscard]] std::vector<geom::Point> divided(const Edge& edge, int level) const;
    [[nodiscard]] double bend_per_square_unit(double step) const;

    PlaneProjection m_to_plane;
    double m_target_m;
    double m_straight_below_squared = 0.0;  // source units squared; edges shorter than that do not bend
};

}  // namespace ranh::crs::detail
