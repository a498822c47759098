#include "spatial/codec/json.hpp"

#include "spatial/base/assert.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>

namespace ranh::codec {
namespace {

void append_escaped(std::string& out, std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        switch (c) {
            case '"': out += "\\\""; break;
            case '\\': out += "\\\\"; break;
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            case '\t': out += "\\t"; break;
            default:
                if (static_cast<unsigned char>(c) < 0x20U) {
                    out += "\\u00";
                    out += digits[static_cast<unsigned char>(c) >> 4U];
                    out += digits[static_cast<unsigned char>(c) & 0xFU];
                } else {
                    out += c;
                }
        }
    }
    out += '"';
}

void append_double(std::string& out, double value) {
    RANH_ASSERT(std::isfinite(value));
    const std::string text = fmt::format("{}", value);
    out += text;
    if (text.find_first_of(".e") == std::string::npos) {
        out += ".0";
    }
}

/// Writes one value; depth counts the levels of indentation.
class Writer {
public:
    explicit Writer(JsonLayout layout) : m_layout(layout) {}

    void write(const Json& json, int depth) {
        std::visit([&](const auto& value) { put(value, depth); }, json.variant());
    }
    [[nodiscard]] std::string take() { return std::move(m_out); }

private:
    void put(std::nullptr_t /*value*/, int /*depth*/) { m_out += "null"; }
    void put(bool value, int /*depth*/) { m_out += value ? "true" : "false"; }
    void put(std::int64_t value, int /*depth*/) { m_out += std::to_string(value); }
    void put(double value, int /*depth*/) { append_double(m_out, value); }
    void put(const std::string& value, int /*depth*/) { append_escaped(m_out, value); }
    void put(const JsonArray& array, int depth) {
        m_out += '[';
        const bool broken = m_layout == JsonLayout::indented && !array.empty() && !array.front().is_number();
        for (std::size_t i = 0; i < array.size(); ++i) {
            separate(i, depth + 1, broken);
            write(array[i], depth + 1);
        }
        close(']', depth, broken);
    }
    void put(const JsonObject& object, int depth) {
        m_out += '{';
        const bool broken = m_layout == JsonLayout::indented && !object.empty();
        for (std::size_t i = 0; i < object.size(); ++i) {
            separate(i, depth + 1, broken);
            append_escaped(m_out, object[i].first);
            m_out += m_layout == JsonLayout::indented ? ": " : ":";
            write(object[i].second, depth + 1);
        }
        close('}', depth, broken);
    }
    void separate(std::size_t i, int depth, bool broken) {
        if (i > 0) {
            m_out += broken || m_layout == JsonLayout::compact ? "," : ", ";
        }
        if (broken) {
            line(depth);
        }
    }
    void close(char bracket, int depth, bool broken) {
        if (broken) {
            line(depth);
        }
        m_out += bracket;
    }
    void line(int depth) {
        m_out += '\n';
        m_out.append(static_cast<std::size_t>(depth) * 2, ' ');
    }

    JsonLayout m_layout;
    std::string m_out;
};

/// Takes the events of the library's SAX parser and builds our value, with its limits.
class Builder : public nlohmann::json_sax<nlohmann::json> {
public:
    explicit Builder(std::size_t deepest) : m_deepest(deepest) {}

    bool null() override { return place(Json(nullptr)); }
    bool boolean(bool value) override { return place(Json(value)); }
    bool number_integer(number_integer_t value) override { return place(Json(static_cast<std::int64_t>(value))); }
    bool number_unsigned(number_unsigned_t value) override {
        if (value > static_cast<number_unsigned_t>(INT64_MAX)) {
            return place(Json(static_cast<double>(value)));
        }
        return place(Json(static_cast<std::int64_t>(value)));
    }
    bool number_float(number_float_t value, const string_t& /*text*/) override {
        return std::isfinite(value) ? place(Json(value)) : fail("a number is too large");
    }
    bool string(string_t& value) override { return place(Json(std::move(value))); }
    bool binary(binary_t& /*value*/) override { return fail("binary values are not JSON"); }
    bool start_object(std::size_t /*count*/) override { return open(Json(JsonObject{})); }
    bool key(string_t& name) override {
        if (m_open.back().find(name) != nullptr) {
            return fail(fmt::format("the member '{}' is repeated", name));
        }
        m_names.back() = name;
        return true;
    }
    bool end_object() override { return close(); }
    bool start_array(std::size_t /*count*/) override { return open(Json(JsonArray{})); }
    bool end_array() override { return close(); }
    bool parse_error(std::size_t position, const std::string& /*token*/,
                     const nlohmann::detail::exception& /*error*/) override {
        m_position = position;
        return fail(fmt::format("no JSON at byte {}", position));
    }

