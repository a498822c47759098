#include "spatial/filter/field_conditions.hpp"

#include <charconv>
#include <string_view>

namespace ranh::filter {
namespace {

std::string open_fields(const model::Schema& schema) {
    std::string names;
    for (const model::Field& field : schema.fields) {
        if (field.privacy == model::Privacy::open) {
            names += names.empty() ? field.name : ", " + field.name;
        }
    }
    return names.empty() ? "none" : names;
}

std::optional<double> as_number(std::string_view text) {
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

}  // namespace

bool FieldConditions::Condition::holds(const model::Value& value) const {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
        return number && static_cast<double>(*integer) == *number;
    }
    if (const auto* real = std::get_if<double>(&value)) {
        return number && *real == *number;
    }
    return !model::is_null(value) && model::to_text(value) == text;
}

Result<FieldConditions> FieldConditions::of(const model::Schema& schema, const std::vector<FieldEquals>& equals) {
    FieldConditions conditions;
    for (const auto& [name, text] : equals) {
        const auto field = schema.find(name);
        if (!field || schema.fields[*field].privacy == model::Privacy::personal) {
            return Error{ErrorKind::invalid_argument,
                         "there is no field '" + name + "' to ask for; there are: " + open_fields(schema),
                         {}};
        }
        conditions.m_conditions.push_back({*field, text, as_number(text)});
    }
    return conditions;
}

}  // namespace ranh::filter
