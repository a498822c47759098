#include "importers/pipeline/text_columns.hpp"

#include "importers/pipeline/text_check.hpp"
#include "importers/text/font.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace ranh::pipeline {

namespace {

constexpr std::int64_t records_of_utf8_format = 5000;
constexpr std::int64_t check_every = 256;

std::vector<text::ColumnText> columns_of(FeatureReader& reader, const ImportOptions& options) {
    const SourceDescription& source = reader.describe();
    std::vector<text::ColumnText> columns(source.schema.fields.size());
    std::int64_t records = 0;
    while (!source.text_is_utf8 || records < records_of_utf8_format) {
        const auto record = reader.next();
        if (!record) {
            break;
        }
        for (std::size_t i = 0; i < std::min(columns.size(), record->values.size()); ++i) {
            if (const auto* text = std::get_if<std::string>(&record->values[i])) {
                columns[i].add(*text);
            }
        }
        if (++records % check_every == 0 && options.cancel != nullptr) {
            options.cancel->check();
        }
    }
    reader.rewind();
    return columns;
}

std::optional<text::FontText> named_encoding(const std::string& field, const ImportOptions& options) {
    if (options.mapping != nullptr) {
        for (const auto& rule : options.mapping->fields) {
            if (rule.source == field && !rule.encoding.empty()) {
                const auto font = text::text_of_font(rule.encoding);
                return font ? *font : text::FontText{text::parse_encoding(rule.encoding).value(), false};
            }
        }
    }
    return options.text_encoding ? std::optional(text::FontText{*options.text_encoding, false}) : std::nullopt;
}

/// The name of a field, by the one encoding the columns have.
std::string readable_name(const std::string& name, const std::vector<text::TextDecision>& decisions) {
    for (const auto& decision : decisions) {
        text::TextDecision bytes = decision;
        bytes.stored_bytes = true;
        if (auto read = decision.converts() ? text::read_cell(name, bytes) : text::read_cell(name, {})) {
            return std::move(read).value();
        }
    }
    return printable_text(name);
}

}  // namespace

TextColumns::TextColumns(FeatureReader& reader, const ImportOptions& options)
    : m_source(reader.describe().file_name), m_schema(reader.describe().schema) {
    const auto columns = columns_of(reader, options);
    m_decisions = text::decide_columns(columns, reader.describe().declared_encoding);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto named = named_encoding(m_schema.fields[i].name, options);
        m_named.push_back(named.has_value());
        m_capitals.push_back(named && named->capitals);
        if (named) {
            m_decisions[i] = columns[i].decide_for(named->encoding);
        }
    }
    for (auto& field : m_schema.fields) {
        field.name = readable_name(field.name, m_decisions);
    }
}

Result<std::string> TextColumns::read_text(std::size_t field, std::string_view text) const {
    auto decoded = text::read_cell(text, m_decisions[field]);
    return decoded && m_capitals[field] ? text::in_capitals(decoded.value()) : decoded;
}

Result<std::vector<model::Value>> TextColumns::read(const std::vector<model::Value>& values) const {
    std::vector<model::Value> read = values;
    for (std::size_t i = 0; i < read.size(); ++i) {
        auto* text = std::get_if<std::string>(&read[i]);
        if (text == nullptr) {
            continue;
        }
        auto decoded = read_text(i, *text);
        if (!decoded) {
            Error error = decoded.error();
            error.context = fmt::format("field '{}'", m_schema.fields[i].name);
            return error;
        }
        *text = std::move(decoded).value();
    }
    return read;
}

model::Value TextColumns::printable(std::size_t field, const model::Value& value) const {
    const auto* text = std::get_if<std::string>(&value);
    if (text == nullptr) {
        return value;
    }
    auto decoded = read_text(field, *text);
    return decoded ? std::move(decoded).value() : printable_text(*text);
}

std::vector<std::string> TextColumns::reasons() const {
    std::vector<std::string> names;
    for (const auto& field : m_schema.fields) {
        names.push_back(field.name);
    }
    return text_reasons(m_source, names, m_decisions, m_named);
}

std::vector<std::string> text_reasons(const std::string& source, const std::vector<std::string>& names,
                                      const std::vector<text::TextDecision>& decisions,
                                      const std::vector<bool>& by_person) {
    std::vector<std::string> right;
    std::vector<std::string> others;
    for (std::size_t i = 0; i < decisions.size(); ++i) {
        const text::TextDecision& decision = decisions[i];
        if (decision.scores.empty()) {
            continue;
        }
        const auto field = fmt::format("field '{}' of {}", names[i], source);
        if (by_person[i]) {
            others.push_back(fmt::format("{}: {}, as named by the import ({})", field,
                                         text::to_string(decision.encoding), decision.evidence()));
        } else if (decision.open) {
            others.push_back(
                fmt::format("warning: {}: the encoding is open ({}); well-formed UTF-8 is kept as it "
                            "stands, name another with --text-encoding",
                            field, decision.evidence()));
        } else if (decision.converts()) {
            others.push_back(fmt::format("{}: converted from {}{} ({})", field, text::to_string(decision.encoding),
                                         decision.by_other_columns ? ", as the other fields" : "",
                                         decision.evidence()));
        } else {
            right.push_back(fmt::format("{} ({}{})", names[i], decision.evidence(),
                                        decision.decomposed ? "; decomposed, now composed" : ""));
        }
    }
    if (!right.empty()) {
        others.insert(others.begin(), fmt::format("{}: utf-8 as it stands in {}", source, fmt::join(right, ", ")));
    }
    return others;
}

}  // namespace ranh::pipeline
