#include "spatial/algorithm/area.hpp"
#include "tests/support/random_polygons.hpp"
#include "tests/support/wkt.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

namespace ranh::test {
namespace {

using algorithm::area;
using algorithm::overlap_area;
using geom::Geometry;
using geom::Point;

std::uint64_t bits(double value) { return std::bit_cast<std::uint64_t>(value); }

/// Runs a law on random pairs of stars, some with holes, of few or many vertices.
class AreaLaws : public testing::Test {
protected:
    template <typename Law>
    void for_random_pairs(Law&& law) {
        SCOPED_TRACE(seed_note());
        const std::size_t count = rounds(1000, 100000);
        for (std::size_t i = 0; i < count; ++i) {
            const Geometry a = star();
            const Geometry b = star();
            SCOPED_TRACE(to_text(a) + "\n" + to_text(b));
            law(a, b);
            if (HasFailure()) {
                return;
            }
        }
    }

    Geometry valid_star() {
        StarForm form;
        form.centre = {m_random.real(-8.0, 8.0), m_random.real(-8.0, 8.0)};
        form.vertices = m_random.chance(0.1) ? m_random.integer(50, 300) : m_random.integer(5, 20);
        form.hole = m_random.chance(0.3);
        return random_star(m_random, form);
    }

    /// Some on a coarse grid, where rings may touch or cross themselves: what follows holds for those too.
    Geometry star() {
        const Geometry result = valid_star();
        return m_random.chance(0.3) ? snapped(result, 0.5) : result;
    }

    Random m_random;
};

TEST_F(AreaLaws, SwappedOperandsGiveTheSameBits) {
    for_random_pairs(
        [](const Geometry& a, const Geometry& b) { EXPECT_EQ(bits(overlap_area(a, b)), bits(overlap_area(b, a))); });
}

TEST_F(AreaLaws, OverlapIsNotLargerThanEitherSide) {
    SCOPED_TRACE(seed_note());
    for (std::size_t i = 0; i < rounds(1000, 100000); ++i) {
        const Geometry a = valid_star();
        const Geometry b = valid_star();
        const double smaller = std::min(area(a), area(b));
        ASSERT_LE(overlap_area(a, b), smaller * (1.0 + 1e-12)) << to_text(a) << '\n' << to_text(b);
        ASSERT_GE(overlap_area(a, b), 0.0) << to_text(a) << '\n' << to_text(b);
    }
}

TEST_F(AreaLaws, OverlapWithItselfIsItsArea) {
    SCOPED_TRACE(seed_note());
    for (std::size_t i = 0; i < rounds(1000, 100000); ++i) {
        StarForm form;
        form.vertices = m_random.integer(5, 100);
        form.hole = m_random.chance(0.5);
        const Geometry a = random_star(m_random, form);
        ASSERT_NEAR(overlap_area(a, a), area(a), 1e-12 * area(a)) << to_text(a);
    }
}

TEST_F(AreaLaws, MovingBothByWholeNumbersChangesNothing) {
    for_random_pairs([](const Geometry& a, const Geometry& b) {
        const Geometry grid_a = snapped(a, 0x1p-10);
        const Geometry grid_b = snapped(b, 0x1p-10);
        EXPECT_EQ(bits(overlap_area(grid_a, grid_b)),
                  bits(overlap_area(moved(grid_a, 500000, 1290000), moved(grid_b, 500000, 1290000))));
    });
}

TEST_F(AreaLaws, RingsMayRunEitherWayAndStartAnywhere) {
    for_random_pairs([&](const Geometry& a, const Geometry& b) {
        Geometry turned(geom::GeometryType::polygon);
        for (std::size_t i = 0; i < a.view().path_count(); ++i) {
            const auto path = a.view().path(i);
            std::vector<Point> ring(path.begin(), path.end() - 1);
            std::rotate(ring.begin(), ring.begin() + m_random.integer(0, static_cast<int>(ring.size()) - 1),
                        ring.end());
            std::reverse(ring.begin(), ring.end());
            turned.add_path(ring);  // not closed, which must not matter either
        }
        turned.end_part();
        EXPECT_NEAR(overlap_area(turned, b), overlap_area(a, b), 1e-11);
        EXPECT_NEAR(area(turned), area(a), 1e-11);
    });
}

TEST_F(AreaLaws, SidesOfACutAddUp) {
    for_random_pairs([&](const Geometry& a, const Geometry& b) {
        const double x = m_random.integer(-10, 10);
        const double y = m_random.integer(-10, 10);
        const double whole = overlap_area(a, rectangle(-50, -50, 50, 50));
        EXPECT_NEAR(overlap_area(a, rectangle(-50, -50, x, 50)) + overlap_area(a, rectangle(x, -50, 50, 50)), whole,
                    1e-10);
        EXPECT_NEAR(overlap_area(b, rectangle(-50, -50, 50, y)) + overlap_area(b, rectangle(-50, y, 50, 50)),
                    overlap_area(b, rectangle(-50, -50, 50, 50)), 1e-10);
    });
}

/// The triangles from the centre of a star to its edges tile it; so their overlaps with anything add up to its overlap.
TEST_F(AreaLaws, PartsOfACoverageAddUpToTheWhole) {
    SCOPED_TRACE(seed_note());
    for (std::size_t i = 0; i < rounds(500, 20000); ++i) {
        StarForm form;
        form.vertices = m_random.integer(5, 30);
        const Geometry whole = random_star(m_random, form);
        const Geometry other = star();
        const auto ring = whole.points();
        double sum = 0.0;
        for (std::size_t k = 1; k < ring.size(); ++k) {
            sum += overlap_area(Geometry::polygon({form.centre, ring[k - 1], ring[k]}), other);
        }
        ASSERT_NEAR(sum, overlap_area(whole, other), 1e-10) << to_text(whole) << '\n' << to_text(other);
    }
}

TEST_F(AreaLaws, ManySmallParcelsAddUpToTheZone) {
    SCOPED_TRACE(seed_note());
    for (std::size_t i = 0; i < rounds(10, 1000); ++i) {
        StarForm form;
        form.centre = {10.3, 9.7};
        form.radius = 9.0;
        form.vertices = 200;
        const Geometry zone = snapped(random_star(m_random, form), 0.125);
        double sum = 0.0;
        for (int x = 0; x < 20; ++x) {
            for (int y = 0; y < 20; ++y) {
                sum += overlap_area(rectangle(x, y, x + 1, y + 1), zone);
            }
        }
        ASSERT_NEAR(sum, overlap_area(zone, rectangle(0, 0, 20, 20)), 1e-10) << to_text(zone);
    }
}

}  // namespace
}  // namespace ranh::test
