#include "services/app/successor.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

namespace ranh::app {

void check_successor(const std::vector<model::LayerVersion>& versions, const LayerId& layer,
                     const std::string& superseded_by) {
    if (superseded_by.empty()) {
        return;
    }
    const auto successor = model::LayerSelector::parse(superseded_by).value();
    if (successor.layer == layer) {
        throw Failure(ErrorKind::invalid_argument,
                      fmt::format("{} cannot be superseded by itself; name the layer of the new act", layer.text()));
    }
    const bool known = std::any_of(versions.begin(), versions.end(), [&](const model::LayerVersion& version) {
        return version.layer == successor.layer && (!successor.version || version.number == *successor.version);
    });
    if (known) {
        return;
    }
    std::set<std::string> names;
    for (const model::LayerVersion& version : versions) {
        names.insert(version.name());
    }
    throw Failure(ErrorKind::not_found, fmt::format("there is no {} to supersede {}; import it first. There are: {}",
                                                    superseded_by, layer.text(), fmt::join(names, ", ")));
}

}  // namespace ranh::app
