#include "importers/mapping/mapping.hpp"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <charconv>

namespace ranh::mapping {

namespace {

/// Thrown inside this file only; read_mapping turns it into an Error.
struct Wrong {
    YAML::Mark mark;
    std::string sentence;
};

std::string text_of(const YAML::Node& node, std::string_view key) {
    if (!node.IsScalar()) {
        throw Wrong{node.Mark(), fmt::format("'{}' must be a single text", key)};
    }
    return node.Scalar();
}

bool flag_of(const YAML::Node& node, std::string_view key) {
    const std::string text = text_of(node, key);
    if (text != "true" && text != "false") {
        throw Wrong{node.Mark(), fmt::format("'{}' must be true or false, not '{}'", key, text)};
    }
    return text == "true";
}

/// Quoted scalars are text; plain ones are read as number or boolean where they look so.
model::Value constant_of(const YAML::Node& node, std::string_view key) {
    const std::string text = text_of(node, key);
    if (node.Tag() == "!") {
        return text;
    }
    if (text == "true" || text == "false") {
        return text == "true";
    }
    for (const auto type : {model::FieldType::integer, model::FieldType::real}) {
        const auto number = convert(model::Value(text), type);
        if (number && !model::is_null(number.value())) {
            return number.value();
        }
    }
    return text;
}

Date day_of(const YAML::Node& node, std::string_view key) {
    const auto day = Date::parse(text_of(node, key));
    if (!day) {
        throw Wrong{node.Mark(), day.error().sentence};
    }
    return day.value();
}

/// A text, or a map with to, from and until (both days inclusive).
ValueRule value_of(const YAML::Node& node) {
    if (node.IsScalar()) {
        return {node.Scalar(), {}};
    }
    if (!node.IsMap() || !node["to"]) {
        throw Wrong{node.Mark(), "a value becomes a text, or a map with to, from, until"};
    }
    ValueRule rule;
    std::optional<Date> from;
    std::optional<Date> until;
    for (const auto& entry : node) {
        const std::string key = text_of(entry.first, "values");
        if (key == "to") {
            rule.to = text_of(entry.second, key);
        } else if (key == "from") {
            from = day_of(entry.second, key);
        } else if (key == "until") {
            until = day_of(entry.second, key);
        } else {
            throw Wrong{entry.first.Mark(), fmt::format("unknown key '{}'; a value has to, from, until", key)};
        }
    }
    const auto days = DateRange::from_inclusive(from, until);
    if (!days) {
        throw Wrong{node.Mark(), days.error().sentence};
    }
    rule.days = days.value();
    return rule;
}

std::map<std::string, ValueRule> values_of(const YAML::Node& node) {
    if (!node.IsMap()) {
        throw Wrong{node.Mark(), "'values' must be a map from source text to text"};
    }
    std::map<std::string, ValueRule> values;
    for (const auto& entry : node) {
        values[text_of(entry.first, "values")] = value_of(entry.second);
    }
    return values;
}

/// One name, or several of which the first that exists is taken.
void read_sources(FieldRule& rule, const YAML::Node& node) {
    if (node.IsSequence() && node.size() > 0) {
        for (const auto& name : node) {
            rule.other_sources.push_back(text_of(name, "from"));
        }
        rule.source = rule.other_sources.front();
        rule.other_sources.erase(rule.other_sources.begin());
    } else {
        rule.source = text_of(node, "from");
    }
}

void read_member(FieldRule& rule, const std::string& key, const YAML::Node& node, bool& has_constant) {
    if (key == "from") {
        read_sources(rule, node);
    } else if (key == "optional") {
        rule.optional = flag_of(node, key);
    } else if (key == "constant") {
        rule.constant = constant_of(node, key);
        has_constant = true;
    } else if (key == "type") {
        rule.type = model::parse_field_type(text_of(node, key));
        if (!rule.type) {
            throw Wrong{node.Mark(), fmt::format("'{}' is no type; types are boolean, integer, real, text, date",
                                                 text_of(node, key))};
        }
    } else if (key == "values") {
        rule.values = values_of(node);
    } else if (key == "encoding") {
        rule.encoding = text_of(node, key);
    } else if (key == "personal") {
        rule.personal = flag_of(node, key);
    } else {
        throw Wrong{
            node.Mark(),
            fmt::format("unknown key '{}'; a field has from, constant, type, values, encoding, optional, personal",
                        key)};
    }
}

FieldRule rule_of(const std::string& target, const YAML::Node& node) {
    FieldRule rule;
    rule.target = target;
    if (node.IsScalar()) {
        rule.source = node.Scalar();
        return rule;
    }
    if (!node.IsMap()) {
        throw Wrong{node.Mark(), fmt::format("the field '{}' must be a source name or a map", target)};
    }
    bool has_constant = false;
    for (const auto& entry : node) {
        read_member(rule, text_of(entry.first, target), entry.second, has_constant);
    }
    if (rule.source.empty() != has_constant) {
        throw Wrong{node.Mark(), fmt::format("the field '{}' needs either 'from' or 'constant'", target)};
    }
    return rule;
}

void read_fields(Mapping& mapping, const YAML::Node& node) {
    if (!node.IsMap()) {
        throw Wrong{node.Mark(), "'fields' must be a map from target to source"};
    }
    for (const auto& entry : node) {
        const std::string target = text_of(entry.first, "fields");
        const auto same = [&target](const FieldRule& rule) { return rule.target == target; };
        if (std::any_of(mapping.fields.begin(), mapping.fields.end(), same)) {
            throw Wrong{entry.first.Mark(), fmt::format("the target '{}' stands twice", target)};
        }
        mapping.fields.push_back(rule_of(target, entry.second));
    }
}

std::vector<std::string> levels_of(const YAML::Node& node, std::string_view key) {
    if (!node.IsSequence() || node.size() == 0) {
        throw Wrong{node.Mark(), fmt::format("'{}' must be a list of levels or layers", key)};
    }
    std::vector<std::string> levels;
    for (const auto& level : node) {
        levels.push_back(text_of(level, key));
    }
    return levels;
}

double snap_of(const YAML::Node& node) {
    const auto metres = convert(model::Value(text_of(node, "snap")), model::FieldType::real);
    const double* value = metres ? std::get_if<double>(&metres.value()) : nullptr;
    if (node.Tag() == "!" || value == nullptr || !(*value >= 0.0 && *value <= most_snap_m)) {
        throw Wrong{node.Mark(), fmt::format("'snap' must be a number of metres from 0 to {}", most_snap_m)};
    }
    return *value;
}

void read_linework(DrawingLevels& levels, const YAML::Node& node) {
    if (!node.IsMap()) {
        throw Wrong{node.Mark(), "'linework' must be a map with boundary, number, land_code, area, snap"};
    }
    for (const auto& entry : node) {
        const std::string key = text_of(entry.first, "linework");
        if (key == "boundary") {
            levels.boundary = levels_of(entry.second, key);
        } else if (key == "number") {
            levels.number = levels_of(entry.second, key);
        } else if (key == "land_code") {
            levels.land_code = levels_of(entry.second, key);
        } else if (key == "area") {
            levels.area = levels_of(entry.second, key);
        } else if (key == "snap") {
            levels.snap_m = snap_of(entry.second);
        } else {
            throw Wrong{entry.first.Mark(),
                        fmt::format("unknown key '{}'; linework has boundary, number, land_code, area, snap", key)};
        }
    }
}

void read_key(Mapping& mapping, const std::string& key, const YAML::Node& node) {
    if (key == "fields") {
        read_fields(mapping, node);
    } else if (key == "drop") {
        if (!node.IsSequence()) {
            throw Wrong{node.Mark(), "'drop' must be a list of source fields"};
        }
        for (const auto& name : node) {
            mapping.dropped.push_back(text_of(name, key));
        }
    } else if (key == "linework") {
        read_linework(mapping.linework, node);
    } else if (key == "date") {
        mapping.date_field = text_of(node, key);
    } else if (key == "unmapped") {
        const std::string text = text_of(node, key);
        if (text != "keep" && text != "drop") {
            throw Wrong{node.Mark(), fmt::format("'unmapped' must be keep or drop, not '{}'", text)};
        }
        mapping.drop_unmapped = text == "drop";
    } else {
        throw Wrong{node.Mark(),
                    fmt::format("unknown key '{}'; a mapping has fields, drop, unmapped, date, linework", key)};
    }
}

Error error_at(std::string_view name, const YAML::Mark& mark, const std::string& sentence) {
    return {ErrorKind::corrupt_input, sentence, fmt::format("{}, line {}", name, mark.line + 1)};
}

}  // namespace

Result<Mapping> read_mapping(std::string_view yaml, std::string_view name) {
    try {
        const YAML::Node root = YAML::Load(std::string(yaml));
        if (!root.IsMap()) {
            throw Wrong{root.Mark(), "a mapping is a YAML map with the keys fields, drop, unmapped"};
        }
        Mapping mapping;
        mapping.name = name;
        for (const auto& entry : root) {
            read_key(mapping, text_of(entry.first, "key"), entry.second);
        }
        return mapping;
    } catch (const Wrong& wrong) {
        return error_at(name, wrong.mark, wrong.sentence);
    } catch (const YAML::Exception& error) {
        return error_at(name, error.mark, "this is not YAML: " + error.msg);
    }
}

}  // namespace ranh::mapping
