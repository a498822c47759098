#include "spatial/store/feature_record.hpp"

#include "spatial/codec/wkb.hpp"

#include <fmt/format.h>

#include <cmath>

namespace ranh::store {
namespace {

[[noreturn]] void refuse(const model::Feature& feature, const std::string& sentence) {
    throw Failure(ErrorKind::invalid_argument, fmt::format("feature '{}': {}", feature.id.text(), sentence));
}

void check_value(const model::Feature& feature, const model::Field& field, const model::Value& value) {
    const auto type = model::type_of(value);
    if (type && *type != field.type) {
        refuse(feature, fmt::format("field '{}' holds {} '{}', its type is {}", field.name, model::to_string(*type),
                                    model::to_text(value), model::to_string(field.type)));
    }
    const auto* real = std::get_if<double>(&value);
    if (real != nullptr && !std::isfinite(*real)) {
        refuse(feature, fmt::format("field '{}' holds {}, a finite number expected; leave it empty where there is none",
                                    field.name, *real));
    }
}

void check_areas(const model::Feature& feature) {
    const model::Areas& areas = feature.areas;
    for (const auto& area : {areas.area_stated_m2, areas.area_planar_m2, areas.area_ellipsoid_m2}) {
        if (area && !std::isfinite(*area)) {
            refuse(feature, fmt::format("an area is {}, a finite number expected", *area));
        }
    }
    if (areas.area_planar_m2 && areas.planar_epsg.value_or(feature.crs.epsg()) != feature.crs.epsg()) {
        refuse(feature, fmt::format("its planar area is of EPSG:{}, its coordinates are of {}", *areas.planar_epsg,
                                    feature.crs.code()));
    }
}

}  // namespace

void check_feature(const model::Schema& schema, const model::Feature& feature) {
    if (feature.id.text().empty()) {
        refuse(feature, "it has no id; every feature needs one");
    }
    if (feature.values.size() != schema.fields.size()) {
        refuse(feature,
               fmt::format("it has {} values, the schema has {} fields", feature.values.size(), schema.fields.size()));
    }
    for (std::size_t i = 0; i < feature.values.size(); ++i) {
        check_value(feature, schema.fields[i], feature.values[i]);
    }
    check_areas(feature);
    if (feature.geometry) {
        if (feature.geometry->empty()) {
            refuse(feature, "its geometry is empty; leave it out instead");
        }
        if (!geom::all_finite(feature.geometry->view())) {
            refuse(feature, "a coordinate is not a finite number");
        }
    }
}

Sha256 content_hash(const model::Feature& feature, std::string_view wkb) {
    const crs::Crs crs = wkb.empty() ? crs::wgs84() : feature.crs;
    return model::content_hash(feature.id, crs, wkb, feature.values, feature.areas.area_stated_m2);
}

Sha256 content_hash(const model::Feature& feature) {
    return content_hash(feature, feature.geometry ? codec::to_wkb(*feature.geometry) : std::string());
}

}  // namespace ranh::store
