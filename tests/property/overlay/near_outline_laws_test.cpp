// A long outline cut to the neighbourhood of a small feature tells relation, area and perimeter as the whole one does.
#include "spatial/algorithm/area.hpp"
#include "spatial/algorithm/near_outline.hpp"
#include "spatial/algorithm/overlap_perimeter.hpp"
#include "spatial/algorithm/relate.hpp"
#include "spatial/topology/topology.hpp"
#include "tests/support/random_polygons.hpp"
#include "tests/support/wkt.hpp"

#include <gtest/gtest.h>

namespace ranh::test {
namespace {

using algorithm::NearOutline;
using algorithm::OutlineIndex;
using algorithm::SpatialRelation;
using geom::Box;
using geom::Geometry;

struct Cut {
    NearOutline a;
    NearOutline b;
    Box box_a;
    Box box_b;
    Box common;
};

Cut cut(const Geometry& a, const Geometry& b, double margin) {
    const OutlineIndex index_a(a);
    const OutlineIndex index_b(b);
    const Box box_a = a.box().value();
    const Box box_b = b.box().value();
    const Box common{{std::max(box_a.min.x, box_b.min.x), std::max(box_a.min.y, box_b.min.y)},
                     {std::min(box_a.max.x, box_b.max.x), std::min(box_a.max.y, box_b.max.y)}};
    const Box region = geom::grown(common, margin);
    return {index_a.near(index_a.reach_of(region)), index_b.near(index_b.reach_of(region)), box_a, box_b, common};
}

bool holds(const Box& outer, const Box& inner) {
    return geom::box_contains(outer, inner.min) && geom::box_contains(outer, inner.max);
}

void expect_same(const Geometry& a, const Geometry& b) {
    if (!geom::boxes_meet(a.box().value(), b.box().value())) {
        return;
    }
    const Cut near = cut(a, b, 0.0);
    const SpatialRelation relation = algorithm::relate(
        near.a.rings, near.b.rings,
        {.a_reaches_beyond = !holds(near.box_b, near.box_a), .b_reaches_beyond = !holds(near.box_a, near.box_b)});
    ASSERT_EQ(relation, algorithm::relate(a, b)) << to_text(a) << '\n' << to_text(b);
    const double smaller = std::min(algorithm::area(a), algorithm::area(b));
    const double area =
        algorithm::overlap_area({near.a.rings, near.a.turns}, {near.b.rings, near.b.turns}, near.common);
    ASSERT_NEAR(area, algorithm::overlap_area(a, b), 1e-12 * smaller) << to_text(a) << '\n' << to_text(b);
    const auto common = topology::intersection(a, b).value();
    const double perimeter = common ? algorithm::length(*common) : 0.0;
    ASSERT_NEAR(algorithm::overlap_perimeter(near.a.rings, near.b.rings), perimeter, 1e-9 * algorithm::length(a))
        << to_text(a) << '\n'
        << to_text(b);
}

/// Unit squares dissolved into an area of many parts and holes.
Geometry random_area(Random& random, int side, double chance) {
    for (;;) {
        const Geometry squares = random_squares(random, side, side, chance);
        if (!squares.empty()) {
            const Geometry all[] = {squares};
            return topology::unary_union(all).value().value();
        }
    }
}

TEST(NearOutlineLaws, TellTheSameOnAreasOfManyPartsAndHolesThatShareEdges) {
    SCOPED_TRACE(seed_note());
    Random random;
    for (std::size_t i = 0; i < rounds(400, 20000); ++i) {
        const Geometry large = random_area(random, 14, random.real(0.1, 0.9));
        const Geometry small = moved(random_area(random, random.integer(1, 4), random.real(0.2, 1.0)),
                                     random.integer(-2, 13), random.integer(-2, 13));
        ASSERT_NO_FATAL_FAILURE(expect_same(large, small));
        ASSERT_NO_FATAL_FAILURE(expect_same(small, large));
    }
}

TEST(NearOutlineLaws, TellTheSameOnLongOutlines) {
    SCOPED_TRACE(seed_note());
    Random random;
    for (std::size_t i = 0; i < rounds(300, 20000); ++i) {
        const Geometry large =
            random_star(random, {.radius = 100.0, .vertices = random.integer(40, 700), .hole = random.chance(0.5)});
        const Geometry small = random_star(random, {.centre = {random.real(-110, 110), random.real(-110, 110)},
                                                    .radius = random.real(1, 40),
                                                    .vertices = random.integer(3, 60),
                                                    .hole = false});
        ASSERT_NO_FATAL_FAILURE(expect_same(large, small));
    }
}

TEST(NearOutlineLaws, TellTheSameWhereOneIsPartOfTheOther) {
    SCOPED_TRACE(seed_note());
    Random random;
    for (std::size_t i = 0; i < rounds(200, 10000); ++i) {
        const Geometry large = random_area(random, 12, random.real(0.3, 0.9));
        const Geometry window =
            rectangle(random.integer(-1, 8), random.integer(-1, 8), random.integer(9, 13), random.integer(9, 13));
        if (const auto part = topology::intersection(large, window).value()) {
            ASSERT_NO_FATAL_FAILURE(expect_same(large, *part));
            ASSERT_NO_FATAL_FAILURE(expect_same(*part, large));
        }
    }
}

TEST(NearOutlineLaws, KeepContactsWithinTheDistanceAsked) {
    SCOPED_TRACE(seed_note());
    Random random;
    constexpr double contact = 3e-4;
    for (std::size_t i = 0; i < rounds(200, 10000); ++i) {
        const Geometry large = random_area(random, 12, random.real(0.3, 0.9));
        const Geometry whole =
            moved(random_area(random, random.integer(1, 3), 0.7), random.integer(-2, 11), random.integer(-2, 11));
        const Geometry small = jittered(random, whole, 1e-5);
        if (!geom::boxes_meet(geom::grown(large.box().value(), contact), small.box().value())) {
            continue;
        }
        const Cut near = cut(large, small, contact);
        const auto relation = algorithm::relate(
            near.a.rings, near.b.rings,
            {.contact_m = contact,
             .a_reaches_beyond = !holds(geom::grown(near.box_b, contact), near.box_a),
             .b_reaches_beyond = !holds(geom::grown(near.box_a, contact), near.box_b),
             .measured = algorithm::RelateOptions::Measured{algorithm::area(large), algorithm::area(small),
                                                            algorithm::overlap_area(large, small)}});
        ASSERT_EQ(relation, algorithm::relate(large, small, {.contact_m = contact})) << to_text(large) << '\n'
                                                                                     << to_text(small);
    }
}

TEST(NearOutline, OfALongOutlineIsShort) {
    Random random(7);
    const Geometry large = random_star(random, {.radius = 1000.0, .vertices = 20000});
    const OutlineIndex index(large);
    const Box window{{900, -5}, {910, 5}};
    EXPECT_LT(index.near(index.reach_of(window)).rings.points().size(), 2500U);
}

}  // namespace
}  // namespace ranh::test
