#include "spatial/validation/plane_scale.hpp"

#include <cmath>
#include <numbers>

namespace ranh::validation {

PlaneScale plane_scale(const crs::Crs& crs, geom::Point at) {
    if (!crs.is_geographic()) {
        return {};
    }
    // Radii of curvature in the prime vertical and in the meridian (Snyder 1987, 4-20 and 4-18).
    constexpr double axis_m = 6378137.0;
    constexpr double eccentricity_squared = 0.00669438002290;
    constexpr double degree = std::numbers::pi / 180.0;
    const double sine = std::sin(at.y * degree);
    const double w = std::sqrt(1.0 - eccentricity_squared * sine * sine);
    return {.x_m = axis_m / w * std::cos(at.y * degree) * degree,
            .y_m = axis_m * (1.0 - eccentricity_squared) / (w * w * w) * degree};
}

}  // namespace ranh::validation
