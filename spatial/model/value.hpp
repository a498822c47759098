#pragma once

#include "spatial/base/date.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ranh::model {

/// What a field of a feature may hold. Text is UTF-8 in composed form (NFC).
using Value = std::variant<std::monostate, bool, std::int64_t, double, std::string, Date>;

enum class FieldType { boolean, integer, real, text, date };

[[nodiscard]] std::string_view to_string(FieldType type);
[[nodiscard]] std::optional<FieldType> parse_field_type(std::string_view text);
/// Text for people and CSV: null is empty, reals in the shortest form that reads back the same, decimal point.
[[nodiscard]] std::string to_text(const Value& value);
[[nodiscard]] bool is_null(const Value& value);
/// The type a field must have to hold this value; null fits every type and has none.
[[nodiscard]] std::optional<FieldType> type_of(const Value& value);

/// A personal field (owner's name, ID or phone number) never reaches tiles, public items or logs.
enum class Privacy { open, personal };

struct Field {
    std::string name;
    FieldType type = FieldType::text;
    Privacy privacy = Privacy::open;
    friend bool operator==(const Field&, const Field&) = default;
};

/// Ordered fields of a layer version.
struct Schema {
    std::vector<Field> fields;
    /// Position of a field by exact name.
    [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const;
    friend bool operator==(const Schema&, const Schema&) = default;
};

}  // namespace ranh::model
