#include "spatial/operations/overlay/union_totals.hpp"

#include "spatial/algorithm/area.hpp"
#include "spatial/algorithm/cell_join.hpp"
#include "spatial/algorithm/cell_union.hpp"
#include "spatial/algorithm/flat_polygons.hpp"
#include "spatial/algorithm/merged_outline.hpp"
#include "spatial/operations/overlay/candidates.hpp"
#include "spatial/operations/overlay/repaired_areas.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <span>
#include <tuple>
#include <unordered_set>

namespace ranh::overlay {
namespace {

using algorithm::FlatPolygons;
using algorithm::PolygonsView;
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

/// The layers of one side, with repaired copies of their areas that cross themselves.
class Layers {
public:
    explicit Layers(std::vector<const PackedLayer*> layers) : m_layers(std::move(layers)) {
        for (const PackedLayer* layer : m_layers) {
            m_repaired.push_back(std::make_unique<const RepairedAreas>(*layer));
        }
    }
    // NOLINTNEXTLINE(google-explicit-constructor): layers may stand wherever they are only looked at
    operator std::span<const PackedLayer* const>() const { return m_layers; }
    [[nodiscard]] std::size_t size() const { return m_layers.size(); }
    [[nodiscard]] const PackedLayer& operator[](std::size_t i) const { return *m_layers[i]; }

    /// Null where the feature does not cross itself, or nothing of it is left.
    [[nodiscard]] const RepairedAreas::Repaired* repaired(Member member) const {
        const std::uint32_t i = member.feature(m_layers);
        return m_layers[member.layer]->crosses_itself(i) ? m_repaired[member.layer]->of(Plane::working, i) : nullptr;
    }

private:
    std::vector<const PackedLayer*> m_layers;
    std::vector<std::unique_ptr<const RepairedAreas>> m_repaired;
};

/// Adds features to others in flat arrays of their own, so that a join sees no others; repaired where they cross
/// themselves, for a union counts ground.
void gather(const Layers& layers, std::span<const Member> members, FlatPolygons& gathered) {
    for (const Member& member : members) {
        if (const RepairedAreas::Repaired* area = layers.repaired(member)) {
            gathered.add(area->geometry, area->outline.box(), area->area_m2);
            continue;
        }
        const PolygonsView all = polygons_of(layers[member.layer]);
        const std::uint32_t i = member.feature(layers);
        gathered.add(all.feature(i), all.boxes[i], all.areas_m2[i]);
    }
}

geom::Box extent_of(std::span<const geom::Box> boxes) {
    geom::Box extent = boxes.front();
    for (const geom::Box& box : boxes) {
        extent = geom::united(extent, box);
    }
    return extent;
}

/// Those of one layer; `members` ascending.
std::span<const Member> of_layer(std::span<const Member> members, std::uint32_t layer) {
    const auto begin = std::ranges::lower_bound(members, layer, {}, &Member::layer);
    const auto end = std::ranges::upper_bound(members, layer, {}, &Member::layer);
    return members.subspan(static_cast<std::size_t>(begin - members.begin()), static_cast<std::size_t>(end - begin));
}

/// Which features of one side share ground with each other; shares below 1e-6 m² do not make a union worth building.
/// Features of one layer by what the layer knows of itself, those of different layers by a join.
class Overlapping {
public:
    enum class Between { joined, apart };
    /// `members` ascending, each once. Apart: features of different layers are not asked about.
    Overlapping(const Layers& layers, std::span<const Member> members, const CancelToken* cancel,
                Between between = Between::joined)
        : m_layers(layers), m_cancel(cancel) {
        for (const Member& member : members) {
            m_any = m_any || !layers[member.layer].sharing_ground(member.feature(layers)).empty();
        }
        for (const Member& member : members) {
            if (layers[member.layer].crosses_itself(member.feature(layers))) {
                add_sharing(member, members);
            }
        }
        if (layers.size() > 1 && between == Between::joined) {
            join_layers(members);
        }
        std::ranges::sort(m_pairs);
        m_pairs.erase(std::unique(m_pairs.begin(), m_pairs.end()), m_pairs.end());
    }

