#pragma once

#include "importers/pipeline/import_job.hpp"
#include "importers/pipeline/named_count.hpp"

#include <set>
#include <string>
#include <vector>

namespace ranh::pipeline {

/// Appends the fields of an attribute table to records by key.
class AttributeJoin {
public:
    /// Failure conflict when the records have no field named as the key, naming the fields they have.
    AttributeJoin(const AttributeTable& table, const model::Schema& records);

    /// Fields of the records, then those of the table; a name that is taken gets "_2". Personal fields are left out.
    [[nodiscard]] const model::Schema& schema() const { return m_schema; }
    /// Appends one value per table field: those of the row of this record, or nulls.
    void append(std::vector<model::Value>& values, const std::string& record_name);
    /// What did not match; Failure conflict naming both sides when nothing matched.
    [[nodiscard]] std::vector<std::string> notes() const;

private:
    const AttributeTable* m_table;
    std::size_t m_key = 0;
    std::vector<std::size_t> m_columns;
    model::Schema m_schema;
    std::set<std::string> m_matched;
    std::vector<std::string> m_field_notes;
    NamedCount m_without_row;
};

}  // namespace ranh::pipeline
