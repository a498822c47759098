// Laws of the area two features share, for the join by cells at any side of the cells.

#include "spatial/algorithm/area.hpp"
#include "spatial/topology/topology.hpp"
#include "tests/property/overlay/random_features.hpp"
#include "tests/support/joined_area.hpp"
#include "tests/support/random_polygons.hpp"
#include "tests/support/wkt.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <vector>

namespace ranh::overlay {
namespace {

using algorithm::CellLattice;
using geom::Geometry;
using geom::Point;
using test::joined_area;
using test::joined_um2;
using test::Random;

/// Runs a law on random pairs, whose corners may lie on lines and corners of the lattice.
class JoinGeometryLaws : public testing::Test {
protected:
    struct Pair {
        Geometry a;
        Geometry b;
        CellLattice lattice;
        /// What rounding may do: 1e-9 of the smaller side, and half a square micrometre for each of up to 2e5 cells.
        double slack = 0.0;
    };

    template <typename Law>
    void for_random_pairs(std::size_t reduced, std::size_t full, Law&& law) {
        SCOPED_TRACE(test::seed_note());
        for (std::size_t i = 0; i < test::rounds(reduced, full); ++i) {
            const test::Corners corners = test::random_corners(m_random);
            Pair pair{.a = test::random_feature(m_random, corners),
                      .b = test::random_feature(m_random, corners),
                      .lattice = CellLattice(m_random.integer(-1, 7))};
            pair.slack = 1e-9 * std::min(algorithm::area(pair.a), algorithm::area(pair.b)) + 1e-7;
            law(pair);
            ASSERT_FALSE(HasFailure()) << "level " << pair.lattice.level() << '\n'
                                       << test::to_text(pair.a) << '\n'
                                       << test::to_text(pair.b);
        }
    }

    template <typename Items>
    void shuffle(Items& items) {
        for (std::size_t i = items.size(); i > 1; --i) {
            std::swap(items[i - 1], items[static_cast<std::size_t>(m_random.integer(0, static_cast<int>(i) - 1))]);
        }
    }

