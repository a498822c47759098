#include "spatial/store/version_diff.hpp"

#include <algorithm>
#include <iterator>
#include <map>

namespace ranh::store {
namespace {

constexpr std::size_t batch_size = 512;

using FeaturesById = std::map<FeatureId, model::Feature>;

FeaturesById features_of(const Workspace& workspace, const model::LayerVersion& version,
                         const std::vector<FeatureId>& ids) {
    FeaturesById features;
    workspace.read_some(version.layer, version.number, {.ids = ids}, [&](model::Feature feature) {
        FeatureId id = feature.id;
        features.emplace(std::move(id), std::move(feature));
    });
    return features;
}

model::Value value_of(const model::Feature& feature, const model::Schema& schema, const std::string& field) {
    const auto position = schema.find(field);
    return position ? feature.values[*position] : model::Value();
}

/// Fields of either version, each once, those of the later one first.
std::vector<std::string> field_names(const model::Schema& before, const model::Schema& after) {
    std::vector<std::string> names;
    for (const model::Schema* schema : {&after, &before}) {
        for (const model::Field& field : schema->fields) {
            if (std::find(names.begin(), names.end(), field.name) == names.end()) {
                names.push_back(field.name);
            }
        }
    }
    return names;
}

}  // namespace

void read_differences(const Workspace& workspace, const model::LayerVersion& before, const model::LayerVersion& after,
                      const std::function<void(FeatureDifference)>& visit) {
    const model::Schema& old_schema = before.description.schema;
    const model::Schema& new_schema = after.description.schema;
    const std::vector<std::string> names = field_names(old_schema, new_schema);
    const std::vector<FeatureId> ids = workspace.unshared_ids(before.layer, before.number, after.number);
    for (std::size_t start = 0; start < ids.size(); start += batch_size) {
        const auto begin = ids.begin() + static_cast<std::ptrdiff_t>(start);
        const auto count = static_cast<std::ptrdiff_t>(std::min(batch_size, ids.size() - start));
        const std::vector<FeatureId> batch(begin, begin + count);
        FeaturesById old_features = features_of(workspace, before, batch);
        FeaturesById new_features = features_of(workspace, after, batch);
        for (const FeatureId& id : batch) {
            FeatureDifference difference;
            if (const auto found = old_features.find(id); found != old_features.end()) {
                difference.before = std::move(found->second);
            }
            if (const auto found = new_features.find(id); found != new_features.end()) {
                difference.after = std::move(found->second);
            }
            bool differs = difference.before.has_value() != difference.after.has_value();
            if (difference.before && difference.after) {
                const model::Feature& left = *difference.before;
                const model::Feature& right = *difference.after;
                difference.geometry =
                    left.geometry != right.geometry || (left.geometry.has_value() && left.crs != right.crs);
                std::copy_if(names.begin(), names.end(), std::back_inserter(difference.fields),
                             [&](const std::string& name) {
                                 return value_of(left, old_schema, name) != value_of(right, new_schema, name);
                             });
                differs = difference.geometry || !difference.fields.empty();
            }
            if (differs) {
                visit(std::move(difference));
            }
        }
    }
}

}  // namespace ranh::store
