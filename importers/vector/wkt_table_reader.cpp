#include "importers/pipeline/field_text.hpp"
#include "importers/pipeline/find_crs.hpp"
#include "importers/vector/vector_reader.hpp"
#include "spatial/codec/wkt.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace ranh::vector {

namespace {

std::optional<std::size_t> wkt_column(const std::vector<std::string>& header) {
    constexpr std::array<std::string_view, 6> names = {"wkt", "geom", "geometry", "thegeom", "shape", "wktgeom"};
    for (std::size_t i = 0; i < header.size(); ++i) {
        if (std::find(names.begin(), names.end(), pipeline::header_key(header[i])) != names.end()) {
            return i;
        }
    }
    return std::nullopt;
}

class WktTableReader final : public pipeline::FeatureReader {
public:
    WktTableReader(std::unique_ptr<pipeline::TableReader> table, const pipeline::SourceDescription& source,
                   const pipeline::ReadOptions& options)
        : m_description(source) {
        const auto header = table->next();
        const auto column = header ? wkt_column(header->cells) : std::nullopt;
        if (!column) {
            throw Failure(ErrorKind::invalid_argument, "the first row names no column wkt, geom or geometry",
                          source.file_name);
        }
        for (std::size_t i = 0; i < header->cells.size(); ++i) {
            if (i != *column) {
                m_columns.push_back(i);
                m_description.schema.fields.push_back({header->cells[i], model::FieldType::text, model::Privacy::open});
            }
        }
        m_description.format = "table with WKT";
        while (const auto row = table->next()) {
            m_records.push_back(record_of(*row, *column));
        }
        m_description.notes = table->notes();
        m_description.record_count = static_cast<std::int64_t>(m_records.size());
        decide_crs(options);
    }

    const pipeline::SourceDescription& describe() override { return m_description; }
    std::optional<pipeline::SourceRecord> next() override {
        return m_next < m_records.size() ? std::optional(m_records[m_next++]) : std::nullopt;
    }
    void rewind() override { m_next = 0; }

private:
    pipeline::SourceRecord record_of(const pipeline::TableRow& row, std::size_t wkt) const {
        pipeline::SourceRecord record;
        record.place = fmt::format("row {}", row.number);
        const auto cell = [&row](std::size_t i) { return i < row.cells.size() ? row.cells[i] : std::string(); };
        for (const std::size_t column : m_columns) {
            record.values.push_back(cell(column).empty() ? model::Value() : model::Value(cell(column)));
        }
        if (cell(wkt).empty()) {
            return record;
        }
        auto geometry = codec::parse_wkt(cell(wkt));
        if (geometry) {
            record.geometry = std::move(geometry).value();
        } else {
            record.rejected = model::QuarantineRecord{record.place, geometry.error().text(), cell(wkt)};
        }
        return record;
    }

    void decide_crs(const pipeline::ReadOptions& options) {
        pipeline::ClaimedPoints sample(m_description.schema);
        for (const auto& record : m_records) {
            if (record.geometry) {
                sample.add(*record.geometry, record.values);
            }
        }
        pipeline::CrsFinder finder(options);
        const auto finding = finder.find(sample.points(), sample.commune(), m_description.file_name);
        m_description.crs_reason = finding.reason;
        m_description.notes.insert(m_description.notes.end(), finding.notes.begin(), finding.notes.end());
        if (finding.swapped.empty()) {
            m_description.found_crs = finding.crs;
        } else {
            m_description.crs_reason =
                "X/Y đảo: well-known text has x = easting; exchange the numbers and import again";
        }
    }

    pipeline::SourceDescription m_description;
    std::vector<std::size_t> m_columns;
    std::vector<pipeline::SourceRecord> m_records;
    std::size_t m_next = 0;
};

}  // namespace

bool looks_like_wkt_table(const std::vector<pipeline::TableRow>& rows) {
    return !rows.empty() && wkt_column(rows.front().cells).has_value();
}

std::unique_ptr<pipeline::FeatureReader> open_wkt_table(std::unique_ptr<pipeline::TableReader> table,
                                                        const pipeline::SourceDescription& source,
                                                        const pipeline::ReadOptions& options) {
    return std::make_unique<WktTableReader>(std::move(table), source, options);
}

}  // namespace ranh::vector
