#include "spatial/operations/rules/layer_check.hpp"

#include "spatial/base/task_pool.hpp"
#include "spatial/operations/rules/duplicates.hpp"
#include "spatial/operations/rules/parcel_fields.hpp"
#include "spatial/validation/attribute_rules.hpp"
#include "spatial/validation/geometry_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace ranh::rules {
namespace {

using validation::IssueCode;
using validation::ValidationIssue;

/// What one block of features yields.
struct BlockResult {
    std::vector<std::pair<std::uint32_t, ValidationIssue>> issues;  // rank of the feature's id, issue
    std::size_t checked = 0;
};

class LayerCheck {
public:
    LayerCheck(const snapshot::PackedLayer& layer, const LayerCheckOptions& options)
        : m_layer(layer),
          m_options(options),
          m_fields(ParcelFields::of(layer.version().description.schema)),
          m_is_register(layer.version().description.kind == model::LayerKind::parcel),
          m_geometry_rules(options.profile),
          m_attribute_rules(options.profile, options.day, scale_of(layer)) {
        if (!options.commune.empty() && !m_fields.commune) {
            throw Failure(ErrorKind::not_found,
                          fmt::format("layer {} has no field with the code of the commune (commune_code, commune or "
                                      "maXa); check it whole, or import it with a mapping that names the field",
                                      layer.version().name()));
        }
        if (m_is_register && m_fields.has_key() && options.profile.holds(IssueCode::key_duplicate)) {
            m_key_hashes.resize(layer.places());
        }
        if (m_is_register && m_fields.geohash && options.profile.holds(IssueCode::geohash_duplicate)) {
            m_geohash_hashes.resize(layer.places());
        }
    }

    validation::ValidationReport run() {
        constexpr std::size_t block_size = 4096;
        const std::size_t blocks = (m_layer.places() + block_size - 1) / block_size;
        std::vector<BlockResult> results(blocks);
        const unsigned threads = m_options.threads == 0 ? default_thread_count() : m_options.threads;
        for_each_index(
            blocks, threads,
            [&](std::size_t block) {
                const std::size_t end = std::min(m_layer.places(), (block + 1) * block_size);
                for (std::size_t i = block * block_size; i < end; ++i) {
                    check_feature(i, results[block]);
                }
            },
            m_options.cancel);
        if (m_options.cancel != nullptr) {
            m_options.cancel->check();
        }
        results.push_back(register_issues());
        validation::ValidationReport report = merged(results);
        if (m_is_register) {
            report.unchecked = unchecked_rules(m_options.profile, m_fields, m_attribute_rules.map_scale().has_value());
        }
        return report;
    }

private:
    static std::optional<int> scale_of(const snapshot::PackedLayer& layer) {
        const auto scale = layer.version().description.provenance.map_scale;
        return scale ? std::optional(static_cast<int>(*scale)) : std::nullopt;
    }

    [[nodiscard]] bool is_asked_for(std::size_t i) const {
        return m_layer.holds_feature(i) &&
               (m_options.commune.empty() || model::to_text(m_layer.value(i, *m_fields.commune)) == m_options.commune);
    }

    /// Each feature is looked at by one thread, which alone writes its hashes.
    void check_feature(std::size_t i, BlockResult& result) {
        if (!is_asked_for(i)) {
            return;
        }
        ++result.checked;
        thread_local std::vector<ValidationIssue> found;
        found.clear();
        if (m_layer.has_geometry(i)) {
            const geom::GeometryView geometry = m_layer.source(i);
            m_geometry_rules.check(geometry, validation::plane_scale(m_layer.source_crs(i), geometry.points.front()),
                                   found);
        }
        if (m_is_register) {
            const validation::ParcelRecord record = parcel_record(m_layer, m_fields, i);
            m_attribute_rules.check(record, found);
            note_register(i, record);
        }
        for (ValidationIssue& issue : found) {
            issue.feature_id = m_layer.id(i);
            result.issues.emplace_back(m_layer.id_rank(i), std::move(issue));
        }
    }

    /// Commune, sheet and parcel; empty where one is missing.
    static std::string key_of(const validation::ParcelRecord& record) {
        const bool whole = record.commune && record.sheet && record.parcel && !record.commune->empty() &&
                           !record.sheet->empty() && !record.parcel->empty();
        return whole ? fmt::format("{}.{}.{}", *record.commune, *record.sheet, *record.parcel) : std::string();
    }

    void note_register(std::size_t i, const validation::ParcelRecord& record) {
        const std::uint32_t rank = m_layer.id_rank(i);
        if (!m_key_hashes.empty()) {
            const std::string key = key_of(record);
            m_key_hashes[rank] = key.empty() ? 0 : text_hash(key);
        }
        if (!m_geohash_hashes.empty() && !record.geohash->empty()) {
            m_geohash_hashes[rank] = text_hash(*record.geohash);
        }
    }

    [[nodiscard]] BlockResult register_issues() const {
        BlockResult result;
        const auto record = [this](std::uint32_t rank) {
            return parcel_record(m_layer, m_fields, m_layer.by_id()[rank]);
        };
        const auto key = [&record](std::uint32_t rank) { return key_of(record(rank)); };
        const auto geohash = [&record](std::uint32_t rank) { return *record(rank).geohash; };
        tell_duplicates(IssueCode::key_duplicate, "commune, sheet, parcel", m_key_hashes, key, result);
        tell_duplicates(IssueCode::geohash_duplicate, "geohash", m_geohash_hashes, geohash, result);
        return result;
    }

    void tell_duplicates(IssueCode code, const char* field, const std::vector<std::uint64_t>& hashes,
                         const std::function<std::string(std::uint32_t)>& text, BlockResult& result) const {
        for (const auto& [later, first] : find_duplicates(hashes, text)) {
            ValidationIssue issue;
            issue.code = code;
            issue.severity = m_options.profile.severity(code).value();
            issue.feature_id = m_layer.id(m_layer.by_id()[later]);
            issue.other_feature_id = m_layer.id(m_layer.by_id()[first]);
            issue.field = field;
            issue.found = text(later);
            result.issues.emplace_back(later, std::move(issue));
        }
    }

    static validation::ValidationReport merged(std::vector<BlockResult>& results) {
        std::vector<std::pair<std::uint32_t, ValidationIssue*>> in_order;
        validation::ValidationReport report;
        for (BlockResult& result : results) {
            report.features_checked += result.checked;
            for (auto& [rank, issue] : result.issues) {
                in_order.emplace_back(rank, &issue);
            }
        }
        std::ranges::stable_sort(in_order, {}, [](const auto& one) { return one.first; });
        for (const auto& [rank, issue] : in_order) {
            report.add(std::move(*issue));
        }
        return report;
    }

    const snapshot::PackedLayer& m_layer;
    const LayerCheckOptions& m_options;
    ParcelFields m_fields;
    bool m_is_register;  ///< of parcels: what is on paper counts
    validation::GeometryRules m_geometry_rules;
    validation::AttributeRules m_attribute_rules;
    std::vector<std::uint64_t> m_key_hashes;  ///< by rank of the id; 0: none
    std::vector<std::uint64_t> m_geohash_hashes;
};

}  // namespace

validation::ValidationReport check_layer(const snapshot::PackedLayer& layer, const LayerCheckOptions& options) {
    return LayerCheck(layer, options).run();
}

}  // namespace ranh::rules
