#include "spatial/operations/coverage/coverage.hpp"

#include "spatial/algorithm/area.hpp"
#include "spatial/algorithm/unmatched_edges.hpp"
#include "spatial/base/task_pool.hpp"
#include "spatial/operations/coverage/edge_faces.hpp"
#include "spatial/operations/coverage/edge_nodes.hpp"
#include "spatial/operations/coverage/edge_noding.hpp"
#include "spatial/operations/coverage/overlap_pairs.hpp"
#include "spatial/operations/coverage/shared_chains.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <tuple>
#include <utility>

namespace ranh::coverage {
namespace {

bool crosses_itself(const CoverageOptions& options, std::uint32_t feature) {
    return feature < options.crosses_itself.size() && options.crosses_itself[feature] != 0;
}

/// Of two causes the one with the smaller corner, so that the order of the features does not tell.
std::size_t first_of(std::optional<std::size_t> one, std::size_t other, const BorderMismatches& borders) {
    const auto corner = [&](std::size_t mismatch) {
        const geom::Point p = borders.mismatches[mismatch].vertex.point;
        return std::tuple(p.x, p.y, mismatch);
    };
    return one && corner(*one) < corner(other) ? *one : other;
}

/// The mismatch of a border that edges around a gap belong to.
std::optional<std::size_t> cause_of(const EmptyFace& face, const BorderMismatches& borders) {
    std::optional<std::size_t> cause;
    for (const std::uint32_t edge : face.edges) {
        if (borders.group_of_edge[edge] != BorderMismatches::no_group) {
            cause = first_of(cause, borders.groups[borders.group_of_edge[edge]].first, borders);
        }
    }
    return cause;
}

Gap gap_of(EmptyFace face, const NodedEdges& noded, const BorderMismatches& borders, const CoverageOptions& options) {
    Gap gap;
    gap.area_m2 = face.area_m2;
    if (face.perimeter_m > 0.0) {
        gap.width_m = 2.0 * face.area_m2 / face.perimeter_m;
        gap.thinness = 4.0 * std::numbers::pi * face.area_m2 / (face.perimeter_m * face.perimeter_m);
    }
    gap.sliver = is_sliver(gap.area_m2, gap.width_m, gap.thinness, options.sliver_width_m);
    gap.cause = cause_of(face, borders);
    for (const std::uint32_t edge : face.edges) {
        gap.neighbours.push_back(noded.edges[edge].feature);
        gap.invalid_ring = gap.invalid_ring || crosses_itself(options, noded.edges[edge].feature);
    }
    std::ranges::sort(gap.neighbours);
    gap.neighbours.erase(std::unique(gap.neighbours.begin(), gap.neighbours.end()), gap.neighbours.end());
    gap.ground = std::move(face.ground);
    return gap;
}

/// Area that two features share inside a box.
double shared_in(const algorithm::PolygonsView& layer, const OverlapPair& pair, const geom::Box& box) {
    const geom::Box common{{std::max(pair.box.min.x, box.min.x), std::max(pair.box.min.y, box.min.y)},
                           {std::min(pair.box.max.x, box.max.x), std::min(pair.box.max.y, box.max.y)}};
    const auto turns_of = [](const geom::GeometryView& feature) {
        std::vector<std::int8_t> turns;
        for (std::size_t part = 0; part < feature.part_count(); ++part) {
            const auto [shell, end] = feature.part(part);
            for (std::size_t path = shell; path < end; ++path) {
                const bool left = algorithm::signed_ring_area(feature.path(path)) > 0.0;
                turns.push_back(left == (path == shell) ? std::int8_t{1} : std::int8_t{-1});
            }
        }
        return turns;
    };
    const geom::GeometryView a = layer.feature(pair.left);
    const geom::GeometryView b = layer.feature(pair.right);
    const std::vector<std::int8_t> a_turns = turns_of(a);
    const std::vector<std::int8_t> b_turns = turns_of(b);
    return algorithm::overlap_area({a, a_turns}, {b, b_turns}, common);
}

/// An overlap has a mismatch as its cause when a feature along that border takes part in it and nearly all of it lies
/// by that border.
void find_causes(const algorithm::PolygonsView& layer, const BorderMismatches& borders,
                 std::vector<OverlapPair>& overlaps) {
    constexpr double nearly_all = 0.999;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> by_feature;  // feature, group
    for (std::uint32_t group = 0; group < borders.groups.size(); ++group) {
        for (const std::uint32_t feature : borders.groups[group].features) {
            by_feature.emplace_back(feature, group);
        }
    }
    std::ranges::sort(by_feature);
    for (OverlapPair& pair : overlaps) {
        if (pair.kind == OverlapKind::duplicate || pair.kind == OverlapKind::near_duplicate) {
            continue;
        }
        for (const std::uint32_t feature : {pair.left, pair.right}) {
            const auto groups =
                std::ranges::equal_range(by_feature, feature, {}, [](const auto& p) { return p.first; });
            for (const auto& [mine, group] : groups) {
                const MismatchGroup& border = borders.groups[group];
                const bool meets = geom::boxes_meet(border.box, pair.box);
                if (meets && shared_in(layer, pair, border.box) >= nearly_all * pair.area_m2) {
                    pair.cause = first_of(pair.cause, border.first, borders);
                }
            }
        }
    }
}

}  // namespace

CoverageFindings check_coverage(const algorithm::PolygonsView& layer, const algorithm::CellLattice& lattice,
                                const CoverageOptions& options) {
    CoverageFindings findings;
    const unsigned threads = options.threads == 0 ? default_thread_count() : options.threads;
    NodedEdges noded(algorithm::unmatched_edges(layer, threads, options.cancel), options.grid_m);
    std::vector<EdgePiece> pieces =
        cut_where_they_meet(noded, {.grid_m = options.grid_m, .threads = threads, .cancel = options.cancel});
    EdgeFaces faces = trace_faces(noded, std::move(pieces));
    BorderMismatches borders = border_mismatches(noded, faces, options);

    findings.edges = {.unmatched = noded.edges.size(),
                      .within_grid = noded.within_grid,
                      .pieces = faces.outline_pieces + faces.empty_pieces + faces.covered_pieces,
                      .outline = faces.outline_pieces,
                      .gap = faces.empty_pieces,
                      .overlap = faces.covered_pieces};
    for (EmptyFace& face : faces.empty) {
        if (face.area_m2 >= options.reporting_m2) {
            findings.gaps.push_back(gap_of(std::move(face), noded, borders, options));
        }
    }
    std::ranges::stable_sort(findings.gaps, {}, &Gap::neighbours);
    findings.overlaps = overlap_pairs(layer, lattice, options);
    find_causes(layer, borders, findings.overlaps);
    findings.mismatches = std::move(borders.mismatches);
    findings.outline = std::move(faces.outside);
    return findings;
}

}  // namespace ranh::coverage
