#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace ranh::algorithm {

/// Areas are added as whole square micrometres (1e-12 m²): sums of integers do not depend on their order, so neither
/// threads nor tiles nor the order of the input can change a total. 64 bits would end at 9.2 km².
// NOLINTNEXTLINE(modernize-use-using): __extension__ does not go before using
__extension__ typedef __int128 SquareMicrometres;

/// Nearest whole number of square micrometres; |area_m2| < 1e26. Above 9,007 m² a double is coarser than the unit.
[[nodiscard]] SquareMicrometres to_square_micrometres(double area_m2);
[[nodiscard]] double to_square_metres(SquareMicrometres area);

/// A stretch of an edge inside one cell, in coordinates of that cell: x0 < x1, height y0 + (x - x0) * slope.
///
/// weight is the sign of the edge: +1 for one that runs from right to left when shells are walked counter-clockwise,
/// else -1. A crossing of the top side is a stretch too: level at the top from the crossing to the right side of the
/// cell, with the sign of the edge that crosses (+1 downwards, -1 upwards). An upright stretch weighs 0: it has no area
/// under it, and is kept, with its lower end in y0 and its upper end in `slope`, only to show where boundary is.
struct CellPart {
    double x0 = 0.0;
    double x1 = 0.0;
    double y0 = 0.0;
    double slope = 0.0;
    double weight = 0.0;
};

/// Four stretches side by side, so that one instruction handles them together; unused places weigh 0 and have no width.
struct alignas(32) CellPartBlock {
    static constexpr std::size_t size = 4;
    double x0[size] = {};
    double x1[size] = {};
    double y0[size] = {};
    double slope[size] = {};
    double weight[size] = {};
};

/// Appends the stretches in blocks of four; the last block may have unused places.
void append_blocks(std::span<const CellPart> parts, std::vector<CellPartBlock>& blocks);

/// One feature in one cell: its winding number just below the upper left corner, its area in the cell, and its
/// stretches, one by one or in blocks.
struct CellView {
    std::int32_t winding = 0;
    double area_m2 = 0.0;
    std::span<const CellPart> parts;
};
struct CellBlockView {
    std::int32_t winding = 0;
    double area_m2 = 0.0;
    std::span<const CellPartBlock> blocks;
};

/// A rectangle in coordinates of a cell; it may reach beyond the cell.
struct CellBox {
    double x0 = 0.0;
    double x1 = 0.0;
    double y0 = 0.0;
    double y1 = 0.0;
};

/// Whether the boundary of a feature comes near a box inside a cell.
struct CellContact {
    bool meets = true;  ///< the box of some stretch meets it
    std::int32_t winding =
        0;  ///< where not: the winding number of the feature all over the part of the box in the cell
};
[[nodiscard]] CellContact contact_in_cell(const CellBlockView& feature, const CellBox& box, double side);

/// Area of one feature in a cell of the given side: winding * side² plus the integrals of the stretches.
[[nodiscard]] double area_in_cell(std::int32_t winding, std::span<const CellPart> parts, double side);

/// Area common to two features in one cell: the integral of the product of their winding numbers.
///
/// Give every stretch i of A its height a_i(x) over I_i and its weight s_i, and let w be A's winding number below the
/// upper left corner. For every point of the cell
///     w_A(x, y) = w + sum of s_i over the stretches with x in I_i and y < a_i(x),
/// because the stretches along the top stand for what lies above the cell, and with h the side of the cell
///     ∬ w_A w_B = w_A area(B) + w_B area(A) - w_A w_B h² + Σ_i Σ_j s_i t_j ∫ min(a_i, b_j) dx,
/// heights counted from the bottom of the cell. The integral of the lower of two lines over a length L is
///     L/4 · (a0 + a1 + b0 + b1 - g),   g = |f0| + |f1|, or (f0² + f1²) / (|f0| + |f1|) when f = a - b changes sign,
/// which is continuous in the coordinates: no case is decided by a predicate, nothing divides by zero.
///
/// Cost        a stretch of A with four of B: some 35 instructions without a branch, on four lanes where the processor
///             has them.
/// Guarantees  finite for finite input; the bits depend on the order of the operands and of their stretches alone, not
///             on the processor.
/// Bad input   counts by the product of the winding numbers.
[[nodiscard]] double common_area_in_cell(const CellView& a, const CellBlockView& b, double side);

}  // namespace ranh::algorithm
