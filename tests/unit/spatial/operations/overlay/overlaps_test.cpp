#include "spatial/operations/overlay/overlaps.hpp"

#include "tests/support/packed_layers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <numbers>

namespace ranh::overlay {
namespace {

using test::DrawnFeature;
using testing::ElementsAre;

/// A square of 100 m whose south-west corner is given.
std::string square(int x, int y) {
    const auto at = [](int east, int north) { return std::to_string(east) + " " + std::to_string(north); };
    return "POLYGON((" + at(x, y) + "," + at(x + 100, y) + "," + at(x + 100, y + 100) + "," + at(x, y + 100) + "," +
           at(x, y) + "))";
}

DrawnFeature feature(std::string id, std::string wkt) { return {.id = std::move(id), .wkt = std::move(wkt)}; }

/// "left>right relation" of each pair, in their order.
std::vector<std::string> names_of(const OverlapResult& result) {
    std::vector<std::string> names;
    for (const model::Pair& pair : result.pairs) {
        names.push_back(pair.left.feature.text() + ">" + pair.right.feature.text() + " " +
                        std::string(to_string(pair.relation)));
    }
    return names;
}

/// 20 × 20 squares, each overlapping its neighbours by `overlap` metres.
test::DrawnLayer grid(const std::string& id, int overlap, int side = 20) {
    test::DrawnLayer layer{.id = id, .features = {}};
    for (int row = 0; row < side; ++row) {
        for (int column = 0; column < side; ++column) {
            layer.features.push_back(
                feature(std::to_string(row * side + column), square(column * (100 - overlap), row * (100 - overlap))));
        }
    }
    return layer;
}

void expect_same(const OverlapResult& a, const OverlapResult& b) {
    ASSERT_EQ(a.pairs.size(), b.pairs.size());
    for (std::size_t i = 0; i < a.pairs.size(); ++i) {
        EXPECT_EQ(a.pairs[i].left, b.pairs[i].left);
        EXPECT_EQ(a.pairs[i].right, b.pairs[i].right);
        EXPECT_EQ(a.pairs[i].relation, b.pairs[i].relation);
        EXPECT_EQ(a.pairs[i].size_class, b.pairs[i].size_class);
        EXPECT_EQ(a.pairs[i].area_m2, b.pairs[i].area_m2);
        EXPECT_EQ(a.pairs[i].area_planar_m2, b.pairs[i].area_planar_m2);
        EXPECT_EQ(a.pairs[i].width_m, b.pairs[i].width_m);
    }
    EXPECT_EQ(a.totals.sum_m2, b.totals.sum_m2);
    EXPECT_EQ(a.totals.union_m2, b.totals.union_m2);
}

TEST(FindOverlaps, OrdersPairsByLeftThenRightId) {
    const auto left =
        test::packed({.id = "left", .features = {feature("B", square(50, 0)), feature("A", square(0, 0))}});
    const auto right =
        test::packed({.id = "right", .features = {feature("2", square(25, 0)), feature("1", square(60, 0))}});
    EXPECT_THAT(names_of(find_overlaps(*left, *right)),
                ElementsAre("A>1 crosses", "A>2 crosses", "B>1 crosses", "B>2 crosses"));
}

TEST(FindOverlaps, LeavesFeaturesWithoutGeometryOut) {
    const auto left = test::packed({.id = "left", .features = {feature("A", ""), feature("B", square(0, 0))}});
    const auto right = test::packed({.id = "right", .features = {feature("1", square(0, 0)), feature("2", "")}});
    EXPECT_THAT(names_of(find_overlaps(*left, *right)), ElementsAre("B>1 equals"));
}

TEST(FindOverlaps, GivesNothingForAnEmptyLayer) {
    const auto left = test::packed({.id = "left", .features = {}});
    const auto right = test::packed({.id = "right", .features = {feature("1", square(0, 0))}});
    EXPECT_TRUE(find_overlaps(*left, *right).pairs.empty());
    EXPECT_TRUE(find_overlaps(*right, *left).pairs.empty());
}

TEST(FindOverlaps, GivesEachPairOfALayerWithItselfOnce) {
    const auto layer = test::packed(
        {.id = "zones",
         .features = {feature("A", square(0, 0)), feature("B", square(50, 0)), feature("C", square(150, 0))}});
    EXPECT_THAT(names_of(find_overlaps(*layer, *layer)), ElementsAre("A>B crosses", "B>C touches"));
}

TEST(FindOverlaps, TakesAnotherVersionOfALayerAsAnotherLayer) {
    const auto first = test::packed({.id = "zones", .features = {feature("A", square(0, 0))}, .version = 1});
    const auto second = test::packed({.id = "zones", .features = {feature("A", square(0, 0))}, .version = 2});
    EXPECT_THAT(names_of(find_overlaps(*first, *second)), ElementsAre("A>A equals"));
}

TEST(FindOverlaps, GivesTheSameWithSidesExchanged) {
    const auto left = test::packed(grid("left", 0, 8));
    const auto right = test::packed(grid("right", 15, 8));
    const auto there = find_overlaps(*left, *right, {.near = Metres(5.0)});
    const auto back = find_overlaps(*right, *left, {.near = Metres(5.0)});
    ASSERT_EQ(there.pairs.size(), back.pairs.size());
    for (const model::Pair& pair : there.pairs) {
        const auto mirrored = std::find_if(back.pairs.begin(), back.pairs.end(), [&pair](const model::Pair& other) {
            return other.left.feature == pair.right.feature && other.right.feature == pair.left.feature;
        });
        ASSERT_NE(mirrored, back.pairs.end());
        EXPECT_EQ(mirrored->area_m2, pair.area_m2);
        EXPECT_EQ(mirrored->area_planar_m2, pair.area_planar_m2);
        EXPECT_EQ(mirrored->share_left, pair.share_right);
        EXPECT_EQ(mirrored->distance_m, pair.distance_m);
    }
    EXPECT_NEAR(there.totals.sum_m2, back.totals.sum_m2, 1e-9 * there.totals.sum_m2);
    EXPECT_NEAR(there.totals.union_m2, back.totals.union_m2, 1e-9 * there.totals.union_m2);
}

TEST(FindOverlaps, GivesTheSameForAnyNumberOfThreads) {
    const auto left = test::packed(grid("left", 7));
    const auto right = test::packed(grid("right", 20));
    const auto alone = find_overlaps(*left, *right, {.threads = 1});
    EXPECT_GT(alone.pairs.size(), 1000U);
    expect_same(alone, find_overlaps(*left, *right, {.threads = 2}));
    expect_same(alone, find_overlaps(*left, *right, {.threads = 7}));
}

TEST(FindOverlaps, GivesTheSameForAnyOrderOfTheInput) {
    test::DrawnLayer drawn = grid("left", 7, 8);
    const auto right = test::packed(grid("right", 20, 8));
    const auto forward = find_overlaps(*test::packed(drawn), *right);
    std::reverse(drawn.features.begin(), drawn.features.end());
    expect_same(forward, find_overlaps(*test::packed(drawn), *right));
}

TEST(FindOverlaps, SaysWhenThereAreMorePairsThanAllowed) {
    const auto left = test::packed(grid("left", 0, 3));
    const auto all = find_overlaps(*left, *test::packed(grid("right", 0, 3)));
    const auto some = find_overlaps(*left, *test::packed(grid("right", 0, 3)), {.most_pairs = 5});
    EXPECT_FALSE(all.truncated);
    EXPECT_TRUE(some.truncated);
    EXPECT_EQ(some.pairs.size(), 5U);
}

TEST(FindOverlaps, StopsWhenCancelled) {
    CancelToken cancel;
    cancel.stop();
    const auto layer = test::packed(grid("left", 0, 3));
    try {
        static_cast<void>(find_overlaps(*layer, *layer, {.cancel = &cancel}));
        FAIL() << "went on";
    } catch (const Failure& failure) {
        EXPECT_EQ(failure.error().kind, ErrorKind::cancelled);
    }
}

TEST(FindOverlaps, RefusesLayersOfTwoWorkingPlanes) {
    const auto here = test::packed({.id = "left", .features = {feature("A", square(0, 0))}});
    const auto there = test::packed({.id = "right", .features = {feature("A", square(0, 0))}},
                                    crs::WorkingPlane({.latitude_deg = 16.0, .longitude_deg = 107.9}));
    try {
        static_cast<void>(find_overlaps(*here, *there));
        FAIL() << "measured across two planes";
    } catch (const Failure& failure) {
        EXPECT_EQ(failure.error().kind, ErrorKind::invalid_argument);
        EXPECT_THAT(failure.what(), testing::HasSubstr("left@1"));
    }
}

TEST(FindOverlaps, TellsItsProgress) {
    std::atomic<std::uint64_t> most{0};
    std::atomic<std::uint64_t> all{0};
    const auto layer = test::packed(grid("left", 0, 8));
    OverlapOptions options;
    options.progress = [&](std::uint64_t done, std::uint64_t total) {
        EXPECT_LE(done, total);
        most = std::max(most.load(), done);
        all = total;
    };
    options.threads = 1;
    static_cast<void>(find_overlaps(*layer, *layer, options));
    EXPECT_GT(all, 1U);
    EXPECT_EQ(most, all);
}

TEST(SliverWidth, IsTheAccuracyOfTheDatumOperationWhereNothingFinerCounts) {
    const auto vn2000 = test::packed({.features = {}});
    const auto wgs84 = test::packed({.id = "right", .features = {}, .epsg = 4326, .corner = false});
    EXPECT_EQ(sliver_width(vn2000->version(), vn2000->version()), Metres(1.0));
    EXPECT_EQ(sliver_width(vn2000->version(), wgs84->version()), Metres(1.0));
    test::DrawnLayer surveyed{.features = {}};
    surveyed.description.provenance.accuracy_m = 0.05;
    EXPECT_EQ(sliver_width(test::packed(surveyed)->version(), test::packed(surveyed)->version()), Metres(1.0));
}

TEST(FindOverlaps, TakesOnlyFeaturesOfTheValuesAsked) {
    const auto named = [](std::string id, std::string wkt, std::string name) {
        return DrawnFeature{.id = std::move(id), .wkt = std::move(wkt), .name = std::move(name)};
    };
    const auto left = test::packed({.id = "left",
                                    .features = {named("A", square(0, 0), "mine"), named("B", square(50, 0), "farm"),
                                                 named("C", square(0, 50), "mine")}});
    const auto right =
        test::packed({.id = "right", .features = {named("1", square(20, 20), "wind"), named("2", square(30, 30), "")}});
    const auto pairs_of = [](const OverlapResult& result) {
        std::string text;
        for (const model::Pair& pair : result.pairs) {
            text += pair.left.feature.text() + "-" + pair.right.feature.text() + " ";
        }
        return text;
    };
    EXPECT_EQ(pairs_of(find_overlaps(*left, *right, {.left_equals = {{"name", "mine"}}})), "A-1 A-2 C-1 C-2 ");
    EXPECT_EQ(pairs_of(find_overlaps(*left, *right, {.right_equals = {{"name", "wind"}}})), "A-1 B-1 C-1 ");
    // In a layer with itself: pairs of a farm and a mine, whichever id comes first.
    EXPECT_EQ(
        pairs_of(find_overlaps(*left, *left, {.left_equals = {{"name", "farm"}}, .right_equals = {{"name", "mine"}}})),
        "A-B B-C ");
    EXPECT_THROW(static_cast<void>(find_overlaps(*left, *right, {.left_equals = {{"size", "1"}}})), Failure);
}

TEST(SliverWidth, AddsDeclaredAccuraciesAsSquares) {
    test::DrawnLayer left{.features = {}};
    left.description.provenance.accuracy_m = 3.0;
    test::DrawnLayer right{.id = "right", .features = {}};
    right.description.provenance.accuracy_m = 4.0;
    EXPECT_EQ(sliver_width(test::packed(left)->version(), test::packed(right)->version()), Metres(5.0));
}

TEST(SliverWidth, CountsAMapScaleAsThreeTenthsOfAMillimetreOnTheMap) {
    test::DrawnLayer left{.features = {}};
    left.description.provenance.map_scale = 10'000;
    EXPECT_NEAR(sliver_width(test::packed(left)->version(), test::packed(left)->version()).value(),
                3.0 * std::numbers::sqrt2, 1e-9);
}

/// An area that winds around ground otherwise than once, over the square (0 0, 100 100) and what lies beside it.
struct WoundOtherwise {
    const char* name;
    const char* wkt;
    double wound_m2;     ///< in common with (0 0, 200 100), by winding numbers, planar
    double repaired_m2;  ///< ground, planar
    model::Relation relation;
};

class InvalidInput : public testing::TestWithParam<WoundOtherwise> {};

TEST_P(InvalidInput, IsMeasuredFlaggedAndNeverLost) {
    constexpr double scale = 1.0 / (0.9999 * 0.9999);
    const auto& [name, wkt, wound_m2, repaired_m2, relation] = GetParam();
    const auto left = test::packed({.id = "left", .features = {feature("A", wkt)}});
    const auto right =
        test::packed({.id = "right", .features = {feature("1", "POLYGON((0 0,200 0,200 100,0 100,0 0))")}});
    for (const double min_area_m2 : {0.0, 1.0}) {
        const auto found = find_overlaps(*left, *right, {.min_area = SquareMetres(min_area_m2)});
        ASSERT_EQ(found.pairs.size(), 1U);
        const model::Pair& pair = found.pairs.front();
        EXPECT_TRUE(pair.invalid_input);
        EXPECT_NEAR(pair.area_m2, wound_m2 * scale, 0.01);
        EXPECT_NEAR(pair.area_repaired_m2.value(), repaired_m2 * scale, 0.01);
        EXPECT_EQ(pair.relation, relation);
        EXPECT_EQ(pair.size_class, model::SizeClass::overlap);
        EXPECT_LE(pair.share_left.value(), 1.0);
        EXPECT_NEAR(found.totals.union_m2, repaired_m2 * scale, 0.01);
        EXPECT_EQ(find_overlaps(*right, *left, {}).pairs.at(0).area_repaired_m2, pair.area_repaired_m2);
    }
}

INSTANTIATE_TEST_SUITE_P(
    Areas, InvalidInput,
    testing::Values(
        WoundOtherwise{"BowTie", "POLYGON((0 0,100 100,100 0,0 100,0 0))", 0, 5000, model::Relation::within},
        WoundOtherwise{"PartTwice", "MULTIPOLYGON(((0 0,100 0,100 100,0 100,0 0)),((0 0,100 0,100 100,0 100,0 0)))",
                       20000, 10000, model::Relation::within},
        WoundOtherwise{"RingWalkedTwice", "POLYGON((0 0,100 0,100 100,0 100,0 0,100 0,100 100,0 100,0 0))", 20000,
                       10000, model::Relation::within},
        WoundOtherwise{"PartsOverlap",
                       "MULTIPOLYGON(((0 0,100 0,100 100,0 100,0 0)),((50 0,150 0,150 100,50 100,50 0)))", 20000, 15000,
                       model::Relation::within},
        WoundOtherwise{"ShellInShell",
                       "MULTIPOLYGON(((0 0,100 0,100 100,0 100,0 0)),((20 20,80 20,80 80,20 80,20 20)))", 13600, 10000,
                       model::Relation::within},
        WoundOtherwise{"HoleAcrossShell", "POLYGON((0 0,100 0,100 100,0 100,0 0),(50 50,150 50,150 80,50 80,50 50))",
                       7000, 8500, model::Relation::within},
        WoundOtherwise{"PartTwiceAcrossTheBorder",
                       "MULTIPOLYGON(((-50 0,50 0,50 100,-50 100,-50 0)),((-50 0,50 0,50 100,-50 100,-50 0)))", 10000,
                       5000, model::Relation::crosses},
        WoundOtherwise{"HoleOnAnotherPart",
                       "MULTIPOLYGON(((0 0,100 0,100 100,0 100,0 0)),((300 0,400 0,400 100,300 100,300 0),"
                       "(20 20,80 20,80 80,20 80,20 20)))",
                       6400, 10000, model::Relation::crosses},
        WoundOtherwise{"HoleFarFromItsShell",
                       "POLYGON((300 0,400 0,400 100,300 100,300 0),(20 20,80 20,80 80,20 80,20 20))", -3600, 3600,
                       model::Relation::crosses}),
    [](const auto& one) { return std::string(one.param.name); });

TEST(FindOverlaps, TellsTheRelationOfATornAreaAsExactlyAsThatOfAnother) {
    const auto relation = [](const char* zone, const char* parcel) {
        const auto left = test::packed({.id = "left", .features = {feature("A", zone)}});
        const auto right = test::packed({.id = "right", .features = {feature("1", parcel)}});
        return find_overlaps(*left, *right).pairs.at(0).relation;
    };
    const char* const whole = "POLYGON((0 0,400 0,400 400,0 400,0 0))";
    const char* const with_a_nick = "POLYGON((0 0,400 0,400 400,210 400,190 390,210 390,190 400,0 400,0 0))";
    const char* const nosed = "POLYGON((0 0,300 0,300 300,0 300,0 100.4,-0.4 100.4,-0.4 100,0 100,0 0))";
    const char* const reaching = "POLYGON((100 -0.0002,300 -0.0002,300 200,100 200,100 -0.0002))";
    const char* const inside = "POLYGON((0 0,300 0,300 300,0 300,0 0))";
    for (const char* zone : {whole, with_a_nick}) {
        EXPECT_EQ(relation(zone, nosed), model::Relation::crosses) << zone;
        EXPECT_EQ(relation(zone, reaching), model::Relation::crosses) << zone;
        EXPECT_EQ(relation(zone, inside), model::Relation::contains) << zone;
    }
    EXPECT_EQ(relation(with_a_nick, with_a_nick), model::Relation::equals);
}

TEST(FindOverlaps, InventsNoGroundWhereATornAreaTouchesAnother) {
    // the parcels lie on parts of long edges, whose chords they do not share
    for (const char* zone : {"POLYGON((0 0,3000 0,3000 3000,0 3000,0 0))",
                             "POLYGON((0 0,3000 0,3000 3000,1010 3000,990 2990,1010 2990,990 3000,0 3000,0 0))"}) {
        const auto left = test::packed({.id = "left", .features = {feature("A", zone)}});
        const auto right =
            test::packed({.id = "right",
                          .features = {feature("1", "POLYGON((3000 500,3050 500,3050 550,3000 550,3000 500))"),
                                       feature("2", "POLYGON((-50 700,0 700,0 750,-50 750,-50 700))"),
                                       feature("3", "POLYGON((700 0,750 0,750 50,700 50,700 0))")}});
        const auto result = find_overlaps(*left, *right);
        ASSERT_EQ(result.pairs.size(), 3U);
        for (std::size_t i = 0; i < 2; ++i) {
            EXPECT_EQ(result.pairs[i].relation, model::Relation::touches);
            EXPECT_EQ(result.pairs[i].area_m2, 0.0);
            EXPECT_EQ(model::ground_m2(result.pairs[i]), 0.0);
        }
        EXPECT_EQ(result.pairs[2].relation, model::Relation::contains);
        EXPECT_EQ(result.pairs[2].area_m2, *right->areas(*right->find(FeatureId("3"))).area_ellipsoid_m2);
        EXPECT_EQ(result.totals.sum_m2, result.pairs[2].area_m2);
    }
}

TEST(FindOverlaps, GivesEqualAreasOneAreaWhicheverIsNamedFirst) {
    const auto one = test::packed(
        {.id = "one", .features = {feature("A", "POLYGON((0.1 0.3,700.7 33.1,512.3 611.9,90.2 402.6,0.1 0.3))")}});
    const auto other =
        test::packed({.id = "other",
                      .features = {feature("B", "POLYGON((512.3 611.9,90.2 402.6,0.1 0.3,700.7 33.1,512.3 611.9))")}});
    const auto there = find_overlaps(*one, *other).pairs.at(0);
    const auto back = find_overlaps(*other, *one).pairs.at(0);
    EXPECT_EQ(there.relation, model::Relation::equals);
    EXPECT_EQ(there.area_m2, back.area_m2);
    EXPECT_EQ(there.area_planar_m2, back.area_planar_m2);
    EXPECT_EQ(there.share_left, 1.0);
    EXPECT_EQ(there.share_right, 1.0);
}

TEST(FindOverlaps, GivesABowTieOfEqualLobesOneSignInBothPlanes) {
    for (const char* bow_tie : {"POLYGON((0 0,100 100,100 0,0 100,0 0))", "POLYGON((0 0,0 100,100 0,100 100,0 0))",
                                "POLYGON((0 0,-5 0,0 0,100 100,100 0,0 100,0 0))"}) {
        const auto left = test::packed({.id = "left", .features = {feature("A", bow_tie)}});
        const auto right =
            test::packed({.id = "right", .features = {feature("1", "POLYGON((0 0,50 0,50 50,0 100,0 0))")}});
        const auto pair = find_overlaps(*left, *right).pairs.at(0);
        EXPECT_NEAR(std::abs(pair.area_m2), 2500.5, 0.01) << bow_tie;
        EXPECT_NEAR(pair.area_planar_m2.value(), std::copysign(2500.0, pair.area_m2), 1e-6) << bow_tie;
        EXPECT_NEAR(pair.area_repaired_m2.value(), 2500.5, 0.01) << bow_tie;
    }
}

TEST(FindOverlaps, MeasuresManyCopiesOfOneArea) {
    test::DrawnLayer drawn{.id = "left", .features = {}};
    constexpr std::size_t copies = 120;
    for (std::size_t i = 0; i < copies; ++i) {
        drawn.features.push_back(feature("A" + std::to_string(i), "POLYGON((0 0,50 0,50 50,0 50,0 0))"));
    }
    const auto left = test::packed(drawn);
    const auto result = find_overlaps(*left, *left);
    EXPECT_EQ(result.pairs.size(), copies * (copies - 1) / 2);
    EXPECT_NEAR(result.totals.union_m2, 2500.0 / (0.9999 * 0.9999), 0.01);
}

TEST(FindOverlaps, FindsTheGroundUnderAHoleOfAnotherPart) {
    const auto left =
        test::packed({.id = "left",
                      .features = {feature("A",
                                           "MULTIPOLYGON(((0 0,3000 0,3000 3000,0 3000,0 0)),((4000 0,5000 0,"
                                           "5000 1000,4000 1000,4000 0),(1000 1000,2000 1000,2000 2000,1000 "
                                           "2000,1000 1000)))")}});
    const auto right = test::packed(
        {.id = "right", .features = {feature("1", "POLYGON((1400 1400,1420 1400,1420 1420,1400 1420,1400 1400))")}});
    const auto pairs = find_overlaps(*left, *right).pairs;
    ASSERT_EQ(pairs.size(), 1U);
    EXPECT_TRUE(pairs[0].invalid_input);
    EXPECT_NEAR(pairs[0].area_m2, 0.0, 1e-6);
    EXPECT_NEAR(pairs[0].area_repaired_m2.value(), 400.0 / (0.9999 * 0.9999), 1e-3);
    EXPECT_EQ(pairs[0].relation, model::Relation::contains);
}

TEST(FindOverlaps, ReportsWhatRingsWindAroundBackwardsThoughNoGroundIsThere) {
    // the hole is there twice: nothing is left to share, the rings wind around it -1 times
    const auto left =
        test::packed({.id = "left",
                      .features = {feature("A",
                                           "POLYGON((0 0,100 0,100 100,0 100,0 0),(20 20,80 20,80 80,20 80,20 20),"
                                           "(20 20,80 20,80 80,20 80,20 20))")}});
    const auto right = test::packed({.id = "right",
                                     .features = {feature("1", "POLYGON((40 40,60 40,60 60,40 60,40 40))"),
                                                  feature("2", "POLYGON((100 0,200 0,200 100,100 100,100 0))")}});
    const auto result = find_overlaps(*left, *right);
    ASSERT_EQ(result.pairs.size(), 2U);
    EXPECT_TRUE(result.pairs[0].invalid_input);
    EXPECT_NEAR(result.pairs[0].area_m2, -400.0 / (0.9999 * 0.9999), 1e-3);
    EXPECT_NEAR(result.pairs[0].area_repaired_m2.value(), 0.0, 1e-6);
    EXPECT_EQ(result.pairs[0].size_class, model::SizeClass::none);
    EXPECT_TRUE(result.pairs[1].invalid_input);
    EXPECT_EQ(result.pairs[1].relation, model::Relation::touches);
    EXPECT_EQ(result.pairs[1].area_m2, 0.0);
    EXPECT_EQ(result.totals.union_m2, 0.0);
    EXPECT_EQ(find_overlaps(*left, *right, {.min_area = SquareMetres(1.0)}).pairs.size(), 1U);
}

TEST(SliverWidth, LooksAtTheAreaOfCompactGroundAndAtTheWidthOfElongatedGround) {
    const auto size_of = [](const char* wkt) {
        const auto left = test::packed({.id = "left", .features = {feature("A", square(0, 0))}});
        const auto right = test::packed({.id = "right", .features = {feature("B", wkt)}});
        return find_overlaps(*left, *right).pairs.at(0).size_class;
    };
    // The limit is 1 m. A corner of 1.5 m by 1.5 m is wider than that though its mean width is 0.75 m.
    EXPECT_EQ(size_of("POLYGON((98.5 98.5,200 98.5,200 200,98.5 200,98.5 98.5))"), model::SizeClass::overlap);
    EXPECT_EQ(size_of("POLYGON((99.1 99.1,200 99.1,200 200,99.1 200,99.1 99.1))"), model::SizeClass::sliver);
    EXPECT_EQ(size_of("POLYGON((99.1 0,200 0,200 100,99.1 100,99.1 0))"), model::SizeClass::sliver);
    EXPECT_EQ(size_of("POLYGON((98.5 0,200 0,200 100,98.5 100,98.5 0))"), model::SizeClass::overlap);
}

TEST(SliverWidth, DecidesWhichCrossingPairsAreSlivers) {
    test::DrawnLayer left{.id = "left", .features = {feature("A", square(0, 0))}};
    const auto right = test::packed({.id = "right", .features = {feature("B", square(98, 0))}});
    EXPECT_EQ(find_overlaps(*test::packed(left), *right).pairs.at(0).size_class, model::SizeClass::overlap);
    left.description.provenance.accuracy_m = 3.0;
    EXPECT_EQ(find_overlaps(*test::packed(left), *right).pairs.at(0).size_class, model::SizeClass::sliver);
}

}  // namespace
}  // namespace ranh::overlay
