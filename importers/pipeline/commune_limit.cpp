#include "importers/pipeline/commune_limit.hpp"

#include "importers/pipeline/field_text.hpp"
#include "spatial/algorithm/area.hpp"
#include "spatial/algorithm/relate.hpp"
#include "spatial/crs/transform.hpp"
#include "spatial/topology/topology.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ranh::pipeline {

CommuneTest::CommuneTest(const CommuneLimit& limit, const model::Schema& source, const model::Schema& layer)
    : m_limit(limit) {
    const auto in_source = commune_field(source);
    const auto in_layer = commune_field(layer);
    if (in_source && in_layer) {
        m_source_field = in_source;
        m_layer_field = in_layer;
        m_field_name = layer.fields[*in_layer].name;
    } else if (!limit.lonlat) {
        throw Failure(ErrorKind::not_found,
                      fmt::format("there is no commune {} among the communes known, and no field maXa or commune_code "
                                  "in both source and layer; import its polygon as a layer of kind administrative, or "
                                  "correct --within-commune",
                                  limit.code));
    }
}

bool CommuneTest::holds_source(const model::Feature& feature) const {
    return m_source_field ? model::to_text(feature.values[*m_source_field]) == m_limit.code : lies_inside(feature);
}

bool CommuneTest::holds_layer(const model::Feature& feature) const {
    return m_layer_field ? model::to_text(feature.values[*m_layer_field]) == m_limit.code : lies_inside(feature);
}

store::Selection CommuneTest::selection(const std::vector<crs::Crs>& systems) const {
    store::Selection selection;
    if (m_layer_field) {
        selection.field = {m_field_name, m_limit.code};
        return selection;
    }
    selection.boxes.emplace();
    for (const crs::Crs& system : systems) {
        geom::Geometry outline = *m_limit.lonlat;
        crs::Transform::between(crs::wgs84(), system).value().apply(outline.mutable_points());
        const geom::Box box = outline.box().value();
        // The edges of the outline are no straight lines in the other system.
        const double margin = 0.05 * std::max(box.max.x - box.min.x, box.max.y - box.min.y);
        selection.boxes->emplace(system, geom::grown(box, margin));
    }
    return selection;
}

std::string CommuneTest::how() const {
    return m_layer_field ? fmt::format("by the field '{}'", m_field_name) : std::string("by place");
}

bool CommuneTest::lies_inside(const model::Feature& feature) const {
    if (!feature.geometry) {
        return false;
    }
    geom::Geometry lonlat = *feature.geometry;
    if (feature.crs != crs::wgs84()) {
        crs::Transform::between(feature.crs, crs::wgs84()).value().apply(lonlat.mutable_points());
    }
    const geom::GeometryView outline = m_limit.lonlat->view();
    const geom::GeometryView view = lonlat.view();
    std::size_t inside = 0;
    std::size_t outside = 0;
    for (const geom::Point& point : view.points) {
        const auto place = algorithm::locate(point, outline);
        inside += place == algorithm::PointPlace::inside ? 1U : 0U;
        outside += place == algorithm::PointPlace::outside ? 1U : 0U;
    }
    if (outside == 0 || geom::dimension(view.type) != 2) {
        return inside + outside == 0 || inside > outside;
    }
    const auto common = topology::intersection(view, outline);
    return common && common.value() && algorithm::area(common.value()->view()) > 0.5 * algorithm::area(view);
}

}  // namespace ranh::pipeline
