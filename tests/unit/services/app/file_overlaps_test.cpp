#include "services/app/file_overlaps.hpp"

#include "spatial/geom/geometry.hpp"
#include "tests/support/program.hpp"
#include "tests/support/tables.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

namespace ranh::app {
namespace {

using test::number_in;
using test::read_csv;
using testing::HasSubstr;

using Ring = std::vector<geom::Point>;

class FileOverlaps : public testing::Test {
protected:
    /// A GeoJSON file of polygons of one ring each, in degrees. Field `code`: '1, "a"', …
    [[nodiscard]] std::string areas(const std::string& name, const std::vector<Ring>& rings) const {
        std::vector<std::string> features;
        for (const Ring& ring : rings) {
            std::vector<std::string> points;
            for (const geom::Point& p : ring) {
                points.push_back(fmt::format("[{},{}]", p.x, p.y));
            }
            features.push_back(fmt::format(
                R"({{"type":"Feature","properties":{{"code":"{}, \"a\""}},"geometry":{{"type":"Polygon","coordinates":[[{}]]}}}})",
                features.size() + 1, fmt::join(points, ",")));
        }
        test::write_file(m_folder.file(name),
                         fmt::format(R"({{"type":"FeatureCollection","features":[{}]}})", fmt::join(features, ",")));
        return m_folder.file(name);
    }
    [[nodiscard]] std::string output() const { return m_folder.file("pairs.csv"); }
    [[nodiscard]] FileOverlapOptions options(const std::string& left, const std::string& right) const {
        return {.left = {left}, .right = {right}, .output = output()};
    }
    /// What is thrown; the output must not be there then.
    [[nodiscard]] Error refusal(const FileOverlapOptions& options) const {
        try {
            static_cast<void>(write_file_overlaps(options));
        } catch (const Failure& failure) {
            EXPECT_TRUE(std::filesystem::is_empty(m_folder.path()) || !std::filesystem::exists(output()));
            EXPECT_FALSE(std::filesystem::exists(output() + ".part"));
            return failure.error();
        }
        return {ErrorKind::internal, "no Failure was thrown", {}};
    }
    test::TemporaryFolder m_folder;
};

/// Four bands over the commune of the sample parcels that overlap each other.
const std::vector<Ring> bands = {
    {{108.40, 11.00}, {108.60, 11.00}, {108.60, 11.20}, {108.40, 11.20}, {108.40, 11.00}},
    {{108.40, 11.00}, {108.60, 11.00}, {108.60, 11.11}, {108.40, 11.10}, {108.40, 11.00}},
    {{108.40, 11.09}, {108.60, 11.10}, {108.60, 11.20}, {108.40, 11.20}, {108.40, 11.09}},
    {{108.40, 11.00}, {108.60, 11.00}, {108.60, 11.20}, {108.40, 11.20}, {108.40, 11.00}},
};

