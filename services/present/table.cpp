#include "services/present/table.hpp"

#include "services/present/naming.hpp"

#include <fmt/format.h>

#include <cmath>

namespace ranh::present {
namespace {

template <typename T>
model::Value value_of(const std::optional<T>& value) {
    return value ? model::Value(*value) : model::Value();
}

/// Thousands by dots, decimal comma.
std::string vietnamese_number(double value, int decimals) {
    std::string text = fmt::format("{:.{}f}", std::abs(value), decimals);
    std::size_t point = text.find('.');
    if (point == std::string::npos) {
        point = text.size();
    } else {
        text[point] = ',';
    }
    for (std::size_t i = point; i > 3; i -= 3) {
        text.insert(i - 3, 1, '.');
    }
    return value < 0.0 ? "-" + text : text;
}

}  // namespace

std::string csv_field(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
        return std::string(text);
    }
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"') {
            quoted += '"';
        }
        quoted += c;
    }
    return quoted + '"';
}

model::Schema pair_schema() {
    using model::FieldType;
    return {{{"left_id", FieldType::text},
             {"left_name", FieldType::text},
             {"right_id", FieldType::text},
             {"right_name", FieldType::text},
             {"relation", FieldType::text},
             {"size_class", FieldType::text},
             {"area_m2", FieldType::real},
             {"area_planar_m2", FieldType::real},
             {"share_left", FieldType::real},
             {"share_right", FieldType::real},
             {"length_inside_m", FieldType::real},
             {"width_m", FieldType::real},
             {"distance_m", FieldType::real},
             {"thinness", FieldType::real},
             {"invalid_input", FieldType::boolean},
             {"area_repaired_m2", FieldType::real},
             {"geometry_area_m2", FieldType::real},
             {"geometry_disagrees", FieldType::boolean}}};
}

model::Feature pair_feature(const model::Pair& pair, const engine::OverlapAnswer& answer, const crs::Crs& target) {
    model::Feature feature;
    feature.id = FeatureId(pair.left.feature.text() + ":" + pair.right.feature.text());
    feature.crs = target;
    if (pair.geometry) {
        feature.geometry = answer.left->plane().unproject(*pair.geometry, target);
    }
    feature.values = {pair.left.feature.text(),
                      display_name(*answer.left, pair.left.feature),
                      pair.right.feature.text(),
                      display_name(*answer.right, pair.right.feature),
                      std::string(model::to_string(pair.relation)),
                      std::string(model::to_string(pair.size_class)),
                      pair.area_m2,
                      value_of(pair.area_planar_m2),
                      value_of(pair.share_left),
                      value_of(pair.share_right),
                      value_of(pair.length_inside_m),
                      value_of(pair.width_m),
                      pair.distance_m,
                      value_of(pair.thinness),
                      pair.invalid_input,
                      value_of(pair.area_repaired_m2),
                      value_of(pair.geometry_area_m2),
                      pair.geometry_disagrees};
    return feature;
}

std::string overlaps_csv(const engine::OverlapAnswer& answer) {
    std::string csv = "\xEF\xBB\xBF";
    for (const model::Field& field : pair_schema().fields) {
        csv += field.name + ",";
    }
    csv += "left_version,right_version,left_status,right_status,at,known_at\r\n";
    const auto status = [](const snapshot::PackedLayer& layer) {
        return csv_field(model::status_label(layer.version().description.status).vi);
    };
    const std::string versions =
        fmt::format("{},{},{},{},{},{}\r\n", answer.left->version().name(), answer.right->version().name(),
                    status(*answer.left), status(*answer.right), answer.at.to_string(), answer.known_at.to_string());
    for (const model::Pair& pair : answer.result.pairs) {
        const model::Feature row = pair_feature(pair, answer, crs::wgs84());
        for (const model::Value& value : row.values) {
            csv += csv_field(model::to_text(value)) + ",";
        }
        csv += versions;
    }
    return csv;
}

std::string square_metres_text(double area_m2) { return vietnamese_number(area_m2, 1) + " m²"; }
std::string hectares_text(double area_m2) { return vietnamese_number(area_m2 / 10'000.0, 2) + " ha"; }
std::string percent_text(double share) { return vietnamese_number(share * 100.0, 1) + " %"; }

}  // namespace ranh::present
