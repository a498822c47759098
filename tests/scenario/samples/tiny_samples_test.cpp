// The tiny layers, whose figures can be checked in the head.
#include "tests/support/sample_layers.hpp"
#include "tests/support/tables.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace ranh::test {
namespace {

class TinySamples : public testing::Test {
protected:
    void import(const std::string& file, const std::string& layer, const std::vector<std::string>& more_words = {}) {
        std::vector<std::string> words = {"import", sample("tiny/" + file), "--layer", layer, "--kind", "other"};
        words.insert(words.end(), more_words.begin(), more_words.end());
        const ProgramEnd end = m_workspace.run(words);
        ASSERT_EQ(end.exit_code, 0) << end.text();
    }
    [[nodiscard]] std::map<std::string, double> planar_areas(const std::string& layer) const {
        const std::string file = m_workspace.folder().file(layer + ".csv");
        EXPECT_EQ(m_workspace.run({"export", layer, "-o", file}).exit_code, 0);
        std::map<std::string, double> areas;
        for (const auto& row : read_csv(file).rows) {
            areas[row.at("fid")] = number_in(row, "area_planar_m2");
        }
        return areas;
    }

    SampleWorkspace m_workspace{std::vector<std::string>{}};
};

TEST_F(TinySamples, HaveTheSystemFoundByTheCommuneColumn) {
    import("zones.csv", "zones");
    const codec::Json layers = json_of(m_workspace.json({"layers"}));
    EXPECT_EQ(array_of(layers.array()->at(0), "crs").at(0).string(), "EPSG:5899");
}

TEST_F(TinySamples, HaveTheAreasDrawn) {
    import("zones.csv", "zones");
    EXPECT_THAT(planar_areas("zones"), testing::ElementsAre(testing::Pair("Z-1", testing::DoubleNear(120'000.0, 1e-6)),
                                                            testing::Pair("Z-2", testing::DoubleNear(90'000.0, 1e-6)),
                                                            testing::Pair("Z-3", testing::DoubleNear(20'000.0, 1e-6)),
                                                            testing::Pair("Z-4", testing::DoubleNear(20'000.0, 1e-6))));
}

TEST_F(TinySamples, OverlapAsExpected) {
    import("zones.csv", "zones");
    import("parcels.csv", "parcels");
    const codec::Json answer = json_of(m_workspace.json({"overlaps", "parcels", "zones"}));
    std::map<std::pair<std::string, std::string>, const codec::Json*> found;
    for (const codec::Json& pair : array_of(answer, "overlaps")) {
        found[{text_of(pair, "left_id"), text_of(pair, "right_id")}] = &pair;
    }
    const CsvTable expected = read_csv(sample("tiny/expected-overlaps.csv"));
    for (const auto& row : expected.rows) {
        const auto pair = found.find({row.at("parcel_id"), row.at("zone_id")});
        ASSERT_NE(pair, found.end()) << row.at("parcel_id") << " x " << row.at("zone_id");
        EXPECT_EQ(text_of(*pair->second, "relation"), row.at("relation")) << row.at("parcel_id");
        const auto planar = member(*pair->second, "area_planar_m2").number();
        EXPECT_NEAR(planar.value_or(0.0), number_in(row, "area_planar_m2"), 1e-6) << row.at("parcel_id");
    }
    EXPECT_EQ(found.size(), expected.rows.size());
}

TEST_F(TinySamples, OverlapTheSameInLongitudeAndLatitude) {
    import("zones.geojson", "zones");
    import("parcels.csv", "parcels");
    const codec::Json answer = json_of(m_workspace.json({"overlaps", "parcels", "zones", "--min-area", "1"}));
    for (const auto& row : read_csv(sample("tiny/expected-overlaps.csv")).rows) {
        const double expected = number_in(row, "area_planar_m2");
        double measured = 0.0;
        for (const codec::Json& pair : array_of(answer, "overlaps")) {
            if (text_of(pair, "left_id") == row.at("parcel_id") && text_of(pair, "right_id") == row.at("zone_id")) {
                measured = number_of(pair, "area_m2");
                EXPECT_TRUE(member(pair, "area_planar_m2").is_null()) << "no plane is common to both";
            }
        }
        // nine decimals of a degree are 0.1 mm; the scale of TM-3 at its meridian is 0.9999
        EXPECT_NEAR(measured, expected / (0.9999 * 0.9999), 0.1) << row.at("parcel_id");
    }
}

TEST_F(TinySamples, HavePointsInsideAndNearZones) {
    import("zones.geojson", "zones");
    import("points.geojson", "points");
    const codec::Json answer = json_of(m_workspace.json({"overlaps", "points", "zones", "--near", "51"}));
    std::map<std::string, std::string> relations;
    for (const codec::Json& pair : array_of(answer, "overlaps")) {
        relations[text_of(pair, "left_id") + " " + text_of(pair, "right_id")] = text_of(pair, "relation");
        if (text_of(pair, "left_id") == "T-2") {
            EXPECT_NEAR(number_of(pair, "distance_m"), 50.0 / 0.9999, 0.01);
        }
    }
    EXPECT_EQ(relations["T-1 Z-1"], "within");
    EXPECT_EQ(relations["T-2 Z-2"], "near");
    EXPECT_EQ(relations["T-3 Z-3"], "within");
    EXPECT_EQ(relations["T-4 Z-5"], "near") << "a point in a hole lies outside";
}

}  // namespace
}  // namespace ranh::test
