#include "services/present/naming.hpp"

#include <array>

namespace ranh::present {

std::string display_name(const snapshot::PackedLayer& layer, const FeatureId& id) {
    const auto feature = layer.find(id);
    if (!feature) {
        return id.text();
    }
    const model::Schema& schema = layer.version().description.schema;
    constexpr std::array<std::string_view, 5> names = {"full_name", "name", "ten", "title", "ten_du_an"};
    for (const std::string_view name : names) {
        const auto field = schema.find(name);
        if (!field || schema.fields[*field].privacy == model::Privacy::personal) {
            continue;
        }
        const model::Value value = layer.value(*feature, *field);
        if (const auto* text = std::get_if<std::string>(&value); text != nullptr && !text->empty()) {
            return *text;
        }
    }
    return id.text();
}

}  // namespace ranh::present
