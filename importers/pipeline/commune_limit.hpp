#pragma once

#include "importers/pipeline/import_job.hpp"
#include "spatial/model/layer.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ranh::pipeline {

/// Which features an import within one commune (--within-commune) may touch: those whose field maXa, commune_code or
/// commune reads its code where source and layer both have such a field, else those that lie in it: wholly, or areas by
/// more than half of their area and others by more than half of their vertices.
///
/// Units   outline in longitude and latitude (WGS 84), features in their own systems; the edges of a feature are taken
///         as straight between its vertices in WGS 84.
/// Cost    by place one location per vertex; the common area only for what the border crosses.
/// Errors  not_found (Failure) when it is decided by place and the commune has no outline.
class CommuneTest {
public:
    CommuneTest(const CommuneLimit& limit, const model::Schema& source, const model::Schema& layer);

    /// A record of the source, its values by the schema of the source.
    [[nodiscard]] bool holds_source(const model::Feature& feature) const;
    /// A feature of the layer, its values by the schema of the layer.
    [[nodiscard]] bool holds_layer(const model::Feature& feature) const;
    /// What can hold of the layer.
    [[nodiscard]] store::Selection selection(const std::vector<crs::Crs>& systems) const;
    /// "by the field 'maXa'" or "by place", for notes.
    [[nodiscard]] std::string how() const;

private:
    [[nodiscard]] bool lies_inside(const model::Feature& feature) const;

    const CommuneLimit& m_limit;
    std::optional<std::size_t> m_source_field;
    std::optional<std::size_t> m_layer_field;
    std::string m_field_name;
};

}  // namespace ranh::pipeline
