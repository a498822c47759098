// Relation of two boundaries without noding them: unless two segments cross properly (which settles the matter for
// areas), all contacts are vertices of one of the two, known exactly; between them each stretch lies wholly inside,
// wholly outside or wholly on the other boundary, and one exactly known point of it tells which.
#include "spatial/algorithm/relate_exact.hpp"

#include "spatial/algorithm/sweep.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace ranh::algorithm {
namespace {

using geom::Box;
using geom::Point;

bool less(Point p, Point q) { return p.x < q.x || (p.x == q.x && p.y < q.y); }

/// p comes before q on the way along the segment; exact for points on its line.
bool before(const Segment& s, Point p, Point q) { return less(s.from, s.to) ? less(p, q) : less(q, p); }

Point rounded_crossing(const Segment& s, const Segment& t) {
    const Point u{s.to.x - s.from.x, s.to.y - s.from.y};
    const Point v{t.to.x - t.from.x, t.to.y - t.from.y};
    const Point w{t.from.x - s.from.x, t.from.y - s.from.y};
    const double scale = u.x * v.y - u.y * v.x;
    const double share = scale == 0.0 ? 0.5 : std::clamp((w.x * v.y - w.y * v.x) / scale, 0.0, 1.0);
    return {s.from.x + share * u.x, s.from.y + share * u.y};
}

class ContactFinder {
public:
    ContactFinder(const Boundary& a, const Boundary& b, AtCrossing at_crossing, Contacts& found)
        : m_a(a), m_b(b), m_at_crossing(at_crossing), m_found(found) {}

    /// Looks at one pair of segments; false when the search may stop.
    bool look_at(std::uint32_t index_a, std::uint32_t index_b) {
        const Segment& s = m_a.segments()[index_a];
        const Segment& t = m_b.segments()[index_b];
        const int t_from = orientation(s.from, s.to, t.from);
        const int t_to = orientation(s.from, s.to, t.to);
        if (t_from * t_to > 0) {
            return true;
        }
        if (t_from == 0 && t_to == 0) {
            add_collinear(index_a, index_b);
            return true;
        }
        const int s_from = orientation(t.from, t.to, s.from);
        const int s_to = orientation(t.from, t.to, s.to);
        if (s_from * s_to > 0) {
            return true;
        }
        // They are not parallel and meet in one point; it is an end of one of them, or both are crossed.
        if (t_from != 0 && t_to != 0 && s_from != 0 && s_to != 0) {
            m_found.crossing = true;
            add_point(index_a, index_b, rounded_crossing(s, t));
            return m_at_crossing == AtCrossing::go_on;
        }
        add_point(index_a, index_b, t_from == 0 ? t.from : t_to == 0 ? t.to : s_from == 0 ? s.from : s.to);
        return true;
    }

private:
    void add_point(std::uint32_t index_a, std::uint32_t index_b, Point p) {
        m_found.of_a.push_back({index_a, index_b, p, p, false});
        m_found.of_b.push_back({index_b, index_a, p, p, false});
    }

    void add_collinear(std::uint32_t index_a, std::uint32_t index_b) {
        const Segment& s = m_a.segments()[index_a];
        const Segment& t = m_b.segments()[index_b];
        const auto [s0, s1] = std::minmax(s.from, s.to, less);
        const auto [t0, t1] = std::minmax(t.from, t.to, less);
        const Point low = std::max(s0, t0, less);
        const Point high = std::min(s1, t1, less);
        if (less(high, low)) {
            return;
        }
        if (low == high) {
            add_point(index_a, index_b, low);
            return;
        }
        const bool s_ascends = less(s.from, s.to);
        const bool t_ascends = less(t.from, t.to);
        const bool same = s_ascends == t_ascends;
        m_found.of_a.push_back({index_a, index_b, s_ascends ? low : high, s_ascends ? high : low, same});
        m_found.of_b.push_back({index_b, index_a, t_ascends ? low : high, t_ascends ? high : low, same});
    }

    const Boundary& m_a;
    const Boundary& m_b;
    AtCrossing m_at_crossing;
    Contacts& m_found;
};

void sort_along(const Boundary& boundary, std::vector<Contact>& contacts) {
    std::sort(contacts.begin(), contacts.end(), [&](const Contact& p, const Contact& q) {
        if (p.segment != q.segment) {
            return p.segment < q.segment;
        }
        const Segment& s = boundary.segments()[p.segment];
        if (p.begin != q.begin) {
            return before(s, p.begin, q.begin);
        }
        return before(s, p.end, q.end);
    });
}

/// The state of walk_stretches() along one boundary.
class StretchWalk {
public:
    StretchWalk(const Boundary& area, const std::function<bool(const Stretch&)>& visit)
        : m_area(area), m_visit(visit) {}

    void begin_path(Point p) {
        m_position = p;
        forget();
        m_at_contact = false;
    }
    /// The stretch that begins here may lie on another side than the one before.
    void forget() { m_inside.reset(); }

    bool advance_to(Point p, bool to_contact) {
        if (m_position == p) {
            m_at_contact = m_at_contact || to_contact;
            return true;
        }
        if (!m_inside) {
            m_inside = !m_at_contact ? m_area.encloses(m_position)
                       : !to_contact ? m_area.encloses(p)
                                     : m_area.encloses(Midpoint{m_position, p});
        }
        const auto place = *m_inside ? Stretch::Place::inside : Stretch::Place::outside;
        const Stretch stretch{m_position, p, place, nullptr};
        m_position = p;
        m_at_contact = to_contact;
        return m_visit(stretch);
    }

