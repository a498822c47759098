#include "spatial/codec/wkb.hpp"

#include "tests/support/seeds.hpp"
#include "tests/support/wkt.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

namespace ranh::test {
namespace {

using codec::append_wkb;
using codec::parse_wkb;
using codec::to_wkb;
using testing::HasSubstr;

const std::vector<geom::Geometry>& one_of_each_type() {
    static const std::vector<geom::Geometry> geometries{
        "POINT(1 2)"_wkt,
        "LINESTRING(0 0,1 1,2 0)"_wkt,
        "POLYGON((0 0,9 0,9 9,0 0),(3 1,4 1,4 2,3 1))"_wkt,
        "MULTIPOINT((1 2),(3 4))"_wkt,
        "MULTILINESTRING((0 0,1 1),(2 2,3 3,4 4))"_wkt,
        "MULTIPOLYGON(((0 0,9 0,9 9,0 0),(3 1,4 1,4 2,3 1)),((20 0,21 0,21 1,20 0)))"_wkt};
    return geometries;
}

/// "01 02 ff" as bytes; a real is written as 'r' and its value.
std::string bytes_of(const std::string& hex) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    }
    return bytes;
}

std::string big_endian(double value) {
    const auto word = __builtin_bswap64(std::bit_cast<std::uint64_t>(value));
    return {reinterpret_cast<const char*>(&word), 8};
}

std::string little_endian(double value) { return {reinterpret_cast<const char*>(&value), 8}; }

TEST(Wkb, IsThatOfTheStandard) {
    EXPECT_EQ(to_wkb("POINT(1 2)"_wkt), bytes_of("0101000000") + little_endian(1) + little_endian(2));
    EXPECT_EQ(to_wkb("MULTIPOINT((1 2))"_wkt), bytes_of("010400000001000000"
                                                        "0101000000") +
                                                   little_endian(1) + little_endian(2));
}

TEST(Wkb, ReadsBackEveryType) {
    for (const geom::Geometry& geometry : one_of_each_type()) {
        EXPECT_EQ(parse_wkb(to_wkb(geometry)).value(), geometry);
    }
}

TEST(Wkb, KeepsEveryBit) {
    SCOPED_TRACE(seed_note());
    Random random;
    for (std::size_t round = 0; round < rounds(2000, 200000); ++round) {
        geom::Geometry geometry(random.chance(0.5) ? geom::GeometryType::polygon : geom::GeometryType::multi_polygon);
        const int parts = geometry.type() == geom::GeometryType::polygon ? 1 : random.integer(1, 3);
        for (int part = 0; part < parts; ++part) {
            for (int ring = random.integer(1, 3); ring > 0; --ring) {
                for (int i = random.integer(1, 6); i > 0; --i) {
                    geometry.add_point({std::ldexp(random.real(-1, 1), random.integer(-1060, 1000)),
                                        random.chance(0.1) ? -0.0 : 1e-310});
                }
                geometry.end_path();
            }
            geometry.end_part();
        }
        const std::string wkb = to_wkb(geometry);
        ASSERT_EQ(to_wkb(parse_wkb(wkb).value()), wkb);
    }
}

TEST(Wkb, ReadsBigEndianAndMixedOrders) {
    EXPECT_EQ(parse_wkb(bytes_of("0000000001") + big_endian(1) + big_endian(2)).value(), "POINT(1 2)"_wkt);
    const std::string mixed = bytes_of("000000000400000002") + bytes_of("0101000000") + little_endian(1) +
                              little_endian(2) + bytes_of("0000000001") + big_endian(3) + big_endian(4);
    EXPECT_EQ(parse_wkb(mixed).value(), "MULTIPOINT((1 2),(3 4))"_wkt);
}

TEST(Wkb, DropsFurtherOrdinates) {
    const std::string xy = little_endian(1) + little_endian(2);
    const std::string more = little_endian(7);
    for (const char* head : {"01E9030000", "01D1070000", "0101000080", "0101000040"}) {  // Z, M, EWKB Z, EWKB M
        EXPECT_EQ(parse_wkb(bytes_of(head) + xy + more).value(), "POINT(1 2)"_wkt) << head;
    }
    for (const char* head : {"01B90B0000", "01010000C0"}) {  // ZM
        EXPECT_EQ(parse_wkb(bytes_of(head) + xy + more + more).value(), "POINT(1 2)"_wkt) << head;
    }
    EXPECT_EQ(parse_wkb(bytes_of("01010000204D0D0000") + xy).value(), "POINT(1 2)"_wkt);  // EWKB with SRID
}

