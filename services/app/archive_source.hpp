#pragma once

#include "importers/pipeline/import_job.hpp"

#include <filesystem>
#include <functional>
#include <memory>

namespace ranh::app {

/// Opens a file inside an unpacked archive, in any of the formats.
using OpenFile =
    std::function<std::unique_ptr<pipeline::FeatureReader>(const std::string& file, const pipeline::ReadOptions&)>;

/// Reads the one source of a zip archive, or that which options.source_layer names. Its description carries the
/// archive's name and checksum. Errors: those of vector::UnpackedArchive and of `open`.
[[nodiscard]] std::unique_ptr<pipeline::FeatureReader> open_archive(const std::filesystem::path& file,
                                                                    const pipeline::ReadOptions& options,
                                                                    const OpenFile& open);

}  // namespace ranh::app
