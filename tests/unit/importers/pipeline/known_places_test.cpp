#include "importers/pipeline/known_places.hpp"

#include "importers/pipeline/find_crs.hpp"
#include "spatial/crs/transform.hpp"
#include "tests/support/wkt.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::pipeline {
namespace {

using test::from_wkt;
using testing::HasSubstr;

KnownCommunes two_communes() {
    return KnownCommunes({{"24769", "Nhân Cơ", from_wkt("POLYGON((107 11,108 11,108 12,107 11))")},
                          {"23272", "Phú Quý", from_wkt("POLYGON((108 10,109 10,109 11,108 10))")}});
}

TEST(KnownCommunes, AreFoundByCodeAndByNameInAnySpelling) {
    const KnownCommunes communes = two_communes();
    for (const char* spelling : {"24769", "Nhân Cơ", "xã Nhân Cơ", "XÃ NHÂN CƠ", "P. nhan co"}) {
        ASSERT_NE(communes.find(spelling), nullptr) << spelling;
        EXPECT_EQ(communes.find(spelling)->code, "24769");
    }
    EXPECT_EQ(communes.find("Nhân"), nullptr);
}

TEST(KnownCommunes, AreFoundInAFileNameByFiveDigitsOfTheirOwn) {
    const KnownCommunes communes = two_communes();
    EXPECT_EQ(communes.in_file_name("24769_thuadat.shp")->code, "24769");
    EXPECT_EQ(communes.in_file_name("DC2024-23272.gpkg")->code, "23272");
    EXPECT_EQ(communes.in_file_name("124769.shp"), nullptr);
    EXPECT_EQ(communes.in_file_name("99999.shp"), nullptr);
    EXPECT_EQ(communes.in_file_name("thuadat.shp"), nullptr);
}

/// Numbers that fit both meridians of the province.
const std::vector<geom::Point> both_fit = {{500000, 1300000}, {500100, 1300000}, {500100, 1300100}, {500000, 1300100}};

KnownPlaces corners_of(const char* epsg) {
    std::vector<geom::Point> places = both_fit;
    crs::Transform::between(crs::Crs::parse(epsg).value(), crs::wgs84()).value().apply(places);
    KnownPlaces known;
    known.count_known_corners = [places](std::span<const geom::Point> asked) {
        return static_cast<std::size_t>(std::ranges::count_if(asked, [&](geom::Point p) {
            return std::ranges::any_of(
                places, [&](geom::Point corner) { return std::hypot(p.x - corner.x, p.y - corner.y) < 1e-7; });
        }));
    };
    return known;
}

TEST(CrsFinder, AsksNeighboursWhatTheNumbersLeaveOpen) {
    for (const char* epsg : {"EPSG:5899", "EPSG:9218"}) {
        ReadOptions options;
        options.known = corners_of(epsg);
        const CrsFinding finding = CrsFinder(options).find(both_fit);
        ASSERT_TRUE(finding.crs) << epsg << ": " << finding.reason;
        EXPECT_EQ(finding.crs->code(), epsg);
        EXPECT_THAT(finding.reason, HasSubstr("4 of 4"));
    }
}

TEST(CrsFinder, LeavesOpenWhatNeighboursDoNotDecide) {
    EXPECT_FALSE(CrsFinder({}).find(both_fit).crs);
    ReadOptions options;
    options.known.count_known_corners = [](std::span<const geom::Point> asked) { return asked.size(); };
    EXPECT_FALSE(CrsFinder(options).find(both_fit).crs);
    options.known.count_known_corners = [](std::span<const geom::Point>) { return std::size_t{0}; };
    EXPECT_FALSE(CrsFinder(options).find(both_fit).crs);
}

TEST(CrsFinder, TakesTheCommuneOfTheFileNameWhereTheRecordsNameNone) {
    ReadOptions options;
    options.known.communes = [] {
        geom::Geometry around =
            from_wkt("POLYGON((499000 1299000,502000 1299000,502000 1302000,499000 1302000,499000 1299000))");
        crs::Transform::between(crs::Crs::from_epsg(9218).value(), crs::wgs84()).value().apply(around.mutable_points());
        return std::vector<CommuneOutline>{{"22969", "Hàm Thuận", around}};
    };
    const CrsFinding finding = CrsFinder(options).find(both_fit, {}, "22969.csv");
    ASSERT_TRUE(finding.crs) << finding.reason;
    EXPECT_EQ(finding.crs->code(), "EPSG:9218");
    EXPECT_THAT(finding.reason, HasSubstr("file name"));
}

TEST(ClaimedPoints, AreThoseOfTheCommuneMostRecordsName) {
    ClaimedPoints points({{{"maXa", model::FieldType::text}}});
    EXPECT_EQ(points.commune(), "");
    points.add(from_wkt("POINT(1 1)"), {model::Value("a")});
    points.add(from_wkt("POINT(2 2)"), {model::Value("b")});
    points.add(from_wkt("POINT(3 3)"), {model::Value("b")});
    points.add(from_wkt("POINT(4 4)"), {model::Value()});
    EXPECT_EQ(points.commune(), "b");
    EXPECT_EQ(points.points().size(), 2U);
}

}  // namespace
}  // namespace ranh::pipeline
