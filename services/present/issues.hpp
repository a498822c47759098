#pragma once

#include "spatial/codec/json.hpp"
#include "spatial/snapshot/packed_layer.hpp"
#include "spatial/validation/issue.hpp"

#include <string>

namespace ranh::present {

/// What was checked, for reports.
struct CheckedLayer {
    const snapshot::PackedLayer& layer;
    std::string profile;
    Date day;  ///< that land codes and terms were asked for
};

/// {"layer", "version", "profile", "day", "features_checked", "counts": {code: number}, "severities": {…}, "unchecked":
/// [{code, reason}], "issues": […]}. Points and geometries in the system each issue names, x = easting or longitude.
[[nodiscard]] codec::Json report_json(const validation::ValidationReport& report, const CheckedLayer& checked);

/// The issues as a table for spreadsheets: UTF-8 with byte order mark, comma, RFC 4180 quotes, decimal point; geometry
/// as well-known text.
[[nodiscard]] std::string issues_csv(const validation::ValidationReport& report, const CheckedLayer& checked);

}  // namespace ranh::present
