#pragma once

#include "spatial/operations/overlay/cell_join.hpp"
#include "spatial/operations/overlay/overlaps.hpp"

#include <cstdint>
#include <vector>

namespace ranh::overlay {

/// Two features that may make a pair, and how they were found.
struct Candidate {
    enum class Source {
        cells,  ///< by the join of cells: the common area is known
        boxes,  ///< their boxes meet, one of them is no area
        near    ///< their boxes come within options.near
    };
    CellPair cells;
    Source source = Source::cells;
};

struct Candidates {
    std::vector<Candidate> pairs;  ///< by left feature, then right feature, in the order of ids
    /// Areas whose boundaries have to be looked at, ascending.
    std::vector<std::uint32_t> left_boundaries;
    std::vector<std::uint32_t> right_boundaries;
};

/// All pairs that find_overlaps() has to look at: areas by the join of cells, points and lines by their boxes.
/// Errors  Failure: cancelled.
[[nodiscard]] Candidates find_candidates(const snapshot::PackedLayer& left, const snapshot::PackedLayer& right,
                                         bool self, const OverlapOptions& options);

/// The areas of a layer as the join of cells reads them. Lives no longer than the layer.
[[nodiscard]] algorithm::PolygonsView polygons_of(const snapshot::PackedLayer& layer);

}  // namespace ranh::overlay
