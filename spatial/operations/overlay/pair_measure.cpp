#include "spatial/operations/overlay/pair_measure.hpp"

#include "spatial/algorithm/area.hpp"
#include "spatial/algorithm/overlap_perimeter.hpp"
#include "spatial/algorithm/relate.hpp"
#include "spatial/algorithm/simple_ring.hpp"
#include "spatial/topology/topology.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ranh::overlay {
namespace {

using algorithm::NearOutline;
using algorithm::SpatialRelation;
using algorithm::TurnedRings;
using geom::Box;
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
Box common_box(const Box& a, const Box& b) {
    return {{std::max(a.min.x, b.min.x), std::max(a.min.y, b.min.y)},
            {std::min(a.max.x, b.max.x), std::min(a.max.y, b.max.y)}};
}

bool holds(const Box& outer, const Box& inner) {
    return geom::box_contains(outer, inner.min) && geom::box_contains(outer, inner.max);
}

std::optional<double> share(double area_m2, const std::optional<double>& whole_m2) {
    if (!whole_m2 || *whole_m2 <= 0.0) {
        return std::nullopt;
    }
    return std::min(1.0, area_m2 / *whole_m2);
}

bool rings_are_simple(const GeometryView& area) {
    for (std::size_t i = 0; i < area.path_count(); ++i) {
        if (!algorithm::is_simple_ring(area.path(i))) {
            return false;
        }
    }
    return true;
}

TurnedRings turned(const NearOutline& outline) { return {outline.rings, outline.turns}; }

}  // namespace

/// Both sides near the box they have in common.
struct PairMeasure::Outlines {
    NearOutline left;
    NearOutline right;
    Box left_box;
    Box right_box;

    [[nodiscard]] double overlap_area() const {
        return std::max(0.0, algorithm::overlap_area(turned(left), turned(right), common_box(left_box, right_box)));
    }
};

PairMeasure::PairMeasure(const snapshot::PackedLayer& left, const snapshot::PackedLayer& right,
                         const PairOutlines& left_outlines, const PairOutlines& right_outlines,
                         const OverlapOptions& options)
    : m_left(left),
      m_right(right),
      m_left_outlines(left_outlines),
      m_right_outlines(right_outlines),
      m_options(options),
      m_sliver_width_m(sliver_width(left.version(), right.version()).value()) {}

PairMeasure::Outlines PairMeasure::outlines_of(Plane plane, std::uint32_t left, std::uint32_t right) const {
    const Box left_box = m_left_outlines.box(plane, left);
    const Box right_box = m_right_outlines.box(plane, right);
    // Contacts count up to contact_m away, and the cut must not come between them.
    const Box region = geom::grown(common_box(left_box, right_box), plane == Plane::working ? contact_m : 0.0);
    return {m_left_outlines.near(plane, left, region), m_right_outlines.near(plane, right, region), left_box,
            right_box};
}

model::Pair PairMeasure::start(std::uint32_t left, std::uint32_t right) const {
    model::Pair pair{
        .left = FeatureRef{m_left.version().layer, m_left.version().number, m_left.id(left)},
        .right = FeatureRef{m_right.version().layer, m_right.version().number, m_right.id(right)},
    };
    const Box& a = m_left.lonlat_box(left);
    const Box& b = m_right.lonlat_box(right);
    pair.box = geom::boxes_meet(a, b) ? common_box(a, b) : geom::united(a, b);
    return pair;
}

std::optional<model::Pair> PairMeasure::measure(std::uint32_t left, std::uint32_t right, const CellPair* cells) const {
    std::optional<model::Pair> pair;
    if (cells != nullptr && cells->all_inside) {
        pair = measure_clear(*cells);
    } else if (is_area(m_left.working(left)) && is_area(m_right.working(right))) {
        pair = measure_areas(left, right, cells);
    } else {
        pair = measure_others(left, right);
    }
    return pair && !below_thresholds(*pair) ? pair : std::nullopt;
}

