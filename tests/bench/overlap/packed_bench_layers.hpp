#pragma once

#include "spatial/snapshot/packed_layer.hpp"
#include "tests/bench/overlap/bench_layers.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace ranh::bench {

/// The source system of every layer of the bench, and where its (0, 0) stands in it: near the centre of the working
/// plane.
inline constexpr int bench_epsg = 5899;
inline constexpr geom::Point bench_origin{516000.0, 1283000.0};

/// The feature of a layer as FlatLayer numbers it; ids ascend with the number.
[[nodiscard]] FeatureId bench_id(std::size_t number);

/// A feature in the source system of the bench, with the areas an importer measures.
[[nodiscard]] model::Feature bench_feature(FeatureId id, geom::Geometry outline, const crs::WorkingPlane& plane);

/// A layer as a snapshot keeps it, mapped from FOLDER/NAME.packed. Where that file is not there yet, a process of its
/// own makes and packs the layer, so that this one never holds it.
[[nodiscard]] std::shared_ptr<const snapshot::PackedLayer> packed_layer(const std::filesystem::path& folder,
                                                                        const std::string& name,
                                                                        const std::function<FlatLayer()>& make);

/// The source coordinates of a layer as FlatGeobuf with a spatial index, field `id` as bench_id() names features.
void write_flatgeobuf(const std::filesystem::path& file, const snapshot::PackedLayer& layer);

}  // namespace ranh::bench
