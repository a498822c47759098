#include "importers/linework/linework_reader.hpp"

#include "importers/linework/drawing.hpp"
#include "tests/support/wkt.hpp"
#include "tests/unit/importers/pipeline/list_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace ranh::linework {
namespace {

using pipeline::LineworkUse;
using pipeline::ListReader;
using pipeline::ReadOptions;
using pipeline::SourceRecord;
using testing::ElementsAre;
using testing::HasSubstr;
using test::operator""_wkt;

constexpr double east = 500000;
constexpr double north = 1300000;

/// An element of a drawing near the middle of the province.
SourceRecord element(geom::Geometry geometry, std::int64_t level, const std::string& text = {}) {
    for (auto& point : geometry.mutable_points()) {
        point = {point.x + east, point.y + north};
    }
    SourceRecord record;
    record.place = "element";
    record.geometry = std::move(geometry);
    record.values = {level, text.empty() ? model::Value() : model::Value(text)};
    return record;
}

std::unique_ptr<pipeline::FeatureReader> drawing(std::vector<SourceRecord> elements, const char* format = "DGN") {
    auto reader =
        std::make_unique<ListReader>(model::Schema{{{"Level", model::FieldType::integer, model::Privacy::open},
                                                    {"Text", model::FieldType::text, model::Privacy::open}}},
                                     std::move(elements));
    reader->description().format = format;
    return reader;
}

struct Reading {
    std::vector<SourceRecord> parcels;
    std::vector<std::string> reasons;
    std::string notes;
};

Reading read(std::vector<SourceRecord> elements, const ReadOptions& options = {}) {
    const auto reader = with_linework(drawing(std::move(elements)), options);
    Reading reading;
    while (auto record = reader->next()) {
        if (record->rejected) {
            reading.reasons.push_back(record->rejected->reason);
        } else {
            reading.parcels.push_back(std::move(*record));
        }
    }
    for (const auto& note : reader->describe().notes) {
        reading.notes += note + "\n";
    }
    return reading;
}

const geom::Geometry square = "LINESTRING(0 0,100 0,100 100,0 100,0 0)"_wkt;

TEST(LineworkReader, GivesAFaceTheLabelsInsideIt) {
    const auto reading =
        read({element(square, 10), element("LINESTRING(50 0,50 100)"_wkt, 23), element("POINT(20 50)"_wkt, 13, "7"),
              element("POINT(20 40)"_wkt, 2, "ODT"), element("POINT(20 30)"_wkt, 4, "5000"),
              element("POINT(70 50)"_wkt, 13, "8 / CLN / 5000.4")});
    ASSERT_EQ(reading.parcels.size(), 2U);
    EXPECT_THAT(reading.reasons, testing::IsEmpty());
    EXPECT_THAT(reading.parcels[0].values, ElementsAre(model::Value("7"), model::Value("ODT"), model::Value(5000.0)));
    EXPECT_THAT(reading.parcels[1].values, ElementsAre(model::Value("8"), model::Value("CLN"), model::Value(5000.4)));
    EXPECT_EQ(reading.parcels[0].geometry->points().size(), 5U);
}

TEST(LineworkReader, SendsFacesWithoutOrWithSeveralNumbersToQuarantine) {
    const auto reading = read({element(square, 10), element("LINESTRING(50 0,50 100)"_wkt, 10),
                               element("POINT(20 50)"_wkt, 13, "7"), element("POINT(20 20)"_wkt, 13, "9")});
    EXPECT_TRUE(reading.parcels.empty());
    EXPECT_THAT(reading.reasons, ElementsAre(HasSubstr("several parcel numbers lie inside this face: 7, 9"),
                                             HasSubstr("no label lies inside this face")));
}

TEST(LineworkReader, SendsLabelsWithoutAFaceToQuarantineAndRepeatsNoOtherWords) {
    const auto reading =
        read({element(square, 10), element("POINT(50 50)"_wkt, 13, "7"), element("POINT(150 50)"_wkt, 13, "99"),
              element("POINT(100 20)"_wkt, 13, "98"), element("POINT(150 60)"_wkt, 13, "Nguyen Van A")});
    ASSERT_EQ(reading.parcels.size(), 1U);
    ASSERT_EQ(reading.reasons.size(), 3U);
    EXPECT_THAT(reading.reasons[0], HasSubstr("label '99' (level '13') lies in no face"));
    EXPECT_THAT(reading.reasons[1], HasSubstr("label '98' (level '13') stands on a boundary"));
    EXPECT_THAT(reading.reasons[2], testing::Not(HasSubstr("Nguyen")));
}

TEST(LineworkReader, NamesEndsThatMeetNothingWithTheirGap) {
    const auto reading =
        read({element(square, 10), element("LINESTRING(0 50,99.5 50)"_wkt, 10), element("POINT(50 20)"_wkt, 13, "7")});
    ASSERT_EQ(reading.parcels.size(), 1U);
    EXPECT_THAT(reading.reasons, ElementsAre(HasSubstr("the line ends 0.500 m from the next one")));
}

TEST(LineworkReader, SaysWhatItMoved) {
    const auto reading = read({element(square, 10), element("LINESTRING(50 0.004,50 99.996)"_wkt, 10),
                               element("POINT(20 50)"_wkt, 13, "7"), element("POINT(70 50)"_wkt, 13, "8")});
    EXPECT_EQ(reading.parcels.size(), 2U);
    EXPECT_THAT(
        reading.notes,
        HasSubstr("2 ends to the side they miss, 0 sides were led through a corner beside them, by 0.0040 m at most"));
    ReadOptions exact;
    exact.levels.snap_m = 0.0;
    const auto unmoved = read(
        {element(square, 10), element("LINESTRING(50 0.004,50 99.996)"_wkt, 10), element("POINT(20 50)"_wkt, 13, "7")},
        exact);
    EXPECT_EQ(unmoved.parcels.size(), 1U);
    EXPECT_THAT(unmoved.notes, HasSubstr("nothing is moved"));
    EXPECT_EQ(unmoved.reasons.size(), 1U);
}

TEST(LineworkReader, WarnsOfAreasThatDifferFromThePaper) {
    const auto reading = read({element(square, 10), element("POINT(20 50)"_wkt, 13, "7"),
                               element("POINT(20 40)"_wkt, 4, "9000"), element("POINT(20 30)"_wkt, 4, "900")});
    EXPECT_THAT(reading.parcels.at(0).values[2], model::Value(9000.0)) << "the nearer one";
    EXPECT_THAT(reading.notes, HasSubstr("7: 9000 on paper, 10000.0 measured"));
    EXPECT_THAT(reading.notes, HasSubstr("hold several areas on paper"));
}

TEST(LineworkReader, LeavesOutWhatLiesFarAwayAndSaysWhere) {
    const auto reading = read({element(square, 10), element("POINT(20 50)"_wkt, 13, "7"),
                               element("LINESTRING(-499990 -1299990,-499980 -1299990)"_wkt, 10)});
    EXPECT_EQ(reading.parcels.size(), 1U);
    EXPECT_THAT(reading.reasons, testing::IsEmpty());
    EXPECT_THAT(reading.notes, HasSubstr("1 elements lie far from the rest of the drawing and are left out (at 20.000 "
                                         "10.000)"));
}

TEST(LineworkReader, IsUsedWhereLinesStandOnTheBoundaryLevels) {
    const auto area = "POLYGON((0 0,100 0,100 100,0 100,0 0))"_wkt;
    const auto as_it_is = [](std::vector<SourceRecord> elements, const ReadOptions& options = {}) {
        return with_linework(drawing(std::move(elements)), options)->describe().schema.find("Level").has_value();
    };
    EXPECT_TRUE(as_it_is({element(area, 10)})) << "areas alone are read as areas";
    EXPECT_TRUE(as_it_is({element(square, 14)})) << "no boundary level";
    EXPECT_FALSE(as_it_is({element(square, 10)}));
    ReadOptions options;
    options.linework = LineworkUse::no;
    EXPECT_TRUE(as_it_is({element(square, 10)}, options));
    options.linework = LineworkUse::yes;
    EXPECT_FALSE(as_it_is({element(area, 10)}, options));
    options.levels.boundary = {"14"};
    EXPECT_FALSE(as_it_is({element(square, 14)}, options));
}

TEST(LineworkReader, NamesTheLevelsThereAreWhenNoneBounds) {
    ReadOptions options;
    options.linework = LineworkUse::yes;
    try {
        (void)with_linework(drawing({element(square, 14)}), options);
        FAIL();
    } catch (const Failure& failure) {
        EXPECT_EQ(failure.error().kind, ErrorKind::conflict);
        EXPECT_THAT(failure.error().sentence, HasSubstr("14 (1 elements)"));
    }
    EXPECT_THROW((void)with_linework(drawing({element(square, 10)}, "GPKG"), options), Failure);
}

TEST(LevelKey, KnowsTheSpellingsOfALevel) {
    for (const char* level : {"10", "010", "Level 10", "LEVEL_10", "lv10", "Lev-10"}) {
        EXPECT_EQ(level_key(level), "10") << level;
    }
    EXPECT_EQ(level_key("0"), "0");
    EXPECT_EQ(level_key("RANH_THUA"), level_key("ranh thua"));
    EXPECT_NE(level_key("Level 1"), level_key("Level 10"));
    EXPECT_NE(level_key("T10"), level_key("10"));
}

}  // namespace
}  // namespace ranh::linework
