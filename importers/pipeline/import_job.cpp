#include "importers/pipeline/import_job.hpp"

#include "importers/pipeline/geometry_check.hpp"
#include "importers/pipeline/layer_change.hpp"
#include "importers/pipeline/named_count.hpp"
#include "importers/pipeline/position_check.hpp"
#include "importers/pipeline/read_ahead.hpp"
#include "importers/pipeline/record_fields.hpp"
#include "importers/pipeline/record_ids.hpp"
#include "importers/pipeline/unique_ids.hpp"
#include "importers/pipeline/write_behind.hpp"
#include "spatial/algorithm/simple_ring.hpp"
#include "spatial/crs/transform.hpp"
#include "spatial/store/feature_record.hpp"
#include "spatial/topology/topology.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

namespace ranh::pipeline {

namespace {

constexpr std::uint64_t report_every = 256;

/// One ring that does not meet itself: most parcels, and no work for GEOS.
bool is_surely_valid(const geom::GeometryView& area) {
    return area.path_count() == 1 && algorithm::is_simple_ring(area.path(0));
}

/// One run of run_import: describe -> survey of ids -> write -> finish.
class ImportJob {
public:
    ImportJob(store::Workspace* workspace, const LayerId& layer,
              const std::vector<std::unique_ptr<FeatureReader>>& sources, const ImportOptions& options)
        : m_workspace(workspace),
          m_layer(layer),
          m_sources(sources),
          m_options(options),
          m_descriptions(described(sources)),
          m_texts(texts_of(sources, options)),
          m_fields(m_descriptions, m_texts, options),
          m_ids(m_fields.schema(), options.id_field, m_descriptions.front()->id_field),
          m_plane(workspace == nullptr ? crs::WorkingPlaneCentre{} : workspace->working_plane_centre()) {
        decide_systems();
        open_change();
        m_positions.emplace(options.known, m_schema);
    }

    ImportReport run() {
        if (const auto legal = model::check_legal_data(m_options.description); !legal) {
            throw Failure(legal.error());
        }
        if (!m_ids.by_row_number()) {
            survey_ids();
        }
        open_writer();
        for (std::size_t source = 0; source < m_sources.size(); ++source) {
            read_source(source);
        }
        m_unique.release([this](model::Feature feature) { append(std::move(feature)); });
        if (m_change) {
            m_change->finish();
        }
        finish();
        return std::move(m_report);
    }

private:
    static std::vector<const SourceDescription*> described(const std::vector<std::unique_ptr<FeatureReader>>& sources) {
        if (sources.empty()) {
            throw Failure(ErrorKind::invalid_argument, "no file was given to import; name at least one");
        }
        std::vector<const SourceDescription*> descriptions;
        descriptions.reserve(sources.size());
        for (const auto& source : sources) {
            descriptions.push_back(&source->describe());
        }
        return descriptions;
    }

    static std::vector<TextColumns> texts_of(const std::vector<std::unique_ptr<FeatureReader>>& sources,
                                             const ImportOptions& options) {
        std::vector<TextColumns> texts;
        texts.reserve(sources.size());
        for (const auto& source : sources) {
            texts.emplace_back(*source, options);
        }
        return texts;
    }

    void decide_systems() {
        for (const auto* source : m_descriptions) {
            // Names of what goes need no place.
            const bool open = m_options.mode == ImportMode::remove && !source->found_crs && !source->declared_crs;
            m_systems.push_back(open ? crs::wgs84() : decided_crs(*source));
            m_report.crs_reasons.push_back(
                fmt::format("{}: {} ({})", source->file_name, m_systems.back().code(), source->crs_reason));
            m_total += source->record_count.value_or(0) > 0 ? static_cast<std::uint64_t>(*source->record_count) : 0U;
            m_total_known = m_total_known && source->record_count.has_value();
        }
        m_report.unit = m_descriptions.front()->counted_unit;
        if (!m_ids.by_row_number()) {
            m_total *= 2;
        }
    }

