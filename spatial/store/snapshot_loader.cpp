#include "spatial/store/snapshot_loader.hpp"

namespace ranh::store {
namespace {

/// The packed layer would come out the same: same version, content and legal data.
bool stands_for(const snapshot::PackedLayer& packed, const model::LayerVersion& version) {
    const model::LayerVersion& known = packed.version();
    const model::LayerDescription& a = known.description;
    const model::LayerDescription& b = version.description;
    return known.layer == version.layer && known.number == version.number &&
           known.content_hash == version.content_hash && known.held == version.held &&
           known.withdrawn == version.withdrawn && known.known_from == version.known_from && a.status == b.status &&
           a.validity == b.validity && a.superseded_by == b.superseded_by && a.title == b.title && a.kind == b.kind &&
           a.schema == b.schema && known.lattice_level == version.lattice_level;
}

}  // namespace

std::vector<model::LayerVersion> standing_versions(const std::vector<model::LayerVersion>& all, Date at,
                                                   Timestamp known_at) {
    std::vector<model::LayerVersion> chosen;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (i > 0 && all[i].layer == all[i - 1].layer) {
            continue;  // versions stand by layer; one choice for each
        }
        auto version = model::choose_version(all, {all[i].layer, std::nullopt}, at, known_at);
        if (version.ok()) {
            chosen.push_back(std::move(version).value());
        }
    }
    return chosen;
}

std::shared_ptr<const snapshot::PackedLayer> pack_layer(const Workspace& workspace,
                                                        const model::LayerVersion& version) {
    snapshot::PackedLayerBuilder builder(version, crs::WorkingPlane(workspace.working_plane_centre()));
    workspace.read(version.layer, version.number, [&](model::Feature feature) { builder.add(std::move(feature)); });
    return builder.finish();
}

std::shared_ptr<const snapshot::Snapshot> load_snapshot(const Publisher& publisher, Date at, Timestamp known_at,
                                                        const std::vector<model::LayerVersion>* selected,
                                                        const snapshot::Snapshot* previous) {
    const std::vector<model::LayerVersion> versions =
        selected != nullptr ? *selected : standing_versions(publisher.workspace().versions(), at, known_at);
    std::vector<std::shared_ptr<const snapshot::PackedLayer>> layers;
    for (const model::LayerVersion& version : versions) {
        auto known = previous != nullptr ? previous->find(version.layer) : nullptr;
        layers.push_back(known && stands_for(*known, version) ? known : publisher.layer(version));
    }
    return std::make_shared<const snapshot::Snapshot>(std::move(layers), at, known_at);
}

}  // namespace ranh::store
