#include "spatial/operations/overlay/pair_measure.hpp"

#include "spatial/algorithm/area.hpp"
#include "spatial/algorithm/overlap_perimeter.hpp"
#include "spatial/algorithm/relate.hpp"
#include "spatial/topology/topology.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

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

/// A total order of operands by their points, so that both orders of a pair give the same bits.
bool comes_first(const GeometryView& a, const GeometryView& b) {
    return std::ranges::lexicographical_compare(
        a.points, b.points, [](geom::Point p, geom::Point q) { return std::pair(p.x, p.y) < std::pair(q.x, q.y); });
}

/// The common ground by GEOS.
Result<std::optional<geom::Geometry>> common_ground(const GeometryView& a, const GeometryView& b) {
    return comes_first(b, a) ? topology::intersection(b, a) : topology::intersection(a, b);
}

/// The ground of an area, each place once.
std::optional<double> ground_of(const snapshot::PackedLayer& layer, const RepairedAreas& repaired, std::uint32_t i) {
    if (!layer.crosses_itself(i)) {
        return layer.areas(i).area_ellipsoid_m2;
    }
    const RepairedAreas::Repaired* area = repaired.of(Plane::working, i);
    return area != nullptr ? std::optional(area->area_m2) : std::nullopt;
}

/// A flagged pair that shares no ground.
model::Pair without_ground(model::Pair&& pair) {
    return {
        .left = std::move(pair.left), .right = std::move(pair.right), .invalid_input = true, .area_repaired_m2 = 0.0};
}

TurnedRings turned(const NearOutline& outline) { return {outline.rings, outline.turns}; }

}  // namespace

/// Both sides near the box they have in common.
struct PairMeasure::Outlines {
    NearOutline left;
    NearOutline right;
    Box left_box;
    Box right_box;

    /// Below 0 by rounding, or where rings wind backwards.
    [[nodiscard]] double overlap_area() const {
        return algorithm::overlap_area(turned(left), turned(right), common_box(left_box, right_box));
    }
};

/// A pair in the plane that decides its relation, and in the working plane, made when it is needed.
struct PairMeasure::PairPlanes {
    bool same_system;
    Outlines relating;
    std::optional<Outlines> working = std::nullopt;
};

PairMeasure::PairMeasure(const snapshot::PackedLayer& left, const snapshot::PackedLayer& right,
                         const PairOutlines& left_outlines, const PairOutlines& right_outlines,
                         const OverlapOptions& options)
    : m_left(left),
      m_right(right),
      m_left_outlines(left_outlines),
      m_right_outlines(right_outlines),
      m_options(options),
      m_left_repaired(left),
      m_right_repaired(right),
      m_sliver_width_m(sliver_width(left.version(), right.version()).value()) {}

PairMeasure::Outlines PairMeasure::outlines_of(Plane plane, std::uint32_t left, std::uint32_t right) const {
    const Box left_box = m_left_outlines.box(plane, left);
    const Box right_box = m_right_outlines.box(plane, right);
    // Contacts count up to contact_m away, and the cut must not come between them.
    const Box region = geom::grown(common_box(left_box, right_box), plane == Plane::working ? contact_m : 0.0);
    return {m_left_outlines.near(plane, left, region), m_right_outlines.near(plane, right, region), left_box,
            right_box};
}

FeatureRef PairMeasure::left_ref(std::uint32_t left) const {
    return {m_left.version().layer, m_left.version().number, m_left.id(left)};
}

FeatureRef PairMeasure::right_ref(std::uint32_t right) const {
    return {m_right.version().layer, m_right.version().number, m_right.id(right)};
}

void PairMeasure::set_box(model::Pair& pair, std::uint32_t left, std::uint32_t right) const {
    const Box& a = m_left.lonlat_box(left);
    const Box& b = m_right.lonlat_box(right);
    pair.box = geom::boxes_meet(a, b) ? common_box(a, b) : geom::united(a, b);
}

