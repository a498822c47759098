#include "spatial/operations/overlay/pair_measure.hpp"

#include "spatial/algorithm/area.hpp"
#include "spatial/algorithm/relate.hpp"
#include "spatial/topology/topology.hpp"

#include <algorithm>

namespace ranh::overlay {
namespace {

using algorithm::SpatialRelation;
using geom::GeometryView;

model::Relation to_model(SpatialRelation relation) {
    switch (relation) {
        case SpatialRelation::contains: return model::Relation::contains;
        case SpatialRelation::within: return model::Relation::within;
        case SpatialRelation::equals: return model::Relation::equals;
        case SpatialRelation::crosses: return model::Relation::crosses;
        case SpatialRelation::touches:
        case SpatialRelation::disjoint: break;
    }
    return model::Relation::touches;
}

bool is_area(const GeometryView& geometry) { return geom::dimension(geometry.type) == 2; }

/// Common part of two boxes that meet.
geom::Box common_box(const geom::Box& a, const geom::Box& b) {
    return {{std::max(a.min.x, b.min.x), std::max(a.min.y, b.min.y)},
            {std::min(a.max.x, b.max.x), std::min(a.max.y, b.max.y)}};
}

std::optional<double> share(double area_m2, const std::optional<double>& whole_m2) {
    if (!whole_m2 || *whole_m2 <= 0.0) {
        return std::nullopt;
    }
    return std::min(1.0, area_m2 / *whole_m2);
}

}  // namespace

PairMeasure::PairMeasure(const snapshot::PackedLayer& left, const snapshot::PackedLayer& right,
                         const OverlapOptions& options)
    : m_left(left),
      m_right(right),
      m_options(options),
      m_sliver_width_m(sliver_width(left.version(), right.version()).value()) {}

model::Pair PairMeasure::start(std::size_t left, std::size_t right) const {
    model::Pair pair{
        .left = FeatureRef{m_left.version().layer, m_left.version().number, m_left.id(left)},
        .right = FeatureRef{m_right.version().layer, m_right.version().number, m_right.id(right)},
    };
    const geom::Box& a = m_left.lonlat_box(left);
    const geom::Box& b = m_right.lonlat_box(right);
    pair.box = geom::boxes_meet(a, b) ? common_box(a, b) : geom::united(a, b);
    return pair;
}

std::optional<model::Pair> PairMeasure::measure(std::size_t left, std::size_t right) const {
    const bool same_system = m_left.source_crs(left) == m_right.source_crs(right);
    const SpatialRelation relation =
        same_system ? algorithm::relate(m_left.source(left), m_right.source(right))
                    : algorithm::relate(m_left.working(left), m_right.working(right), {.contact_m = contact_m});
    if (relation == SpatialRelation::disjoint) {
        return near_pair(left, right);
    }
    model::Pair pair = start(left, right);
    pair.relation = to_model(relation);
    if (relation != SpatialRelation::touches) {
        measure_areas(left, right, pair);
    }
    if (below_thresholds(pair)) {
        return std::nullopt;
    }
    if (pair.area_m2 > 0.0) {
        measure_width(left, right, pair);
    }
    return pair;
}

std::optional<model::Pair> PairMeasure::near_pair(std::size_t left, std::size_t right) const {
    const double reach_m = m_options.near.value();
    if (reach_m <= 0.0 || m_options.min_area.value() > 0.0 || m_options.min_share > 0.0) {
        return std::nullopt;
    }
    const double distance_m = algorithm::distance(m_left.working(left), m_right.working(right));
    if (distance_m > reach_m) {
        return std::nullopt;
    }
    model::Pair pair = start(left, right);
    pair.relation = model::Relation::near;
    pair.distance_m = distance_m;
    return pair;
}

void PairMeasure::measure_areas(std::size_t left, std::size_t right, model::Pair& pair) const {
    const GeometryView a = m_left.working(left);
    const GeometryView b = m_right.working(right);
    if (is_area(a) && is_area(b)) {
        pair.area_m2 = std::max(0.0, algorithm::overlap_area(a, b));
        pair.share_left = share(pair.area_m2, m_left.areas(left).area_ellipsoid_m2);
        pair.share_right = share(pair.area_m2, m_right.areas(right).area_ellipsoid_m2);
        const crs::Crs& system = m_left.source_crs(left);
        if (system == m_right.source_crs(right) && !system.is_geographic()) {
            pair.area_planar_m2 = std::max(0.0, algorithm::overlap_area(m_left.source(left), m_right.source(right)));
        }
        pair.size_class = pair.area_m2 > 0.0 ? model::SizeClass::overlap : model::SizeClass::none;
        return;
    }
    if (geom::dimension(a.type) == 1 && is_area(b)) {
        pair.length_inside_m = algorithm::length_inside(a, b);
    } else if (is_area(a) && geom::dimension(b.type) == 1) {
        pair.length_inside_m = algorithm::length_inside(b, a);
    }
}

void PairMeasure::measure_width(std::size_t left, std::size_t right, model::Pair& pair) const {
    const bool thin_possible = pair.relation == model::Relation::crosses;
    const bool wanted = m_options.geometry == OverlapGeometry::include;
    if (!thin_possible && !wanted) {
        return;
    }
    auto common = topology::intersection(m_left.working(left), m_right.working(right));
    if (!common.ok() || !common.value().has_value()) {
        return;
    }
    const geom::Geometry& geometry = *common.value();
    const double perimeter_m = algorithm::length(geometry);
    if (perimeter_m > 0.0) {
        pair.width_m = 2.0 * pair.area_m2 / perimeter_m;
        if (thin_possible && *pair.width_m < m_sliver_width_m) {
            pair.size_class = model::SizeClass::sliver;
        }
    }
    if (wanted) {
        pair.geometry = geometry;
    }
}

bool PairMeasure::below_thresholds(const model::Pair& pair) const {
    if (pair.area_m2 < m_options.min_area.value()) {
        return true;
    }
    return std::max(pair.share_left.value_or(0.0), pair.share_right.value_or(0.0)) < m_options.min_share;
}

}  // namespace ranh::overlay
