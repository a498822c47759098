#include "importers/mapping/mapping.hpp"

#include "spatial/codec/json.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace ranh::mapping {

namespace {

std::vector<std::string> names_of(const model::Schema& schema) {
    std::vector<std::string> names;
    for (const auto& field : schema.fields) {
        names.push_back(field.name);
    }
    return names;
}

Error missing_field(const Mapping& mapping, const std::string& field, const model::Schema& source) {
    return {ErrorKind::conflict,
            fmt::format("the source has no field '{}'; its fields are: {}. Correct the name in the mapping", field,
                        fmt::join(names_of(source), ", ")),
            mapping.name};
}

template <typename Number>
std::optional<Number> number_of(const std::string& text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc{} && end == text.data() + text.size();
    return whole ? std::optional(value) : std::nullopt;
}

std::optional<model::Value> integer_of(const model::Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) {
        const auto number = number_of<std::int64_t>(*text);
        return number ? std::optional<model::Value>(*number) : std::nullopt;
    }
    if (const auto* real = std::get_if<double>(&value); real != nullptr && std::abs(*real) < 9e15) {
        const auto whole = static_cast<std::int64_t>(*real);
        return static_cast<double>(whole) == *real ? std::optional<model::Value>(whole) : std::nullopt;
    }
    if (const auto* flag = std::get_if<bool>(&value)) {
        return model::Value(static_cast<std::int64_t>(*flag ? 1 : 0));
    }
    return std::holds_alternative<std::int64_t>(value) ? std::optional(value) : std::nullopt;
}

std::optional<model::Value> real_of(const model::Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) {
        const auto number = number_of<double>(*text);
        return number && std::isfinite(*number) ? std::optional<model::Value>(*number) : std::nullopt;
    }
    if (const auto* whole = std::get_if<std::int64_t>(&value)) {
        return model::Value(static_cast<double>(*whole));
    }
    return std::holds_alternative<double>(value) ? std::optional(value) : std::nullopt;
}

std::optional<model::Value> boolean_of(const model::Value& value) {
    const std::string text = model::to_text(value);
    if (text == "true" || text == "1") {
        return model::Value(true);
    }
    return text == "false" || text == "0" ? std::optional<model::Value>(false) : std::nullopt;
}

std::optional<model::Value> date_of(const model::Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) {
        const auto date = Date::parse(*text);
        return date ? std::optional<model::Value>(date.value()) : std::nullopt;
    }
    return std::holds_alternative<Date>(value) ? std::optional(value) : std::nullopt;
}

std::optional<model::Value> converted(const model::Value& value, model::FieldType type) {
    switch (type) {
        case model::FieldType::boolean: return boolean_of(value);
        case model::FieldType::integer: return integer_of(value);
        case model::FieldType::real: return real_of(value);
        case model::FieldType::date: return date_of(value);
        case model::FieldType::text: break;
    }
    return model::Value(model::to_text(value));
}

model::FieldType type_of_constant(const model::Value& value) {
    if (std::holds_alternative<bool>(value)) {
        return model::FieldType::boolean;
    }
    if (std::holds_alternative<std::int64_t>(value)) {
        return model::FieldType::integer;
    }
    return std::holds_alternative<double>(value) ? model::FieldType::real : model::FieldType::text;
}

}  // namespace

Result<model::Value> convert(const model::Value& value, model::FieldType type) {
    const auto* text = std::get_if<std::string>(&value);
    if (model::is_null(value) || (type != model::FieldType::text && text != nullptr && text->empty())) {
        return model::Value();
    }
    const auto result = converted(value, type);
    if (!result) {
        return Error{ErrorKind::corrupt_input,
                     fmt::format("'{}' is not of type {}; correct the value, or map the field as text",
                                 model::to_text(value), model::to_string(type)),
                     {}};
    }
    return *result;
}

Result<bool> MappedSchema::add_rule(const Mapping& mapping, const FieldRule& rule, const model::Schema& source,
                                    std::vector<bool>& used) {
    Column column{std::nullopt, rule, rule.type.value_or(type_of_constant(rule.constant))};
    if (!rule.source.empty()) {
        column.source = source.find(rule.source);
        for (const auto& other : rule.other_sources) {
            column.source = column.source ? column.source : source.find(other);
        }
        if (!column.source && rule.optional) {
            m_notes.push_back(fmt::format("the source has no field '{}' for '{}'", rule.source, rule.target));
            return true;
        }
        if (!column.source) {
            return missing_field(mapping, rule.source, source);
        }
        used[*column.source] = true;
        const auto source_type = source.fields[*column.source].type;
        column.type = rule.type.value_or(rule.values.empty() ? source_type : model::FieldType::text);
    }
    m_schema.fields.push_back(
        {rule.target, column.type, rule.personal ? model::Privacy::personal : model::Privacy::open});
    m_columns.push_back(std::move(column));
    return true;
}

Result<bool> MappedSchema::add_unmapped(const Mapping& mapping, const model::Schema& source,
                                        const std::vector<bool>& used) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < source.fields.size(); ++i) {
        const auto& field = source.fields[i];
        if (used[i]) {
            continue;
        }
        names.push_back(field.name);
        if (mapping.drop_unmapped) {
            continue;
        }
        if (m_schema.find(field.name)) {
            return Error{ErrorKind::conflict,
                         fmt::format("the target '{}' is also the name of an unmapped source field; map that field to "
                                     "another name or list it under drop",
                                     field.name),
                         mapping.name};
        }
        m_schema.fields.push_back(field);
        FieldRule rule;
        rule.target = field.name;
        rule.source = field.name;
        m_columns.push_back({i, rule, field.type});
    }
    if (!names.empty()) {
        m_notes.push_back(fmt::format("fields the mapping does not name, {}: {}",
                                      mapping.drop_unmapped ? "dropped" : "kept as they are", fmt::join(names, ", ")));
    }
    return true;
}