bool PairMeasure::measure(std::uint32_t left, std::uint32_t right, Clear clear, model::Pair& pair) const {
    if (!is_area(m_left.working(left)) || !is_area(m_right.working(right))) {
        return measure_others(left, right, pair) && !below_thresholds(pair);
    }
    if (clear == Clear::inside) {
        measure_clear(left, right, pair);
        return !below_thresholds(pair);
    }
    return measure_areas(left, right, pair) && !below_thresholds(pair);
}

/// One side is known to lie inside the other: no predicate is needed.
void PairMeasure::measure_clear(std::uint32_t left, std::uint32_t right, model::Pair& pair) const {
    const auto areas = [](const snapshot::PackedLayer& layer, std::uint32_t i) {
        return layer.areas(i).area_ellipsoid_m2.value_or(0.0);
    };
    set_box(pair, left, right);
    // Where a ring crosses itself the areas do not tell which is the larger one.
    const bool left_inside = m_left.crosses_itself(left) || m_right.crosses_itself(right)
                                 ? holds(m_right.working_box(right), m_left.working_box(left))
                                 : areas(m_left, left) <= areas(m_right, right);
    pair.relation = left_inside ? model::Relation::within : model::Relation::contains;
    take_areas(pair, left, right, nullptr);
    if (m_options.geometry == OverlapGeometry::include && pair.area_m2 > 0.0) {
        build_geometry(pair, left, right, nullptr);
    }
}

bool PairMeasure::measure_areas(std::uint32_t left, std::uint32_t right, model::Pair& pair) const {
    const bool same_system = m_left.source_crs(left) == m_right.source_crs(right);
    PairPlanes planes{.same_system = same_system,
                      .relating = outlines_of(same_system ? Plane::source : Plane::working, left, right)};
    if (!same_system) {
        planes.working = planes.relating;
    }
    const bool invalid = m_left.crosses_itself(left) || m_right.crosses_itself(right);
    if (invalid && measure_crossing(left, right, planes, pair)) {
        return true;
    }
    const SpatialRelation relation = relation_of(left, right, planes);
    if (relation == SpatialRelation::disjoint) {
        return false;
    }
    set_box(pair, left, right);
    if (relation == SpatialRelation::touches || invalid) {
        pair.relation = model::Relation::touches;
        return true;
    }
    pair.relation = to_model(relation);
    if (!planes.working) {
        planes.working = outlines_of(Plane::working, left, right);
    }
    take_areas(pair, left, right, &planes);
    if (pair.area_m2 > 0.0 && pair.relation == model::Relation::crosses && !pair.invalid_input) {
        measure_width(pair, *planes.working);
    }
    if (pair.area_m2 > 0.0 && m_options.geometry == OverlapGeometry::include) {
        build_geometry(pair, left, right, &*planes.working);
    }
    return true;
}

/// Two areas of which one crosses itself: the even-odd rule, by which relations are told, takes ground that is wound
/// around twice for none. Where the repaired sides share ground, or rings wind around some, that is a pair, and what is
/// repaired tells its relation. False, with the pair flagged but without areas, where there is no common ground: then
/// the two can do no more than touch.
bool PairMeasure::measure_crossing(std::uint32_t left, std::uint32_t right, PairPlanes& planes,
                                   model::Pair& pair) const {
    if (!planes.working) {
        planes.working = outlines_of(Plane::working, left, right);
    }
    take_areas(pair, left, right, &planes);
    constexpr double rounding_m2 = 1e-6;
    if (pair.area_repaired_m2.value_or(0.0) <= rounding_m2 && std::abs(pair.area_m2) <= rounding_m2) {
        pair = without_ground(std::move(pair));
        return false;
    }
    set_box(pair, left, right);
    pair.relation = model::Relation::crosses;
    const auto ground = ground_near(planes.same_system ? Plane::source : Plane::working, left, right);
    const SpatialRelation relation =
        ground ? relation_of(left, right, {planes.same_system, *ground}) : SpatialRelation::disjoint;
    // What rings wind around beyond the ground, or short of it.
    const double beyond_m2 = pair.area_m2 - pair.area_repaired_m2.value_or(0.0);
    if (relation == SpatialRelation::disjoint || relation == SpatialRelation::touches) {
        // Predicates know better than an area that there is no common ground: what was measured is chord error.
        if (std::abs(beyond_m2) <= rounding_m2) {
            pair = without_ground(std::move(pair));
            return false;
        }
        pair.area_repaired_m2 = 0.0;
        pair.share_left = pair.share_right = 0.0;
        pair.size_class = model::SizeClass::none;
    } else {
        pair.relation = to_model(relation);
        take_inner_ground(pair, left, right, std::abs(beyond_m2) <= rounding_m2);
    }
    if (m_options.geometry == OverlapGeometry::include) {
        build_geometry(pair, left, right, &*planes.working);
    }
    return true;
}

