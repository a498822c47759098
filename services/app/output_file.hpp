#pragma once

#include "spatial/engine/engine.hpp"

#include <string>
#include <string_view>

namespace ranh::app {

/// invalid_argument listing the endings when pairs cannot be written to such a file.
[[nodiscard]] Result<bool> check_overlaps_file(const std::string& file);
/// The form holds geometry (not CSV).
[[nodiscard]] bool needs_geometry(const std::string& file);
/// Pairs by the file's ending: .csv, .json, .geojson (WGS 84), .gpkg and .fgb (`system`). Written under a temporary
/// name and renamed.
void write_overlaps(const std::string& file, const engine::OverlapAnswer& answer, const crs::Crs& system);
/// Tells on standard error how many features a format without empty geometry could not take.
void note_left_out(const std::string& file, std::size_t left_out);
/// Text under a temporary name beside the file, then renamed; io naming the file when that fails.
void write_text_file(const std::string& file, std::string_view text);

}  // namespace ranh::app
