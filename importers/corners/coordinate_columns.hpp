#pragma once

#include "spatial/base/error.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ranh::corners {

/// The two coordinate columns of a table as numbers.
struct CoordinateColumns {
    std::vector<std::optional<double>> north;  ///< of the column headed X
    std::vector<std::optional<double>> east;   ///< of the column headed Y
    std::string note;                          ///< the number styles, when they are worth a word
};

/// Decides the number style of each column, never of a cell: the styles that read the most cells, and of those the pair
/// that gives positions in Việt Nam (metres of a VN-2000 grid, or degrees; either axis order). Cells that do not fit,
/// and numbers that are no position where most others are one, are empty. invalid_argument naming the column and the
/// readings when two pairs fit.
[[nodiscard]] Result<CoordinateColumns> read_coordinates(std::span<const std::string> north,
                                                         std::span<const std::string> east);

}  // namespace ranh::corners