/// The common ground of a flagged pair is that of the inner side, where it is known without repair.
void PairMeasure::take_inner_ground(model::Pair& pair, std::uint32_t left, std::uint32_t right,
                                    bool winds_once_there) const {
    const bool right_is_inner = is_right_inner(pair, left, right);
    const bool is_inside = pair.relation != model::Relation::crosses;
    if (!is_inside || (right_is_inner ? m_right.crosses_itself(right) : m_left.crosses_itself(left))) {
        return;
    }
    const model::Areas& inner = right_is_inner ? m_right.areas(right) : m_left.areas(left);
    pair.area_repaired_m2 = inner.area_ellipsoid_m2;
    if (winds_once_there) {
        pair.area_m2 = inner.area_ellipsoid_m2.value_or(0.0);
        pair.area_planar_m2 = pair.area_planar_m2 ? inner.area_planar_m2 : std::nullopt;
    }
}

/// Of two of which one holds the other: the right one is held. Of equal ones that of whom no order of the sides tells.
bool PairMeasure::is_right_inner(const model::Pair& pair, std::uint32_t left, std::uint32_t right) const {
    return pair.relation == model::Relation::contains ||
           (pair.relation == model::Relation::equals && comes_first(m_right.working(right), m_left.working(left)));
}

SpatialRelation PairMeasure::relation_of(std::uint32_t left, std::uint32_t right, const PairPlanes& planes) const {
    const Outlines& near = planes.relating;
    const double contact = planes.same_system ? 0.0 : contact_m;
    algorithm::RelateOptions relating{.contact_m = contact,
                                      .a_reaches_beyond = !holds(geom::grown(near.right_box, contact), near.left_box),
                                      .b_reaches_beyond = !holds(geom::grown(near.left_box, contact), near.right_box)};
    if (!planes.same_system) {
        relating.measured = {ground_of(m_left, m_left_repaired, left).value_or(0.0),
                             ground_of(m_right, m_right_repaired, right).value_or(0.0),
                             std::max(0.0, near.overlap_area())};
    }
    return algorithm::relate(near.left.rings, near.right.rings, relating);
}

bool PairMeasure::measure_others(std::uint32_t left, std::uint32_t right, model::Pair& pair) const {
    const bool same_system = m_left.source_crs(left) == m_right.source_crs(right);
    const GeometryView a = m_left.working(left);
    const GeometryView b = m_right.working(right);
    const SpatialRelation relation = same_system ? algorithm::relate(m_left.source(left), m_right.source(right))
                                                 : algorithm::relate(a, b, {.contact_m = contact_m});
    if (relation == SpatialRelation::disjoint) {
        return false;
    }
    set_box(pair, left, right);
    pair.relation = to_model(relation);
    if (relation != SpatialRelation::touches) {
        if (geom::dimension(a.type) == 1 && is_area(b)) {
            pair.length_inside_m = algorithm::length_inside(a, b);
        } else if (is_area(a) && geom::dimension(b.type) == 1) {
            pair.length_inside_m = algorithm::length_inside(b, a);
        }
    }
    return true;
}

