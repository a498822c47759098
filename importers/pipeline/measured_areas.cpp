#include "importers/pipeline/import_job.hpp"
#include "spatial/algorithm/area.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace ranh::pipeline {

namespace {

struct StatedField {
    const char* name;
    bool hectares;
};

constexpr std::array stated_fields = {StatedField{"area_stated_m2", false}, StatedField{"registered_area_m2", false},
                                      StatedField{"dien_tich", false},      StatedField{"dien_tich_m2", false},
                                      StatedField{"dienTich", false},       StatedField{"stated_ha", true},
                                      StatedField{"dien_tich_ha", true}};

std::optional<double> number_of(const model::Value& value) {
    if (const auto* real = std::get_if<double>(&value)) {
        return *real;
    }
    if (const auto* whole = std::get_if<std::int64_t>(&value)) {
        return static_cast<double>(*whole);
    }
    const auto* text = std::get_if<std::string>(&value);
    double number = 0.0;
    if (text == nullptr || text->empty()) {
        return std::nullopt;
    }
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
    const bool whole = error == std::errc{} && end == text->data() + text->size();
    return whole ? std::optional(number) : std::nullopt;
}

}  // namespace

model::Areas measure_areas(const geom::GeometryView& source, const crs::Crs& crs, const crs::WorkingPlane& plane) {
    model::Areas areas;
    if (geom::dimension(source.type) != 2) {
        return areas;
    }
    if (!crs.is_geographic()) {
        areas.area_planar_m2 = algorithm::area(source);
        areas.planar_epsg = crs.epsg();
    }
    areas.area_ellipsoid_m2 = algorithm::area(plane.project(source, crs));
    return areas;
}

std::optional<double> stated_area(const model::Schema& schema, const std::vector<model::Value>& values) {
    for (const auto& field : stated_fields) {
        const auto position = schema.find(field.name);
        const auto number = position ? number_of(values[*position]) : std::nullopt;
        if (number && std::isfinite(*number)) {
            // Hectares are printed with few decimals: 1e-4 m² is below any of them and takes the dust off the product.
            return field.hectares ? std::nearbyint(*number * 1e8) / 1e4 : *number;
        }
    }
    return std::nullopt;
}

}  // namespace ranh::pipeline