TEST(Wkb, AddsThePartsOfManyToOneGeometry) {
    geom::Geometry all(geom::GeometryType::multi_polygon);
    EXPECT_EQ(append_wkb(to_wkb("POLYGON((0 0,9 0,9 9,0 0),(3 1,4 1,4 2,3 1))"_wkt), all).value(),
              geom::GeometryType::polygon);
    EXPECT_EQ(append_wkb(to_wkb("MULTIPOLYGON(((20 0,21 0,21 1,20 0)))"_wkt), all).value(),
              geom::GeometryType::multi_polygon);
    EXPECT_EQ(all, one_of_each_type().back());
}

TEST(Wkb, TellsItsFormFromTheFirstBytes) {
    for (std::size_t i = 0; i < one_of_each_type().size(); ++i) {
        const auto head = codec::read_wkb_head(to_wkb(one_of_each_type()[i])).value();
        EXPECT_EQ(head.form, i + 1);
        EXPECT_FALSE(head.empty);
    }
    for (const char* curve_polygon :
         {"010A00000001000000", "01F203000001000000", "0000000BC200000001"}) {  // plain, Z, ZM
        EXPECT_EQ(codec::read_wkb_head(bytes_of(curve_polygon)).value().form, 10U) << curve_polygon;
    }
    EXPECT_TRUE(codec::read_wkb_head(bytes_of("010300000000000000")).value().empty);
    EXPECT_FALSE(codec::read_wkb_head(bytes_of("0103000000")).ok());
    EXPECT_FALSE(codec::read_wkb_head("").ok());
}

TEST(Wkb, RefusesEveryTruncationWithItsPlace) {
    for (const geom::Geometry& geometry : one_of_each_type()) {
        const std::string wkb = to_wkb(geometry);
        for (std::size_t size = 0; size < wkb.size(); ++size) {
            const auto result = parse_wkb(std::string_view(wkb).substr(0, size));
            ASSERT_FALSE(result.ok()) << size;
            EXPECT_EQ(result.error().kind, ErrorKind::corrupt_input);
            EXPECT_THAT(result.error().sentence, HasSubstr("byte "));
        }
        EXPECT_THAT(parse_wkb(wkb + "x").error().sentence, HasSubstr("1 bytes follow"));
    }
}

TEST(Wkb, RefusesCountsThatTheBytesCannotHold) {
    for (const char* wkb : {"0102000000FFFFFFFF", "0103000000FFFFFFFF", "0104000000FFFFFFFF", "0106000000FFFFFF7F",
                            "010300000001000000FFFFFFFF", "0106000000010000000103000000FFFFFFFF"}) {
        const auto result = parse_wkb(bytes_of(wkb));
        ASSERT_FALSE(result.ok()) << wkb;
        EXPECT_THAT(result.error().sentence, HasSubstr("announced")) << wkb;
    }
}

TEST(Wkb, RefusesEmptyGeometries) {
    const std::string nan = little_endian(std::numeric_limits<double>::quiet_NaN());
    EXPECT_THAT(parse_wkb(bytes_of("0101000000") + nan + nan).error().sentence, HasSubstr("empty"));
    for (const char* wkb :
         {"010200000000000000", "010300000000000000", "010600000000000000", "01030000000100000000000000"}) {
        EXPECT_THAT(parse_wkb(bytes_of(wkb)).error().sentence, HasSubstr("empty")) << wkb;
    }
}

TEST(Wkb, RefusesOtherTypesAndNesting) {
    const std::string point = to_wkb("POINT(1 2)"_wkt);
    EXPECT_FALSE(parse_wkb(bytes_of("010700000001000000") + point).ok());  // GeometryCollection
    EXPECT_FALSE(parse_wkb(bytes_of("010600000001000000") + point).ok());  // a point in a MultiPolygon
    EXPECT_FALSE(parse_wkb(bytes_of("010400000001000000") + to_wkb("MULTIPOINT((1 2))"_wkt)).ok());
    EXPECT_FALSE(parse_wkb(bytes_of("0200000001") + point).ok());  // byte order 2
    EXPECT_FALSE(parse_wkb(bytes_of("0100000000")).ok());
    EXPECT_FALSE(parse_wkb(bytes_of("01A10F0000") + point).ok());  // 4001
}

TEST(Wkb, SurvivesAnyBytes) {
    SCOPED_TRACE(seed_note());
    Random random;
    for (std::size_t round = 0; round < rounds(20000, 2000000); ++round) {
        std::string wkb = to_wkb(one_of_each_type()[static_cast<std::size_t>(random.integer(0, 5))]);
        for (int changes = random.integer(1, 4); changes > 0; --changes) {
            wkb[static_cast<std::size_t>(random.integer(0, static_cast<int>(wkb.size()) - 1))] =
                static_cast<char>(random.integer(0, 255));
        }
        const auto result = parse_wkb(wkb);
        if (result.ok()) {
            ASSERT_FALSE(result.value().empty());
            (void)to_wkb(result.value());
        }
    }
}

}  // namespace
}  // namespace ranh::test