Result<MappedSchema> MappedSchema::make(const Mapping& mapping, const model::Schema& source,
                                        std::optional<Date> layer_date) {
    MappedSchema mapped;
    mapped.m_layer_date = layer_date;
    std::vector<bool> used(source.fields.size(), false);
    for (const auto& name : mapping.dropped) {
        const auto position = source.find(name);
        if (!position) {
            return missing_field(mapping, name, source);
        }
        used[*position] = true;
    }
    if (!mapping.dropped.empty()) {
        mapped.m_notes.push_back(fmt::format("fields dropped by the mapping: {}", fmt::join(mapping.dropped, ", ")));
    }
    if (!mapping.date_field.empty()) {
        mapped.m_date = source.find(mapping.date_field);
        if (!mapped.m_date) {
            return missing_field(mapping, mapping.date_field, source);
        }
    }
    for (const auto& rule : mapping.fields) {
        if (auto added = mapped.add_rule(mapping, rule, source, used); !added) {
            return added.error();
        }
    }
    if (auto added = mapped.add_unmapped(mapping, source, used); !added) {
        return added.error();
    }
    for (auto& note : mapped.m_notes) {
        note = mapping.name + ": " + note;
    }
    return mapped;
}

std::optional<Date> MappedSchema::day_of(const std::vector<model::Value>& source) const {
    if (!m_date) {
        return m_layer_date;
    }
    const auto day = date_of(source[*m_date]);
    const auto* date = day ? std::get_if<Date>(&*day) : nullptr;
    return date != nullptr ? std::optional(*date) : m_layer_date;
}

Result<std::vector<model::Value>> MappedSchema::apply(const std::vector<model::Value>& source,
                                                      RewriteCounts* rewrites) const {
    std::vector<model::Value> values;
    values.reserve(m_columns.size());
    const auto count = [rewrites](const std::string& sentence) {
        if (rewrites != nullptr) {
            ++(*rewrites)[sentence];
        }
    };
    for (const auto& column : m_columns) {
        model::Value value = column.source ? source[*column.source] : column.rule.constant;
        if (!column.rule.values.empty() && !model::is_null(value)) {
            const std::string text = model::to_text(value);
            const auto entry = column.rule.values.find(text);
            const bool listed = entry != column.rule.values.end();
            const bool always = listed && entry->second.days == DateRange();
            const auto day = listed && !always ? day_of(source) : std::nullopt;
            if (always || (day && entry->second.days.contains(*day))) {
                value = entry->second.to;
                count(fmt::format("{}: '{}' became '{}'", column.rule.target, text, entry->second.to));
            } else if (listed && !day) {
                count(fmt::format("{}: '{}' stays, for the record has no date", column.rule.target, text));
            }
        }
        auto result = convert(value, column.type);
        if (!result) {
            Error error = result.error();
            error.context = fmt::format("field '{}'", column.rule.source);
            return error;
        }
        values.push_back(std::move(result).value());
    }
    return values;
}

bool is_personal_field(std::string_view folded_name) {
    std::string name;
    for (const char c : folded_name) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            name += c;
        } else if (c >= 'A' && c <= 'Z') {
            name += static_cast<char>(c - 'A' + 'a');
        }
    }
    // "ten" and "dia_chi" alone are those of a place as often as of a person: not listed.
    static constexpr std::array exact = {
        "hoten",    "hovaten",     "owner",     "ownername",    "user",        "nguoisudung", "chusohuu",
        "chuho",    "spouse",      "vochong",   "namsinh",      "ngaysinh",    "birthyear",   "birthdate",
        "cccd",     "cmnd",        "cmt",       "socccd",       "socmnd",      "hochieu",     "passport",
        "masothue", "mst",         "taxcode",   "taxnumber",    "sodienthoai", "dienthoai",   "sdt",
        "phone",    "phonenumber", "mobile",    "email",        "taikhoan",    "sotaikhoan",  "bankaccount",
        "nganhang", "bank",        "diachichu", "owneraddress", "idcard",      "idnumber"};
    static constexpr std::array parts = {"tenchu", "chusudung", "chusohuu",  "tennguoi",  "diachichu", "cccd",
                                         "cmnd",   "sogiayto",  "dienthoai", "ownername", "tenvochong"};
    const auto equals = [&name](const char* word) { return name == word; };
    const auto contains = [&name](const char* word) { return name.find(word) != std::string::npos; };
    return std::any_of(exact.begin(), exact.end(), equals) || std::any_of(parts.begin(), parts.end(), contains);
}

std::string record_json(const model::Schema& schema, const std::vector<model::Value>& values) {
    codec::Json json{codec::JsonObject()};
    for (std::size_t i = 0; i < std::min(schema.fields.size(), values.size()); ++i) {
        const auto* real = std::get_if<double>(&values[i]);
        const bool writable = real == nullptr || std::isfinite(*real);
        json.add(schema.fields[i].name, writable ? codec::to_json(values[i]) : codec::Json(model::to_text(values[i])));
    }
    return codec::to_text(json);
}

DrawingLevels filled(DrawingLevels levels, const DrawingLevels& usual) {
    const auto fill = [](std::vector<std::string>& list, const std::vector<std::string>& from) {
        list = list.empty() ? from : list;
    };
    fill(levels.boundary, usual.boundary);
    fill(levels.number, usual.number);
    fill(levels.land_code, usual.land_code);
    fill(levels.area, usual.area);
    levels.snap_m = levels.snap_m ? levels.snap_m : usual.snap_m;
    return levels;
}

}  // namespace ranh::mapping