TEST_F(FileOverlaps, AreTheSameBytesForAnyNumberOfThreadsAndBothWaysRound) {
    const std::string parcels = test::sample("lamdong/parcels-synthetic/parcels.fgb");
    const std::string zones = areas("zones.geojson", bands);
    for (const auto& [left, right] : {std::pair(parcels, zones), std::pair(zones, parcels)}) {
        FileOverlapOptions given = options(left, right);
        given.threads = 1;
        const FileOverlapSummary one = write_file_overlaps(given);
        EXPECT_GT(one.pairs, 16'384U) << "more than are formatted at once";
        const std::string bytes = test::read_file(output());
        EXPECT_TRUE(std::ranges::is_sorted(read_csv(output()).rows, {}, [](const auto& row) {
            return std::pair(number_in(row, "left"), number_in(row, "right"));
        }));
        for (const unsigned threads : {2U, 7U}) {
            given.threads = threads;
            EXPECT_EQ(write_file_overlaps(given).area_m2, one.area_m2);
            EXPECT_EQ(test::read_file(output()), bytes) << threads;
        }
    }
}

TEST_F(FileOverlaps, OfAFileWithItselfAreEachPairOnce) {
    const std::string zones = areas("zones.geojson", bands);
    const FileOverlapSummary summary = write_file_overlaps(options(zones, zones));
    EXPECT_EQ(summary.pairs, 6U);
    for (const auto& row : read_csv(output()).rows) {
        EXPECT_LT(number_in(row, "left"), number_in(row, "right"));
    }
}

TEST_F(FileOverlaps, QuoteIdsThatNeedIt) {
    const std::string zones = areas("zones.geojson", bands);
    FileOverlapOptions given = options(zones, zones);
    given.left.id_field = given.right.id_field = "code";
    static_cast<void>(write_file_overlaps(given));
    EXPECT_EQ(read_csv(output()).rows.at(0).at("left"), "1, \"a\"");
}

TEST_F(FileOverlaps, GiveTheWholeOfWhatLiesInside) {
    const std::string inner =
        areas("inner.geojson", {{{107.50, 11.50}, {107.501, 11.50}, {107.501, 11.501}, {107.50, 11.50}}});
    const std::string outer =
        areas("outer.geojson", {{{107.4, 11.4}, {107.6, 11.4}, {107.6, 11.6}, {107.4, 11.6}, {107.4, 11.4}},
                                {{108.4, 11.4}, {108.6, 11.4}, {108.6, 11.6}, {108.4, 11.6}, {108.4, 11.4}}});
    static_cast<void>(write_file_overlaps(options(inner, outer)));
    const auto rows = read_csv(output()).rows;
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].at("share_left"), "1");
    EXPECT_NEAR(number_in(rows[0], "area_m2"), 0.5 * 109'100.0 * 110'620.0 * 1e-6, 20.0);
    EXPECT_NEAR(number_in(rows[0], "share_right"), 0.5e-6 / 0.04, 1e-8);
}

TEST_F(FileOverlaps, CountPairsWhereARingCrossesItself) {
    // Two equal halves turned against each other: no area as a whole, and the right one winds backwards.
    const std::string tie =
        areas("tie.geojson", {{{107.5, 11.5}, {107.6, 11.6}, {107.6, 11.5}, {107.5, 11.6}, {107.5, 11.5}}});
    const std::string zone =
        areas("zone.geojson", {{{107.4, 11.4}, {107.58, 11.4}, {107.58, 11.7}, {107.4, 11.7}, {107.4, 11.4}}});
    const FileOverlapSummary summary = write_file_overlaps(options(zone, tie));
    EXPECT_EQ(summary.pairs, 1U);
    EXPECT_EQ(summary.invalid_pairs, 1U);
}

TEST_F(FileOverlaps, NameTheFeatureThatCannotBeProjected) {
    const std::string zones = areas(
        "zones.geojson", {{{5e5, 1.3e6}, {6e5, 1.3e6}, {6e5, 1.4e6}}, {{5e5, 1.3e6}, {1e15, 1.3e6}, {6e5, 1e15}}});
    FileOverlapOptions given = options(zones, zones);
    given.left.crs = given.right.crs = crs::Crs::from_epsg(5899).value();
    const Error error = refusal(given);
    EXPECT_EQ(error.kind, ErrorKind::corrupt_input);
    EXPECT_THAT(error.text(), HasSubstr("zones.geojson: feature 1: "));
}

TEST_F(FileOverlaps, AreAbsentWhenCancelled) {
    CancelToken cancel;
    cancel.stop();
    const std::string zones = areas("zones.geojson", bands);
    FileOverlapOptions given = options(zones, zones);
    given.cancel = &cancel;
    EXPECT_EQ(refusal(given).kind, ErrorKind::cancelled);
}

TEST_F(FileOverlaps, ReportProgressOfEachStretch) {
    const std::string zones = areas("zones.geojson", bands);
    FileOverlapOptions given = options(test::sample("lamdong/parcels-synthetic/parcels.fgb"), zones);
    std::vector<std::string> titles;
    std::uint64_t last = 0;
    given.threads = 1;
    given.progress = [&](const std::string& title) {
        titles.push_back(title);
        return [&](std::uint64_t done, std::uint64_t total) {
            EXPECT_LE(done, total);
            last = done;
        };
    };
    static_cast<void>(write_file_overlaps(given));
    ASSERT_EQ(titles.size(), 3U);
    EXPECT_THAT(titles[1], HasSubstr("zones.geojson"));
    EXPECT_GE(last, 1U);
}

}  // namespace
}  // namespace ranh::app
