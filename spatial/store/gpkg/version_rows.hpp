#pragma once

#include "spatial/store/gpkg/sqlite.hpp"
#include "spatial/store/gpkg/staging.hpp"
#include "spatial/store/gpkg/version_records.hpp"

#include <string>

namespace ranh::gpkg {

/// How the rows of a version come into the tables of its layer: rows that did not change stay and are shared by the
/// versions, others move to the history with the last version that had them, new ones come in with the first. All
/// functions run inside a transaction with the guard open.

/// A staging table, by its quoted name, and what is known of it.
struct Staged {
    std::string table;
    const StagedContent& content;
};

/// Makes the staged rows the current rows of the layer. Sets systems and columns of the record.
///
/// Cost  one pass over the staged and the current rows, by index; memory does not grow with the layer.
void apply_staging(const Database& database, const Staged& staged, VersionRecord& record);

/// Makes the current rows, which are those of `base`, those of the record: without the rows whose ids stand in
/// `removed` (a table of ranh_id), with the staged ones in the place of those of their ids. Sets columns, systems,
/// feature count and content hash of the record. The box in the GeoPackage records grows, and never shrinks.
///
/// Cost  that of the staged and removed rows, by index, whatever the size of the layer.
void apply_change(const Database& database, const Staged& staged, const std::string& removed, const VersionRecord& base,
                  VersionRecord& record);

}  // namespace ranh::gpkg
