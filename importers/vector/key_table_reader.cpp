#include "importers/vector/vector_reader.hpp"

#include <fmt/format.h>

namespace ranh::vector {

namespace {

class KeyTableReader final : public pipeline::FeatureReader {
public:
    KeyTableReader(std::unique_ptr<pipeline::TableReader> table, pipeline::SourceDescription source)
        : m_description(std::move(source)) {
        const auto header = table->next();
        if (!header) {
            throw Failure(ErrorKind::invalid_argument, "the table is empty; its first row names the columns",
                          m_description.file_name);
        }
        for (const std::string& cell : header->cells) {
            m_description.schema.fields.push_back({cell, model::FieldType::text, model::Privacy::open});
        }
        m_description.format = "table of keys";
        m_description.declared_crs = crs::wgs84();
        m_description.crs_reason = "no coordinates are read";
        while (const auto row = table->next()) {
            m_records.push_back(record_of(*row, header->cells.size()));
        }
        m_description.notes = table->notes();
        m_description.record_count = static_cast<std::int64_t>(m_records.size());
    }

    const pipeline::SourceDescription& describe() override { return m_description; }
    std::optional<pipeline::SourceRecord> next() override {
        return m_next < m_records.size() ? std::optional(m_records[m_next++]) : std::nullopt;
    }
    void rewind() override { m_next = 0; }

private:
    static pipeline::SourceRecord record_of(const pipeline::TableRow& row, std::size_t columns) {
        pipeline::SourceRecord record;
        record.place = fmt::format("row {}", row.number);
        for (std::size_t i = 0; i < columns; ++i) {
            const bool empty = i >= row.cells.size() || row.cells[i].empty();
            record.values.push_back(empty ? model::Value() : model::Value(row.cells[i]));
        }
        return record;
    }

    pipeline::SourceDescription m_description;
    std::vector<pipeline::SourceRecord> m_records;
    std::size_t m_next = 0;
};

}  // namespace

std::unique_ptr<pipeline::FeatureReader> open_key_table(std::unique_ptr<pipeline::TableReader> table,
                                                        const pipeline::SourceDescription& source) {
    return std::make_unique<KeyTableReader>(std::move(table), source);
}

}  // namespace ranh::vector