    /// The change, where the import is one and there is a version to change.
    void open_change() {
        m_schema = m_fields.schema();
        if (m_options.mode == ImportMode::replace && !m_options.within) {
            return;
        }
        if (m_ids.by_row_number()) {
            throw Failure(ErrorKind::invalid_argument,
                          "no field names the records, and row numbers are no keys to change a layer by; name the "
                          "field of the key with --id");
        }
        auto base = m_workspace == nullptr ? std::optional<model::LayerVersion>()
                                           : base_of_change(m_workspace->versions(), m_layer);
        if (!base && m_options.mode == ImportMode::remove) {
            throw Failure(ErrorKind::not_found,
                          fmt::format("layer '{}' has no published version to delete from", m_layer.text()));
        }
        if (!base) {
            if (m_options.within) {
                m_commune.emplace(*m_options.within, m_schema, m_schema);
            }
            return;
        }
        m_schema = base->description.schema;
        m_report.change.emplace().base = base->name();
        m_change.emplace(*m_workspace, std::move(*base), m_fields.schema(), m_options, change_target());
    }

    LayerChange::Target change_target() {
        ChangeCounts& counts = *m_report.change;
        return {.append =
                    [&](Candidate& candidate, const model::Feature* base) {
                        kept(candidate.units, candidate.repaired);
                        append(candidate.feature);
                        counts.added += base == nullptr ? 1 : 0;
                        if (base != nullptr) {
                            const bool same = store::content_hash(candidate.feature) == store::content_hash(*base);
                            ++(same ? counts.unchanged : counts.changed);
                        }
                    },
                .remove =
                    [&](const Candidate& candidate) {
                        kept(candidate.units, candidate.repaired);
                        remove(candidate.feature.id);
                    },
                .remove_missing = [&](const FeatureId& id) { remove(id); },
                .reject = [&](const model::QuarantineRecord& record, std::int64_t units) { reject(record, units); },
                .leave_out = [&](const Candidate& candidate) { m_report.left_out += candidate.units; }};
    }

    void remove(const FeatureId& id) {
        ++m_report.change->removed;
        if (m_writer) {
            m_writer->remove(id);
        }
    }

    void kept(std::int64_t units, std::int64_t repaired) {
        m_report.kept += units;
        m_report.repaired += repaired;
    }

    /// First reading: counts the ids, so that the second one knows which are repeated.
    void survey_ids() {
        std::int64_t row = 0;
        for (std::size_t source = 0; source < m_sources.size(); ++source) {
            survey_source(source, row);
            m_sources[source]->rewind();
        }
        m_unique.freeze();
    }

    void survey_source(std::size_t source, std::int64_t& row) {
        ReadAhead records(*m_sources[source]);
        while (const auto record = records.next()) {
            step();
            ++row;
            const auto values = record->rejected ? std::vector<model::Value>() : values_or_none(source, *record);
            if (!values.empty()) {
                m_unique.count(m_ids.id(values, row, record->id_suffix));
            }
        }
    }

    std::vector<model::Value> values_or_none(std::size_t source, const SourceRecord& record) {
        auto values = m_fields.values(source, record);
        if (!values) {
            return {};
        }
        // The id may be a joined field; the join itself is counted on the second reading only.
        auto wide = std::move(values).value();
        wide.resize(m_fields.schema().fields.size());
        return wide;
    }

    void open_writer() {
        if (m_options.dry_run) {
            return;
        }
        if (m_workspace == nullptr) {
            throw Failure(ErrorKind::internal, "an import that is no dry run needs a workspace");
        }
        model::LayerDescription description = m_options.description;
        description.schema = m_schema;
        m_writer.emplace(
            m_change ? m_workspace->change_version(m_layer, m_change->base().number, description, m_options.publication)
                     : m_workspace->write_version(m_layer, description, m_options.publication));
    }

    void read_source(std::size_t source) {
        const auto& notes = m_descriptions[source]->notes;
        const auto known = static_cast<std::ptrdiff_t>(notes.size());
        m_report.notes.insert(m_report.notes.end(), notes.begin(), notes.end());
        ReadAhead records(*m_sources[source]);
        while (auto record = records.next()) {
            step();
            ++m_row;
            m_report.read += record->units;
            m_report.notes.insert(m_report.notes.end(), record->notes.begin(), record->notes.end());
            if (record->rejected) {
                reject(*record->rejected, record->units);
            } else {
                keep(source, std::move(*record));
            }
        }
        m_report.notes.insert(m_report.notes.end(), notes.begin() + known, notes.end());
    }

