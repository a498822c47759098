#include "spatial/codec/geojson.hpp"
#include "tests/scenario/command_line/small_workspace.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ranh::test {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr std::size_t pair_count = 8;  // data-samples/tiny/expected-overlaps.csv

class OverlapsOutput : public testing::Test {
protected:
    /// Writes parcels × zones to a file of that name and gives its path.
    [[nodiscard]] std::string written(const std::string& name) const {
        const std::string file = m_workspace.path(name);
        const ProgramEnd end = m_workspace.run({"overlaps", "parcels", "zones", "-o", file});
        EXPECT_EQ(end.exit_code, 0) << end.text();
        return file;
    }
    SmallWorkspace m_workspace;
};

TEST_F(OverlapsOutput, AsJsonHasTheFieldsPromised) {
    const codec::Json answer = m_workspace.json({"overlaps", "parcels", "zones"});
    for (const std::string name : {"at", "known_at", "overlaps", "totals", "versions", "method"}) {
        EXPECT_NE(answer.find(name), nullptr) << name;
    }
    ASSERT_EQ(array_of(answer, "overlaps").size(), pair_count);
    for (const codec::Json& pair : array_of(answer, "overlaps")) {
        for (const std::string name : {"left_id", "right_id", "relation", "size_class", "area_m2", "area_planar_m2",
                                       "share_left", "share_right", "width_m", "distance_m", "bbox"}) {
            EXPECT_NE(pair.find(name), nullptr) << name;
        }
        EXPECT_TRUE(member(pair, "left_id").is_string());
    }
    EXPECT_NEAR(number_of(member(answer, "totals"), "sum_m2"), 55'000.0 / (0.9999 * 0.9999), 0.1);
    EXPECT_EQ(array_of(member(answer, "totals"), "per_left").size(), 6U);
}

TEST_F(OverlapsOutput, ForPeopleHasOneLinePerPairAndVietnameseNumbers) {
    const ProgramEnd end = m_workspace.run({"overlaps", "parcels", "zones"});
    EXPECT_THAT(end.output, HasSubstr("10.002,0 m²"));
    EXPECT_THAT(end.output, HasSubstr("8 cặp"));
    EXPECT_EQ(end.error, "");
}

TEST_F(OverlapsOutput, IsTheSameBytesEveryTime) {
    const auto bytes = [this] {
        return m_workspace.json({"overlaps", "parcels", "zones", "--known-at", "2100-01-01", "--at", "2026-03-31"});
    };
    EXPECT_EQ(codec::to_text(bytes()), codec::to_text(bytes()));
}

TEST_F(OverlapsOutput, TakesThresholds) {
    const auto pairs = [this](const std::vector<std::string>& more_words) {
        std::vector<std::string> words = {"overlaps", "parcels", "zones"};
        words.insert(words.end(), more_words.begin(), more_words.end());
        return array_of(m_workspace.json(words), "overlaps").size();
    };
    EXPECT_EQ(pairs({"--min-area", "0.01"}), 7U) << "without P-4, which only touches";
    EXPECT_EQ(pairs({"--min-area", "6000"}), 4U);
    EXPECT_EQ(pairs({"--min-share", "0.9"}), 3U) << "P-1 and P-8 lie inside, P-6 by 90.9 %";
    EXPECT_GT(pairs({"--near", "200"}), pair_count);
}

TEST_F(OverlapsOutput, AsCsvStartsWithAByteOrderMark) {
    const std::string bytes = read_file(written("pairs.csv"));
    EXPECT_THAT(bytes, StartsWith("\xEF\xBB\xBFleft_id,"));
    EXPECT_EQ(parse_csv(bytes).rows.size(), pair_count);
}

TEST_F(OverlapsOutput, AsCsvHoldsTheAreasOfTheJson) {
    const CsvTable table = read_csv(written("pairs.csv"));
    const codec::Json answer = m_workspace.json({"overlaps", "parcels", "zones"});
    for (std::size_t i = 0; i < pair_count; ++i) {
        EXPECT_EQ(number_in(table.rows.at(i), "area_m2"), number_of(array_of(answer, "overlaps")[i], "area_m2"));
    }
}

TEST_F(OverlapsOutput, AsJsonFileIsTheJsonWithGeometry) {
    const codec::Json answer = json_of(read_file(written("pairs.json")));
    ASSERT_EQ(array_of(answer, "overlaps").size(), pair_count);
    EXPECT_EQ(text_of(member(array_of(answer, "overlaps")[0], "geometry"), "type"), "Polygon");
}

TEST_F(OverlapsOutput, AsGeoJsonIsInWgs84) {
    const std::string file = written("pairs.geojson");
    const auto features = codec::parse_geojson(json_of(read_file(file))).value();
    ASSERT_EQ(features.size(), pair_count);
    std::size_t with_geometry = 0;
    for (const codec::GeoJsonFeature& feature : features) {
        if (feature.geometry) {
            ++with_geometry;
            EXPECT_NEAR(feature.geometry->box()->min.x, 107.75, 0.05);
            EXPECT_NEAR(feature.geometry->box()->min.y, 11.75, 0.05);
        }
    }
    EXPECT_EQ(with_geometry, pair_count - 1) << "P-4 only touches";
}

class OverlapsFile : public OverlapsOutput, public testing::WithParamInterface<std::string> {};

TEST_P(OverlapsFile, IsReadByGdalWithEveryRow) {
    EXPECT_EQ(gdal_feature_count(written("pairs" + GetParam())), pair_count);
}

INSTANTIATE_TEST_SUITE_P(OfEveryEnding, OverlapsFile, testing::Values(".csv", ".geojson", ".gpkg"),
                         [](const auto& tested) { return tested.param.substr(1); });

TEST_F(OverlapsOutput, AsFlatGeobufSaysWhatItCannotHold) {
    const std::string file = m_workspace.path("pairs.fgb");
    const ProgramEnd end = m_workspace.run({"overlaps", "parcels", "zones", "-o", file});
    EXPECT_EQ(gdal_feature_count(file), pair_count - 1) << "P-4 only touches";
    EXPECT_THAT(end.error, HasSubstr("1 rows without geometry"));
}

TEST_F(OverlapsOutput, AsGeoPackageStandsInTheSystemOfBothSides) {
    const ProgramEnd end = run_program({"ogrinfo", "-ro", "-so", "-al", written("pairs.gpkg")});
    EXPECT_THAT(end.output, HasSubstr("5899"));
    EXPECT_THAT(end.output, HasSubstr("overlaps-parcels-zones"));
}

TEST_F(OverlapsOutput, AsGeoPackageStandsInVn2000WhereTheSidesDiffer) {
    ASSERT_EQ(m_workspace.import(sample("tiny/zones.geojson"), "lonlat").exit_code, 0);
    const std::string file = m_workspace.path("mixed.gpkg");
    ASSERT_EQ(m_workspace.run({"overlaps", "parcels", "lonlat", "-o", file}).exit_code, 0);
    EXPECT_THAT(run_program({"ogrinfo", "-ro", "-so", "-al", file}).output, HasSubstr("4756"));
}

TEST_F(OverlapsOutput, ReplacesAFileWhole) {
    for (const std::string name : {"again.csv", "again.gpkg", "again.geojson"}) {
        write_file(m_workspace.path(name), "old");
        EXPECT_EQ(gdal_feature_count(written(name)), pair_count) << name;
    }
}

TEST_F(OverlapsOutput, NamesAFolderItCannotWriteTo) {
    for (const std::string ending : {"csv", "json", "gpkg", "geojson", "fgb"}) {
        const ProgramEnd end =
            m_workspace.run({"overlaps", "parcels", "zones", "-o", m_workspace.path("nowhere/pairs." + ending)});
        EXPECT_EQ(end.exit_code, 3) << end.text();
        EXPECT_THAT(end.error, HasSubstr("nowhere")) << ending;
    }
}

TEST_F(OverlapsOutput, OfALayerWithItselfHasEachPairOnce) {
    const codec::Json answer = m_workspace.json({"overlaps", "zones", "zones"});
    ASSERT_EQ(array_of(answer, "overlaps").size(), 1U);
    EXPECT_EQ(text_of(array_of(answer, "overlaps")[0], "relation"), "touches");
}

}  // namespace
}  // namespace ranh::test
