#include "spatial/validation/profile.hpp"

#include <fmt/format.h>

namespace ranh::validation {

Profile::Profile() {
    for (const Rule& rule : rule_table()) {
        set_severity(rule.code, rule.severity);
    }
    for (const ParameterRow& row : parameter_table()) {
        m_values[static_cast<std::size_t>(row.parameter)] = row.usual;
    }
}

Result<bool> Profile::set_value(Parameter parameter, double value) {
    const ParameterRow& row = row_of(parameter);
    if (!(value >= row.least && value <= row.most)) {
        return Error{ErrorKind::invalid_argument,
                     fmt::format("'{}' is {}, which is not between {} and {} ({})", row.name, value, row.least,
                                 row.most, row.meaning_en),
                     {}};
    }
    m_values[static_cast<std::size_t>(parameter)] = value;
    return true;
}

}  // namespace ranh::validation
