#include "importers/pipeline/record_fields.hpp"

#include "importers/pipeline/field_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ranh::pipeline {

RecordFields::RecordFields(const std::vector<const SourceDescription*>& sources, const std::vector<TextColumns>& texts,
                           const ImportOptions& options) {
    for (std::size_t i = 0; i < sources.size(); ++i) {
        add_source(sources[i]->file_name, texts[i], options);
    }
    m_schema = m_joint;
    if (options.attributes != nullptr) {
        m_join.emplace(*options.attributes, m_joint);
        m_schema = m_join->schema();
    }
}

void RecordFields::add_source(const std::string& name, const TextColumns& text, const ImportOptions& options) {
    Source source;
    source.name = name;
    source.text = &text;
    if (options.mapping != nullptr) {
        source.mapped =
            mapping::MappedSchema::make(*options.mapping, text.schema(), options.description.validity.from()).value();
        m_notes.insert(m_notes.end(), source.mapped->notes().begin(), source.mapped->notes().end());
    }
    const model::Schema& fields = source.mapped ? source.mapped->schema() : text.schema();
    for (std::size_t i = 0; i < fields.fields.size(); ++i) {
        const auto& field = fields.fields[i];
        if (field.privacy == model::Privacy::open && is_personal(field)) {
            m_notes.push_back(personal_note(source.name, field.name));
            continue;
        }
        source.kept.push_back(i);
        source.position.push_back(joint_position(field, source.name));
    }
    m_sources.push_back(std::move(source));
}

std::size_t RecordFields::joint_position(const model::Field& field, const std::string& source) {
    const auto position = m_joint.find(field.name);
    if (!position) {
        m_joint.fields.push_back(field);
        return m_joint.fields.size() - 1;
    }
    model::Field& joint = m_joint.fields[*position];
    if (field.privacy == model::Privacy::personal) {
        joint.privacy = field.privacy;
    }
    if (joint.type != field.type) {
        const auto is_number = [](model::FieldType type) {
            return type == model::FieldType::integer || type == model::FieldType::real;
        };
        joint.type = is_number(joint.type) && is_number(field.type) ? model::FieldType::real : model::FieldType::text;
        m_notes.push_back(fmt::format("field '{}' of {} has another type than in the files before: it is kept as {}",
                                      field.name, source, model::to_string(joint.type)));
    }
    return *position;
}

Result<std::vector<model::Value>> RecordFields::values(std::size_t source, const SourceRecord& record,
                                                       mapping::RewriteCounts* rewrites) const {
    const Source& from = m_sources[source];
    auto read = from.text->read(record.values);
    if (read && from.mapped) {
        read = from.mapped->apply(read.value(), rewrites);
    }
    if (!read) {
        return read;
    }
    std::vector<model::Value> values(m_joint.fields.size());
    for (std::size_t i = 0; i < from.kept.size(); ++i) {
        const auto& field = m_joint.fields[from.position[i]];
        model::Value& given = read.value()[from.kept[i]];
        if (model::type_of(given) == field.type) {
            values[from.position[i]] = std::move(given);
            continue;
        }
        auto value = mapping::convert(given, field.type);
        if (!value) {
            return Error{value.error().kind, value.error().sentence, fmt::format("field '{}'", field.name)};
        }
        values[from.position[i]] = std::move(value).value();
    }
    return values;
}

void RecordFields::join(std::vector<model::Value>& values, const std::string& record_name) {
    if (m_join) {
        m_join->append(values, record_name);
    }
}

std::string RecordFields::original(std::size_t source, const SourceRecord& record) const {
    const Source& from = m_sources[source];
    model::Schema schema;
    std::vector<model::Value> values;
    const auto& fields = from.text->schema().fields;
    for (std::size_t i = 0; i < fields.size() && i < record.values.size(); ++i) {
        if (!is_personal(fields[i])) {
            schema.fields.push_back(fields[i]);
            values.push_back(from.text->printable(i, record.values[i]));
        }
    }
    return mapping::record_json(schema, values);
}

std::vector<std::string> RecordFields::notes() const {
    std::vector<std::string> notes = m_notes;
    if (m_join) {
        const auto joined = m_join->notes();
        notes.insert(notes.end(), joined.begin(), joined.end());
    }
    return notes;
}

}  // namespace ranh::pipeline
