#include "spatial/algorithm/unmatched_edges.hpp"

#include "tests/support/flat_layer.hpp"
#include "tests/support/wkt.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::algorithm {
namespace {

using test::FlatLayer;
using test::operator""_wkt;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<UnmatchedEdge> edges_of(const std::vector<geom::Geometry>& features, unsigned threads = 1) {
    return unmatched_edges(FlatLayer(features).view(), threads);
}

/// Features of the edges, in order.
std::vector<std::uint32_t> owners(const std::vector<UnmatchedEdge>& edges) {
    std::vector<std::uint32_t> features;
    features.reserve(edges.size());
    for (const UnmatchedEdge& edge : edges) {
        features.push_back(edge.feature);
    }
    return features;
}

TEST(UnmatchedEdges, AreTheOutlineOfTwoNeighbours) {
    const auto edges = edges_of({"POLYGON((0 0,1 0,1 1,0 1,0 0))"_wkt, "POLYGON((1 0,2 0,2 1,1 1,1 0))"_wkt});
    EXPECT_THAT(owners(edges), ElementsAre(0, 0, 0, 1, 1, 1));
    for (const UnmatchedEdge& edge : edges) {
        EXPECT_TRUE(edge.alone());
        EXPECT_FALSE(edge.from.x == 1 && edge.to.x == 1);
    }
}

TEST(UnmatchedEdges, KeepTheInteriorOnTheLeftWhateverTheRingDoes) {
    const auto edges = edges_of({"POLYGON((0 0,0 4,4 4,4 0,0 0),(1 1,2 1,2 2,1 2,1 1))"_wkt});
    ASSERT_THAT(edges, SizeIs(8));
    for (const UnmatchedEdge& edge : edges) {
        // Both rings are convex about their middle: the shell runs around it to the left, the hole to the right.
        const geom::Point middle = edge.ring == 0 ? geom::Point{2, 2} : geom::Point{1.5, 1.5};
        const double turn =
            (edge.to.x - edge.from.x) * (middle.y - edge.from.y) - (edge.to.y - edge.from.y) * (middle.x - edge.from.x);
        EXPECT_EQ(turn > 0, edge.ring == 0);
    }
}

TEST(UnmatchedEdges, NameThePlacesInTheRingAsItIsStored) {
    const std::vector<geom::Geometry> layer{"POLYGON((0 0,0 4,4 4,4 0,0 0))"_wkt};
    for (const UnmatchedEdge& edge : edges_of(layer)) {
        EXPECT_EQ(layer[0].points()[edge.from_vertex], edge.from);
        EXPECT_EQ(layer[0].points()[edge.to_vertex], edge.to);
        EXPECT_LT(edge.from_vertex, 4U);
        EXPECT_LT(edge.to_vertex, 4U);
    }
}

TEST(UnmatchedEdges, OfADuplicateAreThoseOfBothAndOfTheNeighbour) {
    const auto west = "POLYGON((0 0,1 0,1 1,0 1,0 0))"_wkt;
    const auto edges = edges_of({west, west, "POLYGON((1 0,2 0,2 1,1 1,1 0))"_wkt});
    EXPECT_THAT(owners(edges), ElementsAre(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2));
    for (const UnmatchedEdge& edge : edges) {
        const bool common = edge.from.x == 1 && edge.to.x == 1;
        EXPECT_EQ(edge.same_way, edge.feature == 2 ? 1U : 2U);
        EXPECT_EQ(edge.other_way, !common ? 0U : edge.feature == 2 ? 2U : 1U);
    }
}

TEST(UnmatchedEdges, TakeNegativeZeroForZero) {
    const auto edges =
        edges_of({"POLYGON((-1 0,0 0,0 1,-1 1,-1 0))"_wkt, "POLYGON((-0.0 0,1 0,1 1,-0.0 1,-0.0 0))"_wkt});
    EXPECT_THAT(edges, SizeIs(6));
}

TEST(UnmatchedEdges, AreNoneWhereNothingIs) { EXPECT_THAT(edges_of({}), IsEmpty()); }

TEST(UnmatchedEdges, DoNotDependOnTheThreads) {
    std::vector<geom::Geometry> grid;
    for (int row = 0; row < 100; ++row) {
        for (int column = 0; column < 100; ++column) {
            if ((row * 7 + column) % 50 != 0) {
                const auto x = static_cast<double>(column);
                const auto y = static_cast<double>(row);
                grid.push_back(geom::Geometry::polygon({{x, y}, {x + 1, y}, {x + 1, y + 1}, {x, y + 1}}));
            }
        }
    }
    const auto one = edges_of(grid, 1);
    for (const unsigned threads : {2U, 7U}) {
        const auto many = edges_of(grid, threads);
        ASSERT_EQ(one.size(), many.size());
        for (std::size_t i = 0; i < one.size(); ++i) {
            EXPECT_EQ(one[i].from, many[i].from);
            EXPECT_EQ(one[i].feature, many[i].feature);
            EXPECT_EQ(one[i].from_vertex, many[i].from_vertex);
        }
    }
}

}  // namespace
}  // namespace ranh::algorithm
