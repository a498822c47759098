#include "spatial/algorithm/cell_area.hpp"

#include "spatial/base/lanes.hpp"

#include <algorithm>
#include <cmath>

namespace ranh::algorithm {
namespace {

constexpr double um2_per_m2 = 1e12;

inline const Lanes& lanes(const double* values) { return *reinterpret_cast<const Lanes*>(values); }

}  // namespace

SquareMicrometres to_square_micrometres(double area_m2) {
    const double scaled = area_m2 * um2_per_m2;
    // Adding and taking away 1.5 * 2^52 rounds to the nearest whole number while |scaled| < 2^51.
    constexpr double shift = 6755399441055744.0;
    if (std::abs(scaled) < 2251799813685248.0) {
        return static_cast<std::int64_t>((scaled + shift) - shift);
    }
    return static_cast<SquareMicrometres>(std::rint(scaled));
}

double to_square_metres(SquareMicrometres area) { return static_cast<double>(area) / um2_per_m2; }

double area_in_cell(std::int32_t winding, std::span<const CellPart> parts, double side) {
    double sum = static_cast<double>(winding) * side * side;
    for (const CellPart& part : parts) {
        const double width = part.x1 - part.x0;
        sum += part.weight * width * (part.y0 + 0.5 * width * part.slope);
    }
    return sum;
}

void append_blocks(std::span<const CellPart> parts, std::vector<CellPartBlock>& blocks) {
    for (std::size_t i = 0; i < parts.size(); i += CellPartBlock::size) {
        CellPartBlock& block = blocks.emplace_back();
        for (std::size_t k = 0; k < CellPartBlock::size && i + k < parts.size(); ++k) {
            const CellPart& part = parts[i + k];
            block.x0[k] = part.x0;
            block.x1[k] = part.x1;
            block.y0[k] = part.y0;
            block.slope[k] = part.slope;
            block.weight[k] = part.weight;
        }
    }
}

RANH_BY_PROCESSOR
CellContact contact_in_cell(const CellBlockView& feature, const CellBox& box, double side) {
    // Any point of the box will do: no stretch begins, ends or passes in it. Stretches that follow each other share the
    // x of their common end, so half-open x-ranges count each of them once.
    const double x = std::max(box.x0, 0.0);
    Lanes turns{};
    for (const CellPartBlock& block : feature.blocks) {
        const Lanes x0 = lanes(block.x0);
        const Lanes x1 = lanes(block.x1);
        const Lanes y0 = lanes(block.y0);
        const Lanes slope = lanes(block.slope);
        const Lanes weight = lanes(block.weight);
        const Lanes y1 = weight == 0.0 ? slope : y0 + (x1 - x0) * slope;
        const Lanes low = y0 < y1 ? y0 : y1;
        const Lanes high = y0 < y1 ? y1 : y0;
        const auto along_top = (y0 == side) & (slope == 0.0);
        const auto unused = (weight == 0.0) & (y0 == y1);
        const auto apart = (x0 > box.x1) | (x1 < box.x0) | (low > box.y1) | (high < box.y0);
        const auto aside = along_top | unused | apart;
        if ((aside[0] & aside[1] & aside[2] & aside[3]) == 0) {
            return {true, 0};
        }
        const auto above = (x0 <= x) & (x1 > x) & (along_top | (low > box.y1));
        turns += above ? weight : Lanes{};
    }
    return {false, feature.winding + static_cast<std::int32_t>((turns[0] + turns[1]) + (turns[2] + turns[3]))};
}

RANH_BY_PROCESSOR
double common_area_in_cell(const CellView& a, const CellBlockView& b, double side) {
    Lanes total{};
    for (const CellPart& part : a.parts) {
        Lanes sum{};
        for (const CellPartBlock& block : b.blocks) {
            const Lanes bx0 = lanes(block.x0);
            const Lanes bx1 = lanes(block.x1);
            const Lanes by0 = lanes(block.y0);
            const Lanes slope = lanes(block.slope);
            const Lanes x0 = bx0 < part.x0 ? Lanes{} + part.x0 : bx0;
            const Lanes x1 = bx1 < part.x1 ? bx1 : Lanes{} + part.x1;
            const Lanes width = x1 - x0;
            const Lanes a0 = part.y0 + (x0 - part.x0) * part.slope;
            const Lanes a1 = part.y0 + (x1 - part.x0) * part.slope;
            const Lanes b0 = by0 + (x0 - bx0) * slope;
            const Lanes b1 = by0 + (x1 - bx0) * slope;
            const Lanes f0 = a0 - b0;
            const Lanes f1 = a1 - b1;
            const Lanes same = f0 + f1;
            const Lanes across = f0 - f1;
            const Lanes g_same = same < 0.0 ? -same : same;
            // No lane divides by 0 where the quotient is taken: f0 and f1 have opposite signs there.
            const Lanes g_across = (f0 * f0 + f1 * f1) / (across < 0.0 ? -across : across);
            const Lanes g = f0 * f1 < 0.0 ? g_across : g_same;
            const Lanes area = width * (((a0 + b0) + (a1 + b1)) - g);
            sum += width > 0.0 ? lanes(block.weight) * area : Lanes{};
        }
        total += part.weight * sum;
    }
    const auto winding_a = static_cast<double>(a.winding);
    const auto winding_b = static_cast<double>(b.winding);
    const double quarter = (total[0] + total[1]) + (total[2] + total[3]);
    return (winding_a * b.area_m2 + winding_b * a.area_m2) - winding_a * winding_b * side * side + 0.25 * quarter;
}

}  // namespace ranh::algorithm
