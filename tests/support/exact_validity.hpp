#pragma once

#include "spatial/geom/geometry.hpp"

namespace ranh::test {

/// Whether an area is valid (OGC 06-103r4 §6.1.11, §6.1.14), decided slowly in whole numbers and shared with nothing of
/// the product: every pair of edges is looked at, every ring is cut at all its contacts with every other one and the
/// middle of each piece is located; connected interiors by Euler's formula.
///
/// Precondition: whole coordinates of less than 4096 (asserted). Rings may be open. Cost O(n³).
[[nodiscard]] bool is_exactly_valid(const geom::GeometryView& area);

}  // namespace ranh::test
