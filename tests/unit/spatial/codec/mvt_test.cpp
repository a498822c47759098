#include "spatial/codec/mvt.hpp"

#include "tests/support/wkt.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::codec {
namespace {

using test::from_wkt;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

MvtFeature drawn(std::string_view wkt) { return {from_wkt(wkt), {}}; }

/// Writes one feature and reads it back; empty text when nothing of it is left.
std::string there_and_back(std::string_view wkt) {
    const auto layers = parse_mvt(to_mvt({{"a", 4096, {drawn(wkt)}}})).value();
    return layers.empty() ? std::string() : test::to_text(layers.front().features.front().geometry);
}

std::string same(std::string_view wkt) { return test::to_text(from_wkt(wkt)); }

std::string fault_of(std::string_view bytes) {
    const auto parsed = parse_mvt(bytes);
    return parsed ? "none" : parsed.error().sentence;
}

/// A tile with one layer and one feature of the given type and geometry words (all under 128, one byte each).
std::string hand_made(char type, std::string_view geometry) {
    const std::string feature =
        std::string("\x18") + type + "\x22" + static_cast<char>(geometry.size()) + std::string(geometry);
    const std::string layer = std::string(
                                  "\x78\x02\x0a\x01"
                                  "a\x12") +
                              static_cast<char>(feature.size()) + feature;
    return std::string("\x1a") + static_cast<char>(layer.size()) + layer;
}

TEST(Mvt, GeometriesComeBackAsTheyWere) {
    for (const std::string_view wkt :
         {"POINT(5 7)", "MULTIPOINT((5 7),(3 2))", "LINESTRING(2 2,2 10,10 10)",
          "MULTILINESTRING((2 2,2 10),(1 1,3 5))", "POLYGON((0 0,10 0,10 10,0 10,0 0),(2 2,2 4,4 4,4 2,2 2))",
          "MULTIPOLYGON(((0 0,10 0,10 10,0 10,0 0)),((11 11,20 11,20 20,11 20,11 11),(13 13,13 17,17 17,17 13,13 "
          "13)))"}) {
        EXPECT_EQ(there_and_back(wkt), same(wkt));
    }
}

TEST(Mvt, TheExampleOfTheSpecificationIsEncodedWordByWord) {
    // Specification 4.3.5.2: a polygon with one ring.
    const std::string tile = to_mvt({{"a", 4096, {drawn("POLYGON((3 6,8 12,20 34,3 6))")}}});
    EXPECT_THAT(tile, HasSubstr(std::string("\x09\x06\x0c\x12\x0a\x0c\x18\x2c\x0f")));
}

TEST(Mvt, RingsGetTheWindingOfTheSpecification) {
    // y points down, so this shell is counter-clockwise on screen and its hole clockwise: both are turned round.
    EXPECT_EQ(there_and_back("POLYGON((0 0,0 10,10 10,10 0,0 0),(2 2,4 2,4 4,2 4,2 2))"),
              same("POLYGON((10 0,10 10,0 10,0 0,10 0),(2 4,4 4,4 2,2 2,2 4))"));
}

TEST(Mvt, WhatHasNoSizeOnTheGridIsLeftOut) {
    EXPECT_EQ(there_and_back("POLYGON((0 0,5 0,10 0,0 0))"), "");
    EXPECT_EQ(there_and_back("LINESTRING(1.1 1.2,1.3 1.4)"), "");
    EXPECT_EQ(there_and_back("MULTIPOLYGON(((0 0,0.2 0,0.2 0.2,0 0)),((0 0,9 0,9 9,0 0)))"),
              same("POLYGON((0 0,9 0,9 9,0 0))"));
}

TEST(Mvt, RepeatedPointsAndSpikesAreTakenOut) {
    EXPECT_EQ(there_and_back("POLYGON((0 0,9 0,9 0,9 9,9 20,9 9,0 0))"), same("POLYGON((0 0,9 0,9 9,0 0))"));
}

TEST(Mvt, AttributesKeepTheirTypes) {
    MvtFeature feature = drawn("POINT(1 1)");
    feature.attributes = {{"text", std::string("Lâm Đồng")},
                          {"yes", true},
                          {"big", std::int64_t{1} << 40},
                          {"less", std::int64_t{-7}},
                          {"real", 0.25},
                          {"nothing", model::Value()},
                          {"day", Date::parse("2026-03-31").value()}};
    const auto layers = parse_mvt(to_mvt({{"a", 512, {feature}}})).value();
    EXPECT_EQ(layers.front().extent, 512U);
    EXPECT_THAT(
        layers.front().features.front().attributes,
        ElementsAre(Pair("text", model::Value(std::string("Lâm Đồng"))), Pair("yes", model::Value(true)),
                    Pair("big", model::Value(std::int64_t{1} << 40)), Pair("less", model::Value(std::int64_t{-7})),
                    Pair("real", model::Value(0.25)), Pair("day", model::Value(std::string("2026-03-31")))));
}

TEST(Mvt, EqualKeysAndValuesAreWrittenOnce) {
    MvtFeature feature = drawn("POINT(1 1)");
    feature.attributes = {{"a_rather_long_key", std::string("a rather long value")}};
    const std::string one = to_mvt({{"a", 4096, {feature}}});
    const std::string two = to_mvt({{"a", 4096, {feature, feature}}});
    EXPECT_LT(two.size(), one.size() + 20);
}

TEST(Mvt, LayersWithoutFeaturesAreNotWritten) { EXPECT_EQ(to_mvt({{"a", 4096, {}}}), ""); }

TEST(Mvt, EveryTruncationOfATileIsCorruptOrStillATile) {
    MvtFeature feature = drawn("POLYGON((0 0,10 0,10 10,0 0))");
    feature.attributes = {{"name", std::string("x")}, {"yes", true}};
    const std::string tile = to_mvt({{"a", 4096, {feature}}});
    for (std::size_t length = 1; length < tile.size(); ++length) {
        const auto parsed = parse_mvt(std::string_view(tile).substr(0, length));
        ASSERT_FALSE(parsed.ok()) << length;
        ASSERT_EQ(parsed.error().kind, ErrorKind::corrupt_input);
    }
}

TEST(Mvt, FaultsAreNamedByClause) {
    EXPECT_THAT(fault_of(hand_made(1, "\x01")), HasSubstr("4.3.4.2"));              // MoveTo of count 0
    EXPECT_THAT(fault_of(hand_made(1, "\x09\x02")), HasSubstr("more parameters"));  // half a parameter pair
    EXPECT_THAT(fault_of(hand_made(2, "\x09\x02\x02")), HasSubstr("command 2"));    // a line of one point
    EXPECT_THAT(fault_of(hand_made(2, std::string_view("\x09\x02\x02\x0a\0\0", 6))), HasSubstr("goes nowhere"));
    EXPECT_THAT(fault_of(hand_made(3, "\x09\x02\x02\x12\x02\x02\x02\x02\x0f")), HasSubstr("no area"));
    EXPECT_THAT(fault_of(hand_made(3, std::string_view("\x09\0\0\x12\0\x14\x14\0\x0f", 9))),
                HasSubstr("negative area"));
    EXPECT_THAT(fault_of(hand_made(4, "\x09\x02\x02")), HasSubstr("geometry type 4"));
    EXPECT_THAT(fault_of("\x1a\x02\x78\x01"), HasSubstr("version 1"));
    EXPECT_THAT(fault_of("\x1a\x02\x78\x02"), HasSubstr("no name"));
    EXPECT_THAT(fault_of("nonsense"), HasSubstr("protocol buffer"));
}

TEST(Mvt, LayerNamesAreUniqueInATile) {
    const std::string tile = to_mvt({{"a", 4096, {drawn("POINT(1 1)")}}});
    EXPECT_THAT(fault_of(tile + tile), HasSubstr("twice"));
}

TEST(MvtDeath, PositionsFarBeyondAnyTileAreAFaultOfTheCaller) {
    EXPECT_DEATH(static_cast<void>(to_mvt({{"a", 4096, {drawn("POINT(1e10 0)")}}})), "0x1p30");
}

}  // namespace
}  // namespace ranh::codec
