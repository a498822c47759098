#pragma once

#include "importers/vector/vector_writer.hpp"

#include <filesystem>

namespace ranh::vector::detail {

/// RFC 7946: a FeatureCollection, or one feature per line. Numbers in the shortest form that reads back the same, rings
/// as they are; the id of a feature is its member "id". io naming the file when it cannot be written.
void write_geojson(const std::filesystem::path& file, const OutputLayer& layer, bool one_per_line);

}  // namespace ranh::vector::detail
