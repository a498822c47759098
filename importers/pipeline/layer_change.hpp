#pragma once

#include "importers/pipeline/commune_limit.hpp"
#include "importers/pipeline/import_job.hpp"
#include "importers/pipeline/named_count.hpp"
#include "importers/pipeline/unique_ids.hpp"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace ranh::pipeline {

/// A record on its way into a change.
struct Candidate {
    model::Feature feature;          ///< values by the schema of the source
    model::QuarantineRecord record;  ///< place and original, for the case that it is refused
    std::int64_t units = 1;
    std::int64_t repaired = 0;
    bool has_key = true;  ///< the fields of its id are not empty
};

/// The store's side of an import that changes a layer instead of replacing it (--mode upsert|delete, or
/// --within-commune): holds each record against the feature of its id in the base.
///
/// Data flow  record -> add() -> fields of the layer -> feature of its id in the base, looked up in batches -> target.
///            The target writes, measures and counts; this class decides and says why not.
/// Fields     Those of the layer, by name. Fields the source lacks keep the values of the base; fields the layer lacks
///            are left out, with a note. A value that does not fit the type of its field refuses the record.
/// Refused    Records without a key, deletions of what is not there, keys that come twice in source or base; within a
///            commune ids of features outside it, while ids that come twice are named as in a whole import (UniqueIds).
/// Cost       one look-up per record; memory for one batch, the repeated records and the ids of the commune.
class LayerChange {
public:
    struct Target {
        /// The feature with values by schema(); `base` is what it comes in the place of, or null.
        std::function<void(Candidate& candidate, const model::Feature* base)> append;
        std::function<void(const Candidate& candidate)> remove;
        /// Because of what others are not there any more: features of the commune that the source does not have.
        std::function<void(const FeatureId& id)> remove_missing;
        std::function<void(const model::QuarantineRecord& record, std::int64_t units)> reject;
        std::function<void(const Candidate& candidate)> leave_out;
    };

    LayerChange(const store::Workspace& workspace, model::LayerVersion base, const model::Schema& source,
                const ImportOptions& options, Target target);

    [[nodiscard]] const model::LayerVersion& base() const { return m_base; }
    /// Fields of the layer; those of every version a change makes.
    [[nodiscard]] const model::Schema& schema() const { return m_base.description.schema; }
    /// `ids` has counted every id of the source.
    void add(Candidate candidate, const UniqueIds& ids);
    void finish();
    [[nodiscard]] std::vector<std::string> notes() const;

private:
    void add_unique(Candidate candidate);
    void add_repeated();
    void flush();
    void decide(Candidate& candidate, const std::map<FeatureId, model::Feature>& found);
    [[nodiscard]] Result<bool> fit(Candidate& candidate, const model::Feature* base) const;
    void refuse(Candidate& candidate, std::string reason) const;
    [[nodiscard]] bool within() const { return m_commune.has_value(); }

    const store::Workspace& m_workspace;
    model::LayerVersion m_base;
    const model::Schema& m_source;
    ImportMode m_mode;
    Target m_target;
    std::vector<std::optional<std::size_t>> m_positions;  ///< in the source, of each field of the layer
    NamedCount m_left_out_fields;
    NamedCount m_kept_fields;
    std::optional<CommuneTest> m_commune;
    std::set<FeatureId> m_in_commune;  ///< of the base, not met in the source yet
    std::set<FeatureId> m_met;         ///< of the commune, met in the source
    std::vector<Candidate> m_batch;
    std::map<FeatureId, std::vector<Candidate>> m_repeated;
    UniqueIds m_names;  ///< of the source within the commune
};

}  // namespace ranh::pipeline
