#pragma once

#include "spatial/base/error.hpp"
#include "spatial/model/layer.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ranh::filter {

/// Field name, value as text.
using FieldEquals = std::pair<std::string, std::string>;

/// Conditions `field = value` on the features of one layer, all of which must hold. Numbers are compared as numbers,
/// null equals nothing.
///
/// Threads  const; any number of readers.
class FieldConditions {
public:
    /// invalid_argument naming the fields there are when one does not exist or is personal.
    [[nodiscard]] static Result<FieldConditions> of(const model::Schema& schema,
                                                    const std::vector<FieldEquals>& equals);

    [[nodiscard]] bool empty() const { return m_conditions.empty(); }
    /// `value_of(field)` gives the value of a feature in a field of the schema.
    template <typename ValueOf>
    [[nodiscard]] bool hold(ValueOf&& value_of) const {
        return std::all_of(m_conditions.begin(), m_conditions.end(),
                           [&](const Condition& condition) { return condition.holds(value_of(condition.field)); });
    }

private:
    struct Condition {
        std::size_t field;
        std::string text;
        std::optional<double> number;
        [[nodiscard]] bool holds(const model::Value& value) const;
    };
    std::vector<Condition> m_conditions;
};

}  // namespace ranh::filter
