#pragma once

#include "spatial/store/postgis/version_records.hpp"

#include <string>

namespace ranh::postgis {

/// How the rows of a version come into the tables of its layer: rows that did not change stay and are shared by the
/// versions, others move to the history with the last version that had them, new ones come in with the first. All
/// functions run inside a transaction with the guard open, by the one writer; staging tables come by their quoted
/// names.

/// Makes the staged rows the current rows of the layer. Sets columns of the record.
///
/// Cost  one pass over the staged and the current rows; memory does not grow with the layer.
void apply_staging(const Database& database, const std::string& staging, VersionRecord& record);

/// The same for the first rows of a layer that has no table yet: the table they were loaded into becomes its own.
void apply_loaded(const Database& database, const std::string& loaded, const crs::Crs& crs, VersionRecord& record);

/// Makes the current rows, which are those of `base`, those of the record: without the rows whose ids stand in
/// `removed` (a table of ranh_id), with the staged ones in the place of those of their ids. Sets columns, systems,
/// feature count and content hash of the record.
///
/// Cost  that of the staged and removed rows, by index, whatever the size of the layer.
void apply_change(const Database& database, const std::string& staging, const std::string& removed,
                  const VersionRecord& base, VersionRecord& record);

}  // namespace ranh::postgis
