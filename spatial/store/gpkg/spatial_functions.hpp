#pragma once

struct sqlite3;

namespace ranh::gpkg {

/// Makes ST_MinX, ST_MaxX, ST_MinY, ST_MaxY and ST_IsEmpty of GeoPackage blobs known to a connection: the R-tree
/// triggers that a GeoPackage carries call them (OGC 12-128r17 annex F.3). Null for null and for bytes that are no such
/// blob.
void register_spatial_functions(sqlite3* handle);

}  // namespace ranh::gpkg
