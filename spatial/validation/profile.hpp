#pragma once

#include "spatial/base/error.hpp"
#include "spatial/validation/issue_code.hpp"

#include <array>
#include <optional>
#include <string>

namespace ranh::validation {

/// Which rules are held, how heavily each weighs, and the numbers they are held against. A value: read from a file by
/// whoever starts the check, handed down.
class Profile {
public:
    /// Every rule on, with the severities and numbers of the tables.
    Profile();

    /// Nothing: the rule is off.
    [[nodiscard]] std::optional<Severity> severity(IssueCode code) const {
        return m_severities[static_cast<std::size_t>(code)];
    }
    [[nodiscard]] bool holds(IssueCode code) const { return severity(code).has_value(); }
    [[nodiscard]] double value(Parameter parameter) const { return m_values[static_cast<std::size_t>(parameter)]; }
    [[nodiscard]] const std::string& name() const { return m_name; }

    void set_severity(IssueCode code, std::optional<Severity> severity) {
        m_severities[static_cast<std::size_t>(code)] = severity;
    }
    /// invalid_argument naming the parameter, the value and the limits when it is outside of them.
    [[nodiscard]] Result<bool> set_value(Parameter parameter, double value);
    void set_name(std::string name) { m_name = std::move(name); }

    friend bool operator==(const Profile&, const Profile&) = default;

private:
    std::string m_name = "default";
    std::array<std::optional<Severity>, issue_code_count> m_severities;
    std::array<double, parameter_count> m_values{};
};

}  // namespace ranh::validation
