#include "importers/crs_detection/coordinate_mistakes.hpp"

#include "spatial/crs/proj_pipeline.hpp"
#include "spatial/crs/transform.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace ranh::crs_detection {
namespace {

using geom::Point;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

/// WGS 84 places all over the province.
std::vector<Point> places() {
    return {{107.6900, 12.0030}, {107.8070, 11.5480}, {108.4370, 11.9430},
            {108.1000, 10.9330}, {108.3700, 11.0500}, {108.9400, 10.5300}};
}

/// What turns a true place into the one where it is seen; both WGS 84.
using Reading = std::function<Point(Point)>;

Point moved(Point p, int from, int to) {
    return crs::Transform::between(crs::Crs::from_epsg(from).value(), crs::Crs::from_epsg(to).value()).value().apply(p);
}

/// VN-2000 degrees to WGS 84 degrees by seven parameters, as one writes them into +towgs84 (position vector).
Point by_towgs84(Point vn2000, const std::string& parameters) {
    const auto pipeline = crs::ProjPipeline::parse(
        "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=cart +ellps=WGS84 "
        "+step +proj=helmert +convention=position_vector " +
        parameters + " +step +inv +proj=cart +ellps=WGS84 +step +proj=unitconvert +xy_in=rad +xy_out=deg");
    pipeline.value().apply(std::span(&vn2000, 1));
    return vn2000;
}

Reading read_with(const std::string& parameters) {
    return [parameters](Point p) { return by_towgs84(moved(p, 4326, 4756), parameters); };
}

Reading made_in_read_as(int right, int wrong) {
    return [right, wrong](Point p) { return moved(moved(p, 4326, right), wrong, 4326); };
}

/// Numbers of `right` read with a projection that has no code.
Reading made_in_read_by(int right, const std::string& tmerc) {
    return [right, tmerc](Point p) {
        Point numbers = moved(p, 4326, right);
        crs::ProjPipeline::parse("+proj=pipeline +step +inv +proj=tmerc +ellps=WGS84 " + tmerc +
                                 " +step +proj=unitconvert +xy_in=rad +xy_out=deg")
            .value()
            .apply(std::span(&numbers, 1));
        return moved(numbers, 4756, 4326);
    };
}

constexpr const char* shifts = "+x=-191.90441429 +y=-39.30318279 +z=-111.45032835 ";

struct Case {
    std::string code;
    Reading reading;
    double accuracy_m = 1.0;
};

/// By the words of the first column of coordinate_mistakes.csv.
std::map<std::string, std::vector<Case>> cases() {
    const std::string s = shifts;
    return {
        {"rotation signs copied as printed into +towgs84",
         {{"rotation_signs_as_printed", read_with(s + "+rx=-0.00928836 +ry=0.01975479 +rz=-0.00427372 +s=0.252906278"),
           0.05}}},
        {"rotation signs mixed in +towgs84 (+0.00928836,+0.01975479,-0.00427372)",
         {{"rotation_signs_mixed", read_with(s + "+rx=0.00928836 +ry=0.01975479 +rz=-0.00427372 +s=0.252906278"),
           0.05}}},
        {"rotations left out (three parameters)", {{"rotations_left_out", read_with(s + "+s=0.252906278"), 0.05}}},
        {"scale left out", {}},  // 2 mm: see LeaveTheScaleUnnamed
        {"EPSG:5194 used instead of EPSG:6960",
         {{"other_operation",
           read_with("+x=-192.873 +y=-39.382 +z=-111.202 +rx=-0.00205 +ry=-0.0005 +rz=0.00335 +s=0.0188"), 0.05}}},
        {"datum shift missing (VN-2000 read as WGS 84; \"VN-2000 nội bộ\")",
         {{"datum_shift_missing", [](Point p) { return moved(p, 4326, 4756); }}}},
        {"datum shift applied twice (WGS 84 data read as VN-2000)",
         {{"datum_shift_doubled", [](Point p) { return moved(p, 4756, 4326); }}}},
        {"datum shift applied backwards",
         {{"datum_shift_backwards", [](Point p) { return moved(moved(p, 4326, 4756), 4326, 4756); }}}},
        {"k0 0.9996 used instead of 0.9999",
         {{"scale_of_utm_for_tm3", made_in_read_by(5899, "+lon_0=107.75 +k=0.9996 +x_0=500000")},
          {"scale_of_utm_for_tm3", made_in_read_by(9218, "+lon_0=108.5 +k=0.9996 +x_0=500000")}}},
        {"k0 0.9999 used instead of 0.9996",
         {{"scale_of_tm3_for_utm", made_in_read_by(3405, "+lon_0=105 +k=0.9999 +x_0=500000")},
          {"scale_of_tm3_for_utm", made_in_read_by(3406, "+lon_0=111 +k=0.9999 +x_0=500000")}}},
        {"file in CM 107°45' read with CM 108°30'", {{"wrong_meridian", made_in_read_as(5899, 9218)}}},
        {"file in CM 108°30' read with CM 107°45'", {{"wrong_meridian", made_in_read_as(9218, 5899)}}},
        {"file in CM 107°45' read with CM 108°15'", {{"wrong_meridian", made_in_read_as(5899, 9217)}}},
        {"file in CM 107°45' read with CM 108°00'", {{"wrong_meridian", made_in_read_as(5899, 5898)}}},
        {"file in TM-3 107°45' read as UTM 48 (EPSG:3405)", {{"tm3_read_as_utm", made_in_read_as(5899, 3405)}}},
        {"file in TM-3 107°45' read as UTM 49 (EPSG:3406)", {{"tm3_read_as_utm", made_in_read_as(5899, 3406)}}},
        {"file in TM-3 108°30' read as UTM 48 (EPSG:3405)", {{"tm3_read_as_utm", made_in_read_as(9218, 3405)}}},
        {"file in TM-3 108°30' read as UTM 49 (EPSG:3406)", {{"tm3_read_as_utm", made_in_read_as(9218, 3406)}}},
        {"file in UTM 49 (EPSG:3406) read as UTM 48 (EPSG:3405)", {{"utm_zones_swapped", made_in_read_as(3406, 3405)}}},
        {"file in UTM 48 (EPSG:3405) read as UTM 49 (EPSG:3406)", {{"utm_zones_swapped", made_in_read_as(3405, 3406)}}},
        {"deprecated EPSG:6959 used instead of EPSG:5899",
         {{"withdrawn_code", made_in_read_by(5899, "+lon_0=107.75 +k=0.9999 +x_0=0 +y_0=500000")}}},
    };
}

std::vector<PointPair> seen_by(const Reading& reading) {
    std::vector<PointPair> pairs;
    for (const Point place : places()) {
        pairs.push_back({reading(place), place});
    }
    return pairs;
}

struct Row {
    std::string mistake;
    double shift_min_m;
    double shift_max_m;
};

std::vector<Row> catalogue() {
    std::ifstream file(RANH_SOURCE_DIR "/tests/unit/importers/crs_detection/coordinate_mistakes.csv");
    std::vector<Row> rows;
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        std::vector<std::string> cells(1);
        bool quoted = false;
        for (std::size_t i = 0; i < line.size(); ++i) {
            if (line[i] == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') {
                cells.back() += line[i++];
            } else if (line[i] == '"') {
                quoted = !quoted;
            } else if (line[i] == ',' && !quoted) {
                cells.emplace_back();
            } else {
                cells.back() += line[i];
            }
        }
        rows.push_back({cells.at(0), std::stod(cells.at(1)), std::stod(cells.at(2))});
    }
    return rows;
}