bool PairMeasure::measure_near(std::uint32_t left, std::uint32_t right, model::Pair& pair) const {
    const double reach_m = m_options.near.value();
    if (reach_m <= 0.0 || m_options.min_area.value() > 0.0 || m_options.min_share > 0.0) {
        return false;
    }
    const double distance_m = algorithm::distance(m_left.working(left), m_right.working(right));
    if (distance_m > reach_m) {
        return false;
    }
    set_box(pair, left, right);
    pair.relation = model::Relation::near;
    pair.distance_m = distance_m;
    return true;
}

/// Where one side holds the other the common ground is that other side, area and all; else it is measured.
void PairMeasure::take_areas(model::Pair& pair, std::uint32_t left, std::uint32_t right,
                             const PairPlanes* planes) const {
    const model::Areas& left_areas = m_left.areas(left);
    const model::Areas& right_areas = m_right.areas(right);
    const crs::Crs& system = m_left.source_crs(left);
    const bool planar = system == m_right.source_crs(right) && !system.is_geographic();
    flag_invalid(pair, left, right);
    if (pair.relation != model::Relation::crosses && !pair.invalid_input) {
        const model::Areas& inner = is_right_inner(pair, left, right) ? right_areas : left_areas;
        pair.area_m2 = inner.area_ellipsoid_m2.value_or(0.0);
        pair.area_planar_m2 = planar ? inner.area_planar_m2 : std::nullopt;
    } else {
        const double least_m2 = pair.invalid_input ? -std::numeric_limits<double>::infinity() : 0.0;
        const auto measured = [&](const Outlines& outlines) { return std::max(least_m2, outlines.overlap_area()); };
        pair.area_m2 = measured(planes != nullptr ? *planes->working : outlines_of(Plane::working, left, right));
        if (planar) {
            pair.area_planar_m2 =
                measured(planes != nullptr ? planes->relating : outlines_of(Plane::source, left, right));
        }
    }
    const double ground_m2 = model::ground_m2(pair);
    pair.share_left = share(ground_m2, ground_of(m_left, m_left_repaired, left));
    pair.share_right = share(ground_m2, ground_of(m_right, m_right_repaired, right));
    if (pair.relation == model::Relation::equals && !pair.invalid_input) {
        pair.share_left = pair.share_right = 1.0;
    }
    pair.size_class = ground_m2 > 0.0 ? model::SizeClass::overlap : model::SizeClass::none;
}

/// Mean width and thinness of the common ground, and whether it is a sliver: smaller than a square of the accuracy of
/// both layers, or elongated and narrower than that.
void PairMeasure::measure_width(model::Pair& pair, const Outlines& working) const {
    const GeometryView a = working.left.rings;
    const GeometryView b = working.right.rings;
    const double perimeter_m =
        comes_first(b, a) ? algorithm::overlap_perimeter(b, a) : algorithm::overlap_perimeter(a, b);
    if (perimeter_m > 0.0) {
        pair.width_m = 2.0 * pair.area_m2 / perimeter_m;
        pair.thinness = 4.0 * std::numbers::pi * pair.area_m2 / (perimeter_m * perimeter_m);
        // The mean width of a compact shape is half of its width: only of an elongated one (four times as long as
        // wide) it tells how far the two sides lie apart.
        constexpr double elongated = 0.5;
        const bool small = pair.area_m2 < m_sliver_width_m * m_sliver_width_m;
        const bool narrow = *pair.thinness < elongated && *pair.width_m < m_sliver_width_m;
        if (small || narrow) {
            pair.size_class = model::SizeClass::sliver;
        }
    }
}

