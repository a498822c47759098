#include "spatial/validation/common_stretches.hpp"

#include "spatial/validation/union_find.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace ranh::validation {
namespace {

bool same_rings(const CommonLine& p, const CommonLine& q) {
    return p.first_ring == q.first_ring && p.second_ring == q.second_ring;
}

/// Of lines of the same two rings.
void join(std::span<const CommonLine> lines, PlaneScale scale, std::vector<Stretch>& stretches) {
    UnionFind groups(lines.size());
    std::map<std::tuple<double, double>, std::size_t> line_at;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        for (const geom::Point& end : {lines[i].from, lines[i].to}) {
            const auto [known, is_new] = line_at.try_emplace({end.x, end.y}, i);
            if (!is_new) {
                groups.unite(known->second, i);
            }
        }
    }
    std::map<std::size_t, std::size_t> stretch_of;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto [place, is_new] = stretch_of.try_emplace(groups.find(i), stretches.size());
        if (is_new) {
            stretches.push_back({lines[i], 0.0, geom::Geometry(geom::GeometryType::multi_line_string)});
        }
        Stretch& stretch = stretches[place->second];
        const geom::Point ends[] = {lines[i].from, lines[i].to};
        stretch.length_m += std::hypot((ends[1].x - ends[0].x) * scale.x_m, (ends[1].y - ends[0].y) * scale.y_m);
        stretch.lines.add_path(ends);
        stretch.lines.end_part();
    }
}

}  // namespace

std::vector<Stretch> common_stretches(std::span<const CommonLine> lines, PlaneScale scale) {
    std::vector<Stretch> stretches;
    for (std::size_t first = 0, end = 0; first < lines.size(); first = end) {
        while (end < lines.size() && same_rings(lines[first], lines[end])) {
            ++end;
        }
        join(lines.subspan(first, end - first), scale, stretches);
    }
    return stretches;
}

}  // namespace ranh::validation
