#include "services/app/validation_profile.hpp"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <vector>

namespace ranh::app {
namespace {

using validation::Profile;

/// Thrown inside this file only; parse_profile turns it into an Error.
struct Wrong {
    YAML::Mark mark;
    std::string sentence;
};

std::string text_of(const YAML::Node& node, std::string_view key) {
    if (!node.IsScalar()) {
        throw Wrong{node.Mark(), fmt::format("'{}' must be a single value", key)};
    }
    return node.Scalar();
}

template <typename Rows>
std::string names_of(const Rows& rows) {
    std::vector<std::string_view> names;
    names.reserve(rows.size());
    for (const auto& row : rows) {
        names.push_back(row.name);
    }
    return fmt::format("{}", fmt::join(names, ", "));
}

/// Calls take(key, key node, value node) for each entry of a map, no key twice.
template <typename Take>
void for_each_entry(const YAML::Node& node, std::string_view what, Take&& take) {
    if (!node.IsMap()) {
        throw Wrong{node.Mark(), fmt::format("'{}' must be a map from name to value", what)};
    }
    std::set<std::string> seen;
    for (const auto& entry : node) {
        const std::string key = text_of(entry.first, what);
        if (!seen.insert(key).second) {
            throw Wrong{entry.first.Mark(), fmt::format("'{}' stands twice in '{}'", key, what)};
        }
        take(key, entry.first, entry.second);
    }
}

std::optional<validation::Severity> severity_of(validation::IssueCode code, const YAML::Node& node) {
    const std::string text = text_of(node, to_string(code));
    if (text == "off") {
        return std::nullopt;
    }
    if (text == "on") {
        return validation::rule_of(code).severity;
    }
    const auto severity = validation::parse_severity(text);
    if (!severity) {
        throw Wrong{node.Mark(),
                    fmt::format("'{}' is '{}', which is none of on, off, error, warning, info", to_string(code), text)};
    }
    return severity;
}

void read_rules(Profile& profile, const YAML::Node& node) {
    for_each_entry(node, "rules", [&profile](const std::string& key, const YAML::Node& name, const YAML::Node& value) {
        const auto code = validation::parse_issue_code(key);
        if (!code) {
            throw Wrong{name.Mark(),
                        fmt::format("unknown rule '{}'; rules are {}", key, names_of(validation::rule_table()))};
        }
        profile.set_severity(*code, severity_of(*code, value));
    });
}

double number_of(const YAML::Node& node, const std::string& key) {
    const std::string text = text_of(node, key);
    double number = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (node.Tag() == "!" || error != std::errc() || end != text.data() + text.size()) {
        throw Wrong{node.Mark(), fmt::format("'{}' must be a number, not '{}'", key, text)};
    }
    return number;
}

void read_parameters(Profile& profile, const YAML::Node& node) {
    for_each_entry(node, "parameters",
                   [&profile](const std::string& key, const YAML::Node& name, const YAML::Node& value) {
                       const auto parameter = validation::parse_parameter(key);
                       if (!parameter) {
                           throw Wrong{name.Mark(), fmt::format("unknown parameter '{}'; parameters are {}", key,
                                                                names_of(validation::parameter_table()))};
                       }
                       if (const auto set = profile.set_value(*parameter, number_of(value, key)); !set) {
                           throw Wrong{value.Mark(), set.error().sentence};
                       }
                   });
}

void read_key(Profile& profile, const std::string& key, const YAML::Node& name, const YAML::Node& value) {
    if (key == "name") {
        profile.set_name(text_of(value, key));
    } else if (key == "rules") {
        read_rules(profile, value);
    } else if (key == "parameters") {
        read_parameters(profile, value);
    } else {
        throw Wrong{name.Mark(), fmt::format("unknown key '{}'; a profile has name, rules, parameters", key)};
    }
}

Error error_at(std::string_view name, const YAML::Mark& mark, const std::string& sentence) {
    return {ErrorKind::corrupt_input, sentence, fmt::format("{}, line {}", name, mark.line + 1)};
}

}  // namespace

Result<Profile> parse_profile(std::string_view yaml, std::string_view name) {
    try {
        const YAML::Node root = YAML::Load(std::string(yaml));
        if (!root.IsMap()) {
            throw Wrong{root.Mark(), "a profile is a YAML map with the keys name, rules, parameters"};
        }
        Profile profile;
        profile.set_name(std::string(name));
        for_each_entry(root, "profile",
                       [&profile](const std::string& key, const YAML::Node& name_node, const YAML::Node& value) {
                           read_key(profile, key, name_node, value);
                       });
        return profile;
    } catch (const Wrong& wrong) {
        return error_at(name, wrong.mark, wrong.sentence);
    } catch (const YAML::Exception& error) {
        return error_at(name, error.mark, "this is not YAML: " + error.msg);
    }
}

Result<Profile> read_profile_file(const std::string& file) {
    std::ifstream stream(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    if (!stream.is_open() || stream.bad()) {
        return Error{ErrorKind::io, "the profile cannot be read; name a file that is there", file};
    }
    return parse_profile(text, std::filesystem::path(file).filename().string());
}

}  // namespace ranh::app
