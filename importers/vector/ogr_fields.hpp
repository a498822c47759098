#pragma once

#include "spatial/model/value.hpp"

#include <ogr_api.h>

#include <string>
#include <vector>

namespace ranh::vector::detail {

/// Fields of an OGR layer as fields of ours: integers, reals, dates and the boolean subtype keep their type, lists
/// become JSON text, moments ISO 8601 text; binary fields are left out with a note.
class OgrFields {
public:
    /// `numbers_are_ids`: the numbers of the features come from the file (a GeoJSON "id") and are a field `id`.
    explicit OgrFields(OGRLayerH layer, bool numbers_are_ids = false);
    [[nodiscard]] const model::Schema& schema() const { return m_schema; }
    [[nodiscard]] const std::vector<std::string>& notes() const { return m_notes; }
    [[nodiscard]] std::vector<model::Value> values(OGRFeatureH feature) const;

private:
    model::Schema m_schema;
    std::vector<int> m_positions;  ///< -1: the key column of the table
    std::vector<std::string> m_notes;
};

[[nodiscard]] OGRFieldType ogr_field_type(model::FieldType type);
void set_ogr_field(OGRFeatureH feature, int position, const model::Value& value);

}  // namespace ranh::vector::detail
