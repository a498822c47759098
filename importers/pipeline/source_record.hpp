#pragma once

#include "importers/text/encoding.hpp"
#include "spatial/crs/crs.hpp"
#include "spatial/geom/geometry.hpp"
#include "spatial/model/layer.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace ranh::pipeline {

/// One record as a reader found it, before mapping and before its id is known.
struct SourceRecord {
    std::string place;                       ///< "row 12", "feature 3", "area BX-NC": for messages
    std::optional<geom::Geometry> geometry;  ///< source coordinates, bit for bit; x = easting or longitude
    std::vector<model::Value> values;        ///< one per field of the reader's schema
    std::optional<crs::Crs> crs;             ///< only where it is another one than that of the source
    std::string id_suffix;                   ///< appended to the id: "/2" for a ring that became a feature of its own
    std::int64_t units = 1;                  ///< counted units in it: 1, or the rings of an area
    std::int64_t repaired = 0;               ///< units in which something harmless was mended (repeated point dropped)
    std::optional<model::QuarantineRecord> rejected;  ///< set: the record could not be read and goes to quarantine
    std::vector<std::string> notes;                   ///< what was mended or is worth knowing, one sentence each
};

/// What a reader knows before the first record.
///
/// The coordinate system of the records is found_crs when set, else declared_crs. When both are empty, crs_reason holds
/// the question that a person must answer.
struct SourceDescription {
    std::string format;     ///< "GPKG", "corner table", …
    std::string file_name;  ///< without folders
    std::string sha256;     ///< of the file's bytes, hexadecimal
    model::Schema schema;
    std::string id_field;                  ///< the field that names a record in this format; empty: none
    std::optional<crs::Crs> declared_crs;  ///< what the file says
    std::string declared_crs_text;         ///< its words: "EPSG:5899", a .prj name; empty when nothing is said
    std::optional<crs::Crs> found_crs;     ///< the option --crs, or what the coordinates say when nothing is declared
    std::string crs_reason;                ///< why this system, or the question when it stays open
    bool text_is_utf8 = false;             ///< the format prescribes it; else every record is asked for its encoding
    std::optional<text::Encoding> declared_encoding;  ///< what the file says of its text, as often wrong as right
    std::vector<std::string> notes;                   ///< may grow while the records are read
    std::optional<std::int64_t> record_count;
    std::string counted_unit = "feature";  ///< unit of read, kept and rejected: "feature", "ring"
};

/// Reads one file, one record at a time. For one thread.
///
/// Errors   Failure from any method: io, corrupt_input, unsupported, invalid_argument, naming file, row, value and
/// remedy.
class FeatureReader {
public:
    FeatureReader() = default;
    FeatureReader(const FeatureReader&) = delete;
    FeatureReader& operator=(const FeatureReader&) = delete;
    virtual ~FeatureReader() = default;
    [[nodiscard]] virtual const SourceDescription& describe() = 0;
    /// The next record, or nothing at the end.
    [[nodiscard]] virtual std::optional<SourceRecord> next() = 0;
    /// Back to the first record: an import reads a file twice, first for its ids.
    virtual void rewind() = 0;
};

/// Cells of a table, as text, row by row; row numbers are those of the file (from 1). Rows without any text are left
/// out.
struct TableRow {
    std::int64_t number = 0;
    std::vector<std::string> cells;
};
class TableReader {
public:
    TableReader() = default;
    TableReader(const TableReader&) = delete;
    TableReader& operator=(const TableReader&) = delete;
    virtual ~TableReader() = default;
    /// What is worth knowing of the rows read so far, one sentence each.
    [[nodiscard]] virtual std::vector<std::string> notes() const { return {}; }
    [[nodiscard]] virtual std::optional<TableRow> next() = 0;
    [[nodiscard]] virtual std::string name() const = 0;
};

/// File name without folders and SHA-256 of the bytes (read in pieces), the start of every SourceDescription. Of
/// several files, and of a folder, the digest is taken over their bytes in ascending order of their paths. Failure io
/// when one cannot be read.
[[nodiscard]] SourceDescription describe_file(const std::filesystem::path& file);
[[nodiscard]] SourceDescription describe_files(const std::filesystem::path& main_file,
                                               const std::vector<std::filesystem::path>& files);

}  // namespace ranh::pipeline
