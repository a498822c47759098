#include "tests/support/parcel_generator.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ranh::test {
namespace {

using Corner = std::pair<std::int64_t, std::int64_t>;  // whole millimetres

Corner in_millimetres(const geom::Point& p) { return {std::llround(p.x * 1000.0), std::llround(p.y * 1000.0)}; }

// Twice the signed area in square millimetres, exact: relative to the first corner nothing comes near 2^63.
std::int64_t doubled_area(const std::vector<geom::Point>& ring) {
    const Corner origin = in_millimetres(ring.front());
    std::int64_t sum = 0;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        const Corner a = in_millimetres(ring[i - 1]);
        const Corner b = in_millimetres(ring[i]);
        sum += (a.first - origin.first) * (b.second - origin.second) -
               (b.first - origin.first) * (a.second - origin.second);
    }
    return sum;
}

std::vector<SyntheticParcel> parcels_of(const ParcelGeneratorOptions& options) {
    std::vector<SyntheticParcel> parcels;
    generate_parcels(options, [&](const SyntheticParcel& parcel) { parcels.push_back(parcel); });
    return parcels;
}

ParcelGeneratorOptions grid(std::size_t columns, std::size_t rows) {
    ParcelGeneratorOptions options;
    options.columns = columns;
    options.rows = rows;
    return options;
}

// FNV-1a over the millimetres and attributes: a change of any byte of the generator's output changes it.
std::uint64_t fingerprint(const ParcelGeneratorOptions& options) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    const auto add = [&](std::int64_t value) {
        for (int shift = 0; shift < 64; shift += 8) {
            hash = (hash ^ ((static_cast<std::uint64_t>(value) >> shift) & 0xffU)) * 0x100000001b3U;
        }
    };
    generate_parcels(options, [&](const SyntheticParcel& parcel) {
        for (const geom::Point& p : parcel.ring) {
            add(in_millimetres(p).first);
            add(in_millimetres(p).second);
        }
        add(parcel.sheet);
        add(parcel.number);
        add(parcel.land_code[0] * 65536 + parcel.land_code[1] * 256 + parcel.land_code[2]);
        add(std::llround(parcel.registered_area_m2 * 10.0));
    });
    return hash;
}

TEST(ParcelGenerator, GivesTheSameBytesForTheSameSeedOnEveryMachine) {
    EXPECT_EQ(fingerprint(grid(30, 20)), 10058742417275872664U);
}

TEST(ParcelGenerator, GivesOtherParcelsForAnotherSeed) {
    ParcelGeneratorOptions other = grid(30, 20);
    ++other.seed;
    EXPECT_NE(fingerprint(other), fingerprint(grid(30, 20)));
}

TEST(ParcelGenerator, LetsNeighboursShareEveryEdgeBitForBit) {
    std::map<std::pair<std::pair<double, double>, std::pair<double, double>>, int> edges;
    std::size_t outline = 0;
    for (const SyntheticParcel& parcel : parcels_of(grid(12, 9))) {
        for (std::size_t i = 1; i < parcel.ring.size(); ++i) {
            const geom::Point a = parcel.ring[i - 1];
            const geom::Point b = parcel.ring[i];
            const bool on_outline = (a.x == b.x && (a.x == 500000.0 || a.x == 500480.0)) ||
                                    (a.y == b.y && (a.y == 1300000.0 || a.y == 1300360.0));
            outline += on_outline ? 1U : 0U;
            edges[{{a.x, a.y}, {b.x, b.y}}] += on_outline ? 0 : 1;
        }
    }
    for (const auto& [edge, count] : edges) {
        const auto back = edges.find({edge.second, edge.first});
        EXPECT_EQ(count, back == edges.end() ? 0 : 1) << "edge from " << edge.first.first << " " << edge.first.second;
    }
    EXPECT_GE(outline, 2U * (12U + 9U));
}

TEST(ParcelGenerator, FillsTheExtentWithoutGapOrOverlap) {
    std::int64_t sum = 0;
    for (const SyntheticParcel& parcel : parcels_of(grid(41, 33))) {
        EXPECT_GT(doubled_area(parcel.ring), 0);
        sum += doubled_area(parcel.ring);
    }
    EXPECT_EQ(sum, 2 * std::int64_t{41} * 33 * 40'000 * 40'000);
}

