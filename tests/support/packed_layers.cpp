#include "tests/support/packed_layers.hpp"

#include "spatial/algorithm/area.hpp"
#include "tests/support/wkt.hpp"

namespace ranh::test {
namespace {

constexpr geom::Point corner_of_drawing{500000.0, 1300000.0};

model::Areas areas_of(const geom::Geometry& geometry, const crs::Crs& system, const crs::WorkingPlane& plane) {
    model::Areas areas;
    if (geom::dimension(geometry.type()) < 2) {
        return areas;
    }
    areas.area_ellipsoid_m2 = algorithm::area(plane.project(geometry, system));
    if (!system.is_geographic()) {
        areas.area_planar_m2 = algorithm::area(geometry);
        areas.planar_epsg = system.epsg();
    }
    return areas;
}

}  // namespace

model::Feature feature_of(const DrawnFeature& drawn, int epsg, const crs::WorkingPlane& plane, bool corner) {
    model::Feature feature;
    feature.id = FeatureId(drawn.id);
    feature.crs = crs::Crs::from_epsg(epsg).value();
    if (!drawn.wkt.empty()) {
        geom::Geometry geometry = from_wkt(drawn.wkt);
        for (geom::Point& p : geometry.mutable_points()) {
            p = corner ? geom::Point{p.x + corner_of_drawing.x, p.y + corner_of_drawing.y} : p;
        }
        feature.areas = areas_of(geometry, feature.crs, plane);
        feature.geometry = std::move(geometry);
    }
    feature.values = {drawn.name.empty() ? model::Value() : model::Value(drawn.name),
                      drawn.owner.empty() ? model::Value() : model::Value(drawn.owner)};
    return feature;
}

std::shared_ptr<const snapshot::PackedLayer> packed(const DrawnLayer& drawn, const crs::WorkingPlane& plane) {
    model::LayerVersion version{
        .layer = LayerId::parse(drawn.id).value(),
        .number = VersionNumber(drawn.version),
        .description = drawn.description,
        .systems = {crs::Crs::from_epsg(drawn.epsg).value()},
        .feature_count = static_cast<std::int64_t>(drawn.features.size()),
        .held = false,
        .withdrawn = false,
        .known_from = {},
        .content_hash = {},
    };
    version.description.schema.fields = {{"name", model::FieldType::text},
                                         {"owner", model::FieldType::text, model::Privacy::personal}};
    snapshot::PackedLayerBuilder builder(std::move(version), plane);
    for (const DrawnFeature& feature : drawn.features) {
        builder.add(feature_of(feature, drawn.epsg, plane, drawn.corner));
    }
    return builder.finish();
}

}  // namespace ranh::test
