#pragma once

#include "spatial/operations/coverage/coverage.hpp"

#include <vector>

namespace ranh::coverage {

/// Every two features that share at least options.reporting_m2, measured and named; by left and right feature. Causes
/// are left open. Cost, errors  see check_coverage().
[[nodiscard]] std::vector<OverlapPair> overlap_pairs(const algorithm::PolygonsView& layer,
                                                     const algorithm::CellLattice& lattice,
                                                     const CoverageOptions& options);

/// The features have the same rings, wherever each begins, however it turns, and in whatever order they stand.
[[nodiscard]] bool same_rings(const geom::GeometryView& a, const geom::GeometryView& b);

/// Elongated and narrower than the limit, or smaller than the square of it. Of a compact shape the mean width is half
/// of its width, so only of an elongated one (thinness below 0.5) it tells how far the two sides lie apart.
[[nodiscard]] inline bool is_sliver(double area_m2, double width_m, double thinness, double limit_m) {
    constexpr double elongated = 0.5;
    return area_m2 < limit_m * limit_m || (thinness < elongated && width_m < limit_m);
}

}  // namespace ranh::coverage
