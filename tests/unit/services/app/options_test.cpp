#include "services/app/options.hpp"

#include <CLI/CLI.hpp>
#include <gtest/gtest.h>

namespace ranh::app {
namespace {

/// Reads words as the command line of a command that has only these options.
template <typename AddOptions>
bool accepts(const AddOptions& add_options, std::vector<std::string> words) {
    CLI::App command;
    add_options(command);
    std::reverse(words.begin(), words.end());
    try {
        command.parse(words);
    } catch (const CLI::ParseError&) {
        return false;
    }
    return true;
}

TEST(DateOptions, AreTodayAndNowUnlessGiven) {
    const DateOptions dates;
    EXPECT_LE(dates.known_at(), Timestamp::now());
    EXPECT_LE(dates.at(), Date::today());
}

TEST(DateOptions, TakeDaysOnly) {
    DateOptions dates;
    const auto add = [&dates](CLI::App& command) { add_date_options(command, dates); };
    EXPECT_TRUE(accepts(add, {"--at", "2026-03-31"}));
    EXPECT_EQ(dates.at().to_string(), "2026-03-31");
    EXPECT_FALSE(accepts(add, {"--at", "31/03/2026"}));
    EXPECT_FALSE(accepts(add, {"--at", "2026-02-30"}));
}

TEST(DateOptions, TakeADayForKnownAtAsItsEndInVietNam) {
    DateOptions dates;
    const auto add = [&dates](CLI::App& command) { add_date_options(command, dates); };
    EXPECT_TRUE(accepts(add, {"--known-at", "2026-03-31"}));
    EXPECT_EQ(dates.known_at().to_string(), "2026-03-31T16:59:59.999Z");
    EXPECT_TRUE(accepts(add, {"--known-at", "2026-03-31T08:00:00Z"}));
    EXPECT_FALSE(accepts(add, {"--known-at", "yesterday"}));
}

TEST(ReadOptions, TakeAKnownSystemOrAuto) {
    ReadOptionsText text;
    const auto add = [&text](CLI::App& command) { add_read_options(command, text); };
    EXPECT_TRUE(accepts(add, {"--crs", "auto"}));
    EXPECT_TRUE(accepts(add, {"--crs", "EPSG:5899"}));
    EXPECT_EQ(read_options(text, nullptr).crs.value().epsg(), 5899);
    EXPECT_FALSE(accepts(add, {"--crs", "EPSG:1"}));
    EXPECT_FALSE(accepts(add, {"--crs", "EPSG:6959"})) << "deprecated";
    EXPECT_FALSE(accepts(add, {"--crs", "VN2000"}));
}

TEST(ReadOptions, TakeTheThreeChoicesForAnInnerRing) {
    ReadOptionsText text;
    const auto add = [&text](CLI::App& command) { add_read_options(command, text); };
    EXPECT_EQ(read_options(text, nullptr).inner_ring, pipeline::InnerRing::undecided);
    EXPECT_TRUE(accepts(add, {"--inner-ring", "hole"}));
    EXPECT_EQ(read_options(text, nullptr).inner_ring, pipeline::InnerRing::hole);
    EXPECT_TRUE(accepts(add, {"--inner-ring", "part"}));
    EXPECT_TRUE(accepts(add, {"--inner-ring", "ignore"}));
    EXPECT_FALSE(accepts(add, {"--inner-ring", "guess"}));
}

TEST(ReadOptions, KnowTheCommunesShippedWithTheProgram) { EXPECT_EQ(shipped_communes().size(), 124U); }

TEST(ThresholdOptions, RefuseValuesOutsideTheirRange) {
    ThresholdOptions thresholds;
    const auto add = [&thresholds](CLI::App& command) { add_threshold_options(command, thresholds); };
    EXPECT_TRUE(accepts(add, {"--min-area", "10.5", "--min-share", "0.25", "--near", "500"}));
    EXPECT_EQ(thresholds.overlap_options().min_area, SquareMetres(10.5));
    EXPECT_EQ(thresholds.overlap_options().min_share, 0.25);
    EXPECT_EQ(thresholds.overlap_options().near, Metres(500.0));
    EXPECT_FALSE(accepts(add, {"--min-area", "-1"}));
    EXPECT_FALSE(accepts(add, {"--min-share", "1.5"}));
    EXPECT_FALSE(accepts(add, {"--near", "-5"}));
    EXPECT_FALSE(accepts(add, {"--near", "nan"}));
    EXPECT_FALSE(accepts(add, {"--min-area", "nan"}));
    EXPECT_FALSE(accepts(add, {"--min-area", "inf"}));
}

}  // namespace
}  // namespace ranh::app
