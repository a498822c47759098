#pragma once

#include "importers/pipeline/import_job.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ranh::vector {

/// A database as GDAL or libpq name it: "PG:host=… dbname=…" or "postgresql://…".
[[nodiscard]] bool is_database_source(std::string_view source);

/// True when a driver recognises the file as a vector format (never for CSV, TSV, TXT, XLSX and ODS: these are tables).
[[nodiscard]] bool is_vector_file(const std::filesystem::path& file);

/// Layers of a vector file in their order.
[[nodiscard]] std::vector<std::string> vector_layer_names(const std::filesystem::path& file);

/// Reads a vector file through GDAL, feature by feature: GeoPackage, FlatGeobuf, GeoJSON (also one feature per line),
/// Shapefile, KML, GML, GPX, DXF, DGN V7, MapInfo, FileGDB, TopoJSON, SQLite.
///
/// Layers    all layers when their fields are the same, or options.source_layer; layers of different fields without a
///           name are invalid_argument, a name that is not there is not_found, both list them.
/// Geometry  x and y bit for bit. Z and M are left out, arcs are stroked with a chord error of 1 mm, open rings are
/// closed; collections are split by dimension, the further features named ID/2, ID/3; notes count
///           each. A geometry that cannot be read is a rejected record with its WKT.
/// Crs       A declared system that is not an EPSG code is matched by PROJ; one that cannot be named leaves the
/// question open (its
///           words in the description). CRS84 and RFC 7946 GeoJSON are EPSG:4326. A file that declares nothing, and
///           GeoJSON whose numbers are no degrees, is asked by its coordinates (pipeline::CrsFinder).
/// Text      as the driver decodes it; of a Shapefile the bytes as stored, with what its .cpg or language byte says as
/// declared encoding.
/// Blocks    of a DXF drawing and cells of a DGN design are taken apart into their elements.
/// Complete  what the file holds and the driver does not deliver (ReadCheck) comes as rejected records after the last
///           feature.
/// Notes     what GDAL warns of is a note of the source, each sentence once with the first feature it was said at.
///
/// A table of PostgreSQL/PostGIS is a source, too (is_database_source), named by options.source_layer as "table" or
/// "schema.table" where there are several; all passes over it read one state. What is told of it never holds user or
/// password.
[[nodiscard]] std::unique_ptr<pipeline::FeatureReader> open_vector(const std::filesystem::path& file,
                                                                   const pipeline::ReadOptions& options);

/// Rows of a CSV, TSV or TXT file (delimiter found: ; , tab, | or runs of blanks) or of a sheet of an XLSX, ODS or XLS
/// workbook, as text; numbers as the file writes them. A workbook with several filled sheets needs the name of one,
/// invalid_argument lists them otherwise; a name that is no filled sheet is not_found, and so is any in a text file.
[[nodiscard]] std::unique_ptr<pipeline::TableReader> open_table(const std::filesystem::path& file,
                                                                const std::optional<std::string>& sheet = {});
/// By its ending: csv, tsv, txt, tab-separated text, xlsx, ods, xls.
[[nodiscard]] bool is_table_file(const std::filesystem::path& file);

/// The first rows of a table, to see what it is.
[[nodiscard]] std::vector<pipeline::TableRow> first_rows(pipeline::TableReader& table, std::size_t most = 40);

/// A table with a header and a column of well-known text named wkt, geom, geometry, the_geom or shape.
[[nodiscard]] bool looks_like_wkt_table(const std::vector<pipeline::TableRow>& rows);
/// Reads such a table; the other columns are text fields. A cell that is no WKT is a rejected record.
[[nodiscard]] std::unique_ptr<pipeline::FeatureReader> open_wkt_table(std::unique_ptr<pipeline::TableReader> table,
                                                                      const pipeline::SourceDescription& source,
                                                                      const pipeline::ReadOptions& options);

/// Reads a table with a header whose rows only name features (--mode delete): text fields, no geometry.
[[nodiscard]] std::unique_ptr<pipeline::FeatureReader> open_key_table(std::unique_ptr<pipeline::TableReader> table,
                                                                      const pipeline::SourceDescription& source);

/// Attribute table for --attributes FILE --key FIELD; the first row that holds `key` is the header. Types are found per
/// column (integer, real, text; a number with a leading zero is text), number styles per column; the encoding of
/// each column is found, or is `encoding`. conflict naming a key
/// that is repeated or a key column that is missing.
[[nodiscard]] pipeline::AttributeTable read_attributes(const std::filesystem::path& file, const std::string& key,
                                                       std::optional<text::Encoding> encoding = {});

/// Polygons of a commune file (fields code, name) in WGS 84, for the detection of coordinate systems.
[[nodiscard]] std::vector<pipeline::CommuneOutline> read_communes(const std::filesystem::path& file);

}  // namespace ranh::vector
