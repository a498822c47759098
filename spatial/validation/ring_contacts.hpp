#pragma once

#include "spatial/validation/clean_ring.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace ranh::validation {

/// Where a ring comes through a point: at a corner, or along an edge.
struct Passage {
    std::uint32_t ring = 0;    ///< place in the list of rings
    std::uint32_t corner = 0;  ///< the corner itself, or the one the edge starts from
    bool along_edge = false;
    geom::Point from;  ///< the corner before the point
    geom::Point to;    ///< and the one after it
    friend bool operator==(const Passage&, const Passage&) = default;
};

/// Two passages through one point that share no direction: they cross there, or only touch.
struct Meeting {
    geom::Point point;
    Passage first;  ///< of the smaller ring, or of the smaller corner
    Passage second;
    bool crosses = false;
};

/// A line along which two edges run.
struct CommonLine {
    std::uint32_t first_ring = 0;
    std::uint32_t second_ring = 0;
    std::uint32_t first_corner = 0;  ///< where the edge starts
    std::uint32_t second_corner = 0;
    geom::Point from;
    geom::Point to;
};

/// Everywhere rings meet, other than where an edge follows the one before it.
struct RingContacts {
    std::vector<Meeting> meetings;         ///< by first ring, second ring, corners
    std::vector<CommonLine> common_lines;  ///< likewise
};

/// Cost       O(n log n + pairs of edges whose boxes meet + pairs of passages through one point).
/// Guarantees what meets, crosses or runs along is decided by exact predicates; only the point of two edges that cross
///            between their ends is rounded.
/// Threads    pure.
[[nodiscard]] RingContacts find_contacts(std::span<const CleanRing> rings);

/// The ray from `centre` towards `p` lies between those towards `from` and `to`, turning counter-clockwise; on neither.
/// Precondition: none of them is the centre, and the rays to `from` and `to` differ. Exact.
[[nodiscard]] bool is_between(geom::Point centre, geom::Point from, geom::Point to, geom::Point p);

}  // namespace ranh::validation
