#pragma once

#include "spatial/store/gpkg/sqlite.hpp"

#include <string>

namespace ranh::gpkg {

/// Fills the R-tree of a table that has no rows in it yet with many boxes at once, each node full, where SQLite would
/// insert one after the other. `rows` is a SELECT of fid, min x, min y, max x and max y in ascending order of fid.
///
/// Cost    a sort of the boxes, a million at a time; memory for these and for one box in fifty.
/// Source  the tables behind an R-tree as SQLite documents them (https://sqlite.org/rtree.html, section 6).
void load_rtree(const Database& database, const std::string& table, const std::string& rows);

}  // namespace ranh::gpkg
