#pragma once

#include "spatial/algorithm/cell_lattice.hpp"
#include "spatial/algorithm/polygons_view.hpp"
#include "spatial/base/progress.hpp"
#include "spatial/geom/geometry.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace ranh::coverage {

/// A vertex of a feature as it is stored: rings counted over all rings of the feature, vertices from 0, the closing
/// point not counted.
struct VertexPlace {
    std::uint32_t feature = 0;
    std::uint32_t ring = 0;
    std::uint32_t vertex = 0;
    geom::Point point;
    friend bool operator==(const VertexPlace&, const VertexPlace&) = default;
};

/// What the checks between the features of a coverage are held against. Three tolerances answer three questions and are
/// never one number: what is the same place (grid), what was meant to be the same place (matching), what is worth
/// telling (reporting). Two more numbers only name what was found.
struct CoverageOptions {
    /// Grid: points nearer than this, metres, are one place; borders that differ by less have no gap and no overlap
    /// between them, only mismatches marked below_grid. Default: 0.1 mm, a tenth of the last digit surveys print.
    double grid_m = 0.0001;
    /// Matching: a vertex nearer than this, metres, to an edge or vertex of another feature was meant to lie on it.
    /// Vertices of borders that meet again at shared nodes need no tolerance. Default: 1 cm, a fifth of the accuracy of
    /// a boundary point at 1:200 (5 cm, Circular 25/2014/TT-BTNMT).
    double matching_m = 0.01;
    /// Reporting: gaps and overlaps of less ground, square metres, are not listed. Default: 0.001 m², 10 cm by 1 cm; a
    /// register prints 0.1 m².
    double reporting_m2 = 0.001;
    /// Accuracy: elongated gaps and overlaps of a smaller mean width, metres, and those below the square of it, are
    /// slivers; two vertices on one line are one that was moved when they are nearer than this. Default: 0.15 m, the
    /// accuracy of a boundary point at 1:1000 (Circular 25/2014/TT-BTNMT).
    double sliver_width_m = 0.15;
    /// Two features that share more than this part of their common ground are near-duplicates. Default: 0.95.
    double near_duplicate_iou = 0.95;
    /// One byte for each feature: other than 0 where a ring crosses itself, so that findings beside it are marked.
    /// Default: none, no finding is marked.
    std::span<const std::uint8_t> crosses_itself = {};
    /// Tells corners from points that stand in a ring only because its edges were divided, as those of the working
    /// plane are: such a point is no vertex that a neighbour could lack. Asked of points along unmatched edges alone.
    /// Default: none, every point is a corner.
    std::function<bool(const VertexPlace&)> is_corner = {};
    /// Threads; 0 means as many as the machine has. The findings do not depend on it.
    unsigned threads = 0;
    const CancelToken* cancel = nullptr;
};

/// A vertex of one feature on the common border that its neighbour lacks, or has elsewhere.
struct BoundaryMismatch {
    VertexPlace vertex;
    std::uint32_t lacking = 0;        ///< the neighbour
    std::uint32_t lacking_ring = 0;   ///< the vertex belongs into this ring of the neighbour …
    std::uint32_t lacking_after = 0;  ///< … between this vertex, as the ring is stored, and the next
    /// The vertex of the neighbour that stands in its place; absent where the neighbour has none for it.
    std::optional<VertexPlace> moved;
    double distance_m = 0.0;  ///< to that vertex, else to the border of the neighbour
    bool below_grid = false;  ///< nearer than options.grid_m
    bool invalid_ring = false;
    friend bool operator==(const BoundaryMismatch&, const BoundaryMismatch&) = default;
};

/// Ground inside the outline of the coverage that no feature has.
struct Gap {
    geom::Geometry ground;  ///< a polygon, with the features that stand in it as holes
    double area_m2 = 0.0;
    double width_m = 0.0;                   ///< mean: 2 · area / perimeter
    double thinness = 0.0;                  ///< 4π · area / perimeter²
    bool sliver = false;                    ///< see options.sliver_width_m
    std::vector<std::uint32_t> neighbours;  ///< features around it and in it, ascending
    std::optional<std::size_t> cause;       ///< place in CoverageFindings::mismatches
    bool invalid_ring = false;              ///< a neighbour crosses itself
};

