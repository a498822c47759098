#pragma once

#include "importers/pipeline/import_job.hpp"

#include <string>
#include <vector>

namespace ranh::pipeline {

/// Features read to be checked, not kept: the same reading, ids and coordinate system decisions as an import.
struct ProjectSet {
    std::vector<model::Feature> features;
    model::Schema schema;
    std::vector<std::string> crs_decisions;  ///< one per feature
    std::vector<std::string> notes;          ///< of the reader, and one per record left out
};

/// Reads all records of a source, twice (first for their ids). Failure invalid_argument when the coordinate system is
/// undecided or no record can be used.
[[nodiscard]] ProjectSet read_projects(FeatureReader& source);

}  // namespace ranh::pipeline
