#include "spatial/operations/overlay/refresh.hpp"

#include "spatial/operations/overlay/found_pairs.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <span>

namespace ranh::overlay {
namespace {

using snapshot::PackedLayer;

constexpr std::uint32_t nowhere = std::numeric_limits<std::uint32_t>::max();

bool same_form(const geom::GeometryView& a, const geom::GeometryView& b) {
    return a.type == b.type && std::ranges::equal(a.points, b.points) && std::ranges::equal(a.path_ends, b.path_ends) &&
           std::ranges::equal(a.part_ends, b.part_ends);
}

bool as_it_was(const PackedLayer& before, std::uint32_t i, const PackedLayer& after, std::uint32_t k) {
    return before.has_geometry(i) == after.has_geometry(k) &&
           (!before.has_geometry(i) ||
            (before.source_crs(i) == after.source_crs(k) && same_form(before.source(i), after.source(k))));
}

/// Calls visit(i, k) for the features of two versions in the order of their ids; `nowhere` stands for none.
template <typename Visit>
void for_each_id(const PackedLayer& before, const PackedLayer& after, Visit&& visit) {
    const std::span<const std::uint32_t> old = before.by_id();
    const std::span<const std::uint32_t> now = after.by_id();
    std::size_t i = 0;
    std::size_t k = 0;
    while (i < old.size() || k < now.size()) {
        if (k == now.size() || (i < old.size() && before.id_text(old[i]) < after.id_text(now[k]))) {
            visit(old[i++], nowhere);
        } else if (i == old.size() || after.id_text(now[k]) < before.id_text(old[i])) {
            visit(nowhere, now[k++]);
        } else {
            visit(old[i++], now[k++]);
        }
    }
}

/// Where each feature of the version before stands in the version after, if it is as it was.
std::vector<std::uint32_t> places_after(const RefreshedSide& side) {
    std::vector<std::uint32_t> places(side.before.places(), nowhere);
    for_each_id(side.before, side.after, [&](std::uint32_t i, std::uint32_t k) {
        if (i != nowhere) {
            places[i] = k;
        }
    });
    for (const std::uint32_t i : side.change.gone) {
        places[i] = nowhere;
    }
    return places;
}

/// The pairs of features none of which has changed, with their new numbers.
FoundPairs kept_pairs(const OverlapResult& previous, const RefreshedSide& left, const RefreshedSide& right) {
    const std::vector<std::uint32_t> left_places = places_after(left);
    const std::vector<std::uint32_t> right_places = places_after(right);
    FoundPairs kept;
    for (std::size_t i = 0; i < previous.pairs.size(); ++i) {
        const PairMembers now{left_places[previous.members[i].left], right_places[previous.members[i].right]};
        if (now.left != nowhere && now.right != nowhere) {
            kept.members.push_back(now);
            kept.pairs.push_back(previous.pairs[i]);
            kept.pairs.back().left.version = left.after.version().number;
            kept.pairs.back().right.version = right.after.version().number;
        }
    }
    return kept;
}

/// Features of both sides that are new, or not as they were; ascending.
struct Made {
    std::span<const std::uint32_t> left;
    std::span<const std::uint32_t> right;
};

FoundPairs new_pairs(const PackedLayer& left, const PackedLayer& right, const Made& made, bool self,
                     const OverlapOptions& options) {
    const double reach_m = std::max(contact_m, options.near.value());
    const auto measured = [&](std::vector<std::uint32_t> lefts, std::vector<std::uint32_t> rights) {
        const Listed listed{features_where(left, options.left_equals, std::move(lefts)),
                            features_where(right, options.right_equals, std::move(rights))};
        const Candidates candidates = find_candidates(left, right, self, options, listed);
        return measure_candidates(left, right, candidates, options);
    };
    FoundPairs found;
    if (!made.left.empty()) {
        found =
            measured(std::vector(made.left.begin(), made.left.end()), features_around(right, left, made.left, reach_m));
    }
    if (!made.right.empty() && !self) {
        // What met a changed left feature has been found above.
        const auto around = features_around(left, right, made.right, reach_m);
        std::vector<std::uint32_t> unchanged;
        std::ranges::set_difference(around, made.left, std::back_inserter(unchanged));
        FoundPairs more = measured(std::move(unchanged), std::vector(made.right.begin(), made.right.end()));
        std::ranges::move(more.pairs, std::back_inserter(found.pairs));
        found.members.insert(found.members.end(), more.members.begin(), more.members.end());
    }
    return found;
}

/// All of both, in the order of the ids of their features.
FoundPairs merged(FoundPairs a, FoundPairs b, const PackedLayer& left, const PackedLayer& right) {
    std::vector<std::uint32_t> order(b.members.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) {
        order[i] = i;
    }
    const auto key = [&](const PairMembers& m) { return std::pair(left.id_rank(m.left), right.id_rank(m.right)); };
    std::ranges::sort(order, {}, [&](std::uint32_t i) { return key(b.members[i]); });
    // Pairs kept of a layer with itself may have changed sides, but never their order of ids.
    FoundPairs all;
    all.pairs.reserve(a.pairs.size() + b.pairs.size());
    all.members.reserve(a.pairs.size() + b.pairs.size());
    const auto take = [&](FoundPairs& from, std::size_t i) {
        all.pairs.push_back(std::move(from.pairs[i]));
        all.members.push_back(from.members[i]);
    };
    std::size_t i = 0;
    for (const std::uint32_t k : order) {
        for (; i < a.members.size() && key(a.members[i]) < key(b.members[k]); ++i) {
            take(a, i);
        }
        take(b, k);
    }
    for (; i < a.members.size(); ++i) {
        take(a, i);
    }
    return all;
}

}  // namespace

LayerChange changes_between(const PackedLayer& before, const PackedLayer& after) {
    LayerChange change;
    for_each_id(before, after, [&](std::uint32_t i, std::uint32_t k) {
        if (i != nowhere && k != nowhere && as_it_was(before, i, after, k)) {
            return;
        }
        if (i != nowhere) {
            change.gone.push_back(i);
        }
        if (k != nowhere) {
            change.made.push_back(k);
        }
    });
    std::ranges::sort(change.gone);
    std::ranges::sort(change.made);
    return change;
}

OverlapResult refresh_overlaps(const OverlapResult& previous, const RefreshedSide& left, const RefreshedSide& right,
                               const OverlapOptions& options) {
    require_one_plane(left.after, right.after);
    // A value that has changed lets features in or out that are as they were.
    if (previous.truncated || !options.left_equals.empty() || !options.right_equals.empty()) {
        return find_overlaps(left.after, right.after, options);
    }
    const bool self = is_self_join(left.after, right.after);
    FoundPairs made = new_pairs(left.after, right.after, {left.change.made, right.change.made}, self, options);
    FoundPairs found = merged(kept_pairs(previous, left, right), std::move(made), left.after, right.after);
    return result_of(left.after, right.after, std::move(found), options);
}

OverlapResult overlaps_of(const PackedLayer& left, std::span<const std::uint32_t> left_made, const PackedLayer& right,
                          std::span<const std::uint32_t> right_made, const OverlapOptions& options) {
    require_one_plane(left, right);
    FoundPairs found = new_pairs(left, right, {left_made, right_made}, is_self_join(left, right), options);
    found = merged({}, std::move(found), left, right);
    return {.pairs = std::move(found.pairs), .members = std::move(found.members), .totals = {}};
}

}  // namespace ranh::overlay
