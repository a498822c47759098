#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace ranh::validation {

/// The numbers rules are held against. Each tolerance has a name of its own: what is the same point (grid_m) is another
/// question than what is worth telling (least_*).
enum class Parameter : std::uint8_t {
    grid_m,
    least_edge_m,
    least_angle_deg,
    least_area_m2,
    map_scale,
    geohash_distance_m,
    purposes_area_m2
};
inline constexpr std::size_t parameter_count = 7;

struct ParameterRow {
    Parameter parameter;
    std::string_view name;  ///< in profile files; ends in its unit, where it has one
    double usual;           ///< unless a profile says otherwise
    double least;
    double most;
    std::string_view meaning_vi;
    std::string_view meaning_en;
};

/// All parameters, in the order of the enumeration.
[[nodiscard]] const std::array<ParameterRow, parameter_count>& parameter_table();
[[nodiscard]] const ParameterRow& row_of(Parameter parameter);
[[nodiscard]] std::optional<Parameter> parse_parameter(std::string_view name);

}  // namespace ranh::validation
