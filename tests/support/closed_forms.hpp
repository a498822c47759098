#pragma once

#include "spatial/geom/geometry.hpp"

#include <string>
#include <vector>

namespace ranh::test {

/// Two areas and the area they share, known without measuring it. Lengths are small whole numbers or halves of them, so
/// corners and edges lie on the lines of a lattice.
struct ClosedForm {
    std::string name;
    geom::Geometry a;
    geom::Geometry b;
    double area = 0.0;
};

/// Rectangles, triangles, combs, spirals, nested rings, checkerboards, parts that share edges, and degenerate rings.
[[nodiscard]] const std::vector<ClosedForm>& closed_forms();

}  // namespace ranh::test
