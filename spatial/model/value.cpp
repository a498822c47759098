#include "spatial/model/value.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace ranh::model {
namespace {

struct FieldTypeName {
    FieldType type;
    std::string_view name;
};

constexpr std::array<FieldTypeName, 5> field_type_names{{{FieldType::boolean, "boolean"},
                                                         {FieldType::integer, "integer"},
                                                         {FieldType::real, "real"},
                                                         {FieldType::text, "text"},
                                                         {FieldType::date, "date"}}};

struct ToText {
    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(std::int64_t value) const { return fmt::format("{}", value); }
    std::string operator()(double value) const { return fmt::format("{}", value); }
    std::string operator()(const std::string& value) const { return value; }
    std::string operator()(Date value) const { return value.to_string(); }
};

}  // namespace

std::string_view to_string(FieldType type) {
    const auto* const found = std::find_if(field_type_names.begin(), field_type_names.end(),
                                           [&](const auto& row) { return row.type == type; });
    return found == field_type_names.end() ? "text" : found->name;
}

std::optional<FieldType> parse_field_type(std::string_view text) {
    const auto* const found = std::find_if(field_type_names.begin(), field_type_names.end(),
                                           [&](const auto& row) { return row.name == text; });
    return found == field_type_names.end() ? std::nullopt : std::optional(found->type);
}

std::string to_text(const Value& value) { return std::visit(ToText{}, value); }

bool is_null(const Value& value) { return std::holds_alternative<std::monostate>(value); }

std::optional<FieldType> type_of(const Value& value) {
    switch (value.index()) {
        case 1: return FieldType::boolean;
        case 2: return FieldType::integer;
        case 3: return FieldType::real;
        case 4: return FieldType::text;
        case 5: return FieldType::date;
        default: return std::nullopt;
    }
}

std::optional<std::size_t> Schema::find(std::string_view name) const {
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const Field& field) { return field.name == name; });
    if (found == fields.end()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(std::distance(fields.begin(), found));
}

}  // namespace ranh::model
