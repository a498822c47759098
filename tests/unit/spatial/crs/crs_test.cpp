#include "spatial/crs/crs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::crs {
namespace {

using ::testing::HasSubstr;

TEST(Crs, KnowsTheSystemsOfTheProvince) {
    const Crs tm3 = Crs::from_epsg(5899).value();
    EXPECT_EQ(tm3.epsg(), 5899);
    EXPECT_EQ(tm3.code(), "EPSG:5899");
    EXPECT_EQ(tm3.name(), "VN-2000 / TM-3 107-45");
    EXPECT_FALSE(tm3.is_geographic());
    EXPECT_TRUE(tm3.is_vn2000());
}

TEST(Crs, TellsVn2000FromWgs84) {
    for (const int code : {4756, 3405, 3406, 5899, 9218, 5898, 9217}) {
        EXPECT_TRUE(Crs::from_epsg(code).value().is_vn2000()) << code;
    }
    for (const int code : {4326, 3857, 32648, 32649}) {
        EXPECT_FALSE(Crs::from_epsg(code).value().is_vn2000()) << code;
    }
    EXPECT_TRUE(vn2000().is_geographic());
    EXPECT_TRUE(wgs84().is_geographic());
}

TEST(Crs, ParsesTheUsualSpellings) {
    EXPECT_EQ(Crs::parse("EPSG:5899").value().epsg(), 5899);
    EXPECT_EQ(Crs::parse("epsg:9218").value().epsg(), 9218);
    EXPECT_EQ(Crs::parse("3405").value().epsg(), 3405);
    EXPECT_EQ(Crs::parse("CRS84").value(), wgs84());
    EXPECT_EQ(Crs::parse("WGS84").value(), wgs84());
}

TEST(Crs, RefusesWhatIsNoCode) {
    for (const char* text : {"", "EPSG:", "VN-2000", "5899 ", "EPSG:58.99", "-5899", "99999999999999999999"}) {
        const auto parsed = Crs::parse(text);
        ASSERT_FALSE(parsed.ok()) << text;
        EXPECT_EQ(parsed.error().kind, ErrorKind::invalid_argument) << text;
    }
}

TEST(Crs, RefusesDeprecatedTm3CodesAndNamesTheCodeToUse) {
    const std::pair<int, const char*> pairs[] = {{6956, "5896"}, {6957, "5897"}, {6958, "5898"}, {6959, "5899"}};
    for (const auto& [withdrawn, successor] : pairs) {
        const auto made = Crs::from_epsg(withdrawn);
        ASSERT_FALSE(made.ok()) << withdrawn;
        EXPECT_EQ(made.error().kind, ErrorKind::unsupported);
        EXPECT_THAT(made.error().sentence, HasSubstr(std::string("use EPSG:") + successor));
        EXPECT_THAT(made.error().sentence, HasSubstr("false easting is 0 and its false northing 500,000"));
    }
}

TEST(Crs, RefusesOtherDeprecatedCodes) {
    const auto made = Crs::from_epsg(3785);  // Popular Visualisation CRS / Mercator
    ASSERT_FALSE(made.ok());
    EXPECT_EQ(made.error().kind, ErrorKind::unsupported);
    EXPECT_THAT(made.error().sentence, HasSubstr("deprecated"));
}

TEST(Crs, RefusesUnknownCodes) {
    EXPECT_EQ(Crs::from_epsg(1).error().kind, ErrorKind::invalid_argument);
    EXPECT_EQ(Crs::from_epsg(-5899).error().kind, ErrorKind::invalid_argument);
}

TEST(Crs, RefusesHeightsAndGeocentricSystems) {
    EXPECT_THAT(Crs::from_epsg(5726).error().sentence, HasSubstr("neither projected nor geographic"));
    EXPECT_THAT(Crs::from_epsg(4978).error().sentence, HasSubstr("neither projected nor geographic"));
}

TEST(Crs, RefusesFeetAndGrads) {
    EXPECT_EQ(Crs::from_epsg(2230).error().kind, ErrorKind::unsupported);
    EXPECT_THAT(Crs::from_epsg(2230).error().sentence, HasSubstr("expected metres"));
    EXPECT_THAT(Crs::from_epsg(4807).error().sentence, HasSubstr("expected degrees"));
}

}  // namespace
}  // namespace ranh::crs
