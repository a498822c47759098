#include "importers/crs_detection/crs_detection.hpp"

#include "spatial/crs/transform.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <limits>
#include <map>
#include <sstream>
#include <vector>

namespace ranh::crs_detection {
namespace {

using geom::Geometry;
using geom::Point;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

crs::Crs epsg(int code) { return crs::Crs::from_epsg(code).value(); }

std::vector<int> codes(const CrsGuess& guess) {
    std::vector<int> result;
    for (const CrsCandidate& candidate : guess.candidates) {
        result.push_back(candidate.crs.epsg());
    }
    return result;
}

int chosen(const CrsGuess& guess) { return guess.chosen ? guess.chosen->epsg() : 0; }

/// A square commune of WGS 84 degrees around a place.
Geometry square(double longitude, double latitude, double half_side) {
    return Geometry::polygon({{longitude - half_side, latitude - half_side},
                              {longitude + half_side, latitude - half_side},
                              {longitude + half_side, latitude + half_side},
                              {longitude - half_side, latitude + half_side}});
}

/// Corners of a parcel at a WGS 84 place, in a grid.
std::vector<Point> parcel(double longitude, double latitude, int code) {
    const Point p = crs::Transform::between(crs::wgs84(), epsg(code)).value().apply(Point{longitude, latitude});
    return {p, {p.x + 40, p.y}, {p.x + 40, p.y + 30}, {p.x, p.y + 30}};
}

std::vector<Point> with_axes_swapped(std::vector<Point> points) {
    for (Point& p : points) {
        std::swap(p.x, p.y);
    }
    return points;
}

TEST(CrsDetection, ReadsZone49FromASmallEasting) {
    const CrsGuess guess = detect_crs(std::vector<Point>{{209605, 1221172}, {211301, 1222043}});
    EXPECT_EQ(chosen(guess), 3406);
    EXPECT_EQ(guess.reason.vi, "Y từ 209.605 đến 211.301 nên là EPSG:3406 (múi 6°, KTT 111°)");
    EXPECT_TRUE(guess.question.vi.empty());
    EXPECT_THAT(guess.swapped, IsEmpty());
}

TEST(CrsDetection, ReadsZone48FromALargeEasting) {
    const CrsGuess guess = detect_crs(std::vector<Point>{{773433, 1326994}});
    EXPECT_EQ(chosen(guess), 3405);
    EXPECT_THAT(guess.reason.en, HasSubstr("Y = 773,433 fits EPSG:3405"));
}

TEST(CrsDetection, ReadsTheMeridianWhereOnlyOneIsPossible) {
    EXPECT_EQ(chosen(detect_crs(std::vector<Point>{{400000, 1300000}})), 9218);
    EXPECT_EQ(chosen(detect_crs(std::vector<Point>{{600000, 1300000}})), 5899);
}

TEST(CrsDetection, LeavesTwoMeridiansOpenAndSaysWhatWouldDecide) {
    const CrsGuess guess = detect_crs(std::vector<Point>{{500000, 1300000}});
    EXPECT_FALSE(guess.chosen);
    EXPECT_THAT(codes(guess), ElementsAre(5899, 9218));
    for (const char* word : {"EPSG:5899", "EPSG:9218", "maXa", "--crs"}) {
        EXPECT_THAT(guess.question.vi, HasSubstr(word));
        EXPECT_THAT(guess.question.en, HasSubstr(word));
    }
}

TEST(CrsDetection, LetsTheCommuneDecideTheMeridian) {
    const Geometry west = square(107.7, 11.6, 0.05);
    const Geometry east = square(108.45, 11.6, 0.05);  // where the parcel would lie with the other meridian
    const std::vector<Commune> communes = {{"24001", "Tây", west}, {"24002", "Đông", east}};
    const std::vector<Point> points = parcel(107.7, 11.6, 5899);
    EXPECT_EQ(chosen(detect_crs(points, {communes, "24001", {}})), 5899);
    EXPECT_EQ(chosen(detect_crs(points, {communes, "24002", {}})), 9218);
    EXPECT_EQ(chosen(detect_crs(points, {communes, "Tây", {}})), 5899);
    EXPECT_FALSE(detect_crs(points, {communes, {}, {}}).chosen);
    EXPECT_THAT(detect_crs(points, {communes, "24001", {}}).reason.vi,
                HasSubstr("chỉ hệ này đưa bảng vào xã/phường Tây (24001)"));
}

TEST(CrsDetection, DoesNotTakeASystemThatTheCommuneContradicts) {
    const Geometry elsewhere = square(108.9, 11.0, 0.02);
    const std::vector<Commune> communes = {{"24003", "Xa", elsewhere}};
    const CrsGuess guess = detect_crs(std::vector<Point>{{773433, 1326994}}, {communes, "24003", {}});
    EXPECT_FALSE(guess.chosen);
    EXPECT_THAT(codes(guess), ElementsAre(3405));
    EXPECT_THAT(guess.question.vi, HasSubstr("không đưa bảng vào xã/phường Xa (24003)"));
}

TEST(CrsDetection, NamesAnUnusualMeridianThatWouldFitTheCommune) {
    const Geometry commune = square(108.1, 11.2, 0.05);
    const std::vector<Commune> communes = {{"24004", "Giữa", commune}};
    const CrsGuess guess = detect_crs(parcel(108.1, 11.2, 9217), {communes, "24004", {}});
    EXPECT_FALSE(guess.chosen);
    EXPECT_THAT(guess.question.vi, HasSubstr("EPSG:9217 (múi 3°, KTT 108°15') thì khớp"));
    EXPECT_THAT(codes(guess), ElementsAre(5899, 9218, 9217));
}

TEST(CrsDetection, SaysThatAClaimedCommuneIsNotKnown) {
    const CrsGuess guess = detect_crs(std::vector<Point>{{500000, 1300000}}, {{}, "99999", {}});
    EXPECT_FALSE(guess.chosen);
    ASSERT_THAT(guess.notes, SizeIs(1));
    EXPECT_THAT(guess.notes[0].vi, HasSubstr("'99999'"));
}

TEST(CrsDetection, FindsSwappedAxesInAnyZone) {
    for (const int code : {3405, 3406}) {
        const CrsGuess guess = detect_crs(with_axes_swapped(parcel(108.0, 11.5, code)));
        EXPECT_EQ(chosen(guess), code);
        EXPECT_THAT(guess.swapped, ElementsAre(0, 1, 2, 3));
        ASSERT_THAT(guess.notes, SizeIs(1));
        EXPECT_THAT(guess.notes[0].vi, HasSubstr("X/Y đảo: 4 trong 4 điểm"));
    }
}

TEST(CrsDetection, AsksForTheDatumOfDegrees) {
    const CrsGuess guess = detect_crs(std::vector<Point>{{107.75, 11.5}, {107.76, 11.5}});
    EXPECT_FALSE(guess.chosen);
    EXPECT_THAT(codes(guess), ElementsAre(4326, 4756));
    EXPECT_THAT(guess.question.en, HasSubstr("differ by 225 m"));
    EXPECT_THAT(detect_crs(std::vector<Point>{{11.5, 107.75}}).swapped, ElementsAre(0));
}

TEST(CrsDetection, NamesAZoneNumberBeforeTheEasting) {
    const CrsGuess guess = detect_crs(std::vector<Point>{{48773433, 1326994}});
    EXPECT_FALSE(guess.chosen);
    EXPECT_THAT(guess.question.vi, HasSubstr("Y = 48.773.433 có số múi 48"));
}

TEST(CrsDetection, NamesMillimetres) {
    const CrsGuess guess = detect_crs(std::vector<Point>{{773433000, 1326994000}});
    EXPECT_FALSE(guess.chosen);
    EXPECT_THAT(guess.question.vi, HasSubstr("milimét"));
}

TEST(CrsDetection, DoesNotGuessForeignNumbers) {
    const CrsGuess guess = detect_crs(std::vector<Point>{{583000, 2320000}});
    EXPECT_FALSE(guess.chosen);
    EXPECT_THAT(guess.candidates, IsEmpty());
    EXPECT_THAT(guess.question.vi, HasSubstr("không phải mét VN-2000"));
}

TEST(CrsDetection, AsksWhenATableSpansTwoZones) {
    const CrsGuess guess = detect_crs(std::vector<Point>{{773433, 1326994}, {209605, 1221172}});
    EXPECT_FALSE(guess.chosen);
    EXPECT_THAT(guess.question.vi, HasSubstr("tách bảng theo múi"));
}

TEST(CrsDetection, NamesThePointOfAnotherKind) {
    const CrsGuess guess = detect_crs(std::vector<Point>{{773433, 1326994}, {773433, 1326994}, {107.5, 11.5}});
    EXPECT_FALSE(guess.chosen);
    EXPECT_THAT(guess.question.vi, HasSubstr("điểm 3"));
}

TEST(CrsDetection, TakesNoPointsAndNoNumbersForAQuestion) {
    EXPECT_FALSE(detect_crs({}).question.vi.empty());
    const double nan = std::numeric_limits<double>::quiet_NaN();
    EXPECT_FALSE(detect_crs(std::vector<Point>{{nan, 1.0}}).question.vi.empty());
}

TEST(CrsDetection, BelievesADeclaredSystemThatTheNumbersAllow) {
    const CrsGuess guess = detect_crs(std::vector<Point>{{500000, 1300000}}, {{}, {}, epsg(9218)});
    EXPECT_EQ(chosen(guess), 9218);
    EXPECT_THAT(guess.reason.vi, HasSubstr("tệp ghi EPSG:9218"));
    EXPECT_EQ(chosen(detect_crs(parcel(108.0, 11.5, 32649), {{}, {}, epsg(32649)})), 32649);
    EXPECT_EQ(chosen(detect_crs(std::vector<Point>{{107.75, 11.5}}, {{}, {}, crs::vn2000()})), 4756);
}

TEST(CrsDetection, BelievesADeclaredSystemElsewhereInTheCountry) {
    EXPECT_EQ(chosen(detect_crs(parcel(105.8, 21.0, 32648), {{}, {}, epsg(32648)})), 32648);
}

TEST(CrsDetection, ObjectsToADeclaredSystemThatTheNumbersContradict) {
    const CrsGuess guess = detect_crs(std::vector<Point>{{209605, 1221172}}, {{}, {}, epsg(5899)});
    EXPECT_FALSE(guess.chosen);
    EXPECT_THAT(guess.question.vi, HasSubstr("tệp ghi EPSG:5899"));
    EXPECT_THAT(guess.question.vi, HasSubstr("EPSG:3406"));
}

TEST(CrsDetection, ObjectsToADeclaredMeridianThatTheCommuneContradicts) {
    const Geometry west = square(107.7, 11.6, 0.05);
    const std::vector<Commune> communes = {{"24001", "Tây", west}};
    const CrsGuess guess = detect_crs(parcel(107.7, 11.6, 5899), {communes, "24001", epsg(9218)});
    EXPECT_FALSE(guess.chosen);
    EXPECT_THAT(guess.question.vi, HasSubstr("chỉ EPSG:5899"));
}

TEST(CrsDetection, SwapsTheAxesOfADeclaredSystem) {
    const CrsGuess guess = detect_crs(with_axes_swapped(parcel(107.7, 11.6, 5899)), {{}, {}, epsg(5899)});
    EXPECT_EQ(chosen(guess), 5899);
    EXPECT_THAT(guess.swapped, SizeIs(4));
    EXPECT_THAT(swapped_points(std::vector<Point>{{11.5, 107.75}, {107.75, 11.5}}, crs::wgs84()), ElementsAre(0));
}

/// Printed rows of the published planning areas, by area; x = column Y, y = column X.
std::map<std::string, std::vector<Point>> published(const char* file) {
    std::ifstream stream(std::string(RANH_SOURCE_DIR "/data-samples/lamdong/planning-areas/") + file);
    std::map<std::string, std::vector<Point>> areas;
    std::string line;
    std::getline(stream, line);
    while (std::getline(stream, line)) {
        std::istringstream row(line);
        std::vector<std::string> cells;
        for (std::string cell; std::getline(row, cell, ',');) {
            cells.push_back(cell);
        }
        areas[cells.at(0)].push_back({std::stod(cells.at(4)), std::stod(cells.at(3))});
    }
    return areas;
}

TEST(PublishedAreas, AreAllReadInTheirZone) {
    for (const auto& [area, points] : published("bauxite-corners.csv")) {
        EXPECT_EQ(chosen(detect_crs(points)), 3405) << area;
    }
    for (const auto& [area, points] : published("titanium-corners.csv")) {
        EXPECT_EQ(chosen(detect_crs(points)), 3406) << area;
    }
}

TEST(PublishedAreas, HaveSwappedAxesInQuangSonOnly) {
    for (const auto& [area, points] : published("bauxite-corners.csv")) {
        EXPECT_EQ(detect_crs(points).swapped.size(), area == "BX-QS" ? 11U : 0U) << area;
    }
}

TEST(PublishedAreas, OfOneFileAreReadTogether) {
    std::vector<Point> all;
    for (const auto& [area, points] : published("bauxite-corners.csv")) {
        all.insert(all.end(), points.begin(), points.end());
    }
    const CrsGuess guess = detect_crs(all);
    EXPECT_EQ(chosen(guess), 3405);
    EXPECT_THAT(guess.swapped, SizeIs(11));
    EXPECT_THAT(guess.notes.at(0).vi, HasSubstr("11 trong 465 điểm"));
}

}  // namespace
}  // namespace ranh::crs_detection