    [[nodiscard]] std::optional<std::string> why_not_taken(const SourceRecord& record) const {
        if (m_options.mode == ImportMode::remove) {
            return std::nullopt;
        }
        return record.geometry ? why_not_kept(*record.geometry)
                               : std::optional<std::string>("the record has no geometry");
    }

    void keep(std::size_t source, SourceRecord record) {
        const std::string place =
            m_sources.size() > 1 ? m_descriptions[source]->file_name + ", " + record.place : record.place;
        std::optional<std::string> reason = why_not_taken(record);
        auto values = m_fields.values(source, record, reason ? nullptr : &m_rewrites);
        if (!reason && !values) {
            reason = values.error().text();
        }
        if (reason) {
            reject({place, *reason, m_fields.original(source, record)}, record.units);
            return;
        }
        auto joined = std::move(values).value();
        const std::string id = id_of(joined, record.id_suffix);
        m_fields.join(joined, place);
        const bool has_key = m_ids.by_row_number() || !m_ids.is_missing(joined);
        model::Feature feature;
        feature.id = FeatureId(id);
        feature.crs = record.crs.value_or(m_systems[source]);
        feature.geometry = std::move(record.geometry);
        feature.values = std::move(joined);
        if (m_change) {
            m_change->add({std::move(feature),
                           {place, {}, m_fields.original(source, record)},
                           record.units,
                           record.repaired,
                           has_key},
                          m_unique);
            return;
        }
        if (m_commune && !m_commune->holds_source(feature)) {
            m_report.left_out += record.units;
            return;
        }
        if (!has_key) {
            m_without_id.add(place);
        }
        kept(record.units, record.repaired);
        m_unique.accept(std::move(feature), [this](model::Feature ready) { append(std::move(ready)); });
    }

    /// Before the join, whose fields may name the record.
    [[nodiscard]] std::string id_of(const std::vector<model::Value>& values, const std::string& suffix) const {
        const std::size_t width = m_fields.schema().fields.size();
        if (values.size() == width) {
            return m_ids.id(values, m_row, suffix);
        }
        std::vector<model::Value> wide = values;
        wide.resize(width);
        return m_ids.id(wide, m_row, suffix);
    }

    void reject(const model::QuarantineRecord& record, std::int64_t units) {
        m_report.rejected += units;
        if (m_writer) {
            m_writer->quarantine(record);
        }
        m_report.quarantine.push_back(record);
    }

    void append(model::Feature feature) {
        feature.areas = measure_areas(*feature.geometry, feature.crs, m_plane);
        feature.areas.area_stated_m2 = stated_area(m_schema, feature.values);
        if (geom::dimension(feature.geometry->type()) == 2 && !is_surely_valid(*feature.geometry)) {
            if (const auto invalidity = topology::invalidity(*feature.geometry)) {
                m_invalid.add(fmt::format("{} ({} at {:.3f} {:.3f})", feature.id.text(), invalidity->reason,
                                          invalidity->place.x, invalidity->place.y));
            }
        }
        const auto place = m_places.try_emplace(feature.crs, feature.crs).first;
        if (!place->second.holds(*feature.geometry)) {
            m_far_away.add(feature.id.text());
        }
        m_positions->add(feature);
        ++m_report.features;
        if (m_writer) {
            m_writer->append(std::move(feature));
        }
    }

    void step() {
        if (++m_done % report_every == 0) {
            if (m_options.cancel != nullptr) {
                m_options.cancel->check();
            }
            if (m_options.progress) {
                m_options.progress(m_done, m_total_known ? m_total : 0);
            }
        }
    }