/// One side lies inside cells that the other covers: no predicate is needed, and the area is that of the inner side.
std::optional<model::Pair> PairMeasure::measure_clear(const CellPair& cells) const {
    const std::uint32_t left = cells.left;
    const std::uint32_t right = cells.right;
    const bool left_is_inner =
        m_left.areas(left).area_ellipsoid_m2.value_or(0.0) <= m_right.areas(right).area_ellipsoid_m2.value_or(0.0);
    model::Pair pair = start(left, right);
    pair.relation = left_is_inner ? model::Relation::within : model::Relation::contains;
    take_area(pair, left, right, algorithm::to_square_metres(cells.area_um2));
    if (m_left.source_crs(left) == m_right.source_crs(right)) {
        pair.area_planar_m2 = (left_is_inner ? m_left.areas(left) : m_right.areas(right)).area_planar_m2;
    }
    flag_invalid(pair, left, right, cells.odd_winding);
    if (m_options.geometry == OverlapGeometry::include) {
        build_geometry(pair, left, right, nullptr);
    }
    return pair;
}

std::optional<model::Pair> PairMeasure::measure_areas(std::uint32_t left, std::uint32_t right,
                                                      const CellPair* cells) const {
    const crs::Crs& system = m_left.source_crs(left);
    const bool same_system = system == m_right.source_crs(right);
    const Outlines near = outlines_of(same_system ? Plane::source : Plane::working, left, right);
    std::optional<Outlines> working;
    const auto in_working_plane = [&]() -> const Outlines& {
        if (!same_system) {
            return near;
        }
        if (!working) {
            working = outlines_of(Plane::working, left, right);
        }
        return *working;
    };
    const double area_m2 = cells != nullptr ? std::max(0.0, algorithm::to_square_metres(cells->area_um2))
                                            : in_working_plane().overlap_area();
    algorithm::RelateOptions relating{.contact_m = same_system ? 0.0 : contact_m,
                                      .a_reaches_beyond = !holds(near.right_box, near.left_box),
                                      .b_reaches_beyond = !holds(near.left_box, near.right_box)};
    if (!same_system) {
        relating.a_reaches_beyond = !holds(geom::grown(near.right_box, contact_m), near.left_box);
        relating.b_reaches_beyond = !holds(geom::grown(near.left_box, contact_m), near.right_box);
        relating.measured = {m_left.areas(left).area_ellipsoid_m2.value_or(0.0),
                             m_right.areas(right).area_ellipsoid_m2.value_or(0.0), area_m2};
    }
    const SpatialRelation relation = algorithm::relate(near.left.rings, near.right.rings, relating);
    if (relation == SpatialRelation::disjoint) {
        return std::nullopt;
    }
    model::Pair pair = start(left, right);
    pair.relation = to_model(relation);
    if (relation != SpatialRelation::touches) {
        take_area(pair, left, right, area_m2);
        if (same_system && !system.is_geographic()) {
            pair.area_planar_m2 = near.overlap_area();
        }
        flag_invalid(pair, left, right, cells != nullptr && cells->odd_winding);
    }
    if (pair.area_m2 > 0.0 && pair.relation == model::Relation::crosses) {
        measure_width(pair, in_working_plane());
    }
    if (pair.area_m2 > 0.0 && m_options.geometry == OverlapGeometry::include) {
        build_geometry(pair, left, right, &in_working_plane());
    }
    return pair;
}

std::optional<model::Pair> PairMeasure::measure_others(std::uint32_t left, std::uint32_t right) const {
    const bool same_system = m_left.source_crs(left) == m_right.source_crs(right);
    const GeometryView a = m_left.working(left);
    const GeometryView b = m_right.working(right);
    const SpatialRelation relation = same_system ? algorithm::relate(m_left.source(left), m_right.source(right))
                                                 : algorithm::relate(a, b, {.contact_m = contact_m});
    if (relation == SpatialRelation::disjoint) {
        return std::nullopt;
    }
    model::Pair pair = start(left, right);
    pair.relation = to_model(relation);
    if (relation != SpatialRelation::touches) {
        if (geom::dimension(a.type) == 1 && is_area(b)) {
            pair.length_inside_m = algorithm::length_inside(a, b);
        } else if (is_area(a) && geom::dimension(b.type) == 1) {
            pair.length_inside_m = algorithm::length_inside(b, a);
        }
    }
    return pair;
}