    Random m_random;
};

Geometry turned(const Geometry& geometry, double angle) {
    Geometry result = geometry;
    for (Point& p : result.mutable_points()) {
        p = {p.x * std::cos(angle) - p.y * std::sin(angle), p.x * std::sin(angle) + p.y * std::cos(angle)};
    }
    return result;
}

TEST_F(JoinGeometryLaws, MovingBothChangesNothing) {
    for_random_pairs(300, 50000, [&](const Pair& p) {
        const bool whole_cells = m_random.chance(0.5);
        const auto distance = [&] {
            const double cells = m_random.real(-100.0, 100.0);
            return p.lattice.side() * (whole_cells ? std::round(cells) : cells);
        };
        const double x = distance();
        const double y = distance();
        EXPECT_NEAR(joined_area(test::moved(p.a, x, y), test::moved(p.b, x, y), p.lattice),
                    joined_area(p.a, p.b, p.lattice), p.slack);
    });
}

TEST_F(JoinGeometryLaws, TurningBothChangesNothing) {
    for_random_pairs(300, 50000, [&](const Pair& p) {
        const double angle = m_random.chance(0.5) ? m_random.real(0.0, 2.0 * std::numbers::pi) : 0.5 * std::numbers::pi;
        EXPECT_NEAR(joined_area(turned(p.a, angle), turned(p.b, angle), p.lattice), joined_area(p.a, p.b, p.lattice),
                    p.slack);
    });
}

TEST_F(JoinGeometryLaws, RingsMayRunEitherWayAndStartAnywhereAndStandInAnyOrder) {
    for_random_pairs(300, 50000, [&](const Pair& p) {
        std::vector<std::size_t> parts(p.a.view().part_count());
        std::iota(parts.begin(), parts.end(), 0U);
        shuffle(parts);
        Geometry other(geom::GeometryType::multi_polygon);
        for (const std::size_t part : parts) {
            const auto [first, end] = p.a.view().part(part);
            std::vector<std::size_t> rings(end - first);
            std::iota(rings.begin(), rings.end(), first);
            std::span holes = std::span(rings).subspan(1);
            shuffle(holes);
            for (const std::size_t i : rings) {
                const auto path = p.a.view().path(i);
                std::vector<Point> ring(path.begin(), path.end() - 1);
                std::rotate(ring.begin(), ring.begin() + m_random.integer(0, static_cast<int>(ring.size()) - 1),
                            ring.end());
                if (m_random.chance(0.5)) {
                    std::reverse(ring.begin(), ring.end());
                }
                ring.push_back(ring.front());
                other.add_path(ring);
            }
            other.end_part();
        }
        EXPECT_NEAR(joined_area(other, p.b, p.lattice), joined_area(p.a, p.b, p.lattice), p.slack);
    });
}

/// A star cut along lines from its centre to some of its corners, and the whole. Its corners lie on the grid when
/// `grid_m` is not 0; then it is so large that rounding folds nothing.
struct Split {
    Geometry whole;
    std::vector<Geometry> pieces;
};
Split random_split(Random& random, double grid_m) {
    const test::StarForm form{.centre = {4.0 * random.integer(-10, 10), 4.0 * random.integer(-10, 10)},
                              .radius = random.real(8.0, 60.0) + 15.0 * grid_m,
                              .vertices = random.integer(5, grid_m > 0.0 ? 8 : 40)};
    const Geometry star = test::random_star(random, form);
    const Geometry whole = grid_m > 0.0 ? test::snapped(star, grid_m) : star;
    Split split{.whole = whole, .pieces = {}};
    std::vector<Point> piece{form.centre};
    for (std::size_t i = 0; i < whole.points().size(); ++i) {
        piece.push_back(whole.points()[i]);
        if (i > 0 && (i + 1 == whole.points().size() || random.chance(0.3))) {
            split.pieces.push_back(Geometry::polygon(piece));
            piece = {form.centre, whole.points()[i]};
        }
    }
    return split;
}

TEST_F(JoinGeometryLaws, PiecesAddUpToTheWholeHoweverItIsCut) {
    for_random_pairs(300, 50000, [&](const Pair& p) {
        const Split split = random_split(m_random, 2.0 * m_random.integer(0, 2));
        double sum = 0.0;
        Geometry parts(geom::GeometryType::multi_polygon);
        for (const Geometry& piece : split.pieces) {
            sum += joined_area(piece, p.b, p.lattice);
            parts.add_path(piece.points());
            parts.end_part();
        }
        const double whole = joined_area(split.whole, p.b, p.lattice);
        EXPECT_NEAR(sum, whole, p.slack) << test::to_text(split.whole);
        EXPECT_NEAR(joined_area(parts, p.b, p.lattice), whole, p.slack) << test::to_text(parts);
        EXPECT_NEAR(algorithm::overlap_area(parts, p.b), whole, p.slack) << test::to_text(parts);
    });
}

TEST_F(JoinGeometryLaws, CommonAndUnitedAreaAddUpToBothSides) {
    for_random_pairs(300, 50000, [&](const Pair& p) {
        const Geometry both[] = {p.a, p.b};
        const auto united = topology::unary_union(both).value();
        ASSERT_TRUE(united.has_value());
        EXPECT_NEAR(joined_area(p.a, p.b, p.lattice) + algorithm::area(*united),
                    algorithm::area(p.a) + algorithm::area(p.b), p.slack + 1e-9 * algorithm::area(*united));
    });
}

TEST_F(JoinGeometryLaws, SharedGroundIsNotLargerThanEitherSideAndNotLessThanNothing) {
    for_random_pairs(500, 100000, [&](const Pair& p) {
        const double area = joined_area(p.a, p.b, p.lattice);
        EXPECT_GE(area, 0.0);
        EXPECT_LE(area, std::min(algorithm::area(p.a), algorithm::area(p.b)) + p.slack);
        EXPECT_TRUE(joined_um2(p.a, p.b, p.lattice) == joined_um2(p.b, p.a, p.lattice));
    });
}

TEST_F(JoinGeometryLaws, AFeatureSharesItsWholeAreaWithItself) {
    for_random_pairs(300, 50000, [&](const Pair& p) {
        EXPECT_NEAR(joined_area(p.a, p.a, p.lattice), algorithm::area(p.a), 1e-9 * algorithm::area(p.a) + 1e-7);
    });
}

/// Unit squares that share edges and corners and enclose holes, each a part of its own.
TEST_F(JoinGeometryLaws, PartsThatShareEdgesCountAsTheirUnion) {
    SCOPED_TRACE(test::seed_note());
    for (std::size_t i = 0; i < test::rounds(300, 50000); ++i) {
        const double x = m_random.integer(-8, 8);
        const double y = m_random.integer(-8, 8);
        const auto squares = [&](double share) {
            const Geometry drawn = test::random_squares(m_random, 7, 6, share);
            return drawn.empty() ? test::rectangle(0, 0, 1, 1) : drawn;
        };
        const Geometry a = test::moved(squares(0.6), x, y);
        const Geometry b = turned(squares(0.5), m_random.chance(0.5) ? 0.0 : m_random.real(0.0, 1.5));
        const CellLattice lattice(m_random.integer(-2, 4));
        const auto dissolved_a = topology::unary_union(std::span(&a, 1)).value();
        const auto dissolved_b = topology::unary_union(std::span(&b, 1)).value();
        ASSERT_TRUE(dissolved_a && dissolved_b);
        const auto common = topology::intersection(*dissolved_a, *dissolved_b).value();
        const double expected = common ? algorithm::area(*common) : 0.0;
        for (const Geometry* left : {&a, &*dissolved_a}) {
            for (const Geometry* right : {&b, &*dissolved_b}) {
                ASSERT_NEAR(joined_area(*left, *right, lattice), expected, 1e-7) << "level " << lattice.level() << '\n'
                                                                                 << test::to_text(*left) << '\n'
                                                                                 << test::to_text(*right);
                ASSERT_NEAR(algorithm::overlap_area(*left, *right), expected, 1e-7);
            }
        }
    }
}

}  // namespace
}  // namespace ranh::overlay
