#include "spatial/operations/overlay/union_totals.hpp"

#include "spatial/algorithm/area.hpp"
#include "spatial/operations/overlay/candidates.hpp"
#include "spatial/operations/overlay/cell_join.hpp"
#include "spatial/topology/topology.hpp"

#include <algorithm>
#include <numeric>
#include <span>
#include <tuple>
#include <unordered_set>

namespace ranh::overlay {
namespace {

using algorithm::PolygonsView;
using geom::Geometry;
using snapshot::PackedLayer;

/// A feature of one of several layers, by its place in ascending order of id: sums are made in that order.
struct Member {
    std::uint32_t layer = 0;
    std::uint32_t rank = 0;
    friend auto operator<=>(const Member&, const Member&) = default;
    [[nodiscard]] std::uint32_t feature(std::span<const PackedLayer* const> layers) const {
        return layers[layer]->by_id()[rank];
    }
};

/// One common area: which left and right feature make it.
struct Piece {
    Member left;
    Member right;
    double area_m2 = 0.0;
};

/// Some features of a layer in flat arrays of their own, so that a join sees no others.
class GatheredPolygons {
public:
    GatheredPolygons(const PackedLayer& layer, std::span<const std::uint32_t> ranks) {
        const PolygonsView all = polygons_of(layer);
        for (const std::uint32_t rank : ranks) {
            const std::uint32_t i = layer.by_id()[rank];
            const geom::GeometryView feature = all.feature(i);
            m_points.insert(m_points.end(), feature.points.begin(), feature.points.end());
            m_path_ends.insert(m_path_ends.end(), feature.path_ends.begin(), feature.path_ends.end());
            m_part_ends.insert(m_part_ends.end(), feature.part_ends.begin(), feature.part_ends.end());
            m_point_begins.push_back(m_points.size());
            m_path_begins.push_back(m_path_ends.size());
            m_part_begins.push_back(m_part_ends.size());
            m_boxes.push_back(all.boxes[i]);
            m_areas_m2.push_back(all.areas_m2[i]);
        }
    }
    [[nodiscard]] PolygonsView view() const {
        return {.points = m_points,
                .path_ends = m_path_ends,
                .part_ends = m_part_ends,
                .point_begins = m_point_begins,
                .path_begins = m_path_begins,
                .part_begins = m_part_begins,
                .boxes = m_boxes,
                .areas_m2 = m_areas_m2};
    }

private:
    std::vector<geom::Point> m_points;
    std::vector<std::uint32_t> m_path_ends;
    std::vector<std::uint32_t> m_part_ends;
    std::vector<std::size_t> m_point_begins{0};
    std::vector<std::size_t> m_path_begins{0};
    std::vector<std::size_t> m_part_begins{0};
    std::vector<geom::Box> m_boxes;
    std::vector<double> m_areas_m2;
};

/// Which features of one side share ground with each other; shares below 1e-6 m² do not make a union worth building.
class Overlapping {
public:
    /// `members` ascending, each once.
    Overlapping(std::span<const PackedLayer* const> layers, std::span<const Member> members) {
        std::vector<std::vector<std::uint32_t>> features(layers.size());
        for (const Member& member : members) {
            features[member.layer].push_back(member.rank);
        }
        std::vector<GatheredPolygons> gathered;
        for (std::uint32_t i = 0; i < layers.size(); ++i) {
            gathered.emplace_back(*layers[i], features[i]);
        }
        for (std::uint32_t i = 0; i < layers.size(); ++i) {
            const algorithm::CellLattice lattice(layers[i]->lattice_level());
            if (features[i].size() > 1) {
                add(self_join_cells(gathered[i].view(), lattice), {i, features[i]}, {i, features[i]});
            }
            for (std::uint32_t k = i + 1; k < layers.size(); ++k) {
                if (!features[i].empty() && !features[k].empty()) {
                    const auto finer = finer_of(lattice, algorithm::CellLattice(layers[k]->lattice_level()));
                    add(join_cells(gathered[i].view(), gathered[k].view(), finer), {i, features[i]}, {k, features[k]});
                }
            }
        }
        std::ranges::sort(m_pairs);
    }

    [[nodiscard]] bool any() const { return !m_pairs.empty(); }
    /// The features that share ground with one; ascending.
    template <typename Visit>
    void for_each_with(Member member, Visit&& visit) const {
        for (auto pair = std::ranges::lower_bound(m_pairs, std::pair(member, Member{}));
             pair != m_pairs.end() && pair->first == member; ++pair) {
            visit(pair->second);
        }
    }

private:
    struct Side {
        std::uint32_t layer;
        std::span<const std::uint32_t> features;
    };
    void add(const CellJoinResult& joined, const Side& left, const Side& right) {
        joined.for_each([&](const CellPair& pair) {
            const Member a{left.layer, left.features[pair.left]};
            const Member b{right.layer, right.features[pair.right]};
            m_pairs.emplace_back(a, b);
            m_pairs.emplace_back(b, a);
        });
    }

