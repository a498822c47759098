#include "spatial/validation/area_limit.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace ranh::validation {
namespace {

/// Up to `until_m2` the limit grows by `per_ten_m2` for every 10 m².
struct Band {
    double until_m2;
    double per_ten_m2;
};

constexpr double no_end = std::numeric_limits<double>::infinity();

struct ScaleLimits {
    int scale;
    double base_m2;  ///< up to the end of the first band, which adds nothing
    std::array<Band, 7> bands;
};

constexpr std::array<ScaleLimits, 6> table{{
    {200, 0.23, {{{30, 0}, {100, .07}, {300, .05}, {500, .04}, {1000, .03}, {2000, .02}, {no_end, .01}}}},
    {500, 0.25, {{{30, 0}, {100, .08}, {300, .05}, {500, .04}, {1000, .03}, {2000, .02}, {no_end, .01}}}},
    {1000, 0.35, {{{40, 0}, {300, .08}, {1000, .05}, {2000, .04}, {5000, .03}, {10000, .02}, {no_end, .01}}}},
    {2000, 0.40, {{{40, 0}, {300, .09}, {1000, .05}, {2000, .04}, {5000, .03}, {10000, .02}, {no_end, .01}}}},
    {5000, 0.50, {{{50, 0}, {300, .09}, {1000, .05}, {2000, .04}, {5000, .03}, {10000, .02}, {no_end, .01}}}},
    {10000, 0.50, {{{50, 0}, {300, .09}, {1000, .06}, {2000, .05}, {5000, .04}, {10000, .03}, {no_end, .02}}}},
}};

constexpr std::array<int, 6> scales{200, 500, 1000, 2000, 5000, 10000};

}  // namespace

std::span<const int> limited_scales() { return scales; }

std::optional<double> area_limit_m2(int scale, double area_m2) {
    const auto* const row = std::ranges::find(table, scale, &ScaleLimits::scale);
    if (row == table.end()) {
        return std::nullopt;
    }
    double limit_m2 = row->base_m2;
    double from_m2 = 0.0;
    for (const Band& band : row->bands) {
        if (area_m2 > from_m2) {
            limit_m2 += (std::min(area_m2, band.until_m2) - from_m2) / 10.0 * band.per_ten_m2;
        }
        from_m2 = band.until_m2;
    }
    return limit_m2;
}

}  // namespace ranh::validation
