#include "importers/pipeline/ring_nesting.hpp"

#include "spatial/algorithm/area.hpp"
#include "spatial/algorithm/relate.hpp"

#include <algorithm>
#include <cmath>

namespace ranh::pipeline {

namespace {

std::optional<algorithm::SpatialRelation> relation_of(const geom::Geometry& a, const geom::Geometry& b) {
    const auto a_box = a.box();
    const auto b_box = b.box();
    if (!a_box || !b_box || !geom::boxes_meet(*a_box, *b_box)) {
        return std::nullopt;
    }
    return algorithm::relate(a, b);
}

}  // namespace

bool RingNesting::flat() const {
    return std::all_of(depth.begin(), depth.end(), [](std::size_t ring) { return ring == 0; });
}

RingNesting nest_rings(std::span<const std::vector<geom::Point>> rings) {
    RingNesting nesting{std::vector<std::size_t>(rings.size(), 0),
                        {},
                        std::vector<std::optional<std::size_t>>(rings.size()),
                        std::vector<std::optional<std::size_t>>(rings.size())};
    std::vector<geom::Geometry> areas;
    for (const auto& ring : rings) {
        areas.push_back(geom::Geometry::polygon(ring));
        nesting.area.push_back(std::abs(algorithm::signed_ring_area(ring)));
    }
    for (std::size_t i = 0; i < rings.size(); ++i) {
        for (std::size_t j = 0; j < i && !nesting.repeats[i]; ++j) {
            if (relation_of(areas[i], areas[j]) == algorithm::SpatialRelation::equals) {
                nesting.repeats[i] = nesting.repeats[j].value_or(j);
            }
        }
    }
    for (std::size_t i = 0; i < rings.size(); ++i) {
        for (std::size_t j = 0; j < rings.size(); ++j) {
            if (i == j || nesting.repeats[i] || nesting.repeats[j] ||
                relation_of(areas[i], areas[j]) != algorithm::SpatialRelation::within) {
                continue;
            }
            ++nesting.depth[i];
            if (!nesting.parent[i] || nesting.area[j] < nesting.area[*nesting.parent[i]]) {
                nesting.parent[i] = j;
            }
        }
    }
    return nesting;
}

}  // namespace ranh::pipeline
