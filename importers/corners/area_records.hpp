#pragma once

#include "importers/corners/corner_areas.hpp"
#include "importers/pipeline/import_job.hpp"

#include <string>
#include <vector>

namespace ranh::corners {

/// Mends and checks the rings of an area: drops a directly repeated point (repaired) and the closing one, gives a ring
/// of fewer than three different points a problem. Returns one sentence for each repair.
[[nodiscard]] std::vector<std::string> clean_rings(Area& area);

/// Records of one area: the features of its rings and a rejected record per ring that is not kept.
struct AreaRecords {
    std::vector<pipeline::SourceRecord> records;
    /// Names area and rings when one lies in another and `option` is undecided; then there are no records.
    std::string open_question;
};
/// `values` are those of the record but for the corner labels, which are added last.
[[nodiscard]] AreaRecords records_of(const Area& area, pipeline::InnerRing option,
                                     const std::vector<model::Value>& values);

}  // namespace ranh::corners
