#include "importers/pipeline/attribute_join.hpp"

#include "importers/pipeline/field_text.hpp"

#include <fmt/format.h>

namespace ranh::pipeline {

AttributeJoin::AttributeJoin(const AttributeTable& table, const model::Schema& records)
    : m_table(&table), m_schema(records) {
    const auto key = records.find(table.key);
    if (!key) {
        throw Failure(
            ErrorKind::conflict,
            fmt::format("the records have no field '{}' to join {} by; their fields are: {}. Name one of them "
                        "with --key, and name the column of the table alike",
                        table.key, table.file_name, field_names(records)));
    }
    m_key = *key;
    for (std::size_t i = 0; i < table.schema.fields.size(); ++i) {
        model::Field field = table.schema.fields[i];
        if (is_personal(field)) {
            m_field_notes.push_back(personal_note(table.file_name, field.name));
            continue;
        }
        if (m_schema.find(field.name)) {
            m_field_notes.push_back(fmt::format("field '{}' of {} is kept as '{}_2': the records have one of that name",
                                                field.name, table.file_name, field.name));
            field.name += "_2";
        }
        m_columns.push_back(i);
        m_schema.fields.push_back(std::move(field));
    }
}

void AttributeJoin::append(std::vector<model::Value>& values, const std::string& record_name) {
    const std::string key = model::to_text(values[m_key]);
    const auto row = m_table->rows.find(key);
    if (row == m_table->rows.end()) {
        m_without_row.add(key.empty() ? record_name : key);
        values.resize(m_schema.fields.size());
        return;
    }
    m_matched.insert(key);
    for (const std::size_t column : m_columns) {
        values.push_back(row->second[column]);
    }
}

std::vector<std::string> AttributeJoin::notes() const {
    NamedCount unused;
    for (const auto& [key, values] : m_table->rows) {
        if (!m_matched.contains(key)) {
            unused.add(key);
        }
    }
    if (m_matched.empty()) {
        throw Failure(ErrorKind::conflict,
                      fmt::format("no row of {} matches a record by '{}': the table has {}; the records have {}. Check "
                                  "the key with --key",
                                  m_table->file_name, m_table->key, unused.names(), m_without_row.names()));
    }
    std::vector<std::string> notes = m_table->notes;
    notes.insert(notes.end(), m_field_notes.begin(), m_field_notes.end());
    if (m_without_row.count() > 0) {
        notes.push_back(fmt::format("{} records have no row in {}: {}", m_without_row.count(), m_table->file_name,
                                    m_without_row.names()));
    }
    if (unused.count() > 0) {
        notes.push_back(
            fmt::format("{} rows of {} match no record: {}", unused.count(), m_table->file_name, unused.names()));
    }
    return notes;
}

}  // namespace ranh::pipeline
