#pragma once

#include "spatial/algorithm/cell_join.hpp"
#include "tests/support/flat_layer.hpp"

#include <algorithm>
#include <cmath>

namespace ranh::test {

/// The ground two features share by the join of two layers of one feature each, square micrometres; however little.
[[nodiscard]] inline algorithm::SquareMicrometres joined_um2(const geom::GeometryView& left,
                                                             const geom::GeometryView& right,
                                                             const algorithm::CellLattice& lattice) {
    FlatLayer left_layer;
    left_layer.add(left);
    left_layer.finish();
    FlatLayer right_layer;
    right_layer.add(right);
    right_layer.finish();
    return algorithm::join_cells(left_layer.view(), right_layer.view(), lattice, {.least_um2 = 1, .threads = 1})
        .total_um2();
}

[[nodiscard]] inline double joined_area(const geom::GeometryView& left, const geom::GeometryView& right,
                                        const algorithm::CellLattice& lattice) {
    return algorithm::to_square_metres(joined_um2(left, right, lattice));
}

/// The lattice in which the longer side of the smaller of two boxes measures at most 2^halvings cells, and more than
/// half of that.
[[nodiscard]] inline algorithm::CellLattice lattice_for_pair(const geom::GeometryView& a, const geom::GeometryView& b,
                                                             int halvings) {
    const auto extent = [](const geom::GeometryView& geometry) {
        const geom::Box box = geometry.box().value_or(geom::Box{{0.0, 0.0}, {1.0, 1.0}});
        return std::max(box.max.x - box.min.x, box.max.y - box.min.y);
    };
    const double level = std::ceil(std::log2(std::min(extent(a), extent(b)))) - halvings;
    return algorithm::CellLattice(static_cast<int>(std::clamp(level, double{algorithm::CellLattice::least_level},
                                                              double{algorithm::CellLattice::greatest_level})));
}

}  // namespace ranh::test