    bool share(const Contact& contact) {
        const Stretch stretch{m_position, contact.end, Stretch::Place::shared, &contact};
        m_position = contact.end;
        return m_visit(stretch);
    }

    [[nodiscard]] Point position() const { return m_position; }

private:
    const Boundary& m_area;
    const std::function<bool(const Stretch&)>& m_visit;
    Point m_position;
    bool m_at_contact = false;
    std::optional<bool> m_inside;
};

/// Walks one segment over its contacts; false when the visitor has seen enough.
bool walk_segment(StretchWalk& walk, const Segment& s, std::span<const Contact> contacts) {
    for (const Contact& contact : contacts) {
        if (!before(s, contact.begin, walk.position()) && !walk.advance_to(contact.begin, true)) {
            return false;
        }
        walk.forget();
        if (contact.begin != contact.end && before(s, walk.position(), contact.end) && !walk.share(contact)) {
            return false;
        }
    }
    return walk.position() == s.to || walk.advance_to(s.to, false);
}

/// Which side of a path its interior lies on, found when first asked for.
class InteriorSides {
public:
    explicit InteriorSides(const Boundary& boundary) : m_boundary(boundary), m_left(boundary.path_count()) {}

    bool left_of(std::uint32_t segment) {
        const Segment& s = m_boundary.segments()[segment];
        if (!m_left[s.path]) {
            m_left[s.path] = m_boundary.interior_left_of(s);
        }
        return *m_left[s.path];
    }

private:
    const Boundary& m_boundary;
    std::vector<std::optional<bool>> m_left;
};

struct Sides {
    InteriorSides& own;
    InteriorSides& other;
};

Encounter encounter(const Boundary& boundary, const std::vector<Contact>& contacts, const std::vector<bool>& cancelled,
                    const Boundary& area, std::optional<Sides> sides) {
    Encounter seen;
    seen.meets = !contacts.empty();
    walk_stretches(boundary, contacts, cancelled, area, [&](const Stretch& stretch) {
        switch (stretch.place) {
            case Stretch::Place::inside: seen.inside = true; break;
            case Stretch::Place::outside: seen.outside = true; break;
            case Stretch::Place::shared:
                if (sides && !(seen.same_side && seen.opposite_side)) {
                    const Contact& c = *stretch.shared;
                    const bool left = sides->own.left_of(c.segment);
                    const bool other_left = sides->other.left_of(c.other_segment);
                    ((left == other_left) == c.same_direction ? seen.same_side : seen.opposite_side) = true;
                }
                break;
        }
        return !(seen.inside && seen.outside);
    });
    return seen;
}

}  // namespace

Contacts find_contacts(const Boundary& a, bool a_is_area, const Boundary& b, bool b_is_area, AtCrossing at_crossing) {
    Contacts found;
    if (!geom::boxes_meet(a.box(), b.box())) {
        return found;
    }
    const Box region{{std::max(a.box().min.x, b.box().min.x), std::max(a.box().min.y, b.box().min.y)},
                     {std::min(a.box().max.x, b.box().max.x), std::min(a.box().max.y, b.box().max.y)}};
    NearSegments near_a = segments_near(a, region, a_is_area);
    NearSegments near_b = segments_near(b, region, b_is_area);
    found.cancelled_a = std::move(near_a.cancelled);
    found.cancelled_b = std::move(near_b.cancelled);
    ContactFinder finder(a, b, at_crossing, found);
    sweep_pairs(std::span(near_a.kept), std::span(near_b.kept), [&](const SweptSegment& s, const SweptSegment& t) {
        return s.y0 > t.y1 || t.y0 > s.y1 || finder.look_at(s.index, t.index);
    });
    sort_along(a, found.of_a);
    sort_along(b, found.of_b);
    return found;
}

void walk_stretches(const Boundary& boundary, const std::vector<Contact>& contacts, const std::vector<bool>& cancelled,
                    const Boundary& area, const std::function<bool(const Stretch&)>& visit) {
    StretchWalk walk(area, visit);
    std::size_t next = 0;
    for (std::size_t i = 0; i < boundary.segments().size(); ++i) {
        const Segment& s = boundary.segments()[i];
        const bool skip = !cancelled.empty() && cancelled[i];
        if (!s.continues || skip) {
            walk.begin_path(skip ? s.to : s.from);
        }
        const std::size_t first = next;
        while (next < contacts.size() && contacts[next].segment == i) {
            ++next;
        }
        if (!skip && !walk_segment(walk, s, std::span(contacts).subspan(first, next - first))) {
            return;
        }
    }
}

AreaEncounter encounter_of_areas(const Boundary& a, const Boundary& b) {
    AreaEncounter result;
    const Contacts contacts = find_contacts(a, true, b, true, AtCrossing::stop);
    if (contacts.crossing) {
        result.crossing = true;
        return result;
    }
    InteriorSides sides_a(a);
    InteriorSides sides_b(b);
    result.a = encounter(a, contacts.of_a, contacts.cancelled_a, b, Sides{sides_a, sides_b});
    if (result.a.inside && result.a.outside) {
        result.crossing = true;
        return result;
    }
    result.b = encounter(b, contacts.of_b, contacts.cancelled_b, a, Sides{sides_b, sides_a});
    return result;
}

Encounter encounter_of_line(const Boundary& line, const Boundary& area) {
    const Contacts contacts = find_contacts(line, false, area, true, AtCrossing::stop);
    if (contacts.crossing) {
        return {true, true, true, false, false};
    }
    return encounter(line, contacts.of_a, contacts.cancelled_a, area, std::nullopt);
}

}  // namespace ranh::algorithm
