#include "services/params/query.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace ranh::params {
namespace {

std::string listed(std::span<const std::string> names) {
    std::string text;
    for (const std::string& name : names) {
        text += (text.empty() ? "" : ", ") + name;
    }
    return text.empty() ? "none" : text;
}

}  // namespace

Result<bool> check_names(const QueryPairs& query, std::span<const std::string> known) {
    for (auto pair = query.begin(); pair != query.end(); ++pair) {
        if (std::find(known.begin(), known.end(), pair->first) == known.end()) {
            return Error{ErrorKind::invalid_argument,
                         "unknown query parameter '" + pair->first + "'; this resource takes: " + listed(known),
                         {}};
        }
        const bool repeated =
            std::any_of(query.begin(), pair, [&](const auto& earlier) { return earlier.first == pair->first; });
        if (repeated) {
            return Error{
                ErrorKind::invalid_argument, "query parameter '" + pair->first + "' is given twice; give it once", {}};
        }
    }
    return true;
}

std::optional<std::string_view> value_of(const QueryPairs& query, std::string_view name) {
    const auto found = std::find_if(query.begin(), query.end(), [&](const auto& pair) { return pair.first == name; });
    return found == query.end() ? std::nullopt : std::optional<std::string_view>(found->second);
}

Result<double> parse_number(std::string_view text, std::string_view name) {
    double value = 0.0;
    const std::string_view digits = text.starts_with('+') ? text.substr(1) : text;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size() || !std::isfinite(value)) {
        return Error{ErrorKind::invalid_argument, "'" + std::string(text) + "' is no number; write for example 107.5",
                     std::string(name)};
    }
    return value;
}

Result<bool> parse_boolean(std::string_view text, std::string_view name) {
    if (text == "true" || text == "false") {
        return text == "true";
    }
    return Error{ErrorKind::invalid_argument, "'" + std::string(text) + "' is neither true nor false",
                 std::string(name)};
}

}  // namespace ranh::params
