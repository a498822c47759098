#pragma once

#include "spatial/base/date.hpp"
#include "spatial/base/ids.hpp"
#include "spatial/base/sha256.hpp"
#include "spatial/crs/crs.hpp"
#include "spatial/geom/geometry.hpp"
#include "spatial/model/value.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ranh::model {

/// What a layer is about; decides styling now and which rules apply later.
enum class LayerKind {
    administrative,
    parcel,
    plan_area,         ///< mineral exploration or mining plan
    national_reserve,  ///< national mineral reserve; never the same as plan_area
    licence_area,
    prohibited_area,
    urban_plan,
    land_use_plan,
    forest,
    project,
    power_project,
    mining,
    road,
    water,
    other
};

[[nodiscard]] std::string_view to_string(LayerKind kind);  // with '_'
/// '-' and '_' are the same; an unknown kind is invalid_argument listing all of them.
[[nodiscard]] Result<LayerKind> parse_layer_kind(std::string_view text);
/// plan_area, national_reserve or licence_area.
[[nodiscard]] bool is_mineral_area(LayerKind kind);

/// What the act behind a layer is. Not the state of our copy: that is held or published.
enum class LegalStatus { unknown, draft, in_force, expired, superseded };

[[nodiscard]] std::string_view to_string(LegalStatus status);
[[nodiscard]] Result<LegalStatus> parse_legal_status(std::string_view text);

/// The words for people: "dự thảo, chưa ký" / "draft, unsigned".
struct Bilingual {
    std::string vi;
    std::string en;
    friend bool operator==(const Bilingual&, const Bilingual&) = default;
};
[[nodiscard]] const Bilingual& status_label(LegalStatus status);

/// Where a version comes from and how it was read; every version has one.
struct Provenance {
    std::string source;         ///< file name as given, without folders
    std::string source_sha256;  ///< of the source file(s), hexadecimal
    std::string decision;       ///< number and date of the act, as given
    std::string licence;
    std::string crs_decision;      ///< how the Crs was decided: "declared by the file", "option --crs", "found: …"
    std::string transform;         ///< operation to the working plane, by name
    std::string importer_version;  ///< "ranh 0.1.0"
    Timestamp imported_at;
    std::string imported_by;  ///< person or office as told (--by); empty: not stated, it is never found out
    std::int64_t read = 0;
    std::int64_t kept = 0;
    std::int64_t repaired = 0;
    std::int64_t rejected = 0;
    std::optional<double> accuracy_m;       ///< declared position accuracy
    std::optional<std::int64_t> map_scale;  ///< denominator
    std::vector<std::string> notes;         ///< what people should know: swapped axes, repeated ids, dropped Z, …
    /// Versions this one was computed from ("bauxite@1"), for layers saved by overlaps.
    std::vector<std::string> inputs;
};

/// Size of one area in its three kinds, never merged into "the area".
struct Areas {
    std::optional<double> area_stated_m2;  ///< as on paper
    std::optional<double> area_planar_m2;  ///< in the plane of the source Crs, which `planar_epsg` names
    std::optional<int> planar_epsg;
    std::optional<double> area_ellipsoid_m2;  ///< on the ellipsoid, edges straight in the source plane
    friend bool operator==(const Areas&, const Areas&) = default;
};

/// One object of a layer. Geometry in source coordinates of `crs`, bit for bit as read; absent for a record without
/// one.
struct Feature {
    FeatureId id;
    crs::Crs crs = crs::wgs84();
    std::optional<geom::Geometry> geometry;
    std::vector<Value> values;  ///< one per field of the schema
    Areas areas;
};

/// What is known of a version before its features are written.
struct LayerDescription {
    std::string title;
    LayerKind kind = LayerKind::other;
    LegalStatus status = LegalStatus::unknown;
    DateRange validity;
    std::string superseded_by;  ///< "layer" or "layer@N"; only with status superseded
    Schema schema;
    Provenance provenance;
};

