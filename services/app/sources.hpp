#pragma once

#include "importers/pipeline/import_job.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace ranh::app {

/// The reader for a file: vector formats through GDAL (drawings by their linework where they have it), tables (CSV,
/// TSV, TXT, XLSX, ODS) as corner tables or tables with a WKT column; or a table of a database
/// (vector::is_database_source). This is the one place where formats are
/// registered. Failure not_found when the file does not exist.
[[nodiscard]] std::unique_ptr<pipeline::FeatureReader> open_source(const std::string& file,
                                                                   const pipeline::ReadOptions& options);

/// The reader for a file that names features to delete: rows of a table need no coordinates. Else as open_source.
[[nodiscard]] std::unique_ptr<pipeline::FeatureReader> open_key_source(const std::string& file,
                                                                       const pipeline::ReadOptions& options);

/// The reader for text: GeoJSON when it starts with '{', else pasted corner rows.
[[nodiscard]] std::unique_ptr<pipeline::FeatureReader> open_text(std::string_view text,
                                                                 const pipeline::ReadOptions& options);

/// All of standard input, at most 64 MiB (limit_exceeded above).
[[nodiscard]] std::string read_standard_input();

}  // namespace ranh::app
