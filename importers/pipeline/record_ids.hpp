#pragma once

#include "spatial/base/ids.hpp"
#include "spatial/model/value.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ranh::pipeline {

/// Which fields name a record; see run_import for the order of choice.
class IdRule {
public:
    /// Failure conflict when `wanted` is no field, naming the fields there are. `suggested`: the field the reader
    /// names, or empty.
    IdRule(const model::Schema& schema, const std::optional<std::string>& wanted, const std::string& suggested);

    [[nodiscard]] bool by_row_number() const { return m_fields.empty(); }
    /// Id of one record; "row-N" when its fields are empty, N itself when ids are row numbers.
    [[nodiscard]] std::string id(const std::vector<model::Value>& values, std::int64_t row,
                                 const std::string& suffix) const;
    [[nodiscard]] bool is_missing(const std::vector<model::Value>& values) const;
    /// "area_id", or "commune.sheet.parcel"; empty when ids are row numbers.
    [[nodiscard]] std::string text() const;

private:
    std::vector<std::size_t> m_fields;
    std::vector<std::string> m_names;
};

}  // namespace ranh::pipeline
