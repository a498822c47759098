#pragma once

#include "spatial/base/error.hpp"
#include "spatial/model/value.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace ranh::codec {

class Json;
using JsonArray = std::vector<Json>;
using JsonMember = std::pair<std::string, Json>;
using JsonObject = std::vector<JsonMember>;  // keeps the order of members

/// A JSON value (RFC 8259), members in the order they were added. Numbers are int64 or double; doubles are written in
/// the shortest form that reads back the same. Never NaN or infinity (asserted when written).
class Json {
public:
    using Variant = std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, JsonArray, JsonObject>;

    Json() : m_value(nullptr) {}
    // NOLINTBEGIN(google-explicit-constructor): JSON literals read as values
    Json(std::nullptr_t) : m_value(nullptr) {}
    Json(bool value) : m_value(value) {}
    Json(int value) : m_value(static_cast<std::int64_t>(value)) {}
    Json(std::int64_t value) : m_value(value) {}
    Json(std::size_t value) : m_value(static_cast<std::int64_t>(value)) {}
    Json(double value) : m_value(value) {}
    Json(const char* value) : m_value(std::string(value)) {}
    Json(std::string value) : m_value(std::move(value)) {}
    Json(std::string_view value) : m_value(std::string(value)) {}
    Json(JsonArray value) : m_value(std::move(value)) {}
    Json(JsonObject value) : m_value(std::move(value)) {}
    template <typename T>
    Json(const std::optional<T>& value) : m_value(nullptr) {
        if (value) {
            *this = Json(*value);
        }
    }
    // NOLINTEND(google-explicit-constructor)

    [[nodiscard]] bool is_null() const { return std::holds_alternative<std::nullptr_t>(m_value); }
    [[nodiscard]] bool is_object() const { return std::holds_alternative<JsonObject>(m_value); }
    [[nodiscard]] bool is_array() const { return std::holds_alternative<JsonArray>(m_value); }
    [[nodiscard]] bool is_string() const { return std::holds_alternative<std::string>(m_value); }
    [[nodiscard]] bool is_number() const;
    [[nodiscard]] const Variant& variant() const { return m_value; }

    /// Member of an object, or null pointer when this is no object or has no such member.
    [[nodiscard]] const Json* find(std::string_view name) const;
    [[nodiscard]] const JsonArray* array() const { return std::get_if<JsonArray>(&m_value); }
    [[nodiscard]] const JsonObject* object() const { return std::get_if<JsonObject>(&m_value); }
    [[nodiscard]] std::optional<std::string_view> string() const;
    [[nodiscard]] std::optional<double> number() const;
    [[nodiscard]] std::optional<std::int64_t> integer() const;
    [[nodiscard]] std::optional<bool> boolean() const;

    /// Appends a member; precondition: object or null (which becomes an object). Returns *this, so that calls chain.
    Json& add(std::string name, Json value);
    /// Appends an element; precondition: array or null (which becomes an array).
    Json& push(Json value);

private:
    Variant m_value;
};

enum class JsonLayout { compact, indented };

[[nodiscard]] std::string to_text(const Json& json, JsonLayout layout = JsonLayout::compact);

struct JsonLimits {
    std::size_t most_bytes = std::size_t{64} << 20U;
    std::size_t deepest = 64;
};
/// corrupt_input with the byte offset for text that is not JSON, has a repeated member or is nested too deep;
/// limit_exceeded when longer than allowed.
[[nodiscard]] Result<Json> parse_json(std::string_view text, const JsonLimits& limits = {});

/// null, bool, number, text; a date as "YYYY-MM-DD".
[[nodiscard]] Json to_json(const model::Value& value);

}  // namespace ranh::codec
