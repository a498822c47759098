#pragma once

#include "spatial/codec/json.hpp"
#include "spatial/store/version_diff.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ranh::app {

/// One row of a difference between two versions.
struct DiffRow {
    std::string id;
    std::string change;               ///< "added", "removed" or "changed"
    bool geometry = false;            ///< of a changed feature
    std::vector<std::string> fields;  ///< of a changed feature, whose values differ
    /// Ground of one version that is not ground of the other, m² on the ellipsoid: of what was added or removed its
    /// area, of a changed outline both areas without twice their common one. Absent for points and lines.
    std::optional<double> moved_m2;
};

struct LayerDiff {
    model::LayerVersion before;
    model::LayerVersion after;
    std::vector<DiffRow> rows;  ///< in ascending order of id

    [[nodiscard]] std::size_t count(std::string_view change) const;
    [[nodiscard]] double moved_m2() const;
};

/// Memory  for the changed features.
[[nodiscard]] LayerDiff diff_versions(const store::Workspace& workspace, const model::LayerVersion& before,
                                      const model::LayerVersion& after);

[[nodiscard]] codec::Json diff_json(const LayerDiff& diff);
/// For people, to standard output.
void print_diff(const LayerDiff& diff);

}  // namespace ranh::app
