#include "spatial/algorithm/relate.hpp"

#include "spatial/algorithm/area.hpp"
#include "spatial/algorithm/boundary.hpp"
#include "spatial/algorithm/orientation.hpp"
#include "spatial/algorithm/relate_contact.hpp"
#include "spatial/algorithm/relate_exact.hpp"

#include <algorithm>
#include <cmath>

namespace ranh::algorithm {
namespace {

using geom::GeometryView;
using geom::Point;

bool is_area(const GeometryView& geometry) { return geom::dimension(geometry.type) == 2; }

SpatialRelation reversed(SpatialRelation relation) {
    switch (relation) {
        case SpatialRelation::contains: return SpatialRelation::within;
        case SpatialRelation::within: return SpatialRelation::contains;
        default: return relation;
    }
}

struct AreaFacts {
    bool meets;
    bool interiors_meet;
    bool a_in_b;
    bool b_in_a;
};

SpatialRelation relation_from(const AreaFacts& facts) {
    if (!facts.interiors_meet) {
        return facts.meets ? SpatialRelation::touches : SpatialRelation::disjoint;
    }
    if (facts.a_in_b && facts.b_in_a) {
        return SpatialRelation::equals;
    }
    if (facts.a_in_b) {
        return SpatialRelation::within;
    }
    return facts.b_in_a ? SpatialRelation::contains : SpatialRelation::crosses;
}

SpatialRelation relate_areas(const GeometryView& a, const GeometryView& b, const RelateOptions& options) {
    AreaEncounter e = encounter_of_areas(Boundary(a), Boundary(b));
    if (e.crossing) {
        return SpatialRelation::crosses;
    }
    e.a.outside = e.a.outside || options.a_reaches_beyond;
    e.b.outside = e.b.outside || options.b_reaches_beyond;
    const bool opposite = e.a.opposite_side || e.b.opposite_side;
    const bool same = e.a.same_side || e.b.same_side;
    return relation_from({e.a.meets, e.a.inside || e.b.inside || same, !e.a.outside && !e.b.inside && !opposite,
                          !e.b.outside && !e.a.inside && !opposite});
}

/// Where boundaries run within the contact distance of each other no side is told; there the measured areas decide, a
/// strip of the contact distance along the common boundary being nothing.
SpatialRelation relate_areas_within(const GeometryView& a, const GeometryView& b, const RelateOptions& options) {
    constexpr double rounding_share = 1e-10;
    const double contact = options.contact_m;
    const Boundary boundary_a(a);
    const Boundary boundary_b(b);
    NearEncounter from_a = encounter_within(boundary_a, true, boundary_b, contact);
    NearEncounter from_b = encounter_within(boundary_b, true, boundary_a, contact);
    from_a.seen.outside = from_a.seen.outside || options.a_reaches_beyond;
    from_b.seen.outside = from_b.seen.outside || options.b_reaches_beyond;
    const bool a_inside = from_a.seen.inside;
    const bool b_inside = from_b.seen.inside;
    const bool meets = from_a.seen.meets || from_b.seen.meets;
    if (!meets) {
        return relation_from(
            {false, a_inside || b_inside, !from_a.seen.outside && !b_inside, !from_b.seen.outside && !a_inside});
    }
    const auto [area_a, area_b, common] =
        options.measured ? *options.measured : RelateOptions::Measured{area(a), area(b), overlap_area(a, b)};
    const double strip =
        contact * std::max(from_a.length_on, from_b.length_on) + rounding_share * std::min(area_a, area_b);
    return relation_from({true, a_inside || b_inside || common > strip,
                          !from_a.seen.outside && !b_inside && area_a - common <= strip,
                          !from_b.seen.outside && !a_inside && area_b - common <= strip});
}

SpatialRelation relation_from(const Encounter& seen) {
    if (seen.inside) {
        return seen.outside ? SpatialRelation::crosses : SpatialRelation::within;
    }
    return seen.meets ? SpatialRelation::touches : SpatialRelation::disjoint;
}

Encounter encounter_of_points(const GeometryView& points, const GeometryView& area, double contact) {
    Encounter seen;
    const Boundary boundary(area);
    for (const Point& p : points.points) {
        PointPlace place = locate(p, area);
        if (contact > 0.0 && geom::box_contains(geom::grown(boundary.box(), contact), p) &&
            distance_to(boundary, p) <= contact) {
            place = PointPlace::boundary;
        }
        seen.meets = seen.meets || place == PointPlace::boundary;
        seen.inside = seen.inside || place == PointPlace::inside;
        seen.outside = seen.outside || place == PointPlace::outside;
    }
    return seen;
}

/// A line all of whose points are one point, or a set of points.
bool is_points(const GeometryView& geometry) {
    return geom::dimension(geometry.type) == 0 || Boundary(geometry).segments().empty();
}

SpatialRelation relate_to_area(const GeometryView& thing, const GeometryView& area, double contact) {
    if (is_points(thing)) {
        return relation_from(encounter_of_points(thing, area, contact));
    }
    const Boundary line(thing);
    const Boundary outline(area);
    return relation_from(contact > 0.0 ? encounter_within(line, false, outline, contact).seen
                                       : encounter_of_line(line, outline));
}

bool points_meet(const GeometryView& points, const GeometryView& other, double contact) {
    const Boundary boundary(other);
    return std::any_of(points.points.begin(), points.points.end(), [&](Point p) {
        const bool on_line = std::any_of(boundary.segments().begin(), boundary.segments().end(), [&](const Segment& s) {
            return on_segment(p, s.from, s.to) || (contact > 0.0 && distance_to(s, p) <= contact);
        });
        return on_line || std::any_of(other.points.begin(), other.points.end(), [&](Point q) {
                   return p == q || (contact > 0.0 && std::hypot(p.x - q.x, p.y - q.y) <= contact);
               });
    });
}

SpatialRelation relate_without_area(const GeometryView& a, const GeometryView& b, double contact) {
    bool meet = false;
    if (is_points(a)) {
        meet = points_meet(a, b, contact);
    } else if (is_points(b)) {
        meet = points_meet(b, a, contact);
    } else if (contact > 0.0) {
        meet = encounter_within(Boundary(a), false, Boundary(b), contact).seen.meets;
    } else {
        const Contacts contacts = find_contacts(Boundary(a), false, Boundary(b), false, AtCrossing::stop);
        meet = contacts.crossing || !contacts.of_a.empty();
    }
    return meet ? SpatialRelation::touches : SpatialRelation::disjoint;
}

}  // namespace

PointPlace locate(Point point, const GeometryView& area) {
    bool inside = false;
    for (std::size_t i = 0; i < area.path_count(); ++i) {
        const std::span<const Point> ring = area.path(i);
        Point from = ring.empty() ? Point{} : ring.back();
        for (const Point& to : ring) {
            const Point s = from;
            from = to;
            if (std::max(s.x, to.x) < point.x || (s.y > point.y && to.y > point.y) ||
                (s.y < point.y && to.y < point.y)) {
                continue;
            }
            const bool s_below = s.y <= point.y;
            const bool to_below = to.y <= point.y;
            const int side = orientation(s, to, point);
            if (side == 0 && on_segment(point, s, to)) {
                return PointPlace::boundary;
            }
            if (s_below != to_below && (s_below ? side > 0 : side < 0)) {
                inside = !inside;
            }
        }
    }
    return inside ? PointPlace::inside : PointPlace::outside;
}

SpatialRelation relate(const GeometryView& a, const GeometryView& b, const RelateOptions& options) {
    const auto box_a = a.box();
    const auto box_b = b.box();
    if (!box_a || !box_b || !geom::boxes_meet(geom::grown(*box_a, options.contact_m), *box_b)) {
        return SpatialRelation::disjoint;
    }
    if (is_area(a) && is_area(b)) {
        return options.contact_m > 0.0 ? relate_areas_within(a, b, options) : relate_areas(a, b, options);
    }
    if (is_area(b)) {
        return relate_to_area(a, b, options.contact_m);
    }
    if (is_area(a)) {
        return reversed(relate_to_area(b, a, options.contact_m));
    }
    return relate_without_area(a, b, options.contact_m);
}

}  // namespace ranh::algorithm
