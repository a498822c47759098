#include "spatial/codec/wkt.hpp"

#include "tests/support/seeds.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace ranh::codec {
namespace {

using testing::HasSubstr;

TEST(Wkt, WritesTheTextItReads) {
    for (const char* text :
         {"POINT (1 2)", "LINESTRING (0 0, 1.5 -2)", "POLYGON ((0 0, 9 0, 9 9, 0 0), (3 1, 4 1, 4 2, 3 1))",
          "MULTIPOINT ((1 2), (3 4))", "MULTILINESTRING ((0 0, 1 1), (2 2, 3 3, 4 4))",
          "MULTIPOLYGON (((0 0, 9 0, 9 9, 0 0), (3 1, 4 1, 4 2, 3 1)), ((20 0, 21 0, 21 1, 20 0)))"}) {
        EXPECT_EQ(to_wkt(parse_wkt(text).value()), text);
    }
}

TEST(Wkt, ReadsAnyCaseAndSpacing) {
    const auto expected = parse_wkt("POLYGON ((0 0, 9 0, 9 9, 0 0))").value();
    EXPECT_EQ(parse_wkt("polygon((0 0,9 0,9 9,0 0))").value(), expected);
    EXPECT_EQ(parse_wkt("  Polygon\n(\t( 0  0 , +9 0.0,9e0 .9E+1 ,0 0 ) ) \r\n").value(), expected);
    EXPECT_EQ(parse_wkt("MULTIPOINT(1 2,3 4)").value(), parse_wkt("MULTIPOINT((1 2),(3 4))").value());
}

TEST(Wkt, KeepsEveryBitOfACoordinate) {
    SCOPED_TRACE(test::seed_note());
    test::Random random;
    for (std::size_t round = 0; round < test::rounds(5000, 500000); ++round) {
        const double x = std::ldexp(random.real(-1, 1), random.integer(-1000, 1000));
        const auto point = geom::Geometry::point({x, 1300000.0 + random.real(0, 1)});
        ASSERT_EQ(parse_wkt(to_wkt(point)).value(), point);
    }
}

TEST(Wkt, RefusesEveryTruncation) {
    const std::string text = "MULTIPOLYGON(((0 0,9 0,9 9,0 0)))";
    for (std::size_t size = 0; size < text.size(); ++size) {
        const auto result = parse_wkt(std::string_view(text).substr(0, size));
        ASSERT_FALSE(result.ok()) << size;
        EXPECT_EQ(result.error().kind, ErrorKind::corrupt_input);
    }
}

TEST(Wkt, NamesTheCharacterThatIsWrong) {
    const auto sentence = [](const char* text) { return parse_wkt(text).ok() ? "" : parse_wkt(text).error().sentence; };
    EXPECT_THAT(sentence("POINT (1 x)"), HasSubstr("character 9: a number expected"));
    EXPECT_THAT(sentence("POINT (1 2) 3"), HasSubstr("character 12: more text"));
    EXPECT_THAT(sentence("POINT EMPTY"), HasSubstr("no coordinates"));
    EXPECT_THAT(sentence("POINT Z (1 2 3)"), HasSubstr("two dimensions"));
    EXPECT_THAT(sentence("POINT (1 2 3)"), HasSubstr("')' expected"));
    EXPECT_THAT(sentence("CIRCLE (1 2)"), HasSubstr("'CIRCLE' found"));
    EXPECT_THAT(sentence(""), HasSubstr("character 0"));
}

TEST(Wkt, RefusesWhatIsNoNumber) {
    for (const char* text :
         {"POINT (inf 2)", "POINT (-nan 2)", "POINT (1e999 2)", "POINT (+-1 2)", "POINT (0x10 2)", "POINT (1,5 2)"}) {
        EXPECT_FALSE(parse_wkt(text).ok()) << text;
    }
}

TEST(Wkt, RefusesEmptyLists) {
    for (const char* text :
         {"LINESTRING ()", "POLYGON (())", "POLYGON ((0 0,))", "MULTIPOLYGON (())", "MULTIPOINT ()"}) {
        EXPECT_FALSE(parse_wkt(text).ok()) << text;
    }
}

}  // namespace
}  // namespace ranh::codec
