#include "importers/crs_detection/wording.hpp"

#include <gtest/gtest.h>

namespace ranh::crs_detection {
namespace {

TEST(Wording, WritesNumbersAsTheTwoLanguagesDo) {
    EXPECT_EQ(whole_number(1255172.4), (Sentence{"1.255.172", "1,255,172"}));
    EXPECT_EQ(whole_number(107.0), (Sentence{"107", "107"}));
    EXPECT_EQ(whole_number(-1000.0), (Sentence{"-1.000", "-1,000"}));
}

TEST(Wording, ChoosesTheUnitOfADistanceByItsSize) {
    EXPECT_EQ(distance_words(Metres(0.558)), (Sentence{"0,56 m", "0.56 m"}));
    EXPECT_EQ(distance_words(Metres(225.49)), (Sentence{"225 m", "225 m"}));
    EXPECT_EQ(distance_words(Metres(81750.0)), (Sentence{"81,8 km", "81.8 km"}));
    EXPECT_EQ(distance_words(Metres(300123.0)), (Sentence{"300 km", "300 km"}));
}

TEST(Wording, NamesEightWinds) {
    EXPECT_EQ(wind_words(Degrees(0.0)).vi, "bắc");
    EXPECT_EQ(wind_words(Degrees(300.0)), (Sentence{"tây bắc", "north-west"}));
    EXPECT_EQ(wind_words(Degrees(359.9)).en, "north");
    EXPECT_EQ(wind_words(Degrees(91.0)).en, "east");
}

}  // namespace
}  // namespace ranh::crs_detection