    std::vector<std::pair<Member, Member>> m_pairs;
};

/// Groups of things that hang together.
class Groups {
public:
    explicit Groups(std::size_t count) : m_parent(count) {
        std::iota(m_parent.begin(), m_parent.end(), std::size_t{0});
    }
    std::size_t root(std::size_t i) {
        while (m_parent[i] != i) {
            i = m_parent[i] = m_parent[m_parent[i]];
        }
        return i;
    }
    void unite(std::size_t a, std::size_t b) { m_parent[std::max(root(a), root(b))] = std::min(root(a), root(b)); }

private:
    std::vector<std::size_t> m_parent;
};

/// The pieces, and the features they come from.
class Ground {
public:
    Ground(const PackedLayer& left, const std::vector<PairsOfLayer>& layers) : m_lefts{&left} {
        for (std::uint32_t layer = 0; layer < layers.size(); ++layer) {
            m_rights.push_back(layers[layer].right);
            const OverlapResult& result = *layers[layer].result;
            note_covered(left, result.totals);
            for (std::size_t i = 0; i < result.pairs.size(); ++i) {
                if (model::ground_m2(result.pairs[i]) > 0.0) {
                    const PairMembers& members = result.members[i];
                    m_pieces.push_back({{0, left.id_rank(members.left)},
                                        {layer, layers[layer].right->id_rank(members.right)},
                                        model::ground_m2(result.pairs[i])});
                }
            }
        }
    }

    [[nodiscard]] OverlapTotals totals() {
        const Overlapping lefts(m_lefts, members(&Piece::left, [](const Piece&) { return true; }));
        // Which right features share ground is asked only where no layer covers the left feature by itself.
        const Overlapping rights(m_rights, members(&Piece::right, [&](const Piece& piece) {
                                     return lefts.any() || !m_covered.contains(piece.left.rank);
                                 }));
        OverlapTotals totals;
        std::ranges::sort(m_pieces, {}, [](const Piece& p) { return std::tuple(p.left, p.right); });
        double over_lefts_m2 = 0.0;
        for_each_run(&Piece::left, [&](std::span<const Piece> pieces) {
            LeftTotal total{m_lefts[0]->id(pieces.front().left.feature(m_lefts)), sum(pieces), 0.0};
            const double whole_m2 = area_of(m_lefts, pieces.front().left);
            total.union_m2 = m_covered.contains(pieces.front().left.rank)
                                 ? whole_m2
                                 : union_of(pieces, &Piece::right, whole_m2, rights);
            totals.sum_m2 += total.sum_m2;
            over_lefts_m2 += total.union_m2;
            totals.per_left.push_back(std::move(total));
        });
        totals.union_m2 = lefts.any() ? union_of_all(lefts, rights, over_lefts_m2) : over_lefts_m2;
        std::ranges::sort(totals.per_left, {}, &LeftTotal::left);
        return totals;
    }

private:
    using Side = Member Piece::*;

    /// Left features that one layer by itself covers, as its own totals tell.
    void note_covered(const PackedLayer& left, const OverlapTotals& totals) {
        constexpr double rounding_share = 1e-9;
        for (const LeftTotal& total : totals.per_left) {
            const auto feature = left.find(total.left);
            if (feature && total.union_m2 >= left.working_areas_m2()[*feature] * (1.0 - rounding_share)) {
                m_covered.insert(left.id_rank(*feature));
            }
        }
    }

    template <typename Wanted>
    [[nodiscard]] std::vector<Member> members(Side side, Wanted&& wanted) const {
        std::vector<Member> all;
        all.reserve(m_pieces.size());
        for (const Piece& piece : m_pieces) {
            if (wanted(piece)) {
                all.push_back(piece.*side);
            }
        }
        std::ranges::sort(all);
        all.erase(std::unique(all.begin(), all.end()), all.end());
        return all;
    }

    /// Calls visit() for the pieces of each feature of a side; the pieces are sorted by that side.
    template <typename Visit>
    void for_each_run(Side side, Visit&& visit) const {
        const std::span<const Piece> pieces = m_pieces;
        for (std::size_t first = 0; first < pieces.size();) {
            std::size_t end = first + 1;
            while (end < pieces.size() && pieces[end].*side == pieces[first].*side) {
                ++end;
            }
            visit(pieces.subspan(first, end - first));
            first = end;
        }
    }

