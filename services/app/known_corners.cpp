#include "services/app/known_corners.hpp"

#include "importers/pipeline/known_places.hpp"
#include "services/app/options.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <vector>

namespace ranh::app {

namespace {

using geom::Point;
using snapshot::PackedLayer;

using Layers = std::vector<std::shared_ptr<const PackedLayer>>;

/// The newest published version of each layer.
Layers newest_layers(const store::Workspace& workspace) {
    std::map<LayerId, model::LayerVersion> newest;
    for (const model::LayerVersion& version : workspace.versions()) {
        const auto known = newest.find(version.layer);
        if (!version.held && !version.withdrawn && version.description.provenance.inputs.empty() &&
            (known == newest.end() || known->second.number < version.number)) {
            newest.insert_or_assign(version.layer, version);
        }
    }
    Layers layers;
    for (const auto& [id, version] : newest) {
        layers.push_back(publisher_of(workspace).layer(version));
    }
    return layers;
}

bool has_corner_near(const PackedLayer& layer, Point place) {
    constexpr std::size_t most_corners = 2000;
    constexpr double reach_m = pipeline::known_corner_reach_m;
    std::vector<std::uint32_t> hits;
    layer.working_tree().search(geom::grown({place, place}, reach_m), hits);
    return std::ranges::any_of(hits, [&](std::uint32_t i) {
        const auto corners = layer.working(i).points;
        return corners.size() <= most_corners && std::ranges::any_of(corners, [&](Point corner) {
                   return std::hypot(corner.x - place.x, corner.y - place.y) <= reach_m;
               });
    });
}

}  // namespace

std::function<std::size_t(std::span<const Point>)> known_corners_of(const store::Workspace& workspace) {
    return [&workspace, layers = std::optional<Layers>()](std::span<const Point> places) mutable {
        if (!layers) {
            layers = newest_layers(workspace);
        }
        if (layers->empty()) {
            return std::size_t{0};
        }
        const crs::WorkingPlane& plane = layers->front()->plane();
        return static_cast<std::size_t>(std::ranges::count_if(places, [&](Point place) {
            // A mistake undone where it was not made can put a place anywhere.
            if (!std::isfinite(place.x) || !std::isfinite(place.y) || std::abs(place.x) > 180.0 ||
                std::abs(place.y) > 85.0) {
                return false;
            }
            const Point here = plane.project(place, crs::wgs84());
            return std::ranges::any_of(*layers, [&](const auto& layer) { return has_corner_near(*layer, here); });
        }));
    };
}

}  // namespace ranh::app