    [[nodiscard]] bool any() const { return m_any || !m_pairs.empty(); }
    /// The features that share ground with one.
    template <typename Visit>
    void for_each_with(Member member, Visit&& visit) const {
        const PackedLayer& layer = m_layers[member.layer];
        for (const std::uint32_t other : layer.sharing_ground(member.feature(m_layers))) {
            visit(Member{member.layer, layer.id_rank(other)});
        }
        for (auto pair = std::ranges::lower_bound(m_pairs, std::pair(member, Member{}));
             pair != m_pairs.end() && pair->first == member; ++pair) {
            visit(pair->second);
        }
    }

private:
    /// Ground that is wound around both ways weighs nothing in a layer's knowledge of itself: the repaired copy of a
    /// feature that crosses itself is measured against those whose boxes meet it.
    void add_sharing(Member crossing, std::span<const Member> members) {
        if (m_cancel != nullptr) {
            m_cancel->check();
        }
        const RepairedAreas::Repaired* ground = m_layers.repaired(crossing);
        if (ground == nullptr) {
            return;
        }
        const double rounding_m2 = 1e-6 + 1e-9 * algorithm::length(ground->geometry);
        for (std::uint32_t i = 0; i < m_layers.size(); ++i) {
            const PairOutlines outlines(m_layers[i], {}, 1);
            std::vector<std::uint32_t> hits;
            m_layers[i].working_tree().search(ground->outline.box(), hits);
            for (const std::uint32_t hit : hits) {
                const Member other{i, m_layers[i].id_rank(hit)};
                if (other != crossing && std::ranges::binary_search(members, other) &&
                    common_m2(*ground, other, outlines) > rounding_m2) {
                    m_pairs.emplace_back(crossing, other);
                    m_pairs.emplace_back(other, crossing);
                }
            }
        }
    }

    [[nodiscard]] double common_m2(const RepairedAreas::Repaired& ground, Member other,
                                   const PairOutlines& outlines) const {
        const RepairedAreas::Repaired* other_ground = m_layers.repaired(other);
        const std::uint32_t feature = other.feature(m_layers);
        const geom::Box& a = ground.outline.box();
        const geom::Box b =
            other_ground != nullptr ? other_ground->outline.box() : m_layers[other.layer].working_box(feature);
        const geom::Box common{{std::max(a.min.x, b.min.x), std::max(a.min.y, b.min.y)},
                               {std::min(a.max.x, b.max.x), std::min(a.max.y, b.max.y)}};
        const auto near = [&](const algorithm::OutlineIndex& outline) {
            return outline.near(outline.reach_of(common));
        };
        const algorithm::NearOutline one = near(ground.outline);
        const algorithm::NearOutline two =
            other_ground != nullptr ? near(other_ground->outline) : outlines.near(Plane::working, feature, common);
        return algorithm::overlap_area({one.rings, one.turns}, {two.rings, two.turns}, common);
    }

    void join_layers(std::span<const Member> members) {
        std::vector<std::span<const Member>> features;
        std::vector<FlatPolygons> gathered;
        for (std::uint32_t i = 0; i < m_layers.size(); ++i) {
            features.push_back(of_layer(members, i));
            gather(m_layers, features.back(), gathered.emplace_back());
        }
        for (std::uint32_t i = 0; i < m_layers.size(); ++i) {
            for (std::uint32_t k = i + 1; k < m_layers.size(); ++k) {
                if (!features[i].empty() && !features[k].empty()) {
                    const auto lattice = finer_of(algorithm::CellLattice(m_layers[i].lattice_level()),
                                                  algorithm::CellLattice(m_layers[k].lattice_level()));
                    const auto joined =
                        algorithm::join_cells(gathered[i].view(), gathered[k].view(), lattice, {.cancel = m_cancel});
                    joined.for_each([&](const algorithm::CellPair& pair) {
                        m_pairs.emplace_back(features[i][pair.left], features[k][pair.right]);
                        m_pairs.emplace_back(features[k][pair.right], features[i][pair.left]);
                    });
                }
            }
        }
    }

