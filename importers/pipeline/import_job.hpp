#pragma once

#include "importers/mapping/mapping.hpp"
#include "importers/pipeline/known_places.hpp"
#include "importers/pipeline/source_record.hpp"
#include "spatial/base/progress.hpp"
#include "spatial/store/workspace.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ranh::pipeline {

/// What to do with a ring that lies inside another ring of the same area and whose role the source does not state.
enum class InnerRing { undecided, hole, part, ignore };

/// "hole", "part" or "ignore"; invalid_argument listing them otherwise.
[[nodiscard]] Result<InnerRing> parse_inner_ring(std::string_view text);

/// Whether parcels are built from the lines of a drawing.
enum class LineworkUse {
    automatic,  ///< where lines, and no areas alone, stand on the boundary levels of a DXF or DGN drawing
    yes,
    no
};

/// "auto", "yes" or "no"; invalid_argument listing them otherwise.
[[nodiscard]] Result<LineworkUse> parse_linework_use(std::string_view text);

/// How to read a source.
struct ReadOptions {
    std::optional<crs::Crs> crs;  ///< --crs EPSG:n; absent: auto
    InnerRing inner_ring = InnerRing::undecided;
    std::optional<text::Encoding> text_encoding;  ///< --text-encoding; absent: found column by column
    std::optional<std::string> source_layer;  ///< --source-layer: layer or sheet of the file; absent: see the reader
    KnownPlaces known;                        ///< decides between systems that the numbers leave open
    LineworkUse linework = LineworkUse::automatic;  ///< --linework
    mapping::DrawingLevels levels;  ///< --boundary-levels and the like, then the mapping file; what is empty is usual
};

/// Extra attributes joined to the records by a key: --attributes FILE --key FIELD.
struct AttributeTable {
    std::string file_name;
    std::string sha256;                                     ///< of the file's bytes, hexadecimal
    std::string key;                                        ///< name of the key field, in the table and in the records
    model::Schema schema;                                   ///< fields of the table without the key
    std::map<std::string, std::vector<model::Value>> rows;  ///< key -> one value per field of `schema`
    std::vector<std::string> notes;                         ///< what is worth knowing of the table, for the report
};

/// What the records of the sources are to the layer.
enum class ImportMode {
    replace,  ///< all of it
    upsert,   ///< features that come in the place of those of their ids; the others stay
    remove    ///< names of features that go; the others stay
};

/// "replace", "upsert" or "delete"; invalid_argument listing them otherwise.
[[nodiscard]] Result<ImportMode> parse_import_mode(std::string_view text);

/// --within-commune: only the features of one commune are replaced.
struct CommuneLimit {
    std::string code;
    std::optional<geom::Geometry> lonlat;  ///< its outline in WGS 84, where it is known
};

struct ImportOptions {
    model::LayerDescription
        description;  ///< title, kind, status, validity, decision, accuracy; schema and counts are filled in
    std::optional<std::string> id_field;          ///< --id
    std::optional<text::Encoding> text_encoding;  ///< --text-encoding; a field's own in the mapping comes first
    ImportMode mode = ImportMode::replace;
    std::optional<CommuneLimit> within;  ///< only with mode replace
    const AttributeTable* attributes = nullptr;
    const mapping::Mapping* mapping = nullptr;  ///< --map
    KnownPlaces known;                          ///< what positions are held against; see PositionCheck
    store::Publication publication = store::Publication::publish;
    bool dry_run = false;  ///< read and check everything, write nothing
    const CancelToken* cancel = nullptr;
    Progress progress;  ///< told in records read; a file is read twice when its records have ids
};

/// What a change did to the layer.
struct ChangeCounts {
    std::string base;        ///< the version that was changed: "parcels@3"
    std::int64_t added = 0;  ///< features that the base does not have
    std::int64_t changed = 0;
    std::int64_t unchanged = 0;  ///< features that came and are what they were
    std::int64_t removed = 0;
};

