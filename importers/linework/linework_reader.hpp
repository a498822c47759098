#pragma once

#include "importers/pipeline/import_job.hpp"

#include <memory>

namespace ranh::linework {

/// The parcels that the lines of a DXF or DGN drawing enclose, with the labels inside them; any other source, and a
/// drawing that is not to be read so (ReadOptions::linework), is handed back as it is.
///
/// Automatic  where lines stand on the boundary levels; a drawing whose boundaries are areas alone is read as areas.
/// Faces      of the lines on the boundary levels after snap_corners(): every crossing is a corner, nothing else moves
///            (topology::faces_of_lines). Closed areas on those levels count by their rings.
/// Fields     parcel (the number, the id), land_code, area_stated_m2.
/// Rejected   faces without a number or with several numbers or land codes; labels in no face, on a boundary, or that
///            cannot be read; lines with a free end or with the same face on both sides; what the drawing's reader
///            rejects. Words that are no label are not repeated: they may name a person.
/// Notes      levels used, elements by use, corners moved and how far, what lies far away, areas on paper that differ
///            from the measured ones by more than 5 %.
/// Crs        as that of the drawing, found by the bulk of its boundaries.
/// Errors     Failure invalid_argument when linework is wanted of a source that is no drawing; conflict naming the
///            levels there are when no line stands on the boundary levels.
[[nodiscard]] std::unique_ptr<pipeline::FeatureReader> with_linework(std::unique_ptr<pipeline::FeatureReader> reader,
                                                                     const pipeline::ReadOptions& options);

}  // namespace ranh::linework
