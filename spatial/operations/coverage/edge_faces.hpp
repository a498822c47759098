#pragma once

#include "spatial/operations/coverage/edge_noding.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ranh::coverage {

/// A face without any feature, inside the coverage.
struct EmptyFace {
    geom::Geometry ground;
    double area_m2 = 0.0;
    double perimeter_m = 0.0;
    std::vector<std::uint32_t> edges;  ///< the unmatched edges along it, ascending
};

/// The plane as the left-over edges of a coverage divide it.
struct EdgeFaces {
    std::vector<EmptyFace> empty;                   ///< by the lowest left point of their shells
    std::vector<std::vector<geom::Point>> outside;  ///< rings around the coverage, which lies on their right
    /// What lies on the outer side of the pieces of each unmatched edge, OR of the values below; 0 where all its pieces
    /// have a partner.
    std::vector<std::uint8_t> beyond;
    static constexpr std::uint8_t beyond_is_outside = 1;
    static constexpr std::uint8_t beyond_is_empty = 2;
    static constexpr std::uint8_t beyond_is_covered = 4;
    std::size_t outline_pieces = 0;  ///< pieces that bound the outside,
    std::size_t empty_pieces = 0;    ///< an empty face,
    std::size_t covered_pieces = 0;  ///< and that have features on both sides
};

/// Faces with the number of features on each, by following the pieces around them.
///
/// Across a piece that n features walk one way and m the other the number of features changes by n − m. The faces of
/// pieces that hang together know each other's number; where such a component lies is told by the next piece to the
/// west of its westernmost node.
/// Precondition   the pieces meet in nodes alone (cut_where_they_meet()).
/// Cost           O(n log n + pieces met by a line to the west from each component). Threads  pure.
[[nodiscard]] EdgeFaces trace_faces(const NodedEdges& noded, std::vector<EdgePiece> pieces);

}  // namespace ranh::coverage
