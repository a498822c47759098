#include "spatial/validation/parameter.hpp"

#include <algorithm>

namespace ranh::validation {
namespace {

constexpr std::array<ParameterRow, parameter_count> table{{
    // Survey files carry whole millimetres at best: a tenth of that is no point of its own.
    {Parameter::grid_m, "grid_m", 0.0001, 0.0, 0.01, "hai điểm gần hơn thế là một điểm",
     "two points nearer than this are one"},
    {Parameter::least_edge_m, "least_edge_m", 0.01, 0.0, 10.0, "cạnh ngắn hơn thế được báo",
     "an edge shorter than this is told"},
    {Parameter::least_angle_deg, "least_angle_deg", 0.5, 0.0, 90.0, "góc đỉnh nhọn hơn thế được báo",
     "a corner sharper than this is told"},
    {Parameter::least_area_m2, "least_area_m2", 0.1, 0.0, 1000.0, "thửa nhỏ hơn thế được báo",
     "an area smaller than this is told"},
    {Parameter::map_scale, "map_scale", 0.0, 0.0, 10000.0,
     "mẫu số tỷ lệ bản đồ cho hạn sai diện tích; 0: theo nguồn gốc của lớp",
     "denominator of the map scale for limits of area; 0: that of the layer's provenance"},
    // Twice the longer side of a cell of 12 characters.
    {Parameter::geohash_distance_m, "geohash_distance_m", 0.08, 0.0, 1000.0,
     "điểm của mã định danh cách thửa xa hơn thế được báo",
     "a point of the identifier farther from the parcel is told"},
    // Areas are printed to 0.1 m².
    {Parameter::purposes_area_m2, "purposes_area_m2", 0.1, 0.0, 1000.0,
     "tổng diện tích các mục đích lệch hơn thế được báo", "areas of purposes that differ more from the whole are told"},
}};

constexpr bool is_in_order() {
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (static_cast<std::size_t>(table[i].parameter) != i) {
            return false;
        }
    }
    return true;
}
static_assert(is_in_order());

}  // namespace

const std::array<ParameterRow, parameter_count>& parameter_table() { return table; }

const ParameterRow& row_of(Parameter parameter) { return table[static_cast<std::size_t>(parameter)]; }

std::optional<Parameter> parse_parameter(std::string_view name) {
    const auto* const row = std::ranges::find(table, name, &ParameterRow::name);
    return row == table.end() ? std::nullopt : std::optional(row->parameter);
}

}  // namespace ranh::validation
