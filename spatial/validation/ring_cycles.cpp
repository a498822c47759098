#include "spatial/validation/ring_cycles.hpp"

#include "spatial/validation/union_find.hpp"

#include <algorithm>
#include <tuple>

namespace ranh::validation {
namespace {

/// A ring and a point it touches another one in.
struct Incidence {
    geom::Point point;
    const Passage* passage;
};

auto rank(const Incidence& one) { return std::tuple(one.point.x, one.point.y, one.passage->ring); }

}  // namespace

std::vector<ClosedCircle> closed_circles(std::span<const Meeting* const> touches, std::size_t ring_count) {
    std::vector<Incidence> incidences;
    for (const Meeting* const touch : touches) {
        incidences.push_back({touch->point, &touch->first});
        incidences.push_back({touch->point, &touch->second});
    }
    std::ranges::sort(incidences, [](const Incidence& p, const Incidence& q) { return rank(p) < rank(q); });
    incidences.erase(std::unique(incidences.begin(), incidences.end(),
                                 [](const Incidence& p, const Incidence& q) { return rank(p) == rank(q); }),
                     incidences.end());

    UnionFind groups(ring_count + incidences.size());
    std::vector<ClosedCircle> circles;
    std::size_t points = 0;
    for (std::size_t i = 0; i < incidences.size(); ++i) {
        if (i > 0 && incidences[i].point != incidences[i - 1].point) {
            ++points;
        }
        if (!groups.unite(ring_count + points, incidences[i].passage->ring)) {
            circles.push_back({incidences[i].point, *incidences[i].passage});
        }
    }
    return circles;
}

}  // namespace ranh::validation