enum class OverlapKind : std::uint8_t {
    duplicate,       ///< the rings are equal, wherever they begin and however they turn
    near_duplicate,  ///< IoU above options.near_duplicate_iou
    containment,     ///< one lies inside the other
    overlap,
    sliver,  ///< see options.sliver_width_m
};

/// Two features that claim the same ground.
struct OverlapPair {
    std::uint32_t left = 0;  ///< left < right
    std::uint32_t right = 0;
    OverlapKind kind = OverlapKind::overlap;
    double area_m2 = 0.0;
    double share_left = 0.0;           ///< of the area of the left feature
    double share_right = 0.0;          ///< and of the right one
    double iou = 0.0;                  ///< area / (left + right − area)
    double width_m = 0.0;              ///< mean: 2 · area / perimeter of the common ground
    double thinness = 0.0;             ///< 4π · area / perimeter²
    geom::Box box;                     ///< common box of both
    std::optional<std::size_t> cause;  ///< place in CoverageFindings::mismatches
    /// A ring crosses itself there: ground counts as often as it is wound around.
    bool invalid_ring = false;
};

/// The unmatched edges by what they bound; an edge that others cross counts in pieces.
struct EdgeCounts {
    std::size_t unmatched = 0;    ///< UnmatchedEdge, before the grid
    std::size_t within_grid = 0;  ///< of these, matched once points nearer than the grid are one
    std::size_t pieces = 0;       ///< what is left, cut where edges meet; the sum of those below
    std::size_t outline = 0;      ///< along the outside of the coverage
    std::size_t gap = 0;          ///< along ground that nobody has
    std::size_t overlap = 0;      ///< inside ground of another feature
    friend bool operator==(const EdgeCounts&, const EdgeCounts&) = default;
};

/// All lists are in the order of their features, whatever the threads did.
struct CoverageFindings {
    std::vector<BoundaryMismatch> mismatches;
    std::vector<Gap> gaps;
    std::vector<OverlapPair> overlaps;
    /// Rings around the outside of the coverage, clockwise: the ground lies on their right.
    std::vector<std::vector<geom::Point>> outline;
    EdgeCounts edges;
};

/// Everything that keeps the features of a layer from tiling their ground: overlaps and gaps with their measures, and
/// borders that are not drawn alike.
///
/// Edges that two neighbours walk in opposite directions are struck out (algorithm::unmatched_edges); in a clean
/// coverage its outline is left, and only what is left is looked at. Cut where they meet, the left-over edges bound
/// faces with one winding number each: 0 inside of everything is a gap, 2 and more an overlap. A mismatch is
///   - a vertex between two shared nodes that one of the two borders between them has and the other has not, however
///     far it lies off, where two features lie along them, or three around the vertex (of three borders that close to
///     a triangle the one that passes its vertex most closely, the longest side, is taken to lack it); where each of
///     the two borders has a vertex of its own for it, these are one mismatch with the distance between them, unless
///     both lie on one line farther apart than options.sliver_width_m;
///   - a vertex within options.matching_m of an edge or a vertex of a feature that lacks it.
/// A gap or overlap between the two borders of such a mismatch has it as its cause. Ground with two neighbours alone
/// that share both of its ends reads as such borders: it is listed as a gap with a cause.
///
/// Units        metres of one plane, square metres of the same; x = easting, y = northing. In the working plane areas
///              are those of the ellipsoid.
/// Cost         O(edges) for the matching, O(left-over edges · log) for the rest, and the measuring of each overlap.
/// Guarantees   an overlap of two features or a gap of at least options.reporting_m2 is listed, once; equal findings
///              for any number of threads, and for any order of the features but for their numbers.
/// Limits       a vertex on the outer end of a common border that only one of two features has is no mismatch but a
///              changed outline, unless it lies within options.matching_m.
/// Bad input    rings that cross themselves wind around ground otherwise than once: options.crosses_itself marks what
///              is found beside them.
/// Memory       24 bytes for each edge whose neighbour stands far away in the layer, and the findings.
/// Threads      pure.
/// Errors       Failure cancelled.
/// Source       JTS coverage validation (Davis 2022) for the aim; matching and classes after ranh's own design.
[[nodiscard]] CoverageFindings check_coverage(const algorithm::PolygonsView& layer,
                                              const algorithm::CellLattice& lattice,
                                              const CoverageOptions& options = {});

}  // namespace ranh::coverage
