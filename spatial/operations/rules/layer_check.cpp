#include "spatial/operations/rules/layer_check.hpp"

#include "spatial/base/task_pool.hpp"
#include "spatial/validation/geometry_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace ranh::rules {
namespace {

using validation::ValidationIssue;

/// What one block of features yields.
struct BlockResult {
    std::vector<std::pair<std::uint32_t, ValidationIssue>> issues;  // rank of the feature's id, issue
    std::size_t checked = 0;
};

class LayerCheck {
public:
    LayerCheck(const snapshot::PackedLayer& layer, const LayerCheckOptions& options)
        : m_layer(layer), m_options(options), m_geometry_rules(options.profile) {
        if (!options.commune.empty()) {
            const model::Schema& schema = layer.version().description.schema;
            m_commune_field = commune_field(schema);
            if (!m_commune_field) {
                throw Failure(ErrorKind::not_found,
                              fmt::format("layer {} has no field with the code of the commune (commune_code, commune "
                                          "or maXa); check it whole, or import it with a mapping that names the field",
                                          layer.version().name()));
            }
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
        return merged(std::move(results));
    }

private:
    [[nodiscard]] bool is_asked_for(std::size_t i) const {
        return m_layer.holds_feature(i) &&
               (!m_commune_field || model::to_text(m_layer.value(i, *m_commune_field)) == m_options.commune);
    }

    void check_feature(std::size_t i, BlockResult& result) const {
        if (!is_asked_for(i)) {
            return;
        }
        ++result.checked;
        if (!m_layer.has_geometry(i)) {
            return;
        }
        const geom::GeometryView geometry = m_layer.source(i);
        thread_local std::vector<ValidationIssue> found;
        found.clear();
        m_geometry_rules.check(geometry, validation::plane_scale(m_layer.source_crs(i), geometry.points.front()),
                               found);
        for (ValidationIssue& issue : found) {
            issue.feature_id = m_layer.id(i);
            result.issues.emplace_back(m_layer.id_rank(i), std::move(issue));
        }
    }

    static validation::ValidationReport merged(std::vector<BlockResult> results) {
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
    validation::GeometryRules m_geometry_rules;
    std::optional<std::size_t> m_commune_field;
};

}  // namespace

std::optional<std::size_t> commune_field(const model::Schema& schema) {
    for (const char* const name : {"commune_code", "commune", "maXa"}) {
        if (const auto field = schema.find(name)) {
            return field;
        }
    }
    return std::nullopt;
}

validation::ValidationReport check_layer(const snapshot::PackedLayer& layer, const LayerCheckOptions& options) {
    return LayerCheck(layer, options).run();
}

}  // namespace ranh::rules
