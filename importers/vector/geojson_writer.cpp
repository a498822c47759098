#include "importers/vector/geojson_writer.hpp"

#include "spatial/codec/geojson.hpp"
#include "spatial/codec/json.hpp"

#include <cmath>
#include <fstream>

namespace ranh::vector::detail {

namespace {

codec::Json property(const model::Value& value) {
    const auto* real = std::get_if<double>(&value);
    return real != nullptr && !std::isfinite(*real) ? codec::Json() : codec::to_json(value);
}

std::string feature_text(const model::Feature& feature, const model::Schema& schema) {
    codec::Json properties{codec::JsonObject()};
    if (!schema.find("id")) {
        properties.add("id", feature.id.text());
    }
    for (std::size_t i = 0; i < schema.fields.size(); ++i) {
        properties.add(schema.fields[i].name, property(feature.values[i]));
    }
    codec::Json json;
    json.add("type", "Feature").add("id", feature.id.text()).add("properties", std::move(properties));
    json.add("geometry", feature.geometry ? codec::to_geojson(*feature.geometry) : codec::Json());
    return codec::to_text(json);
}

}  // namespace

void write_geojson(const std::filesystem::path& file, const OutputLayer& layer, bool one_per_line) {
    std::ofstream output(file, std::ios::binary);
    if (!one_per_line) {
        output << R"({"type":"FeatureCollection","name":)" << codec::to_text(codec::Json(layer.name))
               << ",\"features\":[\n";
    }
    bool first = true;
    while (const auto feature = layer.next()) {
        output << (first || one_per_line ? "" : ",\n") << feature_text(*feature, layer.schema)
               << (one_per_line ? "\n" : "");
        first = false;
    }
    output << (one_per_line ? "" : "\n]}\n");
    output.close();
    if (!output) {
        throw Failure(ErrorKind::io, "the file cannot be written; is the disk full?", file.filename().string());
    }
}

}  // namespace ranh::vector::detail
