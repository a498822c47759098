#include "spatial/operations/coverage/overlap_pairs.hpp"

#include "spatial/algorithm/area.hpp"
#include "spatial/algorithm/cell_join.hpp"
#include "spatial/algorithm/overlap_perimeter.hpp"
#include "spatial/algorithm/relate.hpp"
#include "spatial/base/task_pool.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace ranh::coverage {
namespace {

using algorithm::SpatialRelation;
using geom::Point;

/// Below it the sum of the cells is rounding.
constexpr double least_measured_m2 = 1e-6;

bool before(Point a, Point b) { return std::pair(a.x, a.y) < std::pair(b.x, b.y); }

/// A ring that begins with its smallest corner and turns counter-clockwise, without closing or repeated points.
std::vector<Point> normal_ring(std::span<const Point> ring) {
    std::vector<Point> normal;
    for (const Point p : ring) {
        if (normal.empty() || !(normal.back() == p)) {
            normal.push_back({p.x + 0.0, p.y + 0.0});  // -0 is 0
        }
    }
    if (normal.size() > 1 && normal.front() == normal.back()) {
        normal.pop_back();
    }
    if (algorithm::signed_ring_area(normal) < 0.0) {
        std::ranges::reverse(normal);
    }
    std::ranges::rotate(normal, std::ranges::min_element(normal, before));
    return normal;
}

std::vector<std::vector<Point>> normal_rings(const geom::GeometryView& feature) {
    std::vector<std::vector<Point>> rings;
    for (std::size_t path = 0; path < feature.path_count(); ++path) {
        rings.push_back(normal_ring(feature.path(path)));
    }
    std::ranges::sort(rings, [](const std::vector<Point>& a, const std::vector<Point>& b) {
        return std::ranges::lexicographical_compare(a, b, before);
    });
    return rings;
}

bool crosses_itself(const CoverageOptions& options, std::uint32_t feature) {
    return feature < options.crosses_itself.size() && options.crosses_itself[feature] != 0;
}

OverlapKind kind_of(const geom::GeometryView& a, const geom::GeometryView& b, const OverlapPair& pair,
                    const CoverageOptions& options) {
    constexpr double nearly_all = 0.999;
    const double share = std::max(pair.share_left, pair.share_right);
    if (share > nearly_all && pair.iou > nearly_all && same_rings(a, b)) {
        return OverlapKind::duplicate;
    }
    if (pair.iou > options.near_duplicate_iou) {
        return OverlapKind::near_duplicate;
    }
    if (share > nearly_all) {
        const SpatialRelation relation = algorithm::relate(a, b, {.contact_m = options.grid_m});
        if (relation == SpatialRelation::contains || relation == SpatialRelation::within ||
            relation == SpatialRelation::equals) {
            return OverlapKind::containment;
        }
    }
    return is_sliver(pair.area_m2, pair.width_m, pair.thinness, options.sliver_width_m) ? OverlapKind::sliver
                                                                                        : OverlapKind::overlap;
}

OverlapPair measured(const algorithm::PolygonsView& layer, const algorithm::CellPair& cells,
                     const CoverageOptions& options) {
    const geom::GeometryView a = layer.feature(cells.left);
    const geom::GeometryView b = layer.feature(cells.right);
    const geom::Box& p = layer.boxes[cells.left];
    const geom::Box& q = layer.boxes[cells.right];
    OverlapPair pair;
    pair.left = cells.left;
    pair.right = cells.right;
    pair.area_m2 = algorithm::to_square_metres(cells.area_um2);
    pair.box = {{std::max(p.min.x, q.min.x), std::max(p.min.y, q.min.y)},
                {std::min(p.max.x, q.max.x), std::min(p.max.y, q.max.y)}};
    pair.invalid_ring =
        cells.odd_winding || crosses_itself(options, cells.left) || crosses_itself(options, cells.right);
    const double left_m2 = layer.areas_m2[cells.left];
    const double right_m2 = layer.areas_m2[cells.right];
    const auto share = [&](double of_m2) { return of_m2 > 0.0 ? std::min(1.0, pair.area_m2 / of_m2) : 0.0; };
    pair.share_left = share(left_m2);
    pair.share_right = share(right_m2);
    pair.iou = share(left_m2 + right_m2 - pair.area_m2);
    const double perimeter_m = algorithm::overlap_perimeter(a, b);
    if (perimeter_m > 0.0) {
        pair.width_m = 2.0 * pair.area_m2 / perimeter_m;
        pair.thinness = 4.0 * std::numbers::pi * pair.area_m2 / (perimeter_m * perimeter_m);
    }
    pair.kind = kind_of(a, b, pair, options);
    return pair;
}

}  // namespace

bool same_rings(const geom::GeometryView& a, const geom::GeometryView& b) {
    return a.path_count() == b.path_count() && normal_rings(a) == normal_rings(b);
}

std::vector<OverlapPair> overlap_pairs(const algorithm::PolygonsView& layer, const algorithm::CellLattice& lattice,
                                       const CoverageOptions& options) {
    algorithm::CellJoinOptions join;
    join.least_um2 = algorithm::to_square_micrometres(std::max(least_measured_m2, options.reporting_m2));
    join.threads = options.threads;
    join.cancel = options.cancel;
    std::vector<algorithm::CellPair> cells;
    algorithm::self_join_cells(layer, lattice, join).for_each([&](const algorithm::CellPair& pair) {
        cells.push_back(pair);
    });
    std::vector<OverlapPair> pairs(cells.size());
    const unsigned threads = options.threads == 0 ? default_thread_count() : options.threads;
    for_each_index(
        cells.size(), threads, [&](std::size_t i) { pairs[i] = measured(layer, cells[i], options); }, options.cancel);
    return pairs;
}

}  // namespace ranh::coverage
