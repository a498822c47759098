#pragma once

#include "importers/pipeline/import_job.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ranh::corners {

/// Corner tables ("bảng kê tọa độ góc ranh"): numbered boundary corners as printed in decisions. In Vietnamese tables X
/// is northing and Y is easting; results have x = easting.
///
/// Columns by header synonyms (point: "Số hiệu điểm", "STT", "point", "điểm"; X; Y; area: "area_id", "tên khu vực", …;
/// part; commune: "maXa", "mã xã", "xã"; S: side lengths, ignored) or, without a header, by content. Number styles
/// (1.255.172,51 or 1255172,51 or 1255172.51) are decided per column; a column that stays ambiguous is an error that
/// asks. Rings: by `part`, or where labels restart or the first point is repeated; a closing point is optional; a
/// directly repeated point is dropped and reported (repaired). Swapped columns are detected per area by the size of the
/// northing (> 1.1 million) and reported ("X/Y đảo").
///
/// A ring inside another ring of the same area is never guessed: with InnerRing::undecided describe() throws Failure
/// invalid_argument naming area, rings and the three choices; hole subtracts it, part makes it a feature of its own
/// ("BX-TT/2"), ignore keeps the outer ring and quarantines the inner one. The unit of read, kept and rejected is the
/// ring.
///
/// The coordinate system: options.crs, else decided by crs_detection from easting ranges and, where a commune column
/// exists, from the commune polygons; undecided is Failure invalid_argument naming the candidates and what would
/// decide.
[[nodiscard]] std::unique_ptr<pipeline::FeatureReader> open_corner_table(std::unique_ptr<pipeline::TableReader> table,
                                                                         const pipeline::SourceDescription& source,
                                                                         const pipeline::ReadOptions& options);

/// The same for text pasted by a person (rows separated by line ends, cells by ; , tab, | or spaces).
[[nodiscard]] std::unique_ptr<pipeline::FeatureReader> open_pasted_corners(std::string_view text,
                                                                           const pipeline::ReadOptions& options);

/// Whether a header or the first rows look like a corner table (and not like a table with a WKT column).
[[nodiscard]] bool looks_like_corner_table(const std::vector<pipeline::TableRow>& first_rows);

}  // namespace ranh::corners