TEST(CoordinateMistakes, OfTheCatalogueAreAllFoundByName) {
    const auto known = cases();
    ASSERT_EQ(catalogue().size(), 21U);
    for (const Row& row : catalogue()) {
        ASSERT_TRUE(known.contains(row.mistake)) << row.mistake;
        for (const Case& one : known.at(row.mistake)) {
            const auto found = explain_offset(seen_by(one.reading), Metres(one.accuracy_m));
            ASSERT_EQ(found.size(), 1U) << row.mistake;
            EXPECT_EQ(found[0].code, one.code) << row.mistake;
            EXPECT_GE(found[0].shift.value(), row.shift_min_m * 0.999 - 0.01) << row.mistake;
            EXPECT_LE(found[0].shift.value(), row.shift_max_m * 1.001 + 0.01) << row.mistake;
        }
    }
}

TEST(CoordinateMistakes, AboveTheAccuracyAreFoundFromOnePoint) {
    for (const auto& [mistake, variants] : cases()) {
        for (const Case& one : variants) {
            if (one.accuracy_m < 1.0) {
                continue;
            }
            const std::vector<PointPair> pairs = seen_by(one.reading);
            const auto found = explain_offset(std::span(pairs).first(1));
            ASSERT_FALSE(found.empty()) << mistake;
            EXPECT_EQ(found[0].code, one.code) << mistake;
        }
    }
}

