#pragma once

#include "spatial/algorithm/cell_join.hpp"
#include "spatial/operations/overlay/overlaps.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace ranh::overlay {

using algorithm::CellPair;

/// Two features that may make a pair, and how they were found.
struct Candidate {
    enum class Source {
        cells,  ///< by the join of cells
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

/// The features to look at, ascending; absent: all of a layer.
struct Listed {
    std::optional<std::vector<std::uint32_t>> left = std::nullopt;
    std::optional<std::vector<std::uint32_t>> right = std::nullopt;
};

/// All pairs that find_overlaps() has to look at: areas by the join of cells, points and lines by their boxes.
/// Errors  Failure: cancelled.
[[nodiscard]] Candidates find_candidates(const snapshot::PackedLayer& left, const snapshot::PackedLayer& right,
                                         bool self, const OverlapOptions& options, const Listed& listed = {});

/// Features of `layer` whose boxes come within `reach_m` of the named features of another, ascending.
[[nodiscard]] std::vector<std::uint32_t> features_around(const snapshot::PackedLayer& layer,
                                                         const snapshot::PackedLayer& others,
                                                         std::span<const std::uint32_t> which, double reach_m);

/// The areas of a layer as the join of cells reads them. Lives no longer than the layer.
[[nodiscard]] algorithm::PolygonsView polygons_of(const snapshot::PackedLayer& layer);

}  // namespace ranh::overlay
