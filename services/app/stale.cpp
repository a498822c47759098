#include "services/app/stale.hpp"

#include <algorithm>

namespace ranh::app {

bool is_stale(const model::LayerVersion& version, const std::vector<model::LayerVersion>& all) {
    const std::vector<std::string>& inputs = version.description.provenance.inputs;
    return std::any_of(inputs.begin(), inputs.end(), [&](const std::string& input) {
        const auto selector = model::LayerSelector::parse(input);
        return selector && std::any_of(all.begin(), all.end(), [&](const model::LayerVersion& other) {
                   return other.layer == selector.value().layer && !other.held && !other.withdrawn &&
                          selector.value().version && other.number > *selector.value().version;
               });
    });
}

}  // namespace ranh::app