TEST(CoordinateMistakes, ReadAsSurveyorsWouldSayIt) {
    const auto missing = explain_offset(seen_by([](Point p) { return moved(p, 4326, 4756); })).at(0);
    EXPECT_THAT(missing.sentence.vi, StartsWith("lệch 226 m về phía tây bắc: thiếu tham số chuyển"));
    EXPECT_NEAR(missing.azimuth.value(), 300.0, 2.0);
    const auto meridian = explain_offset(seen_by(made_in_read_as(5899, 9218))).at(0);
    EXPECT_THAT(meridian.sentence.vi, HasSubstr("về phía đông: sai kinh tuyến trục; số liệu KTT 107°45' (EPSG:5899)"));
    EXPECT_THAT(meridian.sentence.en, HasSubstr("import again with --crs EPSG:5899"));
}

TEST(CoordinateMistakes, FindSwappedAxesInEveryZone) {
    for (const int code : {5899, 9218, 3405, 3406}) {
        const auto found = explain_offset(seen_by([code](Point p) {
            const Point numbers = moved(p, 4326, code);
            return moved({numbers.y, numbers.x}, code, 4326);
        }));
        ASSERT_EQ(found.size(), 1U) << code;
        EXPECT_EQ(found[0].code, "axes_swapped");
        EXPECT_THAT(found[0].sentence.vi, HasSubstr("X/Y đảo"));
        EXPECT_THAT(found[0].sentence.vi, HasSubstr("EPSG:" + std::to_string(code)));
    }
}

TEST(CoordinateMistakes, BelowTheDatumAccuracyAreNotNamed) {
    for (const auto& [mistake, variants] : cases()) {
        for (const Case& one : variants) {
            if (one.accuracy_m < 1.0) {
                EXPECT_THAT(explain_offset(seen_by(one.reading)), IsEmpty()) << mistake;
            }
        }
    }
}

TEST(CoordinateMistakes, LeaveTheScaleUnnamed) {
    const auto pairs = seen_by(read_with(std::string(shifts) + "+rx=0.00928836 +ry=-0.01975479 +rz=0.00427372"));
    EXPECT_THAT(explain_offset(pairs, Metres(0.001)), IsEmpty());
}

TEST(CoordinateMistakes, AreFoundInSurveyedPointsThatAreOffByDecimetres) {
    std::vector<PointPair> pairs = seen_by([](Point p) { return moved(p, 4326, 4756); });
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        pairs[i].reference.x += (i % 2 == 0 ? 4e-6 : -4e-6);
    }
    const auto found = explain_offset(pairs);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].code, "datum_shift_missing");
    EXPECT_NEAR(found[0].residual.value(), 0.44, 0.05);
}

TEST(CoordinateMistakes, ExplainNeitherAnOddOffsetNorNone) {
    EXPECT_THAT(explain_offset(seen_by([](Point p) { return Point{p.x + 0.002, p.y + 0.001}; })), IsEmpty());
    EXPECT_THAT(explain_offset(seen_by([](Point p) { return p; })), IsEmpty());
    EXPECT_THAT(explain_offset({}), IsEmpty());
    EXPECT_THAT(explain_offset(std::vector<PointPair>{{{std::nan(""), 11.0}, {107.0, 11.0}}}), IsEmpty());
}

TEST(CoordinateMistakes, HaveNamesAndSentencesOfTheirOwn) {
    std::map<std::string_view, int> names;
    for (const KnownMistake& mistake : known_mistakes()) {
        ++names[mistake.code];
        EXPECT_FALSE(mistake.sentence.vi.empty());
        EXPECT_FALSE(mistake.sentence.en.empty());
    }
    EXPECT_EQ(names.size(), known_mistakes().size());
}

}  // namespace
}  // namespace ranh::crs_detection
