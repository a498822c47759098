#include "importers/pipeline/decoded_table.hpp"

#include "importers/pipeline/text_columns.hpp"

#include <fmt/format.h>

namespace ranh::pipeline {

namespace {

class DecodedTable final : public TableReader {
public:
    DecodedTable(std::unique_ptr<TableReader> table, std::optional<text::Encoding> encoding)
        : m_table(std::move(table)), m_encoding(encoding) {}

    std::optional<TableRow> next() override {
        if (!m_read) {
            read_all();
        }
        return m_next < m_rows.size() ? std::optional(std::move(m_rows[m_next++])) : std::nullopt;
    }

    std::string name() const override { return m_table->name(); }

    std::vector<std::string> notes() const override {
        auto notes = m_table->notes();
        notes.insert(notes.end(), m_notes.begin(), m_notes.end());
        return notes;
    }

private:
    void read_all() {
        m_read = true;
        std::vector<text::ColumnText> columns;
        while (auto row = m_table->next()) {
            columns.resize(std::max(columns.size(), row->cells.size()));
            for (std::size_t i = 0; i < row->cells.size(); ++i) {
                columns[i].add(row->cells[i]);
            }
            m_rows.push_back(std::move(*row));
        }
        auto decisions = text::decide_columns(columns, {});
        std::vector<std::string> names;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            decisions[i] = m_encoding ? columns[i].decide_for(*m_encoding) : decisions[i];
            names.push_back(fmt::format("column {}", i + 1));
        }
        for (TableRow& row : m_rows) {
            for (std::size_t i = 0; i < row.cells.size(); ++i) {
                if (auto read = text::read_cell(row.cells[i], decisions[i])) {
                    row.cells[i] = std::move(read).value();
                }
            }
        }
        add_notes(names, decisions);
    }

    /// Columns that were right are told when their records are written.
    void add_notes(const std::vector<std::string>& names, std::vector<text::TextDecision> decisions) {
        for (auto& decision : decisions) {
            if (!decision.converts() && !decision.open) {
                decision.scores.clear();
            }
        }
        m_notes = text_reasons(name(), names, decisions, std::vector<bool>(names.size(), m_encoding.has_value()));
    }

    std::unique_ptr<TableReader> m_table;
    std::optional<text::Encoding> m_encoding;
    std::vector<TableRow> m_rows;
    std::vector<std::string> m_notes;
    std::size_t m_next = 0;
    bool m_read = false;
};

}  // namespace

std::unique_ptr<TableReader> decode_table(std::unique_ptr<TableReader> table, std::optional<text::Encoding> encoding) {
    return std::make_unique<DecodedTable>(std::move(table), encoding);
}

}  // namespace ranh::pipeline
