#include "spatial/algorithm/overlap_perimeter.hpp"

#include "spatial/algorithm/boundary.hpp"
#include "spatial/algorithm/relate_exact.hpp"

#include <cmath>

namespace ranh::algorithm {
namespace {

/// Whether two boundaries that share a stretch have their interiors on the same side of it.
bool same_side(const Boundary& own, const Boundary& other, const Contact& contact) {
    const bool left = own.interior_left_of(own.segments()[contact.segment]);
    const bool other_left = other.interior_left_of(other.segments()[contact.other_segment]);
    return (left == other_left) == contact.same_direction;
}

enum class SharedStretches { count, leave_out };

double length_in(const Boundary& boundary, const std::vector<Contact>& contacts, const std::vector<bool>& cancelled,
                 const Boundary& other, SharedStretches shared) {
    double total = 0.0;
    walk_stretches(boundary, contacts, cancelled, other, [&](const Stretch& stretch) {
        const bool counts = stretch.place == Stretch::Place::inside ||
                            (stretch.place == Stretch::Place::shared && shared == SharedStretches::count &&
                             same_side(boundary, other, *stretch.shared));
        total += counts ? std::hypot(stretch.to.x - stretch.from.x, stretch.to.y - stretch.from.y) : 0.0;
        return true;
    });
    return total;
}

}  // namespace

double overlap_perimeter(const geom::GeometryView& a, const geom::GeometryView& b) {
    if (geom::dimension(a.type) != 2 || geom::dimension(b.type) != 2 || a.points.empty() || b.points.empty()) {
        return 0.0;
    }
    const Boundary boundary_a(a);
    const Boundary boundary_b(b);
    const Contacts contacts = find_contacts(boundary_a, true, boundary_b, true, AtCrossing::go_on);
    return length_in(boundary_a, contacts.of_a, contacts.cancelled_a, boundary_b, SharedStretches::count) +
           length_in(boundary_b, contacts.of_b, contacts.cancelled_b, boundary_a, SharedStretches::leave_out);
}

}  // namespace ranh::algorithm
