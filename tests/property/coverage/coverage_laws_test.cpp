#include "spatial/algorithm/area.hpp"
#include "spatial/operations/coverage/coverage.hpp"
#include "spatial/topology/topology.hpp"
#include "tests/support/flat_layer.hpp"
#include "tests/support/parcel_generator.hpp"
#include "tests/support/seeds.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace ranh::coverage {
namespace {

using geom::Point;
using test::Random;
using testing::ElementsAreArray;
using testing::IsEmpty;
using testing::SizeIs;

using Ring = std::vector<Point>;  // closed

constexpr double side_m = 40.0;
constexpr double origin_m = 64000.0;  // a corner of a cell of every lattice used here

/// Parcels of a clean coverage by column and row.
struct Parcels {
    std::size_t side;
    std::vector<Ring> rings;
    Ring& at(std::size_t column, std::size_t row) { return rings[row * side + column]; }
};

Parcels clean_parcels(std::size_t side, std::uint64_t seed) {
    Parcels parcels{side, std::vector<Ring>(side * side)};
    test::ParcelGeneratorOptions options;
    options.seed = seed;
    options.columns = side;
    options.rows = side;
    options.origin_x_m = origin_m;
    options.origin_y_m = origin_m;
    options.side_m = side_m;
    options.sheet_side = side;
    test::generate_parcels(options, [&](const test::SyntheticParcel& parcel) {
        const auto number = static_cast<std::size_t>(parcel.number - 1);
        const std::size_t from_north = number / side;
        const std::size_t step = number % side;
        parcels.at(from_north % 2 == 0 ? step : side - 1 - step, side - 1 - from_north) = parcel.ring;
    });
    return parcels;
}

CoverageFindings check(const std::vector<Ring>& rings, int level = 6, unsigned threads = 1,
                       double reporting_m2 = CoverageOptions{}.reporting_m2) {
    test::FlatLayer layer;
    for (const Ring& ring : rings) {
        layer.add_ring(ring);
    }
    layer.finish();
    CoverageOptions options;
    options.threads = threads;
    options.reporting_m2 = reporting_m2;
    return check_coverage(layer.view(), algorithm::CellLattice(level), options);
}

Point centre_of(const Ring& ring) {
    const geom::Box box = *geom::box_of(ring);
    return {0.5 * (box.min.x + box.max.x), 0.5 * (box.min.y + box.max.y)};
}

/// Least distance of the lines through the edges from the centre, below 0 where not all of the ring is seen from it.
double least_reach(const Ring& ring) {
    const Point c = centre_of(ring);
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 1; i < ring.size(); ++i) {
        const Point p = ring[i - 1];
        const Point q = ring[i];
        const double cross = (p.x - c.x) * (q.y - c.y) - (q.x - c.x) * (p.y - c.y);
        least = std::min(least, cross / std::hypot(q.x - p.x, q.y - p.y));
    }
    return least;
}

Ring scaled(const Ring& ring, double factor) {
    const Point c = centre_of(ring);
    Ring result = ring;
    for (Point& p : result) {
        p = {c.x + (p.x - c.x) * factor, c.y + (p.y - c.y) * factor};
    }
    return result;
}

void replace_vertex(Ring& ring, std::size_t vertex, Point p) {
    ring[vertex] = p;
    if (vertex == 0) {
        ring.back() = p;
    }
}

enum class Fault : std::uint8_t { moved, dropped, duplicate, wider, narrower, inside };

/// What a fault must be found as.
struct Seeded {
    Fault fault;
    std::uint32_t parcel;
    double measure;  ///< distance in metres, or area in square metres
};