/// What an import did. read = kept + rejected + left_out; repaired is part of kept.
struct ImportReport {
    std::optional<model::LayerVersion> version;  ///< absent after a dry run
    std::optional<ChangeCounts> change;          ///< present when a layer was changed, not replaced
    std::string unit = "feature";                ///< what is counted: "feature" or "ring"
    std::int64_t read = 0;
    std::int64_t kept = 0;
    std::int64_t repaired = 0;
    std::int64_t rejected = 0;
    std::int64_t left_out = 0;  ///< of other communes than the one the import is limited to
    std::int64_t features = 0;  ///< features written
    model::Schema schema;
    std::vector<crs::Crs> systems;
    std::vector<std::string> crs_reasons;   ///< one per source
    std::vector<std::string> text_reasons;  ///< how the text of each source was read, with the scores of the encodings
    std::vector<std::string> notes;
    std::vector<model::QuarantineRecord> quarantine;
};

/// The version that a change of a layer starts from: the newest published one that was not withdrawn.
[[nodiscard]] std::optional<model::LayerVersion> base_of_change(const std::vector<model::LayerVersion>& versions,
                                                                const LayerId& layer);

/// Reads all sources into one new version of `layer`: all or nothing.
///
/// Changes  With mode upsert or remove, or within a commune, the new version is a change of base_of_change(): see
///          LayerChange for what is looked at and refused. Without such a version an upsert writes a first one.
/// Fields   Those of the sources, through options.mapping, joined by name; one type where they agree, else real or
/// text. Fields about
///          people are dropped unless the mapping keeps them. options.attributes are appended by key; a name that is
///          taken gets "_2".
/// Text     The encoding of each text column is found (text::ColumnText), or is that of the mapping or the options;
///          values are kept in composed form. A value that cannot be read so sends its record to quarantine.
/// Ids      options.id_field, else the first of `id`, `area_id`, `code`, `ma` (upper and lower case alike), or commune
/// + sheet + parcel
///          number, else the field the reader names, else the row number (with a note). A repeated id is kept: later
///          ones, in order of their content, become "ID~2", "ID~3" (with a note that counts them).
/// Rejected Records without geometry, with a collection, with a ring of fewer than three points, with coordinates that
/// are not finite,
///          or with values the mapping cannot convert go to quarantine with row, reason and original value. Invalid
///          polygons are kept as they are and noted.
/// Notes    Records without an attribute row, attribute rows without a record, fields dropped, personal fields,
/// positions outside
///          Việt Nam: counted, with the first names. Where positions or areas speak against the coordinate system
///          (options.known), a warning with the probable cause and the remedy; see PositionCheck.
/// Threads  `workspace` is used by the calling thread alone. May be null only for a dry run.
///
/// Errors   Failure not_found for a deletion from a layer without a version; invalid_argument for a change by row
///          numbers;
///          conflict when the id field or the key does not exist, or when no attribute row matches any record;
///          invalid_argument for an undecided coordinate system (the sentence lists the candidates and what would
///          decide); corrupt_input when nothing could be kept; cancelled. In each case nothing was written.
[[nodiscard]] ImportReport run_import(store::Workspace* workspace, const LayerId& layer,
                                      const std::vector<std::unique_ptr<FeatureReader>>& sources,
                                      const ImportOptions& options);

/// Areas of a feature, planar in its own plane (projected systems only) and on the ellipsoid by the working plane; none
/// for points and lines. The stated area is that of stated_area().
[[nodiscard]] model::Areas measure_areas(const geom::GeometryView& source, const crs::Crs& crs,
                                         const crs::WorkingPlane& plane);

/// Square metres as on paper, from the first field there is of area_stated_m2, registered_area_m2, dien_tich,
/// dien_tich_m2, dienTich (all m²), stated_ha, dien_tich_ha (hectares).
[[nodiscard]] std::optional<double> stated_area(const model::Schema& schema, const std::vector<model::Value>& values);

/// The coordinate system a source was decided to have; invalid_argument with the open question otherwise.
[[nodiscard]] crs::Crs decided_crs(const SourceDescription& source);

}  // namespace ranh::pipeline
