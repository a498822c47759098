#include "importers/pipeline/layer_change.hpp"

#include "importers/mapping/mapping.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace ranh::pipeline {

namespace {

constexpr std::size_t batch_size = 512;

/// The name a second feature of one source id has (UniqueIds).
FeatureId second_of(const FeatureId& id) { return FeatureId(id.text() + "~2"); }

}  // namespace

LayerChange::LayerChange(const store::Workspace& workspace, model::LayerVersion base, const model::Schema& source,
                         const ImportOptions& options, Target target)
    : m_workspace(workspace),
      m_base(std::move(base)),
      m_source(source),
      m_mode(options.mode),
      m_target(std::move(target)) {
    for (const model::Field& field : schema().fields) {
        m_positions.push_back(source.find(field.name));
        if (!m_positions.back()) {
            m_kept_fields.add(field.name);
        }
    }
    for (const model::Field& field : source.fields) {
        if (!schema().find(field.name)) {
            m_left_out_fields.add(field.name);
        }
    }
    if (options.within) {
        m_commune.emplace(*options.within, source, schema());
        m_workspace.read_some(m_base.layer, m_base.number, m_commune->selection(m_base.systems),
                              [this](const model::Feature& feature) {
                                  if (m_commune->holds_layer(feature)) {
                                      m_in_commune.insert(feature.id);
                                  }
                              });
    }
}

void LayerChange::refuse(Candidate& candidate, std::string reason) const {
    candidate.record.reason = std::move(reason);
    m_target.reject(candidate.record, candidate.units);
}

void LayerChange::add(Candidate candidate, const UniqueIds& ids) {
    if (within() && !m_commune->holds_source(candidate.feature)) {
        m_target.leave_out(candidate);
        return;
    }
    m_names.count(candidate.feature.id.text());
    if (!candidate.has_key) {
        refuse(candidate, "it has no value in the field that names it; a change needs the key of what it changes");
    } else if (ids.repeats(candidate.feature.id.text())) {
        m_repeated[candidate.feature.id].push_back(std::move(candidate));
    } else {
        add_unique(std::move(candidate));
    }
}

void LayerChange::add_unique(Candidate candidate) {
    m_batch.push_back(std::move(candidate));
    if (m_batch.size() == batch_size) {
        flush();
    }
}

void LayerChange::flush() {
    std::vector<FeatureId> ids;
    for (const Candidate& candidate : m_batch) {
        ids.push_back(candidate.feature.id);
        ids.push_back(second_of(candidate.feature.id));
    }
    std::map<FeatureId, model::Feature> found;
    m_workspace.read_some(m_base.layer, m_base.number, {.ids = std::move(ids)}, [&](model::Feature feature) {
        FeatureId id = feature.id;
        found.emplace(std::move(id), std::move(feature));
    });
    for (Candidate& candidate : m_batch) {
        decide(candidate, found);
    }
    m_batch.clear();
}

void LayerChange::decide(Candidate& candidate, const std::map<FeatureId, model::Feature>& found) {
    const FeatureId id = candidate.feature.id;
    const auto match = found.find(id);
    const model::Feature* base = match == found.end() ? nullptr : &match->second;
    if (!within() && found.contains(second_of(id))) {
        refuse(candidate, fmt::format("id '{0}' stands more than once in {1} ('{0}', '{0}~2'): it is not known which "
                                      "one is meant; name it as '{0}~2', or import the layer whole",
                                      id.text(), m_base.name()));
    } else if (m_mode == ImportMode::remove) {
        if (base == nullptr) {
            refuse(candidate, fmt::format("there is no feature '{}' in {} to delete", id.text(), m_base.name()));
        } else {
            m_target.remove(candidate);
        }
    } else if (within() && base != nullptr && !m_in_commune.contains(id) && !m_met.contains(id)) {
        refuse(candidate, fmt::format("id '{}' belongs to a feature of {} outside the commune; correct the id, or "
                                      "change that feature with --mode upsert",
                                      id.text(), m_base.name()));
    } else if (const auto fits = fit(candidate, base); !fits) {
        refuse(candidate, fits.error().text());
    } else {
        if (m_in_commune.erase(id) > 0) {
            m_met.insert(id);
        }
        m_target.append(candidate, base);
    }
}

Result<bool> LayerChange::fit(Candidate& candidate, const model::Feature* base) const {
    const auto& fields = schema().fields;
    std::vector<model::Value> values(fields.size());
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (!m_positions[i]) {
            values[i] = base == nullptr ? model::Value() : base->values[i];
            continue;
        }
        auto value = mapping::convert(candidate.feature.values[*m_positions[i]], fields[i].type);
        if (!value) {
            return Error{value.error().kind, value.error().sentence, fmt::format("field '{}'", fields[i].name)};
        }
        values[i] = std::move(value).value();
    }
    candidate.feature.values = std::move(values);
    return true;
}

void LayerChange::finish() {
    add_repeated();
    flush();
    for (const FeatureId& id : m_in_commune) {
        m_target.remove_missing(id);
    }
}

void LayerChange::add_repeated() {
    m_names.freeze();
    for (auto& [id, candidates] : m_repeated) {
        if (candidates.size() == 1) {  // the others are in other communes
            add_unique(std::move(candidates.front()));
        } else if (within()) {
            for (Candidate& candidate : candidates) {
                m_names.accept(std::move(candidate.feature), [](const model::Feature&) {});
            }
        } else {
            std::vector<std::string> places;
            for (const Candidate& candidate : candidates) {
                places.push_back(candidate.record.place);
            }
            for (Candidate& candidate : candidates) {
                refuse(candidate, fmt::format("id '{}' comes {} times in the source ({}): it is not known which one is "
                                              "right; keep one of them",
                                              id.text(), candidates.size(), fmt::join(places, ", ")));
            }
        }
    }
    m_repeated.clear();
    m_names.release([this](model::Feature feature) {
        Candidate candidate;
        candidate.record = {
            fmt::format("feature '{}'", feature.id.text()), {}, mapping::record_json(m_source, feature.values)};
        candidate.feature = std::move(feature);
        add_unique(std::move(candidate));
    });
}

std::vector<std::string> LayerChange::notes() const {
    std::vector<std::string> notes;
    if (within()) {
        notes.push_back(fmt::format("features of the commune are told {}", m_commune->how()));
    }
    if (m_mode == ImportMode::remove) {
        return notes;
    }
    if (m_left_out_fields.count() > 0) {
        notes.push_back(
            fmt::format("{} fields of the source are not fields of {} and were left out: {}; import the "
                        "layer whole to add them",
                        m_left_out_fields.count(), m_base.name(), m_left_out_fields.names()));
    }
    if (m_kept_fields.count() > 0) {
        notes.push_back(fmt::format("{} fields of {} are not in the source and keep their values: {}",
                                    m_kept_fields.count(), m_base.name(), m_kept_fields.names()));
    }
    if (m_names.renamed() > 0) {
        notes.push_back(
            fmt::format("{} records have an id that others have too and were named ID~2, ID~3, … in order "
                        "of their content",
                        m_names.renamed()));
    }
    return notes;
}

}  // namespace ranh::pipeline