    static double sum(std::span<const Piece> pieces) {
        double total = 0.0;
        for (const Piece& piece : pieces) {
            total += piece.area_m2;
        }
        return total;
    }

    static double area_of(std::span<const PackedLayer* const> layers, Member member) {
        return layers[member.layer]->working_areas_m2()[member.feature(layers)];
    }

    /// Union of the pieces of one feature of area `whole_m2`; `others` names the side on which they differ, by which
    /// they are sorted.
    [[nodiscard]] double union_of(std::span<const Piece> pieces, Side others, double whole_m2,
                                  const Overlapping& overlapping) const {
        constexpr double rounding_share = 1e-12;
        for (const Piece& piece : pieces) {
            if (pieces.size() > 1 && piece.area_m2 >= whole_m2 * (1.0 - rounding_share)) {
                return piece.area_m2;
            }
        }
        if (pieces.size() == 1 || !overlapping.any()) {
            return sum(pieces);
        }
        Groups groups(pieces.size());
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            overlapping.for_each_with(pieces[i].*others, [&](Member other) {
                const auto found = std::ranges::lower_bound(pieces, other, {}, others);
                if (found != pieces.end() && (*found).*others == other) {
                    groups.unite(i, static_cast<std::size_t>(found - pieces.begin()));
                }
            });
        }
        return union_of_groups(pieces, groups);
    }

    [[nodiscard]] double union_of_groups(std::span<const Piece> pieces, Groups& groups) const {
        std::vector<std::pair<std::size_t, std::size_t>> order;  // group, piece
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            order.emplace_back(groups.root(i), i);
        }
        std::ranges::sort(order);
        double total = 0.0;
        for (std::size_t first = 0; first < order.size();) {
            std::vector<Piece> group;
            const std::size_t root = order[first].first;
            for (; first < order.size() && order[first].first == root; ++first) {
                group.push_back(pieces[order[first].second]);
            }
            total += group.size() == 1 ? group.front().area_m2 : std::min(sum(group), united_area(group));
        }
        return total;
    }

    /// Some lefts share ground: summed over the right features where those do not, else by groups of left features.
    [[nodiscard]] double union_of_all(const Overlapping& lefts, const Overlapping& rights, double over_lefts_m2) {
        double total = 0.0;
        if (!rights.any()) {
            std::ranges::sort(m_pieces, {}, [](const Piece& p) { return std::tuple(p.right, p.left); });
            for_each_run(&Piece::right, [&](std::span<const Piece> pieces) {
                total += union_of(pieces, &Piece::left, area_of(m_rights, pieces.front().right), lefts);
            });
            return std::min(total, over_lefts_m2);
        }
        Groups groups(m_pieces.size());
        for (std::size_t i = 0; i < m_pieces.size(); ++i) {
            const auto unite_with = [&](Member left) {
                const auto found = std::ranges::lower_bound(m_pieces, left, {}, &Piece::left);
                if (found != m_pieces.end() && found->left == left) {
                    groups.unite(i, static_cast<std::size_t>(found - m_pieces.begin()));
                }
            };
            unite_with(m_pieces[i].left);
            lefts.for_each_with(m_pieces[i].left, unite_with);
        }
        return std::min(over_lefts_m2, union_of_groups(m_pieces, groups));
    }

    [[nodiscard]] double united_area(std::span<const Piece> pieces) const {
        std::vector<Geometry> geometries;
        for (const Piece& piece : pieces) {
            auto common = topology::intersection(m_lefts[piece.left.layer]->working(piece.left.feature(m_lefts)),
                                                 m_rights[piece.right.layer]->working(piece.right.feature(m_rights)));
            if (common.ok() && common.value().has_value()) {
                geometries.push_back(std::move(*common.value()));
            }
        }
        if (geometries.empty()) {
            return 0.0;
        }
        const auto whole = topology::unary_union(geometries);
        return whole.ok() && whole.value().has_value() ? algorithm::area(*whole.value()) : sum(pieces);
    }

    std::vector<const PackedLayer*> m_lefts;
    std::vector<const PackedLayer*> m_rights;
    std::vector<Piece> m_pieces;
    std::unordered_set<std::uint32_t> m_covered;
};

}  // namespace

OverlapTotals total_of(const PackedLayer& left, const std::vector<PairsOfLayer>& layers) {
    return Ground(left, layers).totals();
}

}  // namespace ranh::overlay
