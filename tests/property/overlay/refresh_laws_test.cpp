// After any edits the refreshed pairs are those of a run from the start, bit for bit.
#include "spatial/operations/overlay/refresh.hpp"
#include "tests/support/packed_layers.hpp"
#include "tests/support/random_polygons.hpp"
#include "tests/support/wkt.hpp"

#include <gtest/gtest.h>

#include <map>

namespace ranh::overlay {
namespace {

using test::Random;

/// Features by id, as WKT.
using Drawing = std::map<std::string, std::string>;

std::string random_form(Random& random) {
    if (random.chance(0.05)) {
        return "";
    }
    const int x = random.integer(0, 800);
    const int y = random.integer(0, 800);
    if (random.chance(0.05)) {
        return "POINT(" + std::to_string(x) + " " + std::to_string(y) + ")";
    }
    if (random.chance(0.4)) {
        return test::to_text(test::rectangle(x, y, x + 50 * random.integer(1, 4), y + 50 * random.integer(1, 4)));
    }
    return test::to_text(test::random_star(random, {.centre = {static_cast<double>(x), static_cast<double>(y)},
                                                    .radius = random.real(20, 200),
                                                    .vertices = random.integer(5, 150),
                                                    .hole = random.chance(0.2)}));
}

Drawing random_drawing(Random& random, int count) {
    Drawing drawing;
    for (int i = 0; i < count; ++i) {
        drawing["F" + std::to_string(i)] = random_form(random);
    }
    return drawing;
}

/// Some features moved, removed and added.
Drawing edited(Random& random, Drawing drawing, int edits) {
    for (int i = 0; i < edits; ++i) {
        const std::string id = "F" + std::to_string(random.integer(0, 45));
        if (random.chance(0.3)) {
            drawing.erase(id);
        } else {
            drawing[id] = random_form(random);
        }
    }
    return drawing;
}

std::shared_ptr<const snapshot::PackedLayer> packed(const Drawing& drawing, const std::string& id, std::int64_t version,
                                                    int epsg = 5899) {
    test::DrawnLayer layer{.id = id, .features = {}, .epsg = epsg, .version = version};
    for (const auto& [feature, wkt] : drawing) {
        // The name tells where it was drawn: it changes with the form.
        layer.features.push_back({.id = feature, .wkt = wkt, .name = wkt.size() % 2 == 0 ? "farm" : "mine"});
    }
    return test::packed(layer);
}

void expect_same(const OverlapResult& a, const OverlapResult& b) {
    ASSERT_EQ(a.pairs.size(), b.pairs.size());
    for (std::size_t i = 0; i < a.pairs.size(); ++i) {
        const model::Pair& p = a.pairs[i];
        const model::Pair& q = b.pairs[i];
        const std::string name = p.left.feature.text() + " x " + p.right.feature.text();
        ASSERT_EQ(p.left, q.left) << name;
        ASSERT_EQ(p.right, q.right) << name;
        ASSERT_EQ(p.relation, q.relation) << name;
        ASSERT_EQ(p.size_class, q.size_class) << name;
        ASSERT_EQ(p.area_m2, q.area_m2) << name;
        ASSERT_EQ(p.area_planar_m2, q.area_planar_m2) << name;
        ASSERT_EQ(p.width_m, q.width_m) << name;
        ASSERT_EQ(p.thinness, q.thinness) << name;
        ASSERT_EQ(p.distance_m, q.distance_m) << name;
        ASSERT_EQ(p.invalid_input, q.invalid_input) << name;
        ASSERT_EQ(a.members[i].left, b.members[i].left) << name;
        ASSERT_EQ(a.members[i].right, b.members[i].right) << name;
    }
    EXPECT_EQ(a.totals.sum_m2, b.totals.sum_m2);
    EXPECT_EQ(a.totals.union_m2, b.totals.union_m2);
}

/// The pairs that one of the features named makes; no totals.
OverlapResult of_features(const OverlapResult& whole, const std::vector<std::uint32_t>& lefts,
                          const std::vector<std::uint32_t>& rights) {
    OverlapResult some;
    for (std::size_t i = 0; i < whole.pairs.size(); ++i) {
        if (std::ranges::binary_search(lefts, whole.members[i].left) ||
            std::ranges::binary_search(rights, whole.members[i].right)) {
            some.pairs.push_back(whole.pairs[i]);
            some.members.push_back(whole.members[i]);
        }
    }
    return some;
}

OverlapOptions random_options(Random& random) {
    switch (random.integer(0, 4)) {
        case 4: return {.left_equals = {{"name", "farm"}}, .right_equals = {{"name", "farm"}}};
        case 0: return {.min_area = SquareMetres(100.0)};
        case 1: return {.min_share = 0.1};
        case 2: return {.near = Metres(60.0)};
        default: return {};
    }
}

TEST(RefreshLaws, TwoLayersComeOutAsFromTheStart) {
    SCOPED_TRACE(test::seed_note());
    Random random;
    for (std::size_t round = 0; round < test::rounds(25, 1000); ++round) {
        const int epsg = random.chance(0.3) ? 9218 : 5899;
        const Drawing left = random_drawing(random, 40);
        const Drawing right = random_drawing(random, 40);
        const OverlapOptions options = random_options(random);
        const auto left_before = packed(left, "left", 1);
        const auto right_before = packed(right, "right", 1, epsg);
        const auto left_after = packed(edited(random, left, random.integer(0, 4)), "left", 2);
        const auto right_after = packed(edited(random, right, random.integer(0, 4)), "right", 2, epsg);
        const LayerChange left_change = changes_between(*left_before, *left_after);
        const LayerChange right_change = changes_between(*right_before, *right_after);
        const auto previous = find_overlaps(*left_before, *right_before, options);
        const auto refreshed = refresh_overlaps(previous, {*left_before, *left_after, left_change},
                                                {*right_before, *right_after, right_change}, options);
        const OverlapResult whole = find_overlaps(*left_after, *right_after, options);
        ASSERT_NO_FATAL_FAILURE(expect_same(refreshed, whole));
        ASSERT_NO_FATAL_FAILURE(
            expect_same(overlaps_of(*left_after, left_change.made, *right_after, right_change.made, options),
                        of_features(whole, left_change.made, right_change.made)));
    }
}

TEST(RefreshLaws, ALayerWithItselfComesOutAsFromTheStart) {
    SCOPED_TRACE(test::seed_note());
    Random random;
    for (std::size_t round = 0; round < test::rounds(25, 1000); ++round) {
        const Drawing drawing = random_drawing(random, 40);
        const OverlapOptions options = random_options(random);
        const auto before = packed(drawing, "left", 1);
        const auto after = packed(edited(random, drawing, random.integer(0, 6)), "left", 2);
        const LayerChange change = changes_between(*before, *after);
        const auto refreshed = refresh_overlaps(find_overlaps(*before, *before, options), {*before, *after, change},
                                                {*before, *after, change}, options);
        ASSERT_NO_FATAL_FAILURE(expect_same(refreshed, find_overlaps(*after, *after, options)));
    }
}

TEST(ChangesBetween, NameWhatIsNewMovedAndGone) {
    const Drawing before{{"A", "POINT(1 1)"}, {"B", "POINT(2 2)"}, {"C", ""}, {"D", "POINT(4 4)"}};
    const Drawing after{{"A", "POINT(1 1)"}, {"B", "POINT(2 3)"}, {"C", "POINT(3 3)"}, {"E", "POINT(5 5)"}};
    const LayerChange change = changes_between(*packed(before, "left", 1), *packed(after, "left", 2));
    EXPECT_EQ(change.gone, (std::vector<std::uint32_t>{1, 2, 3}));
    EXPECT_EQ(change.made, (std::vector<std::uint32_t>{1, 2, 3}));
    EXPECT_TRUE(changes_between(*packed(before, "left", 1), *packed(before, "left", 2)).empty());
}

}  // namespace
}  // namespace ranh::overlay