    const Layers& m_layers;
    const CancelToken* m_cancel;
    bool m_any = false;
    std::vector<std::pair<Member, Member>> m_pairs;  // of different layers, or with one that crosses itself
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

bool covers(const LeftTotal& total, const PackedLayer& left, std::size_t feature) {
    constexpr double rounding_share = 1e-9;
    return total.union_m2 >= left.working_areas_m2()[feature] * (1.0 - rounding_share);
}

/// Where every left feature that meets anything lies apart from the other left features and is covered by one layer by
/// itself, the totals of the layers say all; else nothing.
std::optional<OverlapTotals> totals_where_covered(const PackedLayer& left, const std::vector<PairsOfLayer>& layers) {
    std::map<std::uint32_t, LeftTotal> by_rank;
    for (const PairsOfLayer& layer : layers) {
        for (const LeftTotal& of_layer : layer.result->totals.per_left) {
            const auto feature = left.find(of_layer.left);
            if (!feature || !left.sharing_ground(*feature).empty() || left.crosses_itself(*feature)) {
                return std::nullopt;
            }
            LeftTotal& total = by_rank[left.id_rank(*feature)];
            total.left = of_layer.left;
            total.sum_m2 += of_layer.sum_m2;
            total.union_m2 = std::max(total.union_m2, covers(of_layer, left, *feature) ? of_layer.union_m2 : 0.0);
        }
    }
    OverlapTotals totals;
    for (auto& [rank, total] : by_rank) {
        if (total.union_m2 == 0.0) {
            return std::nullopt;
        }
        total.union_m2 = left.working_areas_m2()[left.by_id()[rank]];
        totals.sum_m2 += total.sum_m2;
        totals.union_m2 += total.union_m2;
        totals.per_left.push_back(std::move(total));
    }
    return totals.per_left.empty() ? std::nullopt : std::optional(std::move(totals));
}

/// The pieces, and the features they come from.
class Ground {
public:
    Ground(const PackedLayer& left, const std::vector<PairsOfLayer>& layers, const CancelToken* cancel)
        : m_lefts({&left}), m_rights(right_layers(layers)), m_cancel(cancel) {
        for (std::uint32_t layer = 0; layer < layers.size(); ++layer) {
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
        const Overlapping lefts(m_lefts, members_of(m_pieces, &Piece::left), m_cancel);
        // Features of different layers nearly always share ground; where lefts do not, each of them is counted by
        // itself.
        const bool left_by_left = m_rights.size() > 1 && !lefts.any();
        // Which right features share ground is asked only where no layer covers the left feature by itself.
        const Overlapping rights(
            m_rights,
            members_of(m_pieces, &Piece::right,
                       [&](const Piece& piece) { return lefts.any() || !m_covered.contains(piece.left.rank); }),
            m_cancel, left_by_left ? Overlapping::Between::apart : Overlapping::Between::joined);
        OverlapTotals totals;
        sort_pieces([](const Piece& p) { return std::tuple(p.left, p.right); });
        double over_lefts_m2 = 0.0;
        for_each_run(&Piece::left, [&](std::span<const Piece> pieces) {
            LeftTotal total{m_lefts[0].id(pieces.front().left.feature(m_lefts)), sum(pieces), 0.0};
            const double whole_m2 = area_of(m_lefts, pieces.front().left);
            if (m_covered.contains(pieces.front().left.rank)) {
                total.union_m2 = whole_m2;
            } else if (left_by_left && pieces.front().right.layer != pieces.back().right.layer) {
                total.union_m2 = std::min(total.sum_m2, united_area(pieces));
            } else {
                total.union_m2 = union_of(pieces, &Piece::right, whole_m2, rights);
            }
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

    static std::vector<const PackedLayer*> right_layers(const std::vector<PairsOfLayer>& layers) {
        std::vector<const PackedLayer*> rights;
        for (const PairsOfLayer& layer : layers) {
            rights.push_back(layer.right);
        }
        return rights;
    }

    /// Left features that one layer by itself covers, as its own totals tell.
    void note_covered(const PackedLayer& left, const OverlapTotals& totals) {
        for (const LeftTotal& total : totals.per_left) {
            const auto feature = left.find(total.left);
            if (feature && !left.crosses_itself(*feature) && covers(total, left, *feature)) {
                m_covered.insert(left.id_rank(*feature));
            }
        }
    }

    template <typename Wanted = decltype([](const Piece&) { return true; })>
    [[nodiscard]] static std::vector<Member> members_of(std::span<const Piece> pieces, Side side,
                                                        Wanted&& wanted = {}) {
        std::vector<Member> all;
        all.reserve(pieces.size());
        for (const Piece& piece : pieces) {
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
            if (m_cancel != nullptr) {
                m_cancel->check();
            }
            std::size_t end = first + 1;
            while (end < pieces.size() && pieces[end].*side == pieces[first].*side) {
                ++end;
            }
            visit(pieces.subspan(first, end - first));
            first = end;
        }
    }

    /// The pairs of one layer come in the order of ids.
    template <typename Order>
    void sort_pieces(Order&& order) {
        if (!std::ranges::is_sorted(m_pieces, {}, order)) {
            std::ranges::sort(m_pieces, {}, order);
        }
    }

    static double sum(std::span<const Piece> pieces) {
        double total = 0.0;
        for (const Piece& piece : pieces) {
            total += piece.area_m2;
        }
        return total;
    }

    /// Greater than any part of it where the feature crosses itself: what it winds around is not what it covers.
    static double area_of(std::span<const PackedLayer* const> layers, Member member) {
        const PackedLayer& layer = *layers[member.layer];
        const std::uint32_t feature = member.feature(layers);
        return layer.crosses_itself(feature) ? std::numeric_limits<double>::infinity()
                                             : layer.working_areas_m2()[feature];
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
            sort_pieces([](const Piece& p) { return std::tuple(p.right, p.left); });
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

    /// Each place once, by cells.
    [[nodiscard]] double united_area(std::span<const Piece> pieces) const {
        const std::vector<Member> lefts = members_of(pieces, &Piece::left);
        const std::vector<Member> rights = members_of(pieces, &Piece::right);
        FlatPolygons gathered;
        gather(m_lefts, lefts, gathered);
        if (pieces.size() == lefts.size() * rights.size()) {
            add_merged(gathered, rights);
            return ground_of(gathered, lefts.size());
        }
        gather(m_rights, rights, gathered);
        const auto place = [](const std::vector<Member>& members, Member member) {
            return static_cast<std::uint32_t>(std::ranges::lower_bound(members, member) - members.begin());
        };
        const auto left_count = static_cast<std::uint32_t>(lefts.size());
        std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
        for (const Piece& piece : pieces) {
            pairs.emplace_back(place(lefts, piece.left), left_count + place(rights, piece.right));
        }
        std::ranges::sort(pairs);
        return ground_of(gathered, lefts.size(), [&](std::uint32_t left, std::uint32_t right) {
            return std::ranges::binary_search(pairs, std::pair(left, right));
        });
    }

    /// The features of each layer as one area near those gathered so far, for those of a cadastre cancel to little more
    /// than an outline; rings that cross themselves stay apart, for they may wind the other way.
    void add_merged(FlatPolygons& gathered, const std::vector<Member>& rights) const {
        const geom::Box region = extent_of(gathered.view().boxes);
        for (std::uint32_t k = 0; k < m_rights.size(); ++k) {
            std::vector<std::uint32_t> features;
            for (const Member& member : of_layer(rights, k)) {
                const std::uint32_t feature = member.feature(m_rights);
                if (m_rights[k].crosses_itself(feature)) {
                    gather(m_rights, std::span(&member, 1), gathered);
                } else {
                    features.push_back(feature);
                }
            }
            std::ranges::sort(features);  // as they stand in memory
            const geom::Geometry merged = algorithm::merged_outline(polygons_of(m_rights[k]), features, region);
            if (const auto box = merged.box()) {
                gathered.add(merged, *box, 0.0);
            }
        }
    }

    [[nodiscard]] double ground_of(const FlatPolygons& gathered, std::size_t lefts,
                                   const std::function<bool(std::uint32_t, std::uint32_t)>& is_pair = {}) const {
        const PolygonsView view = gathered.view();
        const geom::Box extent = extent_of(view.boxes.first(lefts));
        const algorithm::CellLattice lattice = algorithm::coarse_enough(
            finest_lattice(), [&](const algorithm::CellLattice& cells) { return cells.window_of(extent); });
        const algorithm::CellIndex index(view, algorithm::CellIndex::Features::all, {}, lattice,
                                         lattice.window_of(extent), 1, m_cancel);
        return algorithm::to_square_metres(
            algorithm::ground_once(index, static_cast<std::uint32_t>(lefts), is_pair, m_cancel));
    }

    [[nodiscard]] algorithm::CellLattice finest_lattice() const {
        algorithm::CellLattice lattice(m_lefts[0].lattice_level());
        for (const PackedLayer* right : std::span<const PackedLayer* const>(m_rights)) {
            lattice = finer_of(lattice, algorithm::CellLattice(right->lattice_level()));
        }
        return lattice;
    }

    Layers m_lefts;
    Layers m_rights;
    std::vector<Piece> m_pieces;
    std::unordered_set<std::uint32_t> m_covered;
    const CancelToken* m_cancel;
};

}  // namespace

OverlapTotals total_of(const PackedLayer& left, const std::vector<PairsOfLayer>& layers, const CancelToken* cancel) {
    auto totals = layers.size() > 1 ? totals_where_covered(left, layers) : std::nullopt;
    return totals ? *std::move(totals) : Ground(left, layers, cancel).totals();
}

}  // namespace ranh::overlay