/// Puts a fault into every fourth parcel of every fourth row, far enough apart that none touches another.
std::vector<Seeded> seed_faults(Parcels& parcels, Fault fault, double size_m, Random& random) {
    std::vector<Seeded> seeded;
    for (std::size_t row = 1; row + 1 < parcels.side; row += 4) {
        for (std::size_t column = 1; column + 1 < parcels.side; column += 4) {
            Ring& ring = parcels.at(column, row);
            const auto parcel = static_cast<std::uint32_t>(row * parcels.side + column);
            const auto corners = static_cast<int>(ring.size()) - 1;
            const auto k = static_cast<std::size_t>(random.integer(0, corners - 1));
            const Point before = ring[k == 0 ? ring.size() - 2 : k - 1];
            const Point after = ring[k + 1];
            const double length = std::hypot(after.x - before.x, after.y - before.y);
            const Point across{-(after.y - before.y) / length, (after.x - before.x) / length};
            const double area = std::abs(algorithm::signed_ring_area(ring));
            switch (fault) {
                case Fault::moved: {
                    const double way = random.chance(0.5) ? size_m : -size_m;
                    replace_vertex(ring, k, {ring[k].x + way * across.x, ring[k].y + way * across.y});
                    seeded.push_back({fault, parcel, size_m});
                    break;
                }
                case Fault::dropped: {
                    // A triangle that misses its corner opposite the longest side: of others it is open who lacks what.
                    const double longest = std::max(std::hypot(ring[k].x - before.x, ring[k].y - before.y),
                                                    std::hypot(ring[k].x - after.x, ring[k].y - after.y));
                    const double off = std::abs((ring[k].x - before.x) * across.x + (ring[k].y - before.y) * across.y);
                    if (length > 1.01 * longest) {
                        ring.erase(ring.begin() + static_cast<std::ptrdiff_t>(k));
                        ring.back() = ring.front();
                        seeded.push_back({fault, parcel, off});
                    }
                    break;
                }
                case Fault::duplicate: {
                    Ring again(ring.begin(), ring.end() - 1);
                    std::ranges::rotate(again, again.begin() + static_cast<std::ptrdiff_t>(k));
                    std::ranges::reverse(again);
                    again.push_back(again.front());
                    parcels.rings.push_back(again);
                    seeded.push_back({fault, parcel, area});
                    break;
                }
                case Fault::wider:
                case Fault::narrower: {
                    const double reach = least_reach(ring);
                    if (reach > 5.0) {
                        const double factor = 1.0 + (fault == Fault::wider ? size_m : -size_m) / reach;
                        ring = scaled(ring, factor);
                        seeded.push_back({fault, parcel, std::abs(area * (factor * factor - 1.0))});
                    }
                    break;
                }
                case Fault::inside: {
                    if (least_reach(ring) > 5.0) {
                        const Point c = centre_of(ring);
                        const double half = 0.5 * size_m;
                        parcels.rings.push_back({{c.x - half, c.y - half},
                                                 {c.x + half, c.y - half},
                                                 {c.x + half, c.y + half},
                                                 {c.x - half, c.y + half},
                                                 {c.x - half, c.y - half}});
                        seeded.push_back({fault, parcel, size_m * size_m});
                    }
                    break;
                }
            }
        }
    }
    return seeded;
}

constexpr std::size_t side = 30;

TEST(CoverageLaws, ACleanCoverageYieldsNothing) {
    Random random;
    for (std::size_t round = 0; round < test::rounds(2, 20); ++round) {
        const auto parcels = clean_parcels(side, static_cast<std::uint64_t>(random.integer(1, 1 << 30)));
        const CoverageFindings found = check(parcels.rings);
        EXPECT_THAT(found.mismatches, IsEmpty());
        EXPECT_THAT(found.gaps, IsEmpty());
        EXPECT_THAT(found.overlaps, IsEmpty());
        EXPECT_EQ(found.edges.outline, found.edges.unmatched);
        EXPECT_THAT(found.outline, SizeIs(1));
    }
}

/// Mismatches of vertices: one for each fault, and whatever ground it gives or takes has it as its cause.
void expect_mismatches(const CoverageFindings& found, const std::vector<Seeded>& seeded, bool moved) {
    ASSERT_EQ(found.mismatches.size(), seeded.size());
    std::vector<bool> met(seeded.size(), false);
    for (const BoundaryMismatch& mismatch : found.mismatches) {
        const auto one = std::ranges::find_if(seeded, [&](const Seeded& s) {
            return s.parcel == mismatch.lacking || (moved && s.parcel == mismatch.vertex.feature);
        });
        ASSERT_NE(one, seeded.end());
        met[static_cast<std::size_t>(one - seeded.begin())] = true;
        EXPECT_EQ(mismatch.moved.has_value(), moved);
        EXPECT_NEAR(mismatch.distance_m, one->measure, 1e-6);
    }
    EXPECT_THAT(met, testing::Each(true));
    for (const Gap& gap : found.gaps) {
        EXPECT_TRUE(gap.cause.has_value());
    }
    for (const OverlapPair& pair : found.overlaps) {
        EXPECT_TRUE(pair.cause.has_value()) << pair.left << " " << pair.right << " " << pair.area_m2;
    }
}

TEST(CoverageLaws, AMovedVertexIsOneMismatchWhateverTheWay) {
    SCOPED_TRACE(test::seed_note());
    Random random;
    for (std::size_t round = 0; round < test::rounds(1, 20); ++round) {
        for (const double way : {0.02, 0.05, 0.5, 1.5}) {
            SCOPED_TRACE(way);
            Parcels parcels = clean_parcels(side, static_cast<std::uint64_t>(random.integer(1, 1 << 30)));
            const std::vector<Seeded> seeded = seed_faults(parcels, Fault::moved, way, random);
            expect_mismatches(check(parcels.rings), seeded, true);
        }
    }
}