std::optional<model::Pair> PairMeasure::measure_near(std::uint32_t left, std::uint32_t right) const {
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

void PairMeasure::take_area(model::Pair& pair, std::uint32_t left, std::uint32_t right, double area_m2) const {
    pair.area_m2 = area_m2;
    pair.share_left = share(area_m2, m_left.areas(left).area_ellipsoid_m2);
    pair.share_right = share(area_m2, m_right.areas(right).area_ellipsoid_m2);
    pair.size_class = area_m2 > 0.0 ? model::SizeClass::overlap : model::SizeClass::none;
}

/// Mean width and thinness of the common ground; below the accuracy of both layers it is a sliver.
void PairMeasure::measure_width(model::Pair& pair, const Outlines& working) const {
    const double perimeter_m = algorithm::overlap_perimeter(working.left.rings, working.right.rings);
    if (perimeter_m > 0.0) {
        pair.width_m = 2.0 * pair.area_m2 / perimeter_m;
        pair.thinness = 4.0 * std::numbers::pi * pair.area_m2 / (perimeter_m * perimeter_m);
        if (*pair.width_m < m_sliver_width_m) {
            pair.size_class = model::SizeClass::sliver;
        }
    }
}

/// The common geometry by GEOS, from both sides cut to the neighbourhood of the pair; from the whole sides where that
/// does not give the area that was measured.
void PairMeasure::build_geometry(model::Pair& pair, std::uint32_t left, std::uint32_t right,
                                 const Outlines* working) const {
    const double smaller_m2 = std::min(m_left.areas(left).area_ellipsoid_m2.value_or(0.0),
                                       m_right.areas(right).area_ellipsoid_m2.value_or(0.0));
    const double wanted_m2 = pair.area_repaired_m2.value_or(pair.area_m2);
    const auto take = [&](const GeometryView& a, const GeometryView& b) {
        const auto common = topology::intersection(a, b);
        if (!common.ok() || !common.value().has_value()) {
            return false;
        }
        pair.geometry = *common.value();
        pair.geometry_area_m2 = algorithm::area(*pair.geometry);
        const double difference_m2 = std::abs(*pair.geometry_area_m2 - wanted_m2);
        pair.geometry_disagrees = difference_m2 > 1e-6 && difference_m2 > 1e-9 * smaller_m2;
        return !pair.geometry_disagrees;
    };
    if (working == nullptr || pair.invalid_input || !take(working->left.rings, working->right.rings)) {
        take(m_left.working(left), m_right.working(right));
    }
}

void PairMeasure::flag_invalid(model::Pair& pair, std::uint32_t left, std::uint32_t right, bool odd_winding) const {
    const GeometryView a = m_left.working(left);
    const GeometryView b = m_right.working(right);
    // A long outline is looked at by the cells alone: its rings are checked at import.
    constexpr std::size_t few_points = 64;
    const auto crosses_itself = [](const GeometryView& area) {
        return area.points.size() <= few_points && !rings_are_simple(area);
    };
    pair.invalid_input = odd_winding || crosses_itself(a) || crosses_itself(b);
    if (pair.invalid_input) {
        const auto common = topology::intersection(a, b);
        pair.area_repaired_m2 = common.ok() && common.value() ? algorithm::area(*common.value()) : 0.0;
    }
}

bool PairMeasure::below_thresholds(const model::Pair& pair) const {
    if (std::max(pair.area_m2, pair.area_repaired_m2.value_or(0.0)) < m_options.min_area.value()) {
        return true;
    }
    return std::max(pair.share_left.value_or(0.0), pair.share_right.value_or(0.0)) < m_options.min_share;
}

}  // namespace ranh::overlay