/// in_force needs valid_from, expired needs valid_to, superseded names its successor; anything else is
/// invalid_argument.
[[nodiscard]] Result<bool> check_legal_data(const LayerDescription& description);

/// Legal data of a version as somebody gave them, and since when they are known.
struct StatusChange {
    Timestamp known_from;
    LegalStatus status = LegalStatus::unknown;
    DateRange validity;
    std::string superseded_by;
    bool withdrawn = false;
    std::string by = {};  ///< who gave them, as Provenance::imported_by
    friend bool operator==(const StatusChange&, const StatusChange&) = default;
};

/// A dated state of a layer: its features never change, its legal data do, and the log says when.
struct LayerVersion {
    LayerId layer;
    VersionNumber number;
    LayerDescription description;
    std::vector<crs::Crs> systems;  ///< source systems, one part each, ascending code
    std::int64_t feature_count = 0;
    bool held = false;  ///< written but not published
    bool withdrawn = false;
    Timestamp known_from;  ///< moment of publication; of writing while held
    Sha256 content_hash;
    /// Level k of the layer's lattice, cells of side 2^k m in the working plane: chosen with the first version that has
    /// areas and the same in every later one, so that an edit never moves a cell. Absent before.
    std::optional<int> lattice_level = {};
    /// What was known of its legal data since when, ascending, the last entry that of now; empty as long as nothing was
    /// changed since the publication and nobody is named for it.
    std::vector<StatusChange> status_log = {};

    /// The version with the legal data known at a moment; nothing when it was not published then.
    [[nodiscard]] std::optional<LayerVersion> as_known_at(Timestamp moment) const;
    /// Draft and unknown acts are shown at every date, marked; acts in force or expired on the days of their validity;
    /// superseded ones never (ask by number).
    [[nodiscard]] bool shown_on(Date date) const;
    [[nodiscard]] bool is_draft() const { return description.status == LegalStatus::draft; }
    /// "bauxite@2".
    [[nodiscard]] std::string name() const;
};

/// Publishes a held version at a moment; who did it, if told, is the first entry of its log.
void publish(LayerVersion& version, Timestamp moment, const std::string& by);

/// Gives a version other legal data, known from change.known_from on, and writes both into its log; those of a held
/// version, which nobody knows yet, are replaced without a trace. invalid_argument when they do not hold together
/// (check_legal_data).
[[nodiscard]] Result<bool> change_status(LayerVersion& version, StatusChange change);

/// "ID" or "ID@N" as typed.
struct LayerSelector {
    LayerId layer;
    std::optional<VersionNumber> version;
    [[nodiscard]] static Result<LayerSelector> parse(std::string_view text);
};

/// The version a selector means: the one named, else the newest published version known at `known_at` that is draft or
/// unknown, or in force or expired and valid on `at`; both with the legal data known at `known_at` (those of now for a
/// version named that was not published then). not_found naming the versions there are, with status and dates.
[[nodiscard]] Result<LayerVersion> choose_version(const std::vector<LayerVersion>& versions,
                                                  const LayerSelector& selector, Date at, Timestamp known_at);

/// Content hash of one feature: SHA-256 over id, Crs, source WKB and attributes, the stated area among them; a
/// version's is the DigestSum over its features. Each part is written with its length or type before it, so that no two
/// features read alike; -0.0 counts as 0.0, for stores do not tell them apart.
[[nodiscard]] Sha256 content_hash(const FeatureId& id, const crs::Crs& crs, std::string_view wkb,
                                  const std::vector<Value>& values,
                                  std::optional<double> area_stated_m2 = std::nullopt);

/// A record that was not kept: row or place in the source, why, and its original value, so that nothing is lost.
struct QuarantineRecord {
    std::string place;  ///< "row 12", "part 2 of BX-TT"
    std::string reason;
    std::string original;  ///< the record as read: JSON of its fields, WKT of its geometry, or the text rows
};

}  // namespace ranh::model