    void note_counts() {
        auto& notes = m_report.notes;
        for (const auto& text : m_texts) {
            const auto reasons = text.reasons();
            m_report.text_reasons.insert(m_report.text_reasons.end(), reasons.begin(), reasons.end());
        }
        const auto fields = m_fields.notes();
        notes.insert(notes.end(), fields.begin(), fields.end());
        for (const auto& [sentence, records] : m_rewrites) {
            notes.push_back(fmt::format("{} in {} records", sentence, records));
        }
        if (m_change) {
            const auto change = m_change->notes();
            notes.insert(notes.end(), change.begin(), change.end());
            note_change();
        }
        if (m_ids.by_row_number()) {
            notes.emplace_back(
                "no field names the records (id, area_id, code, ma, or commune + sheet + parcel): ids are row "
                "numbers; name one with --id");
        }
        if (m_without_id.count() > 0) {
            notes.push_back(fmt::format("{} records have no value in '{}' and are named by their row: {}",
                                        m_without_id.count(), m_ids.text(), m_without_id.names()));
        }
        if (m_unique.renamed() > 0) {
            NamedCount repeated;
            std::for_each(m_unique.repeated_ids().begin(), m_unique.repeated_ids().end(),
                          [&](const std::string& id) { repeated.add(id); });
            notes.push_back(
                fmt::format("{} ids are repeated ({}); {} records were named ID~2, ID~3, … in order of their content",
                            repeated.count(), repeated.names(), m_unique.renamed()));
        }
        if (m_invalid.count() > 0) {
            notes.push_back(fmt::format("{} polygons are not valid and are kept as they are: {}", m_invalid.count(),
                                        m_invalid.names()));
        }
        if (m_far_away.count() > 0) {
            notes.push_back(
                fmt::format("warning: {} features lie outside Việt Nam and its sea ({}); check the coordinate system "
                            "(wrong meridian or X/Y đảo?)",
                            m_far_away.count(), m_far_away.names()));
        }
        const auto positions = m_positions->notes();
        notes.insert(notes.end(), positions.begin(), positions.end());
    }

    void note_change() {
        const ChangeCounts& counts = *m_report.change;
        m_report.notes.push_back(
            fmt::format("change of {}: {} features added, {} changed, {} removed, {} came as they "
                        "were",
                        counts.base, counts.added, counts.changed, counts.removed, counts.unchanged));
    }

    void finish() {
        if (m_report.left_out > 0) {
            m_report.notes.push_back(fmt::format("{} records of other communes than {} were left out",
                                                 m_report.left_out, m_options.within->code));
        }
        if (m_report.kept == 0) {
            const std::string first =
                m_report.quarantine.empty()
                    ? "the source holds no record"
                    : fmt::format("the first of {} rejected records, {}: {}", m_report.quarantine.size(),
                                  m_report.quarantine.front().place, m_report.quarantine.front().reason);
            throw Failure(ErrorKind::corrupt_input,
                          fmt::format("nothing could be kept and nothing was written; {}", first),
                          m_descriptions.front()->file_name);
        }
        note_counts();
        m_report.schema = m_schema;
        for (const auto& [crs, place] : m_places) {
            m_report.systems.push_back(crs);
        }
        if (m_writer) {
            if (m_options.cancel != nullptr) {
                m_options.cancel->check();
            }
            m_report.version = m_writer->commit(provenance());
        }
        if (m_options.progress) {
            m_options.progress(m_done, m_done);
        }
    }

    model::Provenance provenance() const {
        model::Provenance provenance = m_options.description.provenance;
        std::vector<std::string> names;
        std::vector<std::string> digests;
        for (const auto* source : m_descriptions) {
            names.push_back(source->file_name);
            digests.push_back(source->sha256);
        }
        if (m_options.attributes != nullptr) {
            names.push_back(m_options.attributes->file_name);
            digests.push_back(m_options.attributes->sha256);
        }
        provenance.source = fmt::format("{}", fmt::join(names, ", "));
        provenance.source_sha256 = fmt::format("{}", fmt::join(digests, ", "));
        provenance.crs_decision = fmt::format("{}", fmt::join(m_report.crs_reasons, "; "));
        std::vector<std::string> operations;
        for (const auto& system : m_report.systems) {
            operations.push_back(crs::Transform::between(system, crs::vn2000()).value().name());
        }
        provenance.transform = fmt::format("{}; {}", fmt::join(operations, "; "), m_plane.name());
        provenance.importer_version = "ranh " RANH_VERSION;
        provenance.imported_at = Timestamp::now();
        provenance.read = m_report.read;
        provenance.kept = m_report.kept;
        provenance.repaired = m_report.repaired;
        provenance.rejected = m_report.rejected;
        for (const auto& reason : m_report.text_reasons) {
            provenance.notes.push_back("text: " + reason);
        }
        provenance.notes.insert(provenance.notes.end(), m_report.notes.begin(), m_report.notes.end());
        return provenance;
    }

