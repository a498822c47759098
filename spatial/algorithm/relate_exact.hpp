#pragma once

#include "spatial/algorithm/boundary.hpp"

#include <cstdint>
#include <functional>
#include <vector>

namespace ranh::algorithm {

/// What walking along the boundary (or line) of one geometry has seen of the other one.
struct Encounter {
    bool meets = false;          // some point lies on the other's boundary
    bool inside = false;         // some stretch lies in the other's interior
    bool outside = false;        // some stretch lies outside of it
    bool same_side = false;      // a stretch is shared, interiors on the same side of it
    bool opposite_side = false;  // a stretch is shared, interiors on opposite sides
};

/// A place where a segment of one boundary meets the other boundary: a point (begin == end), or a stretch that both
/// share.
struct Contact {
    std::uint32_t segment = 0;
    std::uint32_t other_segment = 0;
    geom::Point begin;  // in the direction of the segment
    geom::Point end;
    bool same_direction = false;  // of the two segments, where they share a stretch
};

/// Contacts of two boundaries, each list in the order of its own boundary. When two segments cross in a point that is
/// an end of neither, `crossing` is set and the search stops unless it is told to go on; the crossing point, rounded,
/// is then a contact as well.
struct Contacts {
    std::vector<Contact> of_a;
    std::vector<Contact> of_b;
    std::vector<bool> cancelled_a;  // as NearSegments has it
    std::vector<bool> cancelled_b;
    bool crossing = false;
};

enum class AtCrossing { stop, go_on };

/// `a_is_area`, `b_is_area`: even-odd doubles are left out of boundaries of areas, not of lines.
[[nodiscard]] Contacts find_contacts(const Boundary& a, bool a_is_area, const Boundary& b, bool b_is_area,
                                     AtCrossing at_crossing);

/// A stretch of a boundary between two contacts (or vertices), and where it lies relative to an area.
struct Stretch {
    geom::Point from;
    geom::Point to;
    enum class Place { inside, outside, shared } place;
    const Contact* shared = nullptr;  // set when place is shared
};

/// Walks all stretches of `boundary` and tells where each lies relative to `area`; stops when visit returns false.
/// Exact as long as all contacts are.
void walk_stretches(const Boundary& boundary, const std::vector<Contact>& contacts, const std::vector<bool>& cancelled,
                    const Boundary& area, const std::function<bool(const Stretch&)>& visit);

/// Both views of two areas that meet in their boxes: what a's boundary sees of b, and b's of a. `crossing` is true when
/// boundaries cross properly; the encounters are then not filled.
struct AreaEncounter {
    bool crossing = false;
    Encounter a;
    Encounter b;
};
[[nodiscard]] AreaEncounter encounter_of_areas(const Boundary& a, const Boundary& b);

/// What a line sees of an area.
[[nodiscard]] Encounter encounter_of_line(const Boundary& line, const Boundary& area);

}  // namespace ranh::algorithm
