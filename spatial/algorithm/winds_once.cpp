#include "spatial/algorithm/winds_once.hpp"

#include "spatial/algorithm/area.hpp"
#include "spatial/algorithm/cell_join.hpp"
#include "spatial/algorithm/flat_polygons.hpp"
#include "spatial/algorithm/simple_ring.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <numeric>
#include <utility>
#include <vector>

namespace ranh::algorithm {
namespace {

using geom::GeometryView;

constexpr double rounding_m2 = 1e-6;
constexpr double rounding_m2_per_m = 1e-9;
/// Up to so many looks at boxes and points the rings are measured two by two; beyond it by cells, where a ring with
/// many holes costs no more than its points. Deeply nested rings share ground two by two in any case.
constexpr std::size_t few_looks = std::size_t{1} << 24U;

GeometryView ring_alone(const GeometryView& area, std::size_t i, const std::uint32_t& point_count) {
    static constexpr std::uint32_t one = 1;
    return {.type = geom::GeometryType::polygon,
            .points = area.path(i),
            .path_ends = std::span(&point_count, 1),
            .part_ends = std::span(&one, 1)};
}

/// Ground shared by what belongs to two parts, holes taken off, and how much of it rounding may feign.
struct Shared {
    SquareMicrometres area_um2 = 0;
    double rounding_m2 = 0.0;
};

class Rings {
public:
    explicit Rings(const GeometryView& area) {
        const std::size_t count = area.path_count();
        m_lengths_m.reserve(count);
        m_flat.reserve(count, area.points.size());
        for (std::size_t i = 0; i < count; ++i) {
            const auto point_count = static_cast<std::uint32_t>(area.path(i).size());
            const GeometryView ring = ring_alone(area, i, point_count);
            m_flat.add(ring);
            m_lengths_m.push_back(length(ring));
        }
        m_flat.finish();
        for (std::size_t part = 0; part < area.part_count(); ++part) {
            const auto range = area.part(part);
            m_shells.resize(range.end, static_cast<std::uint32_t>(range.first));
        }
    }

    [[nodiscard]] bool lie_as_they_should(const geom::Box& box) const {
        const CellLattice lattice = coarse_enough(lattice_for(median_area(m_flat.view().areas_m2)),
                                                  [&](const CellLattice& l) { return l.window_of(box); });
        std::vector<bool> in_its_shell(m_shells.size(), false);
        std::map<std::pair<std::uint32_t, std::uint32_t>, Shared> between_parts;
        bool lies = true;
        for_each_pair(lattice, [&](const CellPair& pair) {
            const std::uint32_t shell = m_shells[pair.left];
            const std::uint32_t other_shell = m_shells[pair.right];
            const double pair_rounding_m2 =
                rounding_m2 + rounding_m2_per_m * (m_lengths_m[pair.left] + m_lengths_m[pair.right]);
            if (shell != other_shell) {
                const bool taken_off = (pair.left == shell) != (pair.right == other_shell);
                Shared& shared = between_parts[{shell, other_shell}];
                shared.area_um2 += taken_off ? -pair.area_um2 : pair.area_um2;
                shared.rounding_m2 += pair_rounding_m2;
            } else if (pair.left == shell) {
                const double hole_m2 = m_flat.view().areas_m2[pair.right];
                in_its_shell[pair.right] = to_square_metres(pair.area_um2) >= hole_m2 - pair_rounding_m2;
            } else if (to_square_metres(pair.area_um2) > pair_rounding_m2) {
                lies = false;
            }
        });
        for (std::size_t i = 0; lies && i < m_shells.size(); ++i) {
            lies = m_shells[i] == i || in_its_shell[i] || m_flat.view().areas_m2[i] <= rounding_m2;
        }
        return lies && std::ranges::all_of(between_parts, [](const auto& entry) {
                   return to_square_metres(entry.second.area_um2) <= entry.second.rounding_m2;
               });
    }

private:
    /// Calls visit() for the rings that share ground, the lower number first, each pair once.
    template <typename Visit>
    void for_each_pair(const CellLattice& lattice, Visit&& visit) const {
        const PolygonsView rings = m_flat.view();
        std::vector<std::uint32_t> order(rings.size());
        std::iota(order.begin(), order.end(), 0U);
        std::ranges::sort(order, {}, [&](std::uint32_t i) { return std::pair(rings.boxes[i].min.x, i); });
        std::size_t looks = 0;
        std::vector<std::pair<std::uint32_t, std::uint32_t>> near;
        for (std::size_t i = 0; i < order.size() && looks <= few_looks; ++i) {
            const geom::Box& box = rings.boxes[order[i]];
            for (std::size_t k = i + 1;
                 k < order.size() && rings.boxes[order[k]].min.x < box.max.x && looks <= few_looks; ++k) {
                ++looks;
                if (geom::boxes_meet(box, rings.boxes[order[k]])) {
                    looks += rings.point_count(order[i]) + rings.point_count(order[k]);
                    near.emplace_back(std::min(order[i], order[k]), std::max(order[i], order[k]));
                }
            }
        }
        if (looks > few_looks) {
            self_join_cells(rings, lattice, {.least_um2 = 1, .threads = 1}).for_each(visit);
            return;
        }
        for (const auto& [left, right] : near) {
            const SquareMicrometres area_um2 =
                to_square_micrometres(overlap_area(rings.feature(left), rings.feature(right)));
            if (area_um2 > 0) {
                visit(CellPair{.left = left, .right = right, .area_um2 = area_um2});
            }
        }
    }

    FlatPolygons m_flat;
    std::vector<double> m_lengths_m;
    std::vector<std::uint32_t> m_shells;  ///< of the part each ring belongs to
};

}  // namespace

bool winds_once(const GeometryView& area) {
    for (std::size_t i = 0; i < area.path_count(); ++i) {
        if (!is_simple_ring(area.path(i))) {
            return false;
        }
    }
    return area.path_count() < 2 || Rings(area).lie_as_they_should(*area.box());
}

}  // namespace ranh::algorithm