/// The common geometry: where one side holds the other, that other; else by GEOS, from both sides cut to the
/// neighbourhood of the pair, and from the whole sides where that does not give the area that was measured.
void PairMeasure::build_geometry(model::Pair& pair, std::uint32_t left, std::uint32_t right,
                                 const Outlines* working) const {
    const double smaller_m2 = std::min(m_left.areas(left).area_ellipsoid_m2.value_or(0.0),
                                       m_right.areas(right).area_ellipsoid_m2.value_or(0.0));
    const double wanted_m2 = model::ground_m2(pair);
    const auto take = [&](const Result<std::optional<geom::Geometry>>& common) {
        if (!common.ok() || !common.value().has_value()) {
            return false;
        }
        pair.geometry = *common.value();
        pair.geometry_area_m2 = algorithm::area(*pair.geometry);
        const double difference_m2 = std::abs(*pair.geometry_area_m2 - wanted_m2);
        pair.geometry_disagrees = difference_m2 > 1e-6 && difference_m2 > 1e-9 * smaller_m2;
        return !pair.geometry_disagrees;
    };
    const auto ground = [](const snapshot::PackedLayer& layer, const RepairedAreas& repaired, std::uint32_t i) {
        const RepairedAreas::Repaired* area = layer.crosses_itself(i) ? repaired.of(Plane::working, i) : nullptr;
        return area != nullptr ? area->geometry.view() : layer.working(i);
    };
    const GeometryView left_ground = ground(m_left, m_left_repaired, left);
    const GeometryView right_ground = ground(m_right, m_right_repaired, right);
    if (!pair.invalid_input && pair.relation != model::Relation::crosses &&
        take(topology::make_valid(is_right_inner(pair, left, right) ? right_ground : left_ground))) {
        return;
    }
    const auto near = pair.invalid_input ? ground_near(Plane::working, left, right) : std::nullopt;
    const bool taken = near ? take(common_ground(near->left.rings, near->right.rings))
                            : working != nullptr && take(common_ground(working->left.rings, working->right.rings));
    if (!taken) {
        take(common_ground(left_ground, right_ground));
    }
}

void PairMeasure::flag_invalid(model::Pair& pair, std::uint32_t left, std::uint32_t right) const {
    pair.invalid_input = m_left.crosses_itself(left) || m_right.crosses_itself(right);
    if (pair.invalid_input) {
        const auto ground = ground_near(Plane::working, left, right);
        pair.area_repaired_m2 = ground ? std::max(0.0, ground->overlap_area()) : 0.0;
    }
}

/// Both sides near their common box, repaired where they need it; nothing where nothing is left of one.
std::optional<PairMeasure::Outlines> PairMeasure::ground_near(Plane plane, std::uint32_t left,
                                                              std::uint32_t right) const {
    const Box left_box = m_left_outlines.box(plane, left);
    const Box right_box = m_right_outlines.box(plane, right);
    const Box region = geom::grown(common_box(left_box, right_box), plane == Plane::working ? contact_m : 0.0);
    const auto outline = [&](const snapshot::PackedLayer& layer, const RepairedAreas& repaired,
                             const PairOutlines& outlines, std::uint32_t i) -> std::optional<NearOutline> {
        if (!layer.crosses_itself(i)) {
            return outlines.near(plane, i, region);
        }
        const RepairedAreas::Repaired* area = repaired.of(plane, i);
        return area != nullptr ? std::optional(area->outline.near(area->outline.reach_of(region))) : std::nullopt;
    };
    auto left_outline = outline(m_left, m_left_repaired, m_left_outlines, left);
    auto right_outline = outline(m_right, m_right_repaired, m_right_outlines, right);
    if (!left_outline || !right_outline) {
        return std::nullopt;
    }
    return Outlines{std::move(*left_outline), std::move(*right_outline), left_box, right_box};
}

bool PairMeasure::below_thresholds(const model::Pair& pair) const {
    if (std::max(std::abs(pair.area_m2), pair.area_repaired_m2.value_or(0.0)) < m_options.min_area.value()) {
        return true;
    }
    return std::max(pair.share_left.value_or(0.0), pair.share_right.value_or(0.0)) < m_options.min_share;
}

}  // namespace ranh::overlay
