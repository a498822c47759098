#pragma once

#include "spatial/base/progress.hpp"
#include "spatial/crs/crs.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace ranh::app {

/// A file in place of a layer.
struct FileSide {
    std::string file;
    /// Instead of what the file declares. Default: what it declares.
    std::optional<crs::Crs> crs = {};
    /// What a person sets it by, for messages.
    std::string crs_option = {};
    /// Field that holds the ids. Default: empty, the feature number (FID) as GDAL gives it.
    std::string id_field = {};
};

struct FileOverlapOptions {
    FileSide left;
    FileSide right;
    /// CSV.
    std::string output;
    /// Pairs with less are left out, and so is everything up to 1e-6 m². Default: 0.
    double min_area_m2 = 0.0;
    /// Least share of the smaller side, 0..1. Default: 0.
    double min_share = 0.0;
    /// Threads; 0 means as many as the machine has. The result does not depend on it.
    unsigned threads = 0;
    const CancelToken* cancel = nullptr;
    /// A new report for each stretch of the work, by its title.
    std::function<Progress(const std::string& title)> progress = {};
};

struct FileOverlapSummary {
    std::uint64_t pairs = 0;
    double area_m2 = 0.0;             ///< sum over the pairs
    std::uint64_t invalid_pairs = 0;  ///< a ring crosses itself or the other ones of its feature there
    std::uint64_t left_features = 0;  ///< with areas
    std::uint64_t right_features = 0;
    /// What was left out of either file, and a coordinate system other than the declared one.
    std::vector<std::string> notes;
};

/// The areas of all pairs of polygons of two vector files that share more than 1e-6 m², written to a CSV file: left,
/// right, area_m2, share_left, share_right; UTF-8 with byte order mark, RFC 4180, ascending by left, then right, in the
/// order of the files. The same file on both sides: each unordered pair once. Neither workspace nor snapshot is made.
///
/// Measure     as find_overlaps(): edges straight in the system of their file, square metres on the ellipsoid. Rings
/// are
///             measured as they stand; where they cross themselves ground may count twice (`invalid_pairs`).
/// Not done    no relation, no geometry, no repair, no dates: import the files for these.
/// Cost        2.55 M parcels of ten vertices with 50 zones of 20,000: reading, projecting, joining and writing take
///             about a second each on two cores. Memory: 40 bytes a point of the left and the right file together, 32
///             bytes a pair. Files along a Hilbert curve (FlatGeobuf with its index) are joined fastest.
/// Guarantees  same bytes for any number of threads. The output is whole or absent.
/// Errors      Failure as PolygonReader and WholeFile tell them; cancelled.
[[nodiscard]] FileOverlapSummary write_file_overlaps(const FileOverlapOptions& options);

}  // namespace ranh::app