TEST(CoverageLaws, ADroppedVertexIsOneMismatchHoweverFarOff) {
    SCOPED_TRACE(test::seed_note());
    Random random;
    for (std::size_t round = 0; round < test::rounds(2, 40); ++round) {
        Parcels parcels = clean_parcels(side, static_cast<std::uint64_t>(random.integer(1, 1 << 30)));
        const std::vector<Seeded> seeded = seed_faults(parcels, Fault::dropped, 0.0, random);
        expect_mismatches(check(parcels.rings), seeded, false);
    }
}

TEST(CoverageLaws, OverlapsAndGapsAreFoundWithTheirAreasAndNothingElse) {
    SCOPED_TRACE(test::seed_note());
    Random random;
    const std::array<std::pair<Fault, double>, 8> faults{{{Fault::duplicate, 0.0},
                                                          {Fault::wider, 0.05},
                                                          {Fault::wider, 1.0},
                                                          {Fault::narrower, 0.05},
                                                          {Fault::narrower, 0.5},
                                                          {Fault::narrower, 2.0},
                                                          {Fault::inside, 0.1},
                                                          {Fault::inside, 5.0}}};
    for (std::size_t round = 0; round < test::rounds(1, 20); ++round) {
        for (const auto& [fault, size_m] : faults) {
            for (const int level : {4, 6}) {
                SCOPED_TRACE(fmt::format("fault {} of {} m, level {}", static_cast<int>(fault), size_m, level));
                Parcels parcels = clean_parcels(side, static_cast<std::uint64_t>(random.integer(1, 1 << 30)));
                const std::vector<Seeded> seeded = seed_faults(parcels, fault, size_m, random);
                const CoverageFindings found = check(parcels.rings, level);
                EXPECT_THAT(found.mismatches, IsEmpty());
                std::vector<double> areas(parcels.rings.size(), 0.0);
                for (const OverlapPair& pair : found.overlaps) {
                    EXPECT_NE(fault, Fault::narrower);
                    EXPECT_EQ(pair.kind == OverlapKind::duplicate, fault == Fault::duplicate);
                    EXPECT_EQ(pair.kind == OverlapKind::containment, fault == Fault::inside);
                    areas[pair.left] += pair.area_m2;
                    areas[pair.right] += pair.area_m2;
                }
                for (const Gap& gap : found.gaps) {
                    EXPECT_EQ(fault, Fault::narrower);
                    for (const std::uint32_t neighbour : gap.neighbours) {
                        areas[neighbour] += gap.area_m2;
                    }
                }
                const std::size_t findings = found.gaps.size() + found.overlaps.size();
                EXPECT_TRUE(fault == Fault::wider ? findings >= seeded.size() : findings == seeded.size());
                for (const Seeded& one : seeded) {
                    EXPECT_NEAR(areas[one.parcel], one.measure, 1e-6 + (fault == Fault::wider ? 0.01 : 0.0));
                }
            }
        }
    }
}

/// All that is found, with features by their first name, in an order that does not depend on theirs.
std::vector<std::string> told(const CoverageFindings& found, const std::vector<std::size_t>& names) {
    std::vector<std::string> lines;
    const auto cause = [&](const std::optional<std::size_t>& c) {
        return c ? fmt::format("{} {}", found.mismatches[*c].vertex.point.x, found.mismatches[*c].vertex.point.y) : "";
    };
    for (const BoundaryMismatch& m : found.mismatches) {
        lines.push_back(fmt::format("mismatch {} {} {}", m.vertex.point.x, m.vertex.point.y, m.distance_m));
    }
    for (const Gap& gap : found.gaps) {
        std::vector<std::size_t> neighbours;
        for (const std::uint32_t i : gap.neighbours) {
            neighbours.push_back(names[i]);
        }
        std::ranges::sort(neighbours);
        lines.push_back(
            fmt::format("gap {} {} [{}] {}", gap.area_m2, gap.width_m, fmt::join(neighbours, " "), cause(gap.cause)));
    }
    for (const OverlapPair& pair : found.overlaps) {
        const auto [low, high] =
            std::pair(std::min(names[pair.left], names[pair.right]), std::max(names[pair.left], names[pair.right]));
        lines.push_back(fmt::format("overlap {} {} {} {} {}", low, high, static_cast<int>(pair.kind), pair.area_m2,
                                    cause(pair.cause)));
    }
    std::ranges::sort(lines);
    return lines;
}

