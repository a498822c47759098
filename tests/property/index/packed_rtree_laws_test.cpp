#include "spatial/index/packed_rtree.hpp"
#include "tests/support/seeds.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

namespace ranh::test {
namespace {

using geom::Box;

Box random_box(Random& random, double extent, double size) {
    const double x = random.real(-extent, extent);
    const double y = random.real(-extent, extent);
    return {{x, y}, {x + random.real(0.0, size), y + random.real(0.0, size)}};
}

std::vector<std::uint32_t> meeting(const std::vector<Box>& boxes, const Box& wanted) {
    std::vector<std::uint32_t> hits;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        if (geom::boxes_meet(boxes[i], wanted)) {
            hits.push_back(static_cast<std::uint32_t>(i));
        }
    }
    return hits;
}

TEST(PackedRTreeLaws, SearchFindsWhatLookingAtAllBoxesFinds) {
    SCOPED_TRACE(seed_note());
    Random random;
    for (std::size_t i = 0; i < rounds(200, 10000); ++i) {
        std::vector<Box> boxes;
        const int count = random.integer(0, 600);
        for (int k = 0; k < count; ++k) {
            boxes.push_back(random_box(random, 100.0, random.chance(0.1) ? 80.0 : 5.0));
        }
        const index::PackedRTree tree(boxes);
        ASSERT_EQ(tree.size(), boxes.size());
        for (int k = 0; k < 20; ++k) {
            const Box wanted = random_box(random, 120.0, 60.0);
            ASSERT_EQ(tree.search(wanted), meeting(boxes, wanted));
        }
    }
}

TEST(PackedRTreeLaws, PointsOnAGridAreFoundOnTheRimOfTheBoxToo) {
    SCOPED_TRACE(seed_note());
    Random random;
    std::vector<Box> points;
    for (int i = 0; i < 2000; ++i) {
        const geom::Point p{static_cast<double>(random.integer(0, 30)), static_cast<double>(random.integer(0, 30))};
        points.push_back({p, p});
    }
    const index::PackedRTree tree(points);
    for (std::size_t i = 0; i < rounds(500, 10000); ++i) {
        const double x = random.integer(0, 30);
        const double y = random.integer(0, 30);
        const Box wanted{{x, y}, {x + random.integer(0, 9), y + random.integer(0, 9)}};
        ASSERT_EQ(tree.search(wanted), meeting(points, wanted));
    }
}

}  // namespace
}  // namespace ranh::test
