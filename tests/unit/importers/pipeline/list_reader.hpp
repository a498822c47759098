#pragma once

#include "importers/pipeline/source_record.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace ranh::pipeline {

/// Records as a test writes them.
class ListReader final : public FeatureReader {
public:
    ListReader(model::Schema schema, std::vector<SourceRecord> records, int epsg = 5899)
        : m_records(std::move(records)) {
        m_description.file_name = "list.gpkg";
        m_description.schema = std::move(schema);
        m_description.declared_crs = crs::Crs::from_epsg(epsg).value();
        m_description.crs_reason = "declared by the file";
        m_description.record_count = static_cast<std::int64_t>(m_records.size());
    }
    const SourceDescription& describe() override { return m_description; }
    SourceDescription& description() { return m_description; }
    std::optional<SourceRecord> next() override {
        return m_next < m_records.size() ? std::optional(m_records[m_next++]) : std::nullopt;
    }
    void rewind() override { m_next = 0; }

private:
    SourceDescription m_description;
    std::vector<SourceRecord> m_records;
    std::size_t m_next = 0;
};

}  // namespace ranh::pipeline