    store::Workspace* m_workspace;
    const LayerId& m_layer;
    const std::vector<std::unique_ptr<FeatureReader>>& m_sources;
    const ImportOptions& m_options;
    std::vector<const SourceDescription*> m_descriptions;
    std::vector<TextColumns> m_texts;
    RecordFields m_fields;
    IdRule m_ids;
    crs::WorkingPlane m_plane;
    std::vector<crs::Crs> m_systems;
    std::map<crs::Crs, PlausiblePlace> m_places;
    UniqueIds m_unique;
    model::Schema m_schema;                    // of the version
    std::optional<PositionCheck> m_positions;  // by the fields of the version
    std::optional<LayerChange> m_change;
    std::optional<CommuneTest> m_commune;  // of a first version
    std::optional<WriteBehind> m_writer;
    ImportReport m_report;
    mapping::RewriteCounts m_rewrites;
    NamedCount m_without_id;
    NamedCount m_invalid;
    NamedCount m_far_away;
    std::int64_t m_row = 0;
    std::uint64_t m_done = 0;
    std::uint64_t m_total = 0;
    bool m_total_known = true;
};

}  // namespace

Result<InnerRing> parse_inner_ring(std::string_view text) {
    if (text == "hole") {
        return InnerRing::hole;
    }
    if (text == "part") {
        return InnerRing::part;
    }
    if (text == "ignore") {
        return InnerRing::ignore;
    }
    return Error{
        ErrorKind::invalid_argument,
        fmt::format(
            "'{}' is no way to read an inner ring; use hole (subtract it), part (a feature of its own) or ignore "
            "(keep the outer ring, quarantine the inner one)",
            text),
        "--inner-ring"};
}

Result<LineworkUse> parse_linework_use(std::string_view text) {
    if (text == "auto") {
        return LineworkUse::automatic;
    }
    if (text == "yes") {
        return LineworkUse::yes;
    }
    if (text == "no") {
        return LineworkUse::no;
    }
    return Error{ErrorKind::invalid_argument,
                 fmt::format("'{}' is no use of linework; use auto, yes (build parcels from the lines of a drawing) or "
                             "no (read its elements as they are)",
                             text),
                 "--linework"};
}

Result<ImportMode> parse_import_mode(std::string_view text) {
    if (text == "replace") {
        return ImportMode::replace;
    }
    if (text == "upsert") {
        return ImportMode::upsert;
    }
    if (text == "delete") {
        return ImportMode::remove;
    }
    return Error{ErrorKind::invalid_argument,
                 fmt::format("'{}' is no way to import; use replace (the layer becomes what the source holds), upsert "
                             "(features of the source are added or take the place of those of their ids) or delete "
                             "(features whose ids the source names go)",
                             text),
                 "--mode"};
}

std::optional<model::LayerVersion> base_of_change(const std::vector<model::LayerVersion>& versions,
                                                  const LayerId& layer) {
    std::optional<model::LayerVersion> base;
    for (const model::LayerVersion& version : versions) {
        if (version.layer == layer && !version.held && !version.withdrawn && (!base || base->number < version.number)) {
            base = version;
        }
    }
    return base;
}

crs::Crs decided_crs(const SourceDescription& source) {
    const auto& crs = source.found_crs ? source.found_crs : source.declared_crs;
    if (!crs) {
        throw Failure(ErrorKind::invalid_argument,
                      source.crs_reason.empty() ? "no coordinate system is declared; name it with --crs EPSG:n"
                                                : source.crs_reason,
                      source.file_name);
    }
    return *crs;
}

ImportReport run_import(store::Workspace* workspace, const LayerId& layer,
                        const std::vector<std::unique_ptr<FeatureReader>>& sources, const ImportOptions& options) {
    return ImportJob(workspace, layer, sources, options).run();
}

}  // namespace ranh::pipeline