TEST(ParcelGenerator, MakesParcelsOfTenVerticesAndSixteenHundredSquareMetres) {
    std::vector<std::int64_t> areas;
    std::size_t vertices = 0;
    for (const SyntheticParcel& parcel : parcels_of(grid(100, 100))) {
        vertices += parcel.ring.size() - 1;
        areas.push_back(doubled_area(parcel.ring) / 2'000'000);
    }
    std::sort(areas.begin(), areas.end());
    EXPECT_NEAR(static_cast<double>(vertices) / 10'000.0, 10.0, 0.1);
    EXPECT_NEAR(static_cast<double>(areas[5'000]), 1'550.0, 50.0);
    EXPECT_GT(areas.front(), 480);
    EXPECT_LT(areas.back(), 3'400);
}

TEST(ParcelGenerator, NumbersParcelsOnceInSheetsFromTheNorthWest) {
    const std::vector<SyntheticParcel> parcels = parcels_of(grid(60, 30));
    std::set<std::pair<int, int>> keys;
    for (const SyntheticParcel& parcel : parcels) {
        keys.insert({parcel.sheet, parcel.number});
    }
    EXPECT_EQ(keys.size(), parcels.size());
    EXPECT_EQ(keys.rbegin()->first, 6);
    EXPECT_EQ(keys.begin()->second, 1);
    EXPECT_EQ(parcels.front().ring.front().x, 500000.0);
}

TEST(ParcelGenerator, RegistersTheTrueAreaForFourInFiveAndAGrossErrorForThreeInAHundred) {
    int exact = 0;
    int gross = 0;
    for (const SyntheticParcel& parcel : parcels_of(grid(100, 100))) {
        const double measured = static_cast<double>(doubled_area(parcel.ring)) / 2e6;
        const double off = std::abs(parcel.registered_area_m2 - measured);
        exact += off <= 0.0501 ? 1 : 0;
        gross += off > 0.05 * measured ? 1 : 0;
    }
    EXPECT_NEAR(exact, 8'000, 200);
    EXPECT_NEAR(gross, 300, 60);
}

TEST(ParcelGenerator, LeavesOutWhatIsNotKeptAndKeepsTheOtherNumbers) {
    ParcelGeneratorOptions options = grid(10, 10);
    options.keep = [](std::span<const geom::Point> ring) { return ring.front().x < 500200.0; };
    const std::vector<SyntheticParcel> kept = parcels_of(options);
    EXPECT_GT(kept.size(), 30U);
    EXPECT_LT(kept.size(), 70U);
    EXPECT_EQ(kept.front().number, 1);
    EXPECT_GT(kept.back().number, static_cast<int>(kept.size()));
}

TEST(ParcelGenerator, MakesAProvinceOfTwoAndAHalfMillionParcels) {
    ParcelGeneratorOptions province = province_sized_parcels();
    EXPECT_EQ(province.columns * province.rows, 2'550'400U);
    if (std::getenv("RANH_FULL") == nullptr) {
        province.columns /= 5;
        province.rows /= 5;
    }
    std::size_t count = 0;
    std::int64_t sum = 0;
    generate_parcels(province, [&](const SyntheticParcel& parcel) {
        ++count;
        sum += doubled_area(parcel.ring) / 2;
    });
    const auto cells = static_cast<std::int64_t>(province.columns * province.rows);
    EXPECT_EQ(count, province.columns * province.rows);
    // Halving drops half a square millimetre per parcel at most.
    EXPECT_NEAR(static_cast<double>(sum - cells * 40'000 * 40'000), 0.0, static_cast<double>(cells));
}

TEST(ParcelGeneratorDeathTest, RefusesASideThatIsNotWholeMillimetres) {
    ParcelGeneratorOptions options = grid(1, 1);
    options.side_m = 40.00005;
    EXPECT_DEATH(generate_parcels(options, [](const SyntheticParcel&) {}), "assertion failed");
}

}  // namespace
}  // namespace ranh::test
