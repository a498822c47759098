#include "importers/pipeline/position_check.hpp"

#include "importers/crs_detection/coordinate_mistakes.hpp"
#include "spatial/crs/proj_pipeline.hpp"
#include "spatial/crs/transform.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace ranh::pipeline {
namespace {

using geom::Geometry;
using geom::Point;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const model::Schema schema{{{"maXa", model::FieldType::text}}};

/// Squares of 20 m in a grid of EPSG:5899.
std::vector<std::vector<Point>> squares() {
    std::vector<std::vector<Point>> all;
    for (int i = 0; i < 5; ++i) {
        for (int k = 0; k < 5; ++k) {
            const double x = 510000.0 + 20.0 * i;
            const double y = 1290000.0 + 20.0 * k;
            all.push_back({{x, y}, {x + 20, y}, {x + 20, y + 20}, {x, y + 20}, {x, y}});
        }
    }
    return all;
}

std::vector<Point> in_wgs84(std::vector<Point> points, const char* system) {
    crs::Transform::between(crs::Crs::parse(system).value(), crs::wgs84()).value().apply(points);
    return points;
}

/// The corners of the squares, and no others, are known.
KnownPlaces corners_known() {
    std::vector<Point> corners;
    for (const auto& square : squares()) {
        const auto places = in_wgs84(square, "EPSG:5899");
        corners.insert(corners.end(), places.begin(), places.end());
    }
    KnownPlaces known;
    known.count_known_corners = [corners](std::span<const Point> asked) {
        return static_cast<std::size_t>(std::ranges::count_if(asked, [&](Point p) {
            return std::ranges::any_of(
                corners, [&](Point c) { return std::hypot(p.x - c.x, p.y - c.y) * 111'320.0 < known_corner_reach_m; });
        }));
    };
    return known;
}

model::Feature feature_of(std::vector<Point> ring, const char* system, const char* commune = nullptr) {
    model::Feature feature;
    feature.id = FeatureId("a");
    feature.crs = crs::Crs::parse(system).value();
    feature.geometry = Geometry::polygon(std::move(ring));
    feature.values = {commune == nullptr ? model::Value() : model::Value(commune)};
    return feature;
}

std::vector<std::string> notes_for(const KnownPlaces& known, const std::vector<model::Feature>& features) {
    PositionCheck check(known, schema);
    for (const model::Feature& feature : features) {
        check.add(feature);
    }
    return check.notes();
}

std::vector<model::Feature> squares_as(const char* system) {
    std::vector<model::Feature> features;
    for (const auto& square : squares()) {
        features.push_back(feature_of(square, system));
    }
    return features;
}

/// The numbers of the squares through PROJ steps to WGS 84, as somebody gets them who makes a mistake on the way.
std::vector<model::Feature> squares_by(const std::string& steps) {
    const auto pipeline =
        crs::ProjPipeline::parse("+proj=pipeline" + steps + " +step +proj=unitconvert +xy_in=rad +xy_out=deg").value();
    std::vector<model::Feature> features;
    for (auto square : squares()) {
        EXPECT_FALSE(pipeline.try_apply(square));
        features.push_back(feature_of(square, "EPSG:4326"));
    }
    return features;
}

TEST(PositionCheck, SaysThatCornersStandWhereThoseOfNeighboursDo) {
    EXPECT_THAT(notes_for(corners_known(), squares_as("EPSG:5899")),
                ElementsAre("125 of 125 corners looked at stand on corners of features imported before"));
}

TEST(PositionCheck, NamesAWrongMeridianAndTheCodeToUse) {
    EXPECT_THAT(notes_for(corners_known(), squares_as("EPSG:9218")),
                ElementsAre(AllOf(HasSubstr("warning"), HasSubstr("lệch 81,8 km về phía đông: sai kinh tuyến trục"),
                                  HasSubstr("--crs EPSG:5899"), HasSubstr("125 trong 125"))));
}

TEST(PositionCheck, NamesAMissingDatumShift) {
    EXPECT_THAT(notes_for(corners_known(), squares_by(" +step +inv +proj=tmerc +lon_0=107.75 +k=0.9999 +x_0=500000 "
                                                      "+ellps=WGS84")),
                ElementsAre(HasSubstr("về phía tây bắc: thiếu tham số chuyển VN-2000 sang WGS 84")));
}

TEST(PositionCheck, NamesADatumShiftDoneTwice) {
    const std::string shift =
        " +step +proj=cart +ellps=WGS84 +step +proj=helmert +x=-191.90441429 +y=-39.30318279 +z=-111.45032835 "
        "+rx=-0.00928836 +ry=0.01975479 +rz=-0.00427372 +s=0.252906278 +convention=coordinate_frame +step +inv "
        "+proj=cart +ellps=WGS84";
    EXPECT_THAT(notes_for(corners_known(), squares_by(" +step +inv +proj=tmerc +lon_0=107.75 +k=0.9999 +x_0=500000 "
                                                      "+ellps=WGS84" +
                                                      shift + shift)),
                ElementsAre(HasSubstr("về phía đông nam: tham số chuyển VN-2000 sang WGS 84 bị dùng hai lần")));
}

TEST(PositionCheck, SaysNothingOfPlacesWithoutNeighbours) {
    KnownPlaces known;
    known.count_known_corners = [](std::span<const Point>) { return std::size_t{0}; };
    EXPECT_THAT(notes_for(known, squares_as("EPSG:5899")), IsEmpty());
}

KnownPlaces commune_around_squares() {
    KnownPlaces known;
    known.communes = [] {
        return std::vector<CommuneOutline>{
            {"24769", "Nhân Cơ",
             Geometry::polygon(
                 in_wgs84({{509000, 1289000}, {512000, 1289000}, {512000, 1292000}, {509000, 1289000}}, "EPSG:5899"))}};
    };
    return known;
}

TEST(PositionCheck, SaysNothingWhereFeaturesLieInTheirCommune) {
    EXPECT_THAT(notes_for(commune_around_squares(), {feature_of(squares().front(), "EPSG:5899", "24769")}), IsEmpty());
}

TEST(PositionCheck, NamesTheMistakeThatPutsFeaturesOutsideTheirCommune) {
    EXPECT_THAT(
        notes_for(commune_around_squares(), {feature_of(squares().front(), "EPSG:9218", "xã Nhân Cơ")}),
        ElementsAre(AllOf(HasSubstr("1 trong 1 đối tượng được xem nằm ngoài xã đã ghi hơn 1 km (a (xã Nhân Cơ))"),
                          HasSubstr("sai kinh tuyến trục"), HasSubstr("--crs EPSG:5899"))));
}

TEST(PositionCheck, CountsTheFewThatLieOutsideTheirCommuneAndBlamesNoSystem) {
    auto far = squares().front();
    for (Point& p : far) {
        p.x += 30000.0;
    }
    std::vector<model::Feature> features;
    for (const auto& square : squares()) {
        features.push_back(feature_of(square, "EPSG:5899", "24769"));
    }
    features.push_back(feature_of(far, "EPSG:5899", "24769"));
    const auto notes = notes_for(commune_around_squares(), features);
    ASSERT_EQ(notes.size(), 1U);
    EXPECT_THAT(notes.front(), AllOf(HasSubstr("1 trong 26"), testing::Not(HasSubstr("--crs"))));
}

TEST(PositionCheck, TellsAreasThatAreNotThoseStated) {
    model::Feature feature = feature_of(squares().front(), "EPSG:5899");
    feature.areas.area_planar_m2 = 400.0;
    feature.areas.area_stated_m2 = 404.0;
    EXPECT_THAT(notes_for({}, {feature}), IsEmpty());
    feature.areas.area_stated_m2 = 4'000'000.0;
    EXPECT_THAT(notes_for({}, {feature}), ElementsAre(HasSubstr("0.0001 times those stated")));
}

TEST(EvenSample, KeepsEverySoManyOfManyThings) {
    EvenSample<int> sample(8);
    for (int i = 0; i < 100; ++i) {
        sample.offer([i] { return i; });
    }
    EXPECT_THAT(sample.kept(), ElementsAre(0, 16, 32, 48, 64, 80, 96));
}

TEST(UndoEachMistake, HoldsWhatExplainOffsetFinds) {
    const std::vector<Point> right = in_wgs84(squares().front(), "EPSG:5899");
    const std::vector<Point> wrong = in_wgs84(squares().front(), "EPSG:9218");
    std::vector<crs_detection::PointPair> pairs;
    for (std::size_t i = 0; i < right.size(); ++i) {
        pairs.push_back({wrong[i], right[i]});
    }
    const auto explained = crs_detection::explain_offset(pairs);
    ASSERT_FALSE(explained.empty());
    const auto undone = crs_detection::undo_each_mistake(wrong);
    const auto same = std::ranges::find_if(undone, [&](const auto& one) {
        return one.code == explained.front().code &&
               std::hypot(one.places[0].x - right[0].x, one.places[0].y - right[0].y) < 1e-8;
    });
    ASSERT_NE(same, undone.end());
    EXPECT_EQ(same->sentence.vi.substr(0, 20), explained.front().sentence.vi.substr(0, 20));
}

}  // namespace
}  // namespace ranh::pipeline