    [[nodiscard]] const std::string& failure() const { return m_failure; }
    [[nodiscard]] Json take() { return std::move(m_root); }

private:
    bool fail(std::string why) {
        if (m_failure.empty()) {
            m_failure = std::move(why);
        }
        return false;
    }
    bool place(Json value) {
        if (m_open.empty()) {
            m_root = std::move(value);
        } else if (m_open.back().is_object()) {
            m_open.back().add(std::move(m_names.back()), std::move(value));
        } else {
            m_open.back().push(std::move(value));
        }
        return true;
    }
    bool open(Json container) {
        if (m_open.size() >= m_deepest) {
            return fail(fmt::format("nested deeper than {} levels", m_deepest));
        }
        m_open.push_back(std::move(container));
        m_names.emplace_back();
        return true;
    }
    bool close() {
        Json done = std::move(m_open.back());
        m_open.pop_back();
        m_names.pop_back();
        return place(std::move(done));
    }

    std::size_t m_deepest;
    std::size_t m_position = 0;
    std::string m_failure;
    std::vector<Json> m_open;
    std::vector<std::string> m_names;
    Json m_root;
};

}  // namespace

bool Json::is_number() const {
    return std::holds_alternative<std::int64_t>(m_value) || std::holds_alternative<double>(m_value);
}

const Json* Json::find(std::string_view name) const {
    const JsonObject* members = object();
    if (members != nullptr) {
        for (const JsonMember& member : *members) {
            if (member.first == name) {
                return &member.second;
            }
        }
    }
    return nullptr;
}

std::optional<std::string_view> Json::string() const {
    const auto* text = std::get_if<std::string>(&m_value);
    return text == nullptr ? std::nullopt : std::optional<std::string_view>(*text);
}

std::optional<double> Json::number() const {
    if (const auto* whole = std::get_if<std::int64_t>(&m_value)) {
        return static_cast<double>(*whole);
    }
    const auto* real = std::get_if<double>(&m_value);
    return real == nullptr ? std::nullopt : std::optional<double>(*real);
}

std::optional<std::int64_t> Json::integer() const {
    const auto* whole = std::get_if<std::int64_t>(&m_value);
    return whole == nullptr ? std::nullopt : std::optional<std::int64_t>(*whole);
}

std::optional<bool> Json::boolean() const {
    const auto* value = std::get_if<bool>(&m_value);
    return value == nullptr ? std::nullopt : std::optional<bool>(*value);
}

Json& Json::add(std::string name, Json value) {
    if (is_null()) {
        m_value = JsonObject{};
    }
    auto* members = std::get_if<JsonObject>(&m_value);
    RANH_ASSERT(members != nullptr);
    members->emplace_back(std::move(name), std::move(value));
    return *this;
}

Json& Json::push(Json value) {
    if (is_null()) {
        m_value = JsonArray{};
    }
    auto* elements = std::get_if<JsonArray>(&m_value);
    RANH_ASSERT(elements != nullptr);
    elements->push_back(std::move(value));
    return *this;
}

std::string to_text(const Json& json, JsonLayout layout) {
    Writer writer(layout);
    writer.write(json, 0);
    return writer.take();
}

Result<Json> parse_json(std::string_view text, const JsonLimits& limits) {
    if (text.size() > limits.most_bytes) {
        return Error{ErrorKind::limit_exceeded,
                     fmt::format("the JSON text has {} bytes, at most {} are read; send less at once", text.size(),
                                 limits.most_bytes),
                     {}};
    }
    Builder builder(limits.deepest);
    const bool parsed = nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
    if (!parsed) {
        return Error{ErrorKind::corrupt_input, fmt::format("this is not the JSON expected: {}", builder.failure()), {}};
    }
    return builder.take();
}

Json to_json(const model::Value& value) {
    struct Convert {
        Json operator()(std::monostate /*null*/) const { return nullptr; }
        Json operator()(bool flag) const { return flag; }
        Json operator()(std::int64_t whole) const { return whole; }
        Json operator()(double real) const { return std::isfinite(real) ? Json(real) : Json(nullptr); }
        Json operator()(const std::string& text) const { return text; }
        Json operator()(const Date& date) const { return date.to_string(); }
    };
    return std::visit(Convert{}, value);
}

}  // namespace ranh::codec
