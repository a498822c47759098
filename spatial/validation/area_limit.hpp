#pragma once

#include <optional>
#include <span>

namespace ranh::validation {

/// Denominators of the map scales the area limits are known for, ascending.
[[nodiscard]] std::span<const int> limited_scales();

/// How far the area on paper and the computed one may differ, square metres, by the denominator of the map scale;
/// nothing for a scale without a limit. Between whole tens of square metres the limit grows in proportion.
/// Source  Annex 04 of Circular 26/2024/TT-BTNMT, from a secondary source.
[[nodiscard]] std::optional<double> area_limit_m2(int scale, double area_m2);

}  // namespace ranh::validation
