#pragma once

#include "importers/pipeline/attribute_join.hpp"
#include "importers/pipeline/import_job.hpp"
#include "importers/pipeline/text_columns.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ranh::pipeline {

/// From the fields of several sources to the one schema of a layer: text decoded and composed, mapping applied,
/// personal fields left out, one type per name, attributes appended.
class RecordFields {
public:
    /// `texts`: one per source; they live as long as this object.
    RecordFields(const std::vector<const SourceDescription*>& sources, const std::vector<TextColumns>& texts,
                 const ImportOptions& options);

    [[nodiscard]] const model::Schema& schema() const { return m_schema; }
    /// Values of one record for schema(), without the attributes; corrupt_input naming field and value. What the
    /// mapping changed is counted in `rewrites`.
    [[nodiscard]] Result<std::vector<model::Value>> values(std::size_t source, const SourceRecord& record,
                                                           mapping::RewriteCounts* rewrites = nullptr) const;
    /// Appends the attributes of --attributes to what values() gave.
    void join(std::vector<model::Value>& values, const std::string& record_name);
    /// The record as JSON without personal fields, for quarantine.
    [[nodiscard]] std::string original(std::size_t source, const SourceRecord& record) const;
    /// Fields dropped and retyped; join results. Failure conflict when the attributes match nothing.
    [[nodiscard]] std::vector<std::string> notes() const;

private:
    struct Source {
        std::string name;
        const TextColumns* text = nullptr;
        std::optional<mapping::MappedSchema> mapped;
        std::vector<std::size_t> kept;      ///< positions in the mapped schema
        std::vector<std::size_t> position;  ///< of each kept field in the joint schema
    };
    void add_source(const std::string& name, const TextColumns& text, const ImportOptions& options);
    std::size_t joint_position(const model::Field& field, const std::string& source);

    std::vector<Source> m_sources;
    model::Schema m_joint;
    model::Schema m_schema;
    std::optional<AttributeJoin> m_join;
    std::vector<std::string> m_notes;
};

}  // namespace ranh::pipeline
