#pragma once

#include "spatial/store/workspace.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace ranh::test {

/// Features and versions as tests of workspaces write them.

[[nodiscard]] LayerId layer_id(const std::string& text);
[[nodiscard]] Date day(const std::string& text);

[[nodiscard]] model::LayerDescription description_of(const model::Schema& schema);
/// One field of each type, one of them personal.
[[nodiscard]] model::Schema every_type();
/// Each geometry type and none; each value at its limits and null. Ascending ids, EPSG:3405.
[[nodiscard]] std::vector<model::Feature> one_of_each_kind();
[[nodiscard]] model::Provenance full_provenance();

/// A feature without values; `wkt` may be empty.
[[nodiscard]] model::Feature bare(const std::string& id, const std::string& wkt, int epsg);

/// Squares of 10 m in EPSG:3405 with a text field: "p-0000", "p-0001", …
[[nodiscard]] model::Feature square(int i);
[[nodiscard]] std::vector<model::Feature> squares(int count);
[[nodiscard]] model::LayerDescription squares_description();

model::LayerVersion write(store::Workspace& workspace, const std::string& layer,
                          const model::LayerDescription& description, const std::vector<model::Feature>& features,
                          store::Publication publication = store::Publication::publish);
/// A writer of a change of a version of squares or bare features, described as that version.
[[nodiscard]] std::unique_ptr<store::LayerWriter> change(store::Workspace& workspace, const std::string& layer,
                                                         std::int64_t base,
                                                         store::Publication publication = store::Publication::publish);
[[nodiscard]] std::vector<model::Feature> read(const store::Workspace& workspace, const std::string& layer,
                                               std::int64_t number);
[[nodiscard]] std::vector<std::string> ids(const std::vector<model::Feature>& features);
/// From what read() gives.
[[nodiscard]] Sha256 recomputed_hash(const store::Workspace& workspace, const std::string& layer, std::int64_t number);

/// The error a call throws; a failed expectation when it throws none.
[[nodiscard]] Error failure_of(const std::function<void()>& call);

/// Equal in id, Crs (where there is a geometry), geometry, values and areas, whatever the order.
void expect_same(std::vector<model::Feature> found, std::vector<model::Feature> expected);
void expect_same(const model::Provenance& found, const model::Provenance& expected);

}  // namespace ranh::test
