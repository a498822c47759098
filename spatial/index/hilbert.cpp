#include "spatial/index/hilbert.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace ranh::index {
namespace {

using geom::Box;
using geom::Point;

constexpr std::uint32_t hilbert_side = 1U << 16U;

/// Place of cell (x, y) along the Hilbert curve that fills a square of hilbert_side cells (the walk from the coarsest
/// quadrant to the finest, turning the square so that each quadrant is entered where the one before it was left).
std::uint32_t hilbert_code(std::uint32_t x, std::uint32_t y) {
    std::uint32_t code = 0;
    for (std::uint32_t side = hilbert_side / 2; side > 0; side /= 2) {
        const std::uint32_t right = (x & side) != 0 ? 1 : 0;
        const std::uint32_t upper = (y & side) != 0 ? 1 : 0;
        code = code * 4 + ((3 * right) ^ upper);
        if (upper == 0) {
            if (right == 1) {
                x = hilbert_side - 1 - x;
                y = hilbert_side - 1 - y;
            }
            std::swap(x, y);
        }
    }
    return code;
}

/// 0 .. hilbert_side - 1 for values from low to high.
std::uint32_t cell(double value, double low, double high) {
    if (!(low < high)) {
        return 0;
    }
    const double share = std::clamp((value - low) / (high - low), 0.0, 1.0);
    return static_cast<std::uint32_t>(share * (hilbert_side - 1));
}

Point centre(const Box& box) { return {0.5 * (box.min.x + box.max.x), 0.5 * (box.min.y + box.max.y)}; }

}  // namespace

std::vector<std::uint32_t> hilbert_codes(std::span<const Box> boxes) {
    std::vector<std::uint32_t> codes;
    if (boxes.empty()) {
        return codes;
    }
    const Box all = std::accumulate(boxes.begin() + 1, boxes.end(), boxes.front(), geom::united);
    codes.reserve(boxes.size());
    for (const Box& box : boxes) {
        const Point c = centre(box);
        codes.push_back(hilbert_code(cell(c.x, all.min.x, all.max.x), cell(c.y, all.min.y, all.max.y)));
    }
    return codes;
}

}  // namespace ranh::index