TEST(CoverageLaws, FindingsDependNeitherOnThreadsNorOnTheOrderOfTheFeatures) {
    SCOPED_TRACE(test::seed_note());
    Random random;
    for (std::size_t round = 0; round < test::rounds(2, 20); ++round) {
        Parcels parcels = clean_parcels(side, static_cast<std::uint64_t>(random.integer(1, 1 << 30)));
        // Any vertex of any parcel by any way, and some parcels twice: many of the faults touch one another.
        for (int i = 0; i < 100; ++i) {
            const auto parcel = static_cast<std::size_t>(random.integer(0, static_cast<int>(side * side) - 1));
            Ring& ring = parcels.rings[parcel];
            const auto k = static_cast<std::size_t>(random.integer(0, static_cast<int>(ring.size()) - 2));
            replace_vertex(ring, k, {ring[k].x + random.real(-2, 2), ring[k].y + random.real(-2, 2)});
            if (i % 10 == 0) {
                const Ring copy = ring;
                parcels.rings.push_back(copy);
            }
        }
        std::vector<std::size_t> names(parcels.rings.size());
        std::iota(names.begin(), names.end(), std::size_t{0});
        const std::vector<std::string> expected = told(check(parcels.rings), names);
        EXPECT_GT(expected.size(), 100U);
        for (const unsigned threads : {2U, 7U}) {
            EXPECT_THAT(told(check(parcels.rings, 6, threads), names), ElementsAreArray(expected));
        }
        for (std::size_t i = names.size(); i > 1; --i) {
            std::swap(names[i - 1], names[static_cast<std::size_t>(random.integer(0, static_cast<int>(i) - 1))]);
        }
        std::vector<Ring> shuffled;
        for (const std::size_t i : names) {
            shuffled.push_back(parcels.rings[i]);
        }
        const std::vector<std::string> of_shuffled = told(check(shuffled, 6, 2), names);
        std::vector<std::string> differing;
        std::ranges::set_symmetric_difference(expected, of_shuffled, std::back_inserter(differing));
        EXPECT_THAT(differing, IsEmpty());
    }
}

TEST(CoverageLaws, AgreesWithBruteForceOnSmallRandomLayers) {
    SCOPED_TRACE(test::seed_note());
    Random random;
    constexpr int cells = 5;
    for (std::size_t round = 0; round < test::rounds(100, 5000); ++round) {
        SCOPED_TRACE(round);
        std::vector<geom::Geometry> parcels;
        std::vector<Ring> rings;
        for (int row = 0; row < cells; ++row) {
            for (int column = 0; column < cells; ++column) {
                Ring ring;
                for (const auto& [dx, dy] : {std::pair{0, 0}, {1, 0}, {1, 1}, {0, 1}}) {
                    const bool off = random.chance(0.2);
                    ring.push_back({16.0 * (column + dx) + (off ? random.real(-4, 4) : 0.0),
                                    16.0 * (row + dy) + (off ? random.real(-4, 4) : 0.0)});
                }
                ring.push_back(ring.front());
                rings.push_back(ring);
                parcels.push_back(geom::Geometry::polygon(ring));
            }
        }
        const CoverageFindings found = check(rings, 4);
        std::size_t pairs = 0;
        for (std::size_t i = 0; i < parcels.size(); ++i) {
            for (std::size_t j = i + 1; j < parcels.size(); ++j) {
                const double area = algorithm::overlap_area(parcels[i], parcels[j]);
                pairs += area >= 0.001 ? 1U : 0U;
            }
        }
        EXPECT_EQ(found.overlaps.size(), pairs);
        for (const OverlapPair& pair : found.overlaps) {
            EXPECT_NEAR(pair.area_m2, algorithm::overlap_area(parcels[pair.left], parcels[pair.right]), 1e-9);
        }
        // What the outline surrounds and no parcel has is in the gaps, and nothing else.
        double surrounded = 0.0;
        for (const Ring& ring : found.outline) {
            surrounded -= algorithm::signed_ring_area(ring);
        }
        double empty = 0.0;
        for (const Gap& gap : check(rings, 4, 1, 0.0).gaps) {
            empty += gap.area_m2;
            EXPECT_NEAR(gap.area_m2, algorithm::area(gap.ground), 1e-9);
            for (const geom::Geometry& parcel : parcels) {
                EXPECT_LT(algorithm::overlap_area(gap.ground, parcel), 1e-2);
            }
        }
        const geom::Geometry ground = topology::unary_union(parcels).value().value();
        EXPECT_NEAR(surrounded, algorithm::area(ground) + empty, 1e-2);
    }
}

}  // namespace
}  // namespace ranh::coverage
